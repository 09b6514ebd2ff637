import { aipw } from "../../src/evaluate/aipw.ts";
import { deletedSums, effectByDeletion, type PersonSums } from "../../src/evaluate/delete-one-person.ts";
import { armMeans, type Effect, effectOf, estimateEffect } from "../../src/evaluate/effect.ts";
import { balanceEntropy, entropyInfluences } from "../../src/evaluate/entropy.ts";
import type { ErrorType, Sample } from "../../src/evaluate/errors.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { cholesky, choleskySolve } from "../../src/evaluate/logistic-cholesky.ts";
import { oddsInfluences, weighByOdds } from "../../src/evaluate/odds.ts";
import { influenceCovariance, type MeanInfluences } from "../../src/evaluate/odds-influence.ts";
import { designGram, designOf, designTimes, designTransposeTimes } from "../../src/evaluate/propensity-design.ts";
import { effectByStrata } from "../../src/evaluate/strata-errors.ts";
import type { Shaped } from "./shape.ts";

/** What one method and error say of one sample. */
export interface Found {
  readonly method: string;
  readonly error: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Weight of one row of each pattern: whose participants the estimate is about. */
  readonly weights: Float64Array;
}

export const ON = ["index_month", "qualification", "gender", "area"] as const;
const TERMS = ["year", "qualification", "gender"] as const;

/** Exact matching with every error that it may be given. */
export function byExact(shaped: Shaped): Found[] {
  const { weights, stratum } = matchExact(shaped.patterns, { on: ON });
  const sample = sampleWith(shaped, weights);
  const found = (error: string, effect: Effect) => foundOf("exact", error, effect, weights);
  return [
    found("HC3", robust(shaped, weights, "HC3")),
    found("CR1", robust(shaped, weights, "CR1")),
    found("CR3", effectByDeletion(sample, deletion(shaped, sample))),
    found("matched", effectByStrata(sample, stratum, "matched")),
    found("stratified", effectByStrata(sample, stratum, "stratified")),
  ];
}

/** Weights by odds and by entropy balancing, with the fit counted in (`stacked`) and with fixed weights; AIPW. */
export function byWeighting(shaped: Shaped): Found[] {
  const { patterns, outcomes } = shaped;
  const odds = weighByOdds(patterns, { terms: TERMS.map((covariate) => ({ covariate })) });
  const entropy = balanceEntropy(patterns, { covariates: TERMS });
  const found: Found[] = [];
  if (typeof odds !== "string") {
    found.push(...fitted(shaped, "odds", odds.weights, oddsInfluences(patterns, odds, outcomes)));
    const { effect } = aipw(
      patterns,
      outcomes,
      { propensity: odds.propensity.probability, controlMean: controlMean(shaped) },
      shaped.recurrence,
    );
    found.push({ method: "aipw", error: "influence", ...effect, weights: odds.weights });
  }
  if ("weights" in entropy)
    found.push(...fitted(shaped, "entropy", entropy.weights, entropyInfluences(patterns, entropy, outcomes)));
  return found;
}

/** The estimate with these weights taken as fixed; G is counted among the rows with a weight. */
export function robust(shaped: Shaped, weights: Float64Array, errors: ErrorType): Effect {
  const persons = new Set<number>();
  shaped.rows.forEach((row, i) => {
    if ((weights[shaped.keys[i] ?? -1] ?? 0) > 0) persons.add(row.person);
  });
  return estimateEffect(sampleWith(shaped, weights), { errors, persons: persons.size });
}

export function foundOf(method: string, error: string, effect: Effect, weights: Float64Array): Found {
  const { estimate, se, lower, upper } = effect.difference;
  return { method, error, estimate, se, lower, upper, weights };
}

const sampleWith = ({ patterns, outcomes, recurrence }: Shaped, weights: Float64Array): Sample => ({
  patterns,
  outcomes,
  recurrence,
  weights,
});

function fitted(shaped: Shaped, method: string, weights: Float64Array, influences: MeanInfluences | null): Found[] {
  const sample = sampleWith(shaped, weights);
  const v = influences === null ? null : influenceCovariance(shaped.outcomes, influences, shaped.recurrence);
  const parts = v === null ? null : { tt: v.treated, cc: v.control, tc: v.both };
  return [
    foundOf(method, "stacked", effectOf(sample, armMeans(sample), { type: "stacked", parts }), weights),
    foundOf(method, "fixed-weights", robust(shaped, weights, "CR1"), weights),
  ];
}

/** Least squares of controls' outcomes on the same terms: the outcome model of AIPW. */
function controlMean({ patterns, outcomes }: Shaped): Float64Array {
  const design = designOf(
    patterns,
    TERMS.map((covariate) => ({ covariate })),
  );
  const ofControls = (values: Float64Array) => values.map((value, p) => (patterns.arm[p] === 1 ? 0 : value));
  const gram = cholesky(designGram(design, ofControls(outcomes.rows)), design.columns.length);
  return designTimes(design, choleskySolve(gram, designTransposeTimes(design, ofControls(outcomes.sum))));
}

/** Sums by person, in memory: what the engine's second pass hands over. */
function deletion({ rows, keys }: Shaped, sample: Sample) {
  const means = armMeans(sample);
  const persons = new Map<number, { -readonly [K in keyof PersonSums]: number }>();
  rows.forEach((row, i) => {
    const w = sample.weights[keys[i] ?? -1] ?? 0;
    if (!(w > 0)) return;
    const sums = persons.get(row.person) ?? { influenceT: 0, weightT: 0, influenceC: 0, weightC: 0 };
    persons.set(row.person, sums);
    if (row.arm === 1) {
      sums.influenceT += w * (row.y - (means.mean[0] ?? 0));
      sums.weightT += w;
    } else {
      sums.influenceC += w * (row.y - (means.mean[1] ?? 0));
      sums.weightC += w;
    }
  });
  return deletedSums(persons.values(), means.weight[0] ?? 0, means.weight[1] ?? 0);
}
