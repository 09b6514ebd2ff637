import type { Cell, Finding } from "../disclose/finding.ts";
import { wilson } from "../evaluate/proportions.ts";

/** Where an indicator stands: `network` or a region, one branch of it or all, a year or all years together. */
export interface IndicatorPlace {
  readonly region: string;
  readonly dimension: string;
  readonly level: string;
  readonly period: string;
}

/** An indicator before it knows its day: what it is, where it stands, which persons it rests on. */
export interface Indicator extends IndicatorPlace {
  readonly metric: string;
  /** Whom it tells of: `mentees`, `mentors`, `duos`. */
  readonly arm: string;
  readonly value: number | null;
  readonly lower?: number | null;
  readonly upper?: number | null;
  readonly unit: Finding["unit"];
  readonly kind: "count" | "rate" | "mean" | "effect";
  readonly base: number;
  readonly numerator?: number;
  readonly largestShare?: number;
  /** What it is shown or hidden together with; metric and arm where absent. */
  readonly family?: string;
  /** Names of the persons counted, which other indicators of the same branch or region and period may share. */
  readonly sets?: Cell["sets"];
  /** Names of the persons who together are the base, once for each way in which it is told in parts. */
  readonly parts?: ReadonlyArray<readonly string[]>;
  /** Names of persons of whom the base are some, once for each that is told elsewhere. */
  readonly among?: ReadonlyArray<readonly string[]>;
  /** That nobody has it may be told: then it stands by itself, without its base. */
  readonly isNobodyTold?: boolean;
  /** How much rather others are hidden than this, where one must be; 1 where absent. */
  readonly weight?: number;
  /** Computed and audited, but told nowhere. */
  readonly isUntold?: boolean;
  /** What its settings ask of disclosure control beyond the audience's rules. */
  readonly guard?: Pick<Cell, "minimumBase" | "isUnreliable" | "alongside" | "isNobodyTold" | "within" | "someOf">;
  /** Of a number on a day: the metrics of who came and who left in the period. */
  readonly flow?: Cell["flow"];
  /** Code of the definition where the metric has several; empty otherwise. */
  readonly definition?: string;
}

/** A place out of a row of a query on `programme.places` and `programme.periods`. */
export const placeOf = (row: Readonly<Record<string, unknown>>): IndicatorPlace => ({
  region: String(row.region),
  dimension: String(row.dimension),
  level: String(row.level),
  period: String(row.period),
});

/** Whether a place stands for several years together: numbers on a day are told of single years only, since they don't add up. */
export const isPooled = ({ period }: Pick<IndicatorPlace, "period">): boolean => period.includes("-");

/** A share with Wilson's 95 % interval; null where the base is empty. */
export function share(
  metric: string,
  arm: string,
  place: IndicatorPlace,
  { numerator, base }: { readonly numerator: number; readonly base: number },
): Indicator {
  const value = base > 0 ? numerator / base : null;
  const { lower, upper } = wilson({ events: numerator, size: base });
  return { metric, arm, ...place, value, lower, upper, unit: "proportion", kind: "rate", base, numerator };
}

/** A number of persons or duos. */
export const count = (metric: string, arm: string, place: IndicatorPlace, value: number): Indicator => ({
  metric,
  arm,
  ...place,
  value,
  unit: arm === "duos" ? "rows" : "persons",
  kind: "count",
  base: value,
});

/** A mean or median over `base` persons; null where there is nobody. */
export const average = (
  metric: string,
  arm: string,
  place: IndicatorPlace,
  value: number | null,
  of: Pick<Indicator, "unit" | "base" | "largestShare">,
): Indicator => ({ metric, arm, ...place, value, kind: "mean", ...of });

/** The finding of an indicator, its cell's persons named by its place. */
export function findingOfIndicator(indicator: Indicator, asOf: string): Finding {
  const { metric, region, period, dimension, level, arm, value, unit, largestShare } = indicator;
  const isNobody = indicator.isNobodyTold === true && value === 0;
  const { kind, base } = isNobody ? { kind: "count" as const, base: 0 } : indicator;
  return {
    metric,
    region,
    period,
    dimension,
    level,
    arm,
    value,
    lower: indicator.lower ?? null,
    upper: indicator.upper ?? null,
    n: base,
    unit,
    definition: indicator.definition ?? "",
    window: "",
    as_of: asOf,
    cell: {
      kind,
      persons: { region, period, [dimension]: level, arm },
      numerator: isNobody ? null : (indicator.numerator ?? null),
      base,
      family: indicator.family ?? `${metric} ${arm}`,
      ...(isNobody ? {} : setsOf(indicator)),
      ...indicator.guard,
      ...(largestShare === undefined ? {} : { largestShare }),
      ...(indicator.isNobodyTold === true && !isNobody ? { isNobodyTold: true } : {}),
      ...(indicator.weight === undefined ? {} : { weight: indicator.weight }),
      ...(indicator.flow === undefined ? {} : { flow: indicator.flow }),
    },
  };
}

/** Sets are those of one branch, or of all, in one region and period. */
function setsOf(indicator: Indicator): Pick<Cell, "sets" | "parts" | "among"> {
  const { sets, parts, among, region, period, dimension, level } = indicator;
  const scope = [region, period, dimension === "branch" ? level : "total"].join(" ");
  const named = (names: readonly string[] = []): readonly string[] => names.map((name) => `${name}, ${scope}`);
  return {
    ...(sets === undefined ? {} : { sets: { base: named(sets.base), numerator: named(sets.numerator) } }),
    ...(parts === undefined ? {} : { parts: parts.map(named) }),
    ...(among === undefined ? {} : { among: among.map(named) }),
  };
}

/** The same indicator, its counted persons named. */
export const naming = (indicator: Indicator, base: string, ...numerator: readonly string[]): Indicator => ({
  ...indicator,
  sets: { base: [base], numerator },
});
