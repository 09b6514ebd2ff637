import { type Table, tableFromIPC, tableToIPC } from "apache-arrow";
import type { Covariate, Patterns } from "../evaluate/patterns.ts";
import type { PatternCounts } from "./design.ts";
import type { OutcomeRecurrence, OutcomeSums } from "./results.ts";
import { COVARIATES, definitionOf, type OutcomeChoice } from "./settings.ts";

/*
 * The tables of the narrow waist, from Arrow to the typed arrays that evaluation reads. The same functions
 * read the engine's tables and the evaluator's files, so that both give the same numbers.
 */

/** An Arrow file (IPC file format) of one table. */
export function arrowFile(table: Table): Uint8Array {
  return tableToIPC(table, "file");
}

export function readArrowFile(bytes: Uint8Array): Table {
  return tableFromIPC(bytes);
}

/** `patterns` with the rows of one outcome's counts; keys must be 0, 1, 2, ... in this order. */
export function patternsOf(table: Table, rows: Float64Array): Patterns {
  const key = integers(table, "key");
  key.forEach((value, i) => {
    if (value !== i) throw new RangeError(`patterns: key ${value} stands at position ${i}`);
  });
  return {
    size: key.length,
    arm: Uint8Array.from(integers(table, "arm")),
    month: integers(table, "month"),
    covariates: COVARIATES.map((name) => categorical(table, name)),
    rows,
  };
}

/** `counts` by outcome, in the given order, one value a pattern. */
export function countsOf(table: Table, size: number, outcomes: readonly OutcomeChoice[]): readonly PatternCounts[] {
  return outcomes.map((outcome) => ({
    ...outcome,
    rows: scattered(table, outcome, "rows", size),
    persons: scattered(table, outcome, "persons", size),
    startsLater: scattered(table, outcome, "starts_later", size),
  }));
}

/** `outcomes` by outcome, in the given order, one value a pattern. */
export function outcomesOf(table: Table, size: number, outcomes: readonly OutcomeChoice[]): readonly OutcomeSums[] {
  return outcomes.map((outcome) => ({
    ...outcome,
    rows: scattered(table, outcome, "rows", size),
    persons: scattered(table, outcome, "persons", size),
    sum: scattered(table, outcome, "sum", size),
    sumsq: scattered(table, outcome, "sumsq", size),
    unknownRows: scattered(table, outcome, "unknown_rows", size),
    unknownSum: scattered(table, outcome, "unknown_sum", size),
  }));
}

/** `recurrence` by outcome, in the given order. */
export function recurrenceOf(table: Table, outcomes: readonly OutcomeChoice[]): readonly OutcomeRecurrence[] {
  return outcomes.map((outcome) => {
    const at = positions(table, outcome);
    const pick = (name: string): Float64Array => picked(numbers(table, name), at);
    return {
      ...outcome,
      key1: Int32Array.from(pick("key1")),
      key2: Int32Array.from(pick("key2")),
      rows: pick("rows"),
      sum1: pick("sum1"),
      sum2: pick("sum2"),
      sum12: pick("sum12"),
    };
  });
}

/** The outcomes that a table speaks of, in the order of its rows. */
export function outcomesIn(table: Table): readonly OutcomeChoice[] {
  const names = texts(table, "outcome");
  const after = integers(table, "after");
  const found = new Map<string, OutcomeChoice>();
  names.forEach((name, i) => {
    const choice = { definition: definitionOf(name), after: after[i] ?? 0 };
    found.set(`${name} ${choice.after}`, choice);
  });
  return [...found.values()];
}

function positions(table: Table, outcome: OutcomeChoice): Int32Array {
  const names = texts(table, "outcome");
  const after = integers(table, "after");
  return Int32Array.from(names.keys()).filter((i) => names[i] === outcome.definition && after[i] === outcome.after);
}

function scattered(table: Table, outcome: OutcomeChoice, name: string, size: number): Float64Array {
  const key = integers(table, "key");
  const values = numbers(table, name);
  const result = new Float64Array(size);
  for (const i of positions(table, outcome)) result[key[i] ?? 0] = values[i] ?? 0;
  return result;
}

function picked(values: Float64Array, at: Int32Array): Float64Array {
  return Float64Array.from(at, (i) => values[i] ?? 0);
}

function categorical(table: Table, name: string): Covariate {
  const values = texts(table, name);
  const levels = [...new Set(values)].sort();
  const codes = new Map(levels.map((level, code) => [level, code]));
  return { kind: "categorical", name, levels, codes: Int32Array.from(values, (value) => codes.get(value) ?? 0) };
}

function column(table: Table, name: string) {
  const vector = table.getChild(name);
  if (vector === null) throw new RangeError(`the table has no column ${name}`);
  return vector;
}

function integers(table: Table, name: string): Int32Array {
  return Int32Array.from(numbers(table, name));
}

function numbers(table: Table, name: string): Float64Array {
  const values: unknown = column(table, name).toArray();
  if (values instanceof BigInt64Array || values instanceof Int32Array || values instanceof Float64Array)
    return Float64Array.from(values, Number);
  throw new TypeError(`column ${name} is not numeric`);
}

function texts(table: Table, name: string): readonly string[] {
  return Array.from(column(table, name), String);
}
