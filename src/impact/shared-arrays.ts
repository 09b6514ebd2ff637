import type { Covariate, Patterns } from "../evaluate/patterns.ts";

/*
 * The same numbers in memory that threads share: what many specifications read is laid down once, and handing it to a
 * worker copies nothing. Nobody writes to it.
 */

export function sharedNumbers(values: Float64Array): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

export function sharedIntegers(values: Int32Array): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

export function sharedPatterns(patterns: Patterns): Patterns {
  const arm = new Uint8Array(new SharedArrayBuffer(patterns.arm.byteLength));
  arm.set(patterns.arm);
  return {
    ...patterns,
    arm,
    month: sharedIntegers(patterns.month),
    covariates: patterns.covariates.map(sharedCovariate),
    rows: sharedNumbers(patterns.rows),
  };
}

const sharedCovariate = (covariate: Covariate): Covariate =>
  covariate.kind === "numeric"
    ? { ...covariate, values: sharedNumbers(covariate.values) }
    : { ...covariate, codes: sharedIntegers(covariate.codes) };
