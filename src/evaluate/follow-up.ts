/*
 * What curves over follow-up are made from: how many rows of each pattern leave in each month, and why.
 * One entry a (pattern, month, cause); a row leaves once.
 */

/** Rows that leave follow-up, by pattern, month and cause; all columns have one length. */
interface Exits {
  /** The pattern, as in `Patterns`. */
  readonly key: Int32Array;
  /** Month of follow-up in which the row leaves, 1 the first; the last month observed for rows that never leave. */
  readonly month: Int32Array;
  /** 0 no longer observed, 1 placed, 2 and up another exit (death, deregistration, emigration), as the protocol lists them. */
  readonly cause: Uint8Array;
  readonly rows: Float64Array;
}

/** Ordered pairs of different rows of one person, by the positions of both in `Exits`. */
interface ExitRecurrence {
  readonly exit1: Int32Array;
  readonly exit2: Int32Array;
  readonly rows: Float64Array;
}

/** Follow-up of both arms, with each pattern's arm (1 participant, 0 control) and weight of one row. */
export interface FollowUp {
  readonly arm: Uint8Array;
  readonly weights: Float64Array;
  readonly exits: Exits;
  /** Absent where nobody has two rows. */
  readonly recurrence?: ExitRecurrence;
}

/**
 * What an exit other than placement means: `competing`, the person can no longer be placed; `censoring`, the person
 * would have gone on like those who stayed; `ignored`, the person counts as not placed to the end of follow-up.
 */
export type ExitMeaning = "competing" | "censoring" | "ignored";

/** Weighted sums of one arm that a curve needs. */
export interface ArmExits {
  readonly months: number;
  /** Placement, then each competing exit. */
  readonly causes: readonly number[];
  /** Weight of those still followed at the start of each month, 0 to `months`. */
  readonly atRisk: Float64Array;
  /** Weight of the exits by cause (in the order of `causes`) and month. */
  readonly events: readonly Float64Array[];
  /** Weight of all the rows of the arm. */
  readonly total: number;
}

/** How each entry of `Exits` is read: months and cause after the meanings, cause 0 censored, else 1 + place in `causes`. */
export interface ReadExits {
  readonly months: number;
  readonly causes: readonly number[];
  readonly month: Int32Array;
  readonly cause: Int32Array;
}

/** Applies the horizon and the meanings of the exits; rows that leave after the horizon are followed to its end. */
export function readExits(exits: Exits, months: number, meanings: Readonly<Record<number, ExitMeaning>>): ReadExits {
  const causes = [...new Set(exits.cause)].filter((cause) => cause > 1 && meaningOf(cause, meanings) === "competing");
  const ordered = [1, ...causes.sort((one, other) => one - other)];
  const month = Int32Array.from(exits.month);
  const cause = Int32Array.from(exits.cause, (code) => ordered.indexOf(code) + 1);
  for (let i = 0; i < month.length; i++) {
    const ignored = meaningOf(exits.cause[i] ?? 0, meanings) === "ignored";
    if (!ignored && (exits.month[i] ?? 0) <= months) continue;
    month[i] = months + 1;
    cause[i] = 0;
  }
  return { months, causes: ordered, month, cause };
}

/** The weighted sums of one arm. */
export function armExits({ arm, weights, exits }: FollowUp, read: ReadExits, which: 0 | 1): ArmExits {
  const events = read.causes.map(() => new Float64Array(read.months + 1));
  const leaving = new Float64Array(read.months + 2);
  for (let i = 0; i < exits.key.length; i++) {
    const key = exits.key[i] ?? 0;
    if (arm[key] !== which) continue;
    const weight = (weights[key] ?? 0) * (exits.rows[i] ?? 0);
    const month = read.month[i] ?? 0;
    const byMonth = events[(read.cause[i] ?? 0) - 1] ?? leaving;
    byMonth[month] = (byMonth[month] ?? 0) + weight;
  }
  return { months: read.months, causes: read.causes, events, ...atRiskOf(events, leaving) };
}

/** At risk in a month: those who leave in it and those still there in the next, summed so that a last event empties it. */
function atRiskOf(events: readonly Float64Array[], leaving: Float64Array) {
  const atRisk = new Float64Array(leaving.length - 1);
  let later = leaving[leaving.length - 1] ?? 0;
  for (let month = atRisk.length - 1; month >= 0; month--) {
    const left = events.reduce((sum, byMonth) => sum + (byMonth[month] ?? 0), 0);
    later = left + (leaving[month] ?? 0) + later;
    atRisk[month] = later;
  }
  return { atRisk, total: later };
}

function meaningOf(cause: number, meanings: Readonly<Record<number, ExitMeaning>>): ExitMeaning {
  return cause <= 1 ? "censoring" : (meanings[cause] ?? "competing");
}
