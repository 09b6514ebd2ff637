import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { type Indicator, type IndicatorPlace, isPooled, share } from "./indicator.ts";
import { netPromoterScore } from "./nps.ts";
import { guarded, type SurveyItem, type SurveySettings, shownScore } from "./questionnaire-settings.ts";
import { meanOf } from "./score-mean.ts";

/** One item as one role answered it at one wave of a period, in a region or the network. */
export interface ItemAnswers {
  readonly item: SurveyItem;
  readonly role: string;
  readonly wave: string;
  readonly region: string;
  readonly period: string;
  /** Persons who gave an answer that counts: who doesn't know is left out. */
  readonly n: number;
  /** Persons by code, every code of the scale. */
  readonly persons: ReadonlyMap<string, number>;
  /** The two most favourable answers of a scale. */
  readonly favourable: readonly string[];
}

const NPS_GROUPS = ["promoters", "passives", "detractors"] as const;
const EXTREME = 2;
/** The share that reports tell of rather stays than any other of the item. */
const TOP2_WEIGHT = 5;

/** The answers to each item of each place, from rows of indicators.survey_answers. */
export function itemAnswers(rows: readonly SqlRow[], settings: SurveySettings): readonly ItemAnswers[] {
  const groups = groupBy(rows, ({ role, wave, region, period, item }) =>
    JSON.stringify([role, wave, region, period, item]),
  );
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    const item = settings.codebook.items.find((one) => one.item === first?.item);
    if (first === undefined || item === undefined) return [];
    const place = { role: String(first.role), wave: String(first.wave) };
    const where = { region: String(first.region), period: String(first.period) };
    return [{ item, ...place, ...where, ...countsOf(item, own, settings) }];
  });
}

function countsOf(
  item: SurveyItem,
  rows: readonly SqlRow[],
  { codebook }: SurveySettings,
): Pick<ItemAnswers, "n" | "persons" | "favourable"> {
  const given = (code: string): number => Number(rows.find((row) => row.code === code)?.persons ?? 0);
  if (item.kind === "nps") {
    const sum = (from: number, to: number): number =>
      rows.reduce(
        (all, row) => all + (Number(row.number) >= from && Number(row.number) <= to ? Number(row.persons) : 0),
        0,
      );
    const persons = new Map([
      ["promoters", sum(9, 10)],
      ["passives", sum(7, 8)],
      ["detractors", sum(0, 6)],
    ]);
    return { n: sum(0, 10), persons, favourable: [] };
  }
  const counted = (codebook.scales[item.scale ?? ""]?.answers ?? []).filter(({ noAnswer }) => !noAnswer);
  const persons = new Map(counted.map(({ code }) => [code, given(code)]));
  if (item.kind === "choice") return { n: Number(rows[0]?.answered ?? 0), persons, favourable: [] };
  const n = [...persons.values()].reduce((all, one) => all + one, 0);
  const codes = counted.filter(({ neutral }) => !neutral).map(({ code }) => code);
  return { n, persons, favourable: item.reversed ? codes.slice(0, EXTREME) : codes.slice(-EXTREME) };
}

/** Persons with one of the two most favourable answers. */
export const favourableOf = ({ persons, favourable }: ItemAnswers): number =>
  favourable.reduce((sum, code) => sum + (persons.get(code) ?? 0), 0);

/**
 * Of each item: a scale's top-2 share with Wilson's interval, the neutral share apart, its mean with Student's interval;
 * a recommendation's net score and groups; and every answer's share. `n` is who answered the item. Regions are told of
 * single years, and every answer's share of the network over all years only: of fewer persons most would be hidden, and
 * hide others.
 */
export function itemIndicators(answers: readonly ItemAnswers[], settings: SurveySettings): readonly Indicator[] {
  const all = answers.find(isPooled)?.period;
  return answers.flatMap((one) => {
    const own = one.item.kind === "likert" ? likert(one, settings) : one.item.kind === "nps" ? nps(one) : choices(one);
    const isWidest = one.region === "network" && one.period === (all ?? one.period);
    const isTold = ({ metric }: Indicator): boolean =>
      isWidest || (!isPooled(one) && (one.item.kind === "nps" || !ANSWERS.has(metric)));
    return own.map((indicator) =>
      guarded({ ...indicator, ...(isTold(indicator) ? {} : { isUntold: true }) }, settings),
    );
  });
}

