import { groupBy } from "../group-by.ts";
import { ESF_SHARES, ESF_WHOLES } from "./esf-codes.ts";
import type { Indicator } from "./indicator.ts";
import { PROFILE_DIMENSIONS } from "./profile.ts";

/** A sum that must agree, and where it doesn't. */
interface Audit {
  readonly name: string;
  readonly problems: (indicators: readonly Indicator[]) => readonly string[];
}

/** Sums that must agree over all that is told of the programme's year. */
const AUDITS: readonly Audit[] = [
  { name: "regions add up to the network", problems: regionsToNetwork },
  { name: "the levels of a dimension add up to their total", problems: levelsToTotal },
  { name: "the answers to an item add up to who answered it", problems: answersToRespondents },
  { name: "no item has more answers than persons who responded", problems: answersWithinRespondents },
  { name: "ESF+ participants of every status and level add up to all", problems: esfPartsToWhole },
  { name: "no ESF+ indicator has more persons than those it is of", problems: esfSharesWithin },
  { name: "the share with a declared solution lies between its bounds", problems: sharesBetweenBounds },
  { name: "no step of the funnel has more persons than the one before", problems: stepsNeverGrow },
];

/**
 * Holds every sum that must agree.
 * @throws Error with each disagreement: then nothing may be published
 */
export function audit(indicators: readonly Indicator[]): void {
  const problems = AUDITS.flatMap(({ name, problems: of }) => of(indicators).map((problem) => `${name}: ${problem}`));
  if (problems.length > 0) throw new Error(`the programme's figures disagree\n${problems.join("\n")}`);
}

const SEPARATOR = " / ";
const placeOf = ({ metric, arm, definition, region, period, dimension, level }: Indicator): readonly string[] => [
  metric,
  arm,
  definition ?? "",
  region,
  period,
  dimension,
  level,
];

const keyOf = (indicator: Indicator): string => placeOf(indicator).join(SEPARATOR);

const isSummable = ({ kind, numerator }: Indicator): boolean => kind === "count" || numerator !== undefined;

/** Counts, and both halves of a rate, of all regions against the network's. */
function regionsToNetwork(indicators: readonly Indicator[]): readonly string[] {
  const own = indicators.filter((one) => isSummable(one) && one.dimension !== "branch");
  return sums(
    own,
    (one) => keyOf({ ...one, region: "network" }),
    ({ region }) => region === "network",
  );
}

/** Dimensions whose levels are parts of the total: months, steps and the like are not. */
const PARTITIONS: ReadonlySet<string> = new Set([
  "availability",
  "branch",
  "duos",
  "end_reason",
  ...PROFILE_DIMENSIONS,
]);

function levelsToTotal(indicators: readonly Indicator[]): readonly string[] {
  const dimensions = new Set(indicators.map(({ dimension }) => dimension).filter((name) => PARTITIONS.has(name)));
  return [...dimensions].flatMap((dimension) => {
    const split = indicators.filter((one) => isSummable(one) && one.dimension === dimension);
    const told = new Set(split.map((one) => keyOf(totalOf(one))));
    const totals = indicators.filter((one) => one.dimension === "total" && told.has(keyOf(one)));
    return sums(
      [...split, ...totals],
      (one) => keyOf(totalOf(one)),
      (one) => one.dimension === "total",
    );
  });
}

const totalOf = (indicator: Indicator): Indicator => ({ ...indicator, dimension: "total", level: "total" });

/** In each group, base and numerator of the parts against those of the whole; a part that isn't told counts nothing. */
function sums(
  indicators: readonly Indicator[],
  groupOf: (indicator: Indicator) => string,
  isWhole: (indicator: Indicator) => boolean,
): readonly string[] {
  return [...groupBy(indicators, groupOf)].flatMap(([group, members]) => {
    const whole = members.find(isWhole);
    if (whole === undefined) return [`${group}: no total`];
    return (["base", "numerator"] as const).flatMap((half) => {
      const total = whole[half] ?? 0;
      const parts = members.filter((one) => !isWhole(one)).reduce((sum, one) => sum + (one[half] ?? 0), 0);
      return parts === total ? [] : [`${group}, ${half}: the parts make ${parts}, the total is ${total}`];
    });
  });
}

