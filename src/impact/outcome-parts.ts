import type { OneOutcome } from "../cohort/results.ts";
import type { Outcomes, Recurrence } from "../evaluate/patterns.ts";
import { integersShared, numbersShared, sharedIntegers, sharedNumbers } from "./shared-arrays.ts";

/** What an evaluation reads of one outcome. */
export interface OutcomePart {
  readonly outcomes: Outcomes;
  readonly recurrence: Recurrence;
}

/** The patterns that are in any of several matches, ascending. */
export function matchedByAny(size: number, matches: readonly Int32Array[]): Int32Array {
  const isMatched = new Uint8Array(size);
  for (const keys of matches) for (const key of keys) isMatched[key] = 1;
  const keys = new Int32Array(size);
  let count = 0;
  for (let key = 0; key < size; key++) if (isMatched[key] === 1) keys[count++] = key;
  return keys.slice(0, count);
}

/** An outcome with its pairs, which are many, in memory that threads share. */
export function sharedOutcome({ outcomes, recurrence }: OneOutcome): OutcomePart {
  const { definition, after, rows, sum, sumsq } = outcomes;
  return { outcomes: { definition, after, rows, sum, sumsq }, recurrence: sharedPairs(recurrence) };
}

/** What reading the outcome of these patterns alone would have given: the same rows in the same order. */
export function outcomeWithin({ outcomes, recurrence }: OutcomePart, keys: Int32Array): OutcomePart {
  const isMatched = new Uint8Array(outcomes.rows.length);
  for (const key of keys) isMatched[key] = 1;
  const within = (values: Float64Array): Float64Array => {
    const part = new Float64Array(values.length);
    for (const key of keys) part[key] = values[key] ?? 0;
    return part;
  };
  const { rows, sum, sumsq } = outcomes;
  return {
    outcomes: { ...outcomes, rows: within(rows), sum: within(sum), sumsq: within(sumsq) },
    recurrence: pairsWithin(recurrence, isMatched),
  };
}

function pairsWithin(recurrence: Recurrence, isMatched: Uint8Array): Recurrence {
  const { key1, key2, rows, sum1, sum2, sum12 } = recurrence;
  const places = new Int32Array(key1.length);
  let count = 0;
  for (let i = 0; i < key1.length; i++)
    if (isMatched[key1[i] ?? -1] === 1 && isMatched[key2[i] ?? -1] === 1) places[count++] = i;
  if (count === key1.length) return recurrence;
  const kept = places.subarray(0, count);
  const integers = (values: Int32Array): Int32Array => taken(values, kept, sharedIntegers(count));
  const numbers = (values: Float64Array): Float64Array => taken(values, kept, sharedNumbers(count));
  return {
    ...{ key1: integers(key1), key2: integers(key2), rows: numbers(rows) },
    ...{ sum1: numbers(sum1), sum2: numbers(sum2), sum12: numbers(sum12) },
  };
}

/** The values at these places; a plain loop, since there are millions. */
function taken<T extends Int32Array | Float64Array>(values: T, places: Int32Array, into: T): T {
  for (let i = 0; i < places.length; i++) into[i] = values[places[i] ?? 0] ?? 0;
  return into;
}

const sharedPairs = ({ key1, key2, rows, sum1, sum2, sum12 }: Recurrence): Recurrence => ({
  ...{ key1: integersShared(key1), key2: integersShared(key2), rows: numbersShared(rows) },
  ...{ sum1: numbersShared(sum1), sum2: numbersShared(sum2), sum12: numbersShared(sum12) },
});
