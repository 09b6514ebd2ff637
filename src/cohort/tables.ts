import type { Table } from "apache-arrow";
import type { Covariate, Patterns } from "../evaluate/patterns.ts";
import type { PatternCounts } from "./design.ts";
import type { OutcomeRecurrence, OutcomeSums } from "./results.ts";
import { COVARIATES, definitionOf, type OutcomeChoice } from "./settings.ts";

/*
 * The tables of the narrow waist, from Arrow to the typed arrays that evaluation reads. The same functions
 * read the engine's tables and the evaluator's files, so that both give the same numbers.
 */

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
    const run = runOf(table, outcome);
    return {
      ...outcome,
      key1: integers(table, "key1", run),
      key2: integers(table, "key2", run),
      rows: numbers(table, "rows", run),
      sum1: numbers(table, "sum1", run),
      sum2: numbers(table, "sum2", run),
      sum12: numbers(table, "sum12", run),
    };
  });
}

/** The rows [from, to) of one outcome. */
interface Run extends OutcomeChoice {
  readonly from: number;
  readonly to: number;
}

/** The outcomes that a table speaks of; the rows of each must stand together. */
export function outcomesIn(table: Table): readonly Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < table.numRows; ) {
    const choice = choiceAt(table, from);
    if (runs.some((run) => isSame(run, choice))) throw new RangeError("the rows of an outcome do not stand together");
    const to = endOfRun(table, choice, from);
    runs.push({ ...choice, from, to });
    from = to;
  }
  return runs;
}

function isSame(a: OutcomeChoice, b: OutcomeChoice): boolean {
  return a.definition === b.definition && a.after === b.after;
}

function choiceAt(table: Table, row: number): OutcomeChoice {
  const definition = definitionOf(String(column(table, "outcome").get(row)));
  return { definition, after: Number(column(table, "after").get(row)) };
}

/** First row behind those of the outcome that stands at `from`, by bisection. */
function endOfRun(table: Table, choice: OutcomeChoice, from: number): number {
  let inside = from;
  let outside = table.numRows;
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (isSame(choiceAt(table, middle), choice)) inside = middle;
    else outside = middle;
  }
  return outside;
}

function runOf(table: Table, outcome: OutcomeChoice): Run {
  return outcomesIn(table).find((run) => isSame(run, outcome)) ?? { ...outcome, from: 0, to: 0 };
}

function scattered(table: Table, outcome: OutcomeChoice, name: string, size: number): Float64Array {
  const run = runOf(table, outcome);
  const key = integers(table, "key", run);
  const values = numbers(table, name, run);
  const result = new Float64Array(size);
  key.forEach((position, i) => {
    result[position] = values[i] ?? 0;
  });
  return result;
}

function categorical(table: Table, name: string): Covariate {
  const found = new Map<string, number>();
  const codes = Int32Array.from(column(table, name), (value) => {
    const code = found.get(String(value)) ?? found.size;
    found.set(String(value), code);
    return code;
  });
  const levels = [...found.keys()].sort();
  const sorted = Int32Array.from(found.keys(), (level) => levels.indexOf(level));
  return { kind: "categorical", name, levels, codes: codes.map((code) => sorted[code] ?? 0) };
}

function column(table: Table, name: string) {
  const vector = table.getChild(name);
  if (vector === null) throw new RangeError(`the table has no column ${name}`);
  return vector;
}

type Rows = Pick<Run, "from" | "to">;

function integers(table: Table, name: string, rows: Rows = { from: 0, to: table.numRows }): Int32Array {
  return copied(table, name, rows, new Int32Array(rows.to - rows.from));
}

function numbers(table: Table, name: string, rows: Rows): Float64Array {
  return copied(table, name, rows, new Float64Array(rows.to - rows.from));
}

function copied<T extends Int32Array | Float64Array>(table: Table, name: string, { from, to }: Rows, into: T): T {
  const values: unknown = column(table, name).toArray();
  if (!(values instanceof BigInt64Array || values instanceof Int32Array || values instanceof Float64Array))
    throw new TypeError(`column ${name} is not numeric`);
  for (let i = from; i < to; i++) into[i - from] = Number(values[i]);
  return into;
}
