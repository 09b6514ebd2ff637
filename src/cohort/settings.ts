/** The placement definitions that a register can answer (domain.md). */
export const DEFINITIONS = ["days90", "contract3m", "at12", "sustained6m"] as const;
type Definition = (typeof DEFINITIONS)[number];

/** The definition of that code; throws for a code that no register can answer. */
export function definitionOf(code: string): Definition {
  const found = DEFINITIONS.find((definition) => definition === code);
  if (found === undefined) throw new RangeError(`no placement definition is called ${code}`);
  return found;
}

/** A placement definition with the month after the index date at which its window opens. */
export interface OutcomeChoice {
  readonly definition: Definition;
  readonly after: number;
}

/** The facts known on the index date, in the order in which patterns hold them. */
export const COVARIATES = [
  "age_band",
  "gender",
  "origin",
  "qualification",
  "region",
  "index_month",
  "unemployment_duration",
  "months_worked_24",
] as const;
/** A fact known on the index date, also a column of the patterns; the order of `COVARIATES` is theirs. */
export type CovariateName = (typeof COVARIATES)[number];

/** What makes a cohort: whose duos, which register, who is at risk, which windows. */
export interface CohortSettings {
  readonly region: string;
  readonly register: string;
  /** Years of the duos' starts, ascending. */
  readonly years: readonly number[];
  /** Keys the draws of index days and of single months. */
  readonly seed: string;
  readonly index: "start-day" | "first-of-month";
  readonly reuse: "every-month" | "once";
  readonly eligibility: Eligibility;
  /** Contracts whose days are not work, e.g. `student`. */
  readonly excludedContracts: readonly string[];
  /** Whether a contract's length is read from the contract or from the days between its first and last day. */
  readonly contractLength: "contractual" | "observed";
  /** Lower bounds of the age bands, ascending, the first no higher than `eligibility.ageFrom`. */
  readonly ageBands: readonly number[];
  /** ISO date of the register's extraction. */
  readonly extraction: string;
  readonly reportingLagMonths: number;
  /** Length of the window. */
  readonly months: number;
  readonly outcomes: readonly OutcomeChoice[];
}

interface Eligibility {
  /** Completed years of age on the index date, both inclusive. */
  readonly ageFrom: number;
  readonly ageTo: number;
  readonly origins: readonly string[];
}

/** Brussels 2014-2016 as published, from the facts of the programme; seed, extraction and outcomes are the protocol's. */
export const COHORT_DEFAULTS = {
  index: "start-day",
  reuse: "every-month",
  eligibility: {
    ageFrom: 18,
    ageTo: 33,
    origins: ["other_european", "maghreb", "sub_saharan_african", "near_middle_east", "other_asian", "american"],
  },
  excludedContracts: ["student"],
  contractLength: "contractual",
  ageBands: [18, 22, 26, 30],
  months: 12,
} as const satisfies Partial<CohortSettings>;

/** Months that must still be seen after the window for an outcome to be known. */
export function lookaheadMonths(definition: Definition, contractLength: CohortSettings["contractLength"]): number {
  if (definition === "sustained6m") return 6;
  return definition === "contract3m" && contractLength === "observed" ? 3 : 0;
}
