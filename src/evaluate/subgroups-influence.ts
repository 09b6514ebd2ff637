import type { Sample } from "./errors.ts";
import type { Match } from "./matching.ts";
import { influenceProduct, type MeanInfluences, type RowInfluence } from "./odds-influence.ts";
import { type Heterogeneity, type Levels, waldTest } from "./subgroups.ts";

/**
 * The test of equal effects for weights that are fitted: the covariance of the levels' effects is that of their
 * influences, the fit included and persons clustered, as the levels' own errors (`stacked`).
 * Levels without an effect or without an error take no part.
 */
export function heterogeneityOfFitted(
  { patterns, outcomes, recurrence }: Sample,
  levels: Levels,
  influences: NonNullable<Match["influences"]>,
): Heterogeneity {
  const found = levels.names.flatMap((name, k) => {
    const within = Uint8Array.from(levels.of, (at) => (at === k ? 1 : 0));
    const both = influences(outcomes, within);
    return both === null
      ? []
      : [{ name, effect: both.treated.mean - both.control.mean, influence: gapOf(both, patterns.size) }];
  });
  const product = (a: RowInfluence, b: RowInfluence) => influenceProduct(outcomes, a, b, recurrence);
  const varied = found.filter(({ influence }) => product(influence, influence) > 0);
  const names = varied.map(({ name }) => name);
  const table = varied.map((one) => varied.map((other) => product(one.influence, other.influence)));
  const effects = varied.map(({ effect }) => effect);
  const tested = names.length < 2 ? null : waldTest(names, effects, (j, k) => table[j]?.[k] ?? 0);
  return tested ?? { q: null, freedom: null, p: null, levels: names };
}

/** Influence on the difference of the two means. */
function gapOf({ treated, control }: MeanInfluences, size: number): RowInfluence {
  const less = (a: Float64Array, b: Float64Array) =>
    Float64Array.from({ length: size }, (_, p) => (a[p] ?? 0) - (b[p] ?? 0));
  return {
    slope: less(treated.influence.slope, control.influence.slope),
    constant: less(treated.influence.constant, control.influence.constant),
  };
}