/** Metrics that tell of each answer. */
const ANSWERS: ReadonlySet<string> = new Set(["survey_answer", "survey_choice"]);

/** The arm, definition and place at which an item stands. */
export const atItem = ({ item, role, wave, region, period }: ItemAnswers) =>
  ({
    arm: `${role}s`,
    definition: wave,
    at: { region, period, dimension: "item", level: item.item },
    family: `survey item ${role}s`,
  }) as const;

function likert(own: ItemAnswers, { codebook }: SurveySettings): readonly Indicator[] {
  const { item, n, persons, favourable, role, wave } = own;
  const { arm, definition, at, family } = atItem(own);
  const codes = [...persons.keys()];
  const dimension = answersTo(item.item);
  const neutralFamily = `survey neutral ${arm}`;
  const neutral = (codebook.scales[item.scale ?? ""]?.answers ?? [])
    .filter((one) => one.neutral)
    .map(({ code }) => code);
  const set = (code: string): string => `survey ${role} ${wave} ${item.item} ${code}`;
  const of = (metric: string, numerators: readonly string[], place: IndicatorPlace = at): Indicator => ({
    ...share(metric, arm, place, { numerator: total(persons, numerators), base: n }),
    definition,
    family,
    sets: { base: codes.map(set), numerator: numerators.map(set) },
  });
  const numbers = codes.map(
    (code) => [item.reversed ? mirrored(codes, code) : Number(code), persons.get(code) ?? 0] as const,
  );
  return [
    { ...of("survey_top2", favourable), weight: TOP2_WEIGHT },
    {
      ...shownScore({ metric: "survey_mean", arm, definition, family, place: at, items: 1, ...meanOf(numbers) }),
      // sum and spread of few answers leave few ways to share them out
      guard: { alongside: [{ family: neutralFamily }, ...codes.map((level) => ({ dimension, level }))] },
    },
    ...(neutral.length > 0 ? [{ ...of("survey_neutral", neutral), family: neutralFamily }] : []),
    ...codes.map((code) => of("survey_answer", [code], { ...at, dimension, level: code })),
  ];
}

/** The dimension whose levels are the answers to an item. */
const answersTo = (item: string): string => `item_${item}`;

const mirrored = (codes: readonly string[], code: string): number =>
  Number(codes[0]) + Number(codes.at(-1)) - Number(code);

const total = (persons: ReadonlyMap<string, number>, codes: readonly string[]): number =>
  codes.reduce((sum, code) => sum + (persons.get(code) ?? 0), 0);

function nps(own: ItemAnswers): readonly Indicator[] {
  const { item, n, persons } = own;
  const { arm, definition, at, family } = atItem(own);
  const [promoters = 0, passives = 0, detractors = 0] = NPS_GROUPS.map((group) => persons.get(group));
  const net = netPromoterScore({ promoters, passives, detractors });
  const dimension = answersTo(item.item);
  const score: Indicator = {
    ...{ metric: "survey_nps", arm, ...at, definition, family, unit: "score", kind: "mean", base: n },
    ...{ value: net?.score ?? null, lower: net?.lower ?? null, upper: net?.upper ?? null },
    guard: { alongside: NPS_GROUPS.map((level) => ({ dimension, level })) },
  };
  const groups = NPS_GROUPS.map((level) => ({
    ...share("survey_answer", arm, { ...at, dimension, level }, { numerator: persons.get(level) ?? 0, base: n }),
    ...{ definition, family },
  }));
  return [score, ...groups];
}

function choices(own: ItemAnswers): readonly Indicator[] {
  const { item, n, persons } = own;
  const { arm, definition, at, family } = atItem(own);
  const place = { ...at, dimension: answersTo(item.item) };
  return [...persons].map(([level, numerator]) => ({
    ...share("survey_choice", arm, { ...place, level }, { numerator, base: n }),
    ...{ definition, family },
  }));
}
