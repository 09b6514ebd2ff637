import type { MatchedDesign } from "./design.ts";
import { NO_PARTICIPANT, strataOf } from "./exact.ts";
import type { Patterns } from "./patterns.ts";

interface RelaxSettings {
  /** The ladder, from the finest set of covariates to the coarsest; the first rung is the exact match. */
  readonly rungs: ReadonlyArray<readonly string[]>;
}

/** A step of the ladder of exact matching: `on` holds the covariates that still had to agree, the finest set first. */
export interface Rung {
  readonly on: readonly string[];
  /** Rows of participants who found their controls on this rung. */
  readonly participants: number;
}

interface RelaxedDesign extends MatchedDesign {
  /** The rung on which each participants' pattern is matched; -1 for unmatched ones and for controls. */
  readonly rung: Int32Array;
  readonly rungs: readonly Rung[];
}

export const NO_RUNG = "no control shares even the last rung's covariates";

/**
 * Exact matching down a ladder: a participant without a control on one rung moves to the next, coarser set. All
 * controls serve on every rung; a control weighs the sum over rungs of nT_s / nC_s, nT_s counting the stratum's
 * participants matched on that rung, so controls' weights sum to the matched participants.
 * Strata: one a rung and combination; a control in several is in the first (finest).
 * @throws RangeError without a rung, or when a name is not a covariate
 */
export function matchRelaxed(patterns: Patterns, { rungs }: RelaxSettings): RelaxedDesign {
  if (rungs.length === 0) throw new RangeError("a ladder needs a rung");
  const rung = new Int32Array(patterns.size).fill(-1);
  const weights = new Float64Array(patterns.size);
  const stratum = new Int32Array(patterns.size).fill(-1);
  let all = 0;
  let matched = 0;
  rungs.forEach((on, r) => {
    const strata = strataOf(patterns, on);
    const { waiting, controls } = sizes(patterns, strata, rung);
    for (let p = 0; p < patterns.size; p++) {
      const s = strata.stratum[p] ?? -1;
      const [nT, nC] = [waiting[s] ?? 0, controls[s] ?? 0];
      if (!(nT > 0 && nC > 0) || (patterns.arm[p] === 1 && rung[p] !== -1)) continue;
      if (patterns.arm[p] === 1) rung[p] = r;
      weights[p] = patterns.arm[p] === 1 ? 1 : (weights[p] ?? 0) + nT / nC;
      if (stratum[p] === -1) stratum[p] = all + s;
    }
    matched += waiting.reduce((count, nT, s) => count + (nT > 0 && (controls[s] ?? 0) > 0 ? 1 : 0), 0);
    all += strata.count;
  });
  return {
    method: "exact-relaxed",
    weights,
    stratum,
    strata: { all, matched },
    reason: weights.reduce((reasons, w, p) => {
      if (!(w > 0) && (patterns.rows[p] ?? 0) > 0) reasons[p] = patterns.arm[p] === 1 ? 0 : 1;
      return reasons;
    }, new Int32Array(patterns.size).fill(-1)),
    reasons: [NO_RUNG, NO_PARTICIPANT],
    rung,
    rungs: rungs.map((on, r) => ({ on, participants: rowsOn(patterns, rung, r) })),
  };
}

/** By stratum: participants still unmatched, and all controls. */
function sizes(patterns: Patterns, strata: { stratum: Int32Array; count: number }, rung: Int32Array) {
  const waiting = new Float64Array(strata.count);
  const controls = new Float64Array(strata.count);
  for (let p = 0; p < patterns.size; p++) {
    const s = strata.stratum[p] ?? -1;
    if (s < 0 || rung[p] !== -1) continue;
    const into = patterns.arm[p] === 1 ? waiting : controls;
    into[s] = (into[s] ?? 0) + (patterns.rows[p] ?? 0);
  }
  return { waiting, controls };
}

const rowsOn = (patterns: Patterns, rung: Int32Array, r: number): number =>
  patterns.rows.reduce((total, rows, p) => total + (rung[p] === r ? rows : 0), 0);
