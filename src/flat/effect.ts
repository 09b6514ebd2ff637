import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { effectByDeletion } from "../evaluate/delete-one-person.ts";
import {
  armMeans,
  type Effect,
  type EffectSettings,
  effectOf,
  estimateEffect,
  type SeType,
} from "../evaluate/effect.ts";
import type { ErrorType, Sample } from "../evaluate/errors.ts";
import { influenceCovariance } from "../evaluate/odds-influence.ts";
import { effectByPersonAndSet, effectBySet } from "../evaluate/sets.ts";
import { effectByStrata } from "../evaluate/strata-errors.ts";
import type { TableMatch } from "./match.ts";

/** What an error may need beside the sample. */
export interface ErrorInputs {
  readonly engine: SqlEngine;
  readonly sample: Sample;
  readonly match: TableMatch;
  readonly settings: EffectSettings;
  /** Person of each unit, where one has several rows. */
  readonly person?: Int32Array;
}

type Estimator = (inputs: ErrorInputs) => Effect | Promise<Effect>;

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
  CR3: deleted,
  set: (inputs) => effectBySet(inputs.sample, inputs.match.design.stratum, withPerson(inputs)),
  "two-way": (inputs) =>
    inputs.match.pairs === undefined
      ? estimateEffect(inputs.sample, inputs.settings)
      : effectByPersonAndSet(inputs.sample, inputs.match.pairs, withPerson(inputs)),
  stacked,
  matched: ({ sample, match, settings }) => effectByStrata(sample, match.design.stratum, "matched", settings),
  stratified: ({ sample, match, settings }) => effectByStrata(sample, match.design.stratum, "stratified", settings),
};

/** Sums of products of row influences, the fit of the weights included, clustered by person where persons recur. */
function stacked({ sample, match, settings }: ErrorInputs): Effect {
  const means = armMeans(sample, settings.within);
  const influences = match.influences?.(sample.outcomes) ?? null;
  const exists = influences !== null && means.leverage.every((h) => h < 1);
  if (!exists) return effectOf(sample, means, { type: "stacked", parts: null }, settings);
  const { treated: tt, control: cc, both: tc } = influenceCovariance(sample.outcomes, influences, sample.recurrence);
  return effectOf(sample, means, { type: "stacked", parts: { tt, cc, tc } }, settings);
}

/** The effect of a match with the error asked for. CR3 asks the engine once more, with weights laid beside the rows. */
export async function effectWith(error: SeType, inputs: ErrorInputs): Promise<Effect> {
  return ESTIMATORS[error](inputs);
}

async function deleted({ engine, sample, settings }: ErrorInputs): Promise<Effect> {
  const means = armMeans(sample, settings.within);
  const [row] = await engine.rows(sqlOf(FLAT.deleted_sums), {
    mean_treated: means.mean[0] ?? 0,
    mean_control: means.mean[1] ?? 0,
    weight_treated: means.weight[0] ?? 0,
    weight_control: means.weight[1] ?? 0,
  });
  const sums = { tt: Number(row?.tt), cc: Number(row?.cc), tc: Number(row?.tc), wholeArm: Number(row?.whole_arm) };
  return effectByDeletion(sample, sums, settings);
}
