import type { Covariate, Patterns } from "../evaluate/patterns.ts";

/*
 * The same numbers in memory that threads share: what many specifications read is laid down once, and handing it to a
 * worker copies nothing. Nobody writes to it.
 */

/** Zeros, to be filled before anybody reads them. */
export const sharedNumbers = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

/** Integers, all 0, that threads share. */
export const sharedIntegers = (length: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));

/** A copy that threads share. */
export function numbersShared(values: Float64Array): Float64Array {
  const shared = sharedNumbers(values.length);
  shared.set(values);
  return shared;
}

/** A copy that threads share. */
export function integersShared(values: Int32Array): Int32Array {
  const shared = sharedIntegers(values.length);
  shared.set(values);
  return shared;
}

/** Patterns of which the arrays are copies that threads share. */
export function sharedPatterns(patterns: Patterns): Patterns {
  const arm = new Uint8Array(new SharedArrayBuffer(patterns.arm.byteLength));
  arm.set(patterns.arm);
  return {
    ...patterns,
    arm,
    month: integersShared(patterns.month),
    covariates: patterns.covariates.map(sharedCovariate),
    rows: numbersShared(patterns.rows),
  };
}

const sharedCovariate = (covariate: Covariate): Covariate =>
  covariate.kind === "numeric"
    ? { ...covariate, values: numbersShared(covariate.values) }
    : { ...covariate, codes: integersShared(covariate.codes) };
