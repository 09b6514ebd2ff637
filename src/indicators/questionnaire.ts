import { type CatalogueEntry, tableOf } from "../catalogue/catalogue.ts";
import { QUESTIONNAIRES } from "../catalogue/questionnaires.ts";
import type { SqlEngine, SqlRow } from "../engine/engine.ts";
import { count, type Indicator, isPooled, placeOf, share } from "./indicator.ts";
import { comparisonIndicators, comparisons } from "./questionnaire-compare.ts";
import { itemAnswers, itemIndicators } from "./questionnaire-items.ts";
import {
  guarded,
  ofRespondents,
  respondentsOf,
  responseFamily,
  type SurveySettings,
} from "./questionnaire-settings.ts";
import { themeIndicators } from "./questionnaire-themes.ts";
import { responseRate1 } from "./response-rate.ts";

/** Words that somebody agreed to be quoted with, told no finer than by role and region. */
export interface Quote {
  readonly period: string;
  /** `network` where too few of the role answered in the region. */
  readonly region: string;
  readonly role: string;
  readonly item: string;
  readonly text: string;
}

/**
 * What mentors and mentees answered, by region and network: response rates of each year and all together; items,
 * themes and comparisons of each year; the network's items also of all years. The arm is the role, the
 * definition the wave; the year is that in which the duo reached the wave. A person counts once in a period, with the
 * last complete response.
 */
export async function questionnaireIndicators(
  rowsOf: (entry: CatalogueEntry) => Promise<readonly SqlRow[]>,
  settings: SurveySettings,
): Promise<readonly Indicator[]> {
  const answers = itemAnswers(await rowsOf(QUESTIONNAIRES.answers), settings);
  const ofYears = answers.filter((one) => !isPooled(one));
  const compared = comparisons(ofYears, settings);
  const scores = await rowsOf(QUESTIONNAIRES.scores);
  return [
    ...responseIndicators(await rowsOf(QUESTIONNAIRES.responses), settings),
    ...[
      ...itemIndicators(answers, settings),
      ...themeIndicators(
        scores.filter(({ period }) => !isPooled({ period: String(period) })),
        settings,
      ),
      ...comparisonIndicators(compared, settings),
    ].map(ofRespondents),
  ];
}

/** How much rather others are hidden than who answered in a year. */
const YEAR_WEIGHT = 10;

/**
 * AAPOR response rate 1 of the duos that reached the wave, one side each; partial responses apart; and the persons.
 * @param rows of indicators.survey_responses
 */
export const responseIndicators = (rows: readonly SqlRow[], settings: SurveySettings): readonly Indicator[] =>
  rows.flatMap((row) => {
    const place = placeOf(row);
    const arm = `${String(row.role)}s`;
    const [invited, complete, partial] = [Number(row.invited), Number(row.complete), Number(row.partial)];
    const unknown = invited - complete - partial;
    const dispositions = { complete, partial, refusal: 0, nonContact: 0, other: 0, unknown };
    const answered = `survey ${arm} ${row.wave} complete`;
    // what is asked in a single year is hidden with the number of those who answered
    const weight = place.dimension === "total" && !isPooled(place) ? YEAR_WEIGHT : 1;
    const rate = {
      ...share("survey_response_rate", arm, place, { numerator: complete, base: invited }),
      // where all are asked, these are the duos that ended
      ...(row.wave === "end" ? { parts: [["duos ended"]] } : {}),
      ...{ weight, sets: { base: [], numerator: [answered] } },
      // where nobody answered, no item has a row
      guard: { isNobodyTold: true },
    };
    const persons = {
      ...count("survey_respondents", arm, place, Number(row.persons)),
      family: responseFamily(arm),
      sets: { base: [respondentsOf(arm, String(row.wave))], numerator: [] },
      among: [[answered]],
    };
    const partials = share("survey_partial", arm, place, { numerator: partial, base: invited });
    const whole = { ...rate, value: responseRate1(dispositions) };
    return (place.dimension === "total" ? [whole, persons, partials] : [whole]).map((indicator) =>
      guarded({ ...indicator, definition: String(row.wave) }, settings),
    );
  });

/**
 * The approved quotes of each year, in the order of region, role and item; the questionnaires' tables are built. Where
 * fewer of the role answered in the region than may be told of, the network stands for the region; where fewer answered in
 * all, nobody is quoted.
 */
export async function surveyQuotes(
  engine: SqlEngine,
  { privacyMinimum }: Pick<SurveySettings, "privacyMinimum">,
): Promise<readonly Quote[]> {
  const rows = await engine.rows(tableOf(QUESTIONNAIRES.quotes));
  return rows
    .filter(({ network_respondents }) => Number(network_respondents) >= privacyMinimum)
    .map(({ period, region, role, item, text, respondents }) => ({
      period: String(period),
      region: Number(respondents) < privacyMinimum ? "network" : String(region),
      role: String(role),
      item: String(item),
      text: String(text),
    }))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

const orderOf = ({ period, region, role, item, text }: Quote): string =>
  [period, region, role, item, text].join("\u0000");
