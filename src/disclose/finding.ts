/** Which persons a value aggregates: equality conditions over the dimensions of the evaluation. */
type PersonsPredicate = Readonly<Record<string, string>>;

/**
 * The cell of a finding: what disclosure control reasons about.
 * `base` and `numerator` are distinct persons (counts the value rests on), null where a kind has none.
 */
export interface Cell {
  readonly kind: "count" | "rate" | "mean" | "effect" | "balance" | "verdict" | "payment";
  readonly persons: PersonsPredicate;
  readonly numerator: number | null;
  readonly base: number | null;
  /** What it is shown or hidden together with, at one place; by kind where absent. */
  readonly family?: string;
  /**
   * Effective numbers of persons of a share whose persons count with unequal weights, of all of them, of those who count and
   * of the others: (sum w)^2 / sum w^2.
   */
  readonly effective?: Readonly<Partial<Record<"base" | "numerator" | "complement", number>>>;
  /** The persons counted, by name: one name used twice is one number of persons; several names add up. */
  readonly sets?: Readonly<Partial<Record<"base" | "numerator", readonly string[]>>>;
  /** Names of persons who together are the base, once for each way in which it is told in parts. */
  readonly parts?: ReadonlyArray<readonly string[]>;
  /** Names of persons of whom the base are some, perhaps all, once for each that is told elsewhere. */
  readonly among?: ReadonlyArray<readonly string[]>;
  /** Of a number on a period's last day: the metrics of who came and who left in it, which with the day before it make this number. */
  readonly flow?: { readonly came: string; readonly left: string };
  /** Smallest base that may be shown, where the settings ask for more than the audience does. */
  readonly minimumBase?: number;
  /** Fewer persons than the settings call reliable: shown, and marked. */
  readonly isUnreliable?: boolean;
  /** Other places that would be given away with it, of the same `family` where none is named: hidden where one of them is. */
  readonly alongside?: ReadonlyArray<Readonly<Record<string, string>>>;
  /** Where another metric counts the same persons, perhaps with more, at the same region and period. */
  readonly someOf?: Pick<Finding, "metric" | "arm" | "dimension" | "level">;
  /** Of a share who did something within so many months, among those seen for as long: the months, null for however long. */
  readonly within?: number | null;
  /** Of a rate: nobody is told as such, so a hidden numerator is at least 1. */
  readonly isNobodyTold?: boolean;
  /** How much rather others are hidden than this, where one must be; 1 where absent. */
  readonly weight?: number;
  /** Of a mean: the largest share of its sum that one person has. */
  readonly largestShare?: number;
}

/** One computed number with its place and its cell; not yet fit to be shown to anybody. */
export interface Finding {
  readonly metric: string;
  readonly region: string;
  /** `2014`, or pooled `2014-2016`. */
  readonly period: string;
  /** `total`, or what it is broken down by: `qualification`. */
  readonly dimension: string;
  readonly level: string;
  /** `participants`, `controls`, or `both` for a comparison. */
  readonly arm: string;
  /** Rates and differences as proportions; null where statistics has no answer. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Distinct persons the value rests on. */
  readonly n: number | null;
  readonly unit:
    | "proportion"
    | "persons"
    | "ratio"
    | "sd"
    | "probability"
    | "rows"
    | "euro"
    | "months"
    | "days"
    | "rank"
    | "score";
  readonly definition: string;
  readonly window: string;
  readonly as_of: string;
  readonly cell: Cell;
}

declare const released: unique symbol;

/** SDMX OBS_STATUS: A normal, U of low reliability (few persons), M not available (statistics has no answer). */
type ObservationStatus = "A" | "U" | "M";
/** SDMX CONF_STATUS: F free, A primary confidential (small count), D secondary confidential. */
export type ConfidentialityStatus = "F" | "A" | "D";

/** A value that passed disclosure control; made only by `release`. Where it is hidden, its numbers are null. */
export interface Released extends Omit<Finding, "cell"> {
  readonly obs_status: ObservationStatus;
  readonly conf_status: ConfidentialityStatus;
  readonly [released]: true;
}
