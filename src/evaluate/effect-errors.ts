import { type DeletedSums, effectByDeletion } from "./delete-one-person.ts";
import { armMeans, type Effect, type EffectSettings, effectOf, estimateEffect, type SeType } from "./effect.ts";
import type { ErrorType, Sample } from "./errors.ts";
import type { Match } from "./matching.ts";
import { influenceCovariance } from "./odds-influence.ts";
import { effectByPersonAndSet, effectBySet, type Pairs } from "./sets.ts";
import { effectByStrata } from "./strata-errors.ts";

/** What an error may need beside the sample. */
export interface ErrorInputs {
  readonly sample: Sample;
  readonly match: Pick<Match, "design" | "influences" | "augmented"> & { readonly pairs?: Pairs };
  readonly settings: EffectSettings;
  /** Person of each unit, where one has several rows. */
  readonly person?: Int32Array;
  /** The second pass over persons, which only the engine can make; CR3 has no answer without it. */
  readonly deleted?: DeletedSums;
}

type Estimator = (inputs: ErrorInputs) => Effect;

const robust =
  (errors: ErrorType): Estimator =>
  ({ sample, settings }) =>
    estimateEffect(sample, { ...settings, errors });

const withPerson = ({ settings, person }: ErrorInputs) => (person === undefined ? settings : { ...settings, person });

/** An error is one entry here. */
const ESTIMATORS: Readonly<Record<SeType, Estimator>> = {
  HC0: robust("HC0"),
  HC1: robust("HC1"),
  HC2: robust("HC2"),
  HC3: robust("HC3"),
  CR0: robust("CR0"),
  CR1: robust("CR1"),
  CR3: ({ sample, deleted = NO_PASS, settings }) => effectByDeletion(sample, deleted, settings),
  set: (inputs) => effectBySet(inputs.sample, inputs.match.design.stratum, withPerson(inputs)),
  "two-way": (inputs) =>
    inputs.match.pairs === undefined
      ? estimateEffect(inputs.sample, inputs.settings)
      : effectByPersonAndSet(inputs.sample, inputs.match.pairs, withPerson(inputs)),
  stacked,
  matched: ({ sample, match, settings }) => effectByStrata(sample, match.design.stratum, "matched", settings),
  stratified: ({ sample, match, settings }) => effectByStrata(sample, match.design.stratum, "stratified", settings),
};

/** As if one person held everything: no error. */
const NO_PASS: DeletedSums = { tt: 0, cc: 0, tc: 0, wholeArm: 1 };

/** The effect of a match with the error asked for. */
export function effectWith(error: SeType, inputs: ErrorInputs): Effect {
  return ESTIMATORS[error](inputs);
}

/** Sums of products of row influences, the fit of the weights included, clustered by person where persons recur. */
function stacked({ sample, match, settings }: ErrorInputs): Effect {
  const influences = match.influences?.(sample.outcomes, settings.within) ?? null;
  const weighted = armMeans(sample, settings.within);
  const means =
    match.augmented === true && influences !== null
      ? { ...weighted, mean: Float64Array.of(influences.treated.mean, influences.control.mean) }
      : weighted;
  const exists = influences !== null && means.leverage.every((h) => h < 1);
  if (!exists) return effectOf(sample, means, { type: "stacked", parts: null }, settings);
  const { treated: tt, control: cc, both: tc } = influenceCovariance(sample.outcomes, influences, sample.recurrence);
  return effectOf(sample, means, { type: "stacked", parts: { tt, cc, tc } }, settings);
}
