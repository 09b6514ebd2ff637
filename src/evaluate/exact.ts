import type { MatchedDesign } from "./design.ts";
import type { Covariate, Patterns } from "./patterns.ts";

interface ExactSettings {
  /** Names of the covariates that participants and their controls share exactly. */
  readonly on: readonly string[];
}

export const NO_CONTROL = "no control shares the matched covariates";
export const NO_PARTICIPANT = "no participant shares the matched covariates";

/**
 * Exact matching: one stratum a combination of the covariates in `on`.
 * In a stratum with both arms a participant weighs 1 and a control nT_s / nC_s (the estimand is the effect on
 * participants), so the controls' weights sum to the matched participants. Patterns without rows are in no stratum.
 * Agrees with MatchIt `exact` (test/reference/matching/exact3_*, exact4_*), whose weights are these times NC / NT.
 * @throws RangeError when a name in `on` is not a covariate of `patterns`
 */
export function matchExact(patterns: Patterns, settings: ExactSettings): MatchedDesign {
  const { stratum, count } = strataOf(patterns, settings.on);
  return weighStrata(patterns, "exact", stratum, count);
}

/**
 * Weights of a partition into strata: participant 1, control nT_s / nC_s, 0 in strata with one arm only.
 * @param stratum one position in [0, count) a pattern, -1 for patterns in none
 */
export function weighStrata(patterns: Patterns, method: string, stratum: Int32Array, count: number): MatchedDesign {
  const { treated, control } = armSizes(patterns, stratum, count);
  const weights = new Float64Array(patterns.size);
  const kept = new Int32Array(patterns.size).fill(-1);
  const reason = new Int32Array(patterns.size).fill(-1);
  for (let p = 0; p < patterns.size; p++) {
    const s = stratum[p] ?? -1;
    const nT = treated[s] ?? 0;
    const nC = control[s] ?? 0;
    if (nT > 0 && nC > 0) {
      kept[p] = s;
      weights[p] = patterns.arm[p] === 1 ? 1 : nT / nC;
    } else if ((patterns.rows[p] ?? 0) > 0) reason[p] = patterns.arm[p] === 1 ? 0 : 1;
  }
  let matched = 0;
  for (let s = 0; s < count; s++) if ((treated[s] ?? 0) > 0 && (control[s] ?? 0) > 0) matched++;
  return {
    method,
    weights,
    stratum: kept,
    strata: { all: count, matched },
    reason,
    reasons: [NO_CONTROL, NO_PARTICIPANT],
  };
}

/** Numbers the combinations of the covariates in `on` from 0 in order of appearance; -1 for patterns without rows. */
export function strataOf(patterns: Patterns, on: readonly string[]): { stratum: Int32Array; count: number } {
  const keys = new Float64Array(patterns.size);
  let width = 1;
  for (const name of on) {
    const codes = codesOf(covariate(patterns, name));
    const levels = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
    if (width * levels > Number.MAX_SAFE_INTEGER) {
      const { number, count } = numbered(patterns, keys, width);
      keys.set(number.map((stratum) => Math.max(0, stratum)));
      width = count;
    }
    for (let p = 0; p < keys.length; p++) keys[p] = (keys[p] ?? 0) * levels + (codes[p] ?? 0);
    width *= levels;
  }
  const { number, count } = numbered(patterns, keys, width);
  return { stratum: number, count };
}

/** The covariate of that name. */
export function covariate(patterns: Patterns, name: string): Covariate {
  const found = patterns.covariates.find((c) => c.name === name);
  if (found !== undefined) return found;
  const known = patterns.covariates.map((c) => c.name).join(", ");
  throw new RangeError(`no covariate \`${name}\` among ${known}`);
}

/** A non-negative integer a pattern: equal values, equal codes. */
function codesOf(of: Covariate): Int32Array {
  if (of.kind === "categorical") return of.codes;
  const seen = new Map<number, number>();
  return Int32Array.from(of.values, (value) => {
    const key = value === 0 ? 0 : value;
    const known = seen.get(key) ?? seen.size;
    seen.set(key, known);
    return known;
  });
}

/** Keys in [0, width) as numbers from 0 in order of appearance: by a list of all keys while that is short, else a map. */
function numbered(patterns: Patterns, keys: Float64Array, width: number): { number: Int32Array; count: number } {
  const number = new Int32Array(keys.length).fill(-1);
  const listed = width <= 4 * keys.length + 1024 ? new Int32Array(width).fill(-1) : null;
  const seen = new Map<number, number>();
  let count = 0;
  for (let p = 0; p < keys.length; p++) {
    if (!((patterns.rows[p] ?? 0) > 0)) continue;
    const key = keys[p] ?? 0;
    let known = (listed === null ? seen.get(key) : listed[key]) ?? -1;
    if (known < 0) {
      known = count++;
      if (listed === null) seen.set(key, known);
      else listed[key] = known;
    }
    number[p] = known;
  }
  return { number, count };
}

function armSizes(patterns: Patterns, stratum: Int32Array, count: number) {
  const treated = new Float64Array(count);
  const control = new Float64Array(count);
  for (let p = 0; p < patterns.size; p++) {
    const s = stratum[p] ?? -1;
    if (s < 0) continue;
    const sizes = patterns.arm[p] === 1 ? treated : control;
    sizes[s] = (sizes[s] ?? 0) + (patterns.rows[p] ?? 0);
  }
  return { treated, control };
}
