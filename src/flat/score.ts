import { covariate, strataOf } from "../evaluate/exact.ts";
import type { LogisticFit, Unfitted } from "../evaluate/logistic.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import { propensity } from "../evaluate/propensity.ts";

interface Score {
  /** One value a person. */
  readonly values: Float64Array;
  readonly fit: LogisticFit;
  readonly warnings: readonly string[];
}

/**
 * Propensity scores of persons, fitted on the patterns that they form: the same coefficients at a fraction of the cost,
 * and the same score to the last bit for persons who share all covariates.
 * @param people one pattern a person
 * @param names covariates, each a main effect
 */
export function scoreOfPeople(
  people: Patterns,
  names: readonly string[],
  scale: "probability" | "linear",
): Score | Unfitted {
  const { patterns, key } = patternsOf(people, names);
  const fitted = propensity(patterns);
  if (typeof fitted === "string") return fitted;
  const score = fitted[scale];
  const values = Float64Array.from(key, (p) => score[p] ?? Number.NaN);
  return { values, fit: fitted.fit, warnings: fitted.warnings };
}

/** Persons gathered by arm and covariates, and the pattern of each. */
function patternsOf(people: Patterns, names: readonly string[]): { patterns: Patterns; key: Int32Array } {
  const { stratum, count } = strataOf(people, names);
  const place = new Int32Array(2 * count).fill(-1);
  const first: number[] = [];
  const rows: number[] = [];
  const key = stratum.map((s, person) => {
    if (s < 0) return -1;
    const cell = 2 * s + (people.arm[person] ?? 0);
    if (place[cell] === -1) {
      place[cell] = first.push(person) - 1;
      rows.push(0);
    }
    const p = place[cell] ?? -1;
    rows[p] = (rows[p] ?? 0) + (people.rows[person] ?? 0);
    return p;
  });
  const patterns: Patterns = {
    size: first.length,
    arm: Uint8Array.from(first, (person) => people.arm[person] ?? 0),
    month: new Int32Array(first.length),
    covariates: names.map((name) => {
      const of = covariate(people, name);
      return of.kind === "numeric"
        ? { ...of, values: Float64Array.from(first, (person) => of.values[person] ?? Number.NaN) }
        : { ...of, codes: Int32Array.from(first, (person) => of.codes[person] ?? 0) };
    }),
    rows: Float64Array.from(rows),
  };
  return { patterns, key };
}