function stepsNeverGrow(indicators: readonly Indicator[]): readonly string[] {
  return indicators
    .filter(({ metric, numerator, base }) => metric === "step_conversion" && (numerator ?? 0) > base)
    .map((one) => `${keyOf(one)}: ${one.numerator} of ${one.base}`);
}

function answersToRespondents(indicators: readonly Indicator[]): readonly string[] {
  const answers = indicators.filter(({ metric }) => metric === "survey_answer");
  return [...groupBy(answers, (one) => keyOf({ ...one, level: "" }))].flatMap(([item, own]) => {
    const sum = own.reduce((total, { numerator }) => total + (numerator ?? 0), 0);
    return own.every(({ base }) => base === sum) ? [] : [`${item}: the answers make ${sum} of ${own[0]?.base}`];
  });
}

function answersWithinRespondents(indicators: readonly Indicator[]): readonly string[] {
  const respondents = new Map(
    indicators.filter(({ metric }) => metric === "survey_respondents").map((one) => [keyOf(one), one.base]),
  );
  return indicators
    .filter(({ metric }) => metric === "survey_answer" || metric === "survey_choice")
    .filter((one) => one.base > (respondents.get(keyOf({ ...totalOf(one), metric: "survey_respondents" })) ?? 0))
    .map((one) => `${keyOf(one)}: ${one.base} answers`);
}

type Codes = Readonly<Record<string, readonly (string | readonly string[])[]>>;

/** Each code of the table at a place, with what stands at the same place under another code. */
function esfAt(indicators: readonly Indicator[], table: Codes) {
  const byKey = new Map(indicators.map((one) => [keyOf(one), one]));
  const valueAt = (one: Indicator, code: string): number => byKey.get(keyOf({ ...one, metric: code }))?.value ?? 0;
  return indicators
    .filter(({ metric }) => Object.hasOwn(table, metric))
    .map((one) => ({ one, personsOf: (code: string) => valueAt(one, code) }));
}

function esfPartsToWhole(indicators: readonly Indicator[]): readonly string[] {
  return esfAt(indicators, ESF_WHOLES).flatMap(({ one, personsOf }) =>
    ESF_WHOLES[one.metric as keyof typeof ESF_WHOLES].flatMap((codes: readonly string[]) => {
      const sum = codes.reduce((total, code) => total + personsOf(code), 0);
      return sum === one.value ? [] : [`${keyOf(one)}: ${codes.join(" + ")} make ${sum} of ${one.value}`];
    }),
  );
}

function esfSharesWithin(indicators: readonly Indicator[]): readonly string[] {
  return esfAt(indicators, ESF_SHARES).flatMap(({ one, personsOf }) =>
    ESF_SHARES[one.metric as keyof typeof ESF_SHARES]
      .filter((code) => personsOf(code) > (one.value ?? 0))
      .map((code) => `${keyOf(one)}: ${code} has ${personsOf(code)} of ${one.value}`),
  );
}

/** What the unknown could do to a share: without any of them, and with all, it lies on either side. */
function sharesBetweenBounds(indicators: readonly Indicator[]): readonly string[] {
  const byKey = new Map(indicators.map((one) => [keyOf(one), one]));
  return indicators
    .filter(({ metric, value }) => metric === "declared_solution" && value !== null)
    .flatMap((one) => {
      const [lowest, highest] = ["declared_solution_lowest", "declared_solution_highest"].map(
        (metric) => byKey.get(keyOf({ ...one, metric }))?.value ?? Number.NaN,
      );
      const own = one.value ?? 0;
      const isBetween = (lowest ?? Number.NaN) <= own && own <= (highest ?? Number.NaN);
      return isBetween ? [] : [`${keyOf(one)} is ${own}, its bounds ${lowest} and ${highest}`];
    });
}
