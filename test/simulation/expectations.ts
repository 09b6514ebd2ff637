import type { Expectation } from "./bands.ts";
import type { Truth } from "./replicate.ts";
import type { WorldName } from "./worlds.ts";

/** What is expected of one method's error in some worlds, against some of the truths. */
export interface Expected {
  readonly worlds: readonly WorldName[];
  readonly method: string;
  readonly error: string;
  readonly truths: readonly Truth[];
  readonly expected: Expectation;
}

const ALL: readonly Truth[] = ["sample", "matched", "population"];
const OVER: readonly Truth[] = ["matched", "population"];

const SMALL_CROSSED = ["small steady", "small null", "small falling"] as const;
const LARGE = ["large steady", "large null", "large falling", "large once"] as const;
const FIXED = ["odds", "entropy"] as const;

const row = (
  worlds: readonly WorldName[],
  method: string,
  errors: readonly string[],
  expected: Expectation,
  truths: readonly Truth[] = ALL,
): Expected[] => errors.map((error) => ({ worlds, method, error, truths, expected }));

/** The expectation table: method x error, world by world, with the reason of each line. */
export const EXPECTATIONS: readonly Expected[] = [
  // few controls with many rows each: only errors that know persons hold
  ...row(["small apart"], "exact", ["CR1", "CR3"], "nominal"),
  ...row(["small apart"], "exact", ["HC3", "matched", "stratified"], "fails"),
  // influence functions have no small-sample factor, and 32 control persons are too few without
  ...FIXED.flatMap((method) => row(["small apart"], method, ["stacked"], "fails")),
  ...row(["small apart"], "aipw", ["influence"], "fails"),
  ...FIXED.flatMap((method) => row(["small apart"], method, ["fixed-weights"], "conservative")),

  // where most controls start later, a person's rows in both arms move together: leaving S_TC out widens the interval
  ...row(["small steady", "small null"], "exact", ["HC3"], "conservative"),
  ...row(["small steady", "small null"], "exact", ["CR1", "CR3"], "conservative"),
  ...row(SMALL_CROSSED, "exact", ["matched"], "nominal"),
  ...row(SMALL_CROSSED, "exact", ["stratified"], "fails"),
  // influence functions are errors of a sample of persons: they promise nothing of the effect that one sample realised
  ...FIXED.flatMap((method) => row(SMALL_CROSSED, method, ["stacked"], "nominal", OVER)),
  ...row(SMALL_CROSSED, "aipw", ["influence"], "nominal", OVER),
  ...row(["small falling"], "exact", ["HC3", "CR1", "CR3"], "nominal", OVER),
  ...FIXED.flatMap((method) => row(["small steady", "small null"], method, ["fixed-weights"], "conservative")),

  // strata of one unit: a variance of nothing in the plug-in, not in the others
  ...row(["small sparse"], "exact", ["CR1", "CR3", "matched"], "nominal"),
  ...row(["small sparse", "large once sparse"], "exact", ["stratified"], "fails"),
  ...row(["large once sparse"], "exact", ["HC3", "CR1", "CR3"], "conservative", OVER),
  ...row(["large once sparse"], "exact", ["matched"], "nominal", OVER),

  // large pools: clustering changes nothing, the controls' share of the variance is small
  ...row(LARGE, "exact", ["HC3", "CR1", "CR3"], "conservative", OVER),
  ...row(LARGE, "exact", ["matched"], "nominal", OVER),
  ...FIXED.flatMap((method) => row(LARGE, method, ["stacked"], "nominal", OVER)),
  ...FIXED.flatMap((method) => row(LARGE, method, ["fixed-weights"], "conservative", OVER)),
  ...row(LARGE, "aipw", ["influence"], "nominal", OVER),

  // failing twins, each beside the right way
  ...row(["large falling"], "rows x weight", ["CR1"], "fails", OVER),
  ...row(["large own-month"], "exact", ["CR1"], "fails"),
  ...row(["large two years"], "scaled by year", ["CR1"], "fails", OVER),
  ...row(["large two years"], "exact", ["CR1"], "conservative", OVER),
];
