import type { Patterns } from "./patterns.ts";

/**
 * A match: the weight of one row of each pattern, whatever the method that made it. Made without reading any outcome.
 * Participants' weights are 1 and controls' sum to the matched participants; MatchIt's scale is applied on export only.
 */
export interface MatchedDesign {
  readonly method: string;
  /** Weight of **one row** of each pattern (never rows x weight); 0 where unmatched. */
  readonly weights: Float64Array;
  /** Stratum (or set) of each pattern; -1 where unmatched or where the method has none. */
  readonly stratum: Int32Array;
  /** Strata that exist, and those that hold both arms; null where the method has none. */
  readonly strata: { readonly all: number; readonly matched: number } | null;
  /** Why a pattern is unmatched, or matched in part, as a position in `reasons`; -1 where matched. */
  readonly reason: Int32Array;
  readonly reasons: readonly string[];
}

/**
 * Participants and controls: rows (person-months where patterns come from a register), or a sum of their weights. A
 * match averaged over ties keeps fractions of rows.
 */
export interface ArmCounts {
  readonly treated: number;
  readonly control: number;
}

/** How many rows a match keeps and why it loses the others. */
export interface DesignCounts {
  readonly rows: ArmCounts;
  readonly matched: ArmCounts;
  /** Sum of the weights by arm. */
  readonly weight: ArmCounts;
  /** Participants without a match, one entry a reason, in the order of `reasons`. */
  readonly unmatched: ReadonlyArray<{ readonly reason: string; readonly rows: number }>;
}

/**
 * Rows before and after a match, over the patterns of `within` (all of them by default).
 * Unmatched participants by reason sum to participants minus matched participants.
 */
export function designCounts(patterns: Patterns, design: MatchedDesign, within?: Uint8Array): DesignCounts {
  const rows = { treated: 0, control: within === undefined ? (patterns.rest?.rows ?? 0) : 0 };
  const matched = { treated: 0, control: 0 };
  const weight = { treated: 0, control: 0 };
  const lost = new Float64Array(design.reasons.length);
  for (let p = 0; p < patterns.size; p++) {
    if (within !== undefined && within[p] !== 1) continue;
    const arm = patterns.arm[p] === 1 ? "treated" : "control";
    const n = patterns.rows[p] ?? 0;
    const w = design.weights[p] ?? 0;
    const reason = design.reason[p] ?? -1;
    rows[arm] += n;
    weight[arm] += n * w;
    // a participant weighs 1; less where a match averaged over ties keeps a part of the pattern's rows
    const kept = arm === "treated" ? Math.min(1, w) : w > 0 ? 1 : 0;
    matched[arm] += n * kept;
    if (arm === "treated" && reason >= 0) lost[reason] = (lost[reason] ?? 0) + n * (1 - kept);
  }
  const unmatched = design.reasons
    .map((reason, r) => ({ reason, rows: lost[r] ?? 0 }))
    .filter((entry) => entry.rows > 0);
  return { rows, matched, weight, unmatched };
}

/** A match of nobody, for methods that cannot even begin; every pattern with rows is unmatched for that reason. */
export function nobodyMatched(patterns: Patterns, method: string, reason: string): MatchedDesign {
  return {
    method,
    weights: new Float64Array(patterns.size),
    stratum: new Int32Array(patterns.size).fill(-1),
    strata: null,
    reason: Int32Array.from(patterns.rows, (rows) => (rows > 0 ? 0 : -1)),
    reasons: [reason],
  };
}
