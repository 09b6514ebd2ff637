import { type CatalogueEntry, sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { COSTS } from "../catalogue/costs.ts";
import { ESF } from "../catalogue/esf.ts";
import { PROGRAMME } from "../catalogue/programme.ts";
import { QUESTIONNAIRES } from "../catalogue/questionnaires.ts";
import type { Finding } from "../disclose/finding.ts";
import type { SqlEngine, SqlParameters, SqlRow } from "../engine/engine.ts";
import { audit } from "./audits.ts";
import { costs } from "./costs.ts";
import { declaredOutcomes } from "./declared-outcomes.ts";
import { duoIndicators } from "./duos.ts";
import { esfIndicators } from "./esf.ts";
import { funnel } from "./funnel.ts";
import { findingOfIndicator, type Indicator } from "./indicator.ts";
import { mentorCapacity, mentorDuoCounts, mentorReturns } from "./mentors.ts";
import { profile } from "./profile.ts";
import { questionnaireIndicators } from "./questionnaire.ts";
import type { SurveySettings } from "./questionnaire-settings.ts";

interface ProgrammeSettings {
  /** Calendar years reported, ascending, without gaps; with more than one, also all together. */
  readonly years: readonly number[];
  /** ISO day: what lies after it isn't known yet. */
  readonly asOf: string;
  /** All where absent. */
  readonly topics?: readonly TopicName[] | undefined;
  /** Where questionnaires were staged. */
  readonly survey?: SurveySettings;
}

/** What can be told of a year, in this order. */
export const PROGRAMME_TOPICS = ["funnel", "duos", "mentors", "outcomes", "profile", "esf", "costs"] as const;
type TopicName = (typeof PROGRAMME_TOPICS)[number];

/** From the rows of one table to its indicators. */
interface Topic {
  readonly topic: TopicName;
  readonly table: CatalogueEntry;
  readonly indicators: (rows: readonly SqlRow[]) => readonly Indicator[];
}

const TOPICS: readonly Topic[] = [
  { topic: "funnel", table: PROGRAMME.funnel, indicators: funnel },
  { topic: "duos", table: PROGRAMME.duoStatuses, indicators: duoIndicators },
  { topic: "mentors", table: PROGRAMME.mentorCapacity, indicators: mentorCapacity },
  { topic: "mentors", table: PROGRAMME.mentorReturns, indicators: mentorReturns },
  { topic: "mentors", table: PROGRAMME.mentorDuoCounts, indicators: mentorDuoCounts },
  { topic: "outcomes", table: PROGRAMME.declaredOutcomes, indicators: declaredOutcomes },
  { topic: "profile", table: PROGRAMME.profile, indicators: profile },
  { topic: "esf", table: ESF.counts, indicators: esfIndicators },
  { topic: "costs", table: COSTS.costs, indicators: costs },
];

/**
 * The programme's year: funnel, duos and mentors by branch, region and network, each year and all together.
 * @throws Error naming what disagrees, where sums that must agree don't
 */
export async function programmeFindings(engine: SqlEngine, settings: ProgrammeSettings): Promise<readonly Finding[]> {
  for (const entry of [PROGRAMME, ESF, COSTS].flatMap(Object.values<CatalogueEntry>))
    await build(engine, entry, programmeParameters(settings));
  const indicators = [];
  for (const { topic, table, indicators: of } of TOPICS)
    if (settings.topics?.includes(topic) !== false) indicators.push(...of(await engine.rows(tableOf(table))));
  if (settings.survey !== undefined) {
    for (const entry of Object.values(QUESTIONNAIRES)) await build(engine, entry, programmeParameters(settings));
    indicators.push(...(await questionnaireIndicators((entry) => engine.rows(tableOf(entry)), settings.survey)));
  }
  audit(indicators);
  return indicators.filter(({ isUntold }) => !isUntold).map((one) => findingOfIndicator(one, settings.asOf));
}

/** What the programme's queries are bound to. */
export const programmeParameters = ({ years, asOf }: ProgrammeSettings): SqlParameters => ({
  year_from: Math.min(...years),
  year_to: Math.max(...years),
  as_of: asOf,
});

async function build(engine: SqlEngine, entry: CatalogueEntry, parameters: SqlParameters): Promise<void> {
  const [schema = ""] = entry.name.split(".");
  const own = Object.fromEntries(Object.keys(entry.parameters).map((name) => [name, parameters[name] ?? null]));
  await engine.execute({ name: schema, text: `create schema if not exists ${schema}` });
  await engine.build(sqlOf(entry), entry.grain, own);
}
