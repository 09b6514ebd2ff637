/*
 * The narrow waist (method.md §2): what evaluation reads, and all that it reads.
 * Columns are typed arrays of one length; `key` of a pattern is its position.
 */

/** A fact known on the index date, one value a pattern. */
export type Covariate =
  | {
      readonly kind: "categorical";
      readonly name: string;
      /** Position in `levels`, one a pattern. */
      readonly codes: Int32Array;
      readonly levels: readonly string[];
    }
  | { readonly kind: "numeric"; readonly name: string; readonly values: Float64Array };

/** One row per (arm, index month, covariate values), with how many rows (person-months, or persons) it stands for. */
export interface Patterns {
  readonly size: number;
  /** 1 participant, 0 control. */
  readonly arm: Uint8Array;
  /** Index month as year * 12 + month - 1; 0 where there is no calendar (flat tables). */
  readonly month: Int32Array;
  readonly covariates: readonly Covariate[];
  /** Rows of the pattern that are mature for the outcome under study; known before any outcome is read. */
  readonly rows: Float64Array;
  /** Controls that stand in no pattern because no participant is like them; they count before a match only. */
  readonly rest?: RestOfControls;
}

/** Counts of controls by one covariate at a time. */
export interface RestOfControls {
  readonly rows: number;
  /** In the order of the patterns' covariates: each level or number once, and how many of these controls have it. */
  readonly covariates: ReadonlyArray<{ readonly of: Covariate; readonly rows: Float64Array }>;
}

/** Sums of one outcome over the rows of each pattern. */
export interface Outcomes {
  readonly definition: string;
  /** Months after the index date at which the window opens. */
  readonly after: number;
  readonly rows: Float64Array;
  readonly sum: Float64Array;
  readonly sumsq: Float64Array;
  /** Taken off every row's outcome before it was summed, 0 by default; means have it again. */
  readonly centre?: number;
}

/** Ordered pairs of different rows of one person, by the patterns of the first and of the second row. */
export interface Recurrence {
  readonly key1: Int32Array;
  readonly key2: Int32Array;
  readonly rows: Float64Array;
  /** Sum over the pairs of the first row's outcome, of the second row's, and of their product. */
  readonly sum1: Float64Array;
  readonly sum2: Float64Array;
  readonly sum12: Float64Array;
}
