import type { Table } from "apache-arrow";
import { columnsIn, tableOfColumns, type ValueColumn } from "../engine/columns-table.ts";
import type { SqlRow } from "../engine/engine.ts";

type Value = number | bigint | string;

/**
 * The rows of several tables with those of one place made one, whose other columns are sums.
 * @param by columns that identify a row; each table is in their order (numbers by size, texts by their bytes)
 */
export function summedTables(tables: readonly Table[], by: readonly Order[]): Table {
  const all = tables.map(columnsIn);
  const [first] = all;
  if (first === undefined) throw new RangeError("no table to add up");
  const places = by.map(({ column, falling }) => ({ at: first.findIndex(({ name }) => name === column), falling }));
  const keys = new Set(places.map(({ at }) => at));
  const summed: Value[][] = first.map(() => []);
  const next = tables.map(() => 0);
  for (;;) {
    const open = all.flatMap((columns, t) => ((next[t] ?? 0) < lengthOf(columns) ? [t] : []));
    const least = open.reduce<number | undefined>(
      (best, t) => (best === undefined || compare(all, next, places, t, best) < 0 ? t : best),
      undefined,
    );
    if (least === undefined) break;
    const same = open.filter((t) => compare(all, next, places, t, least) === 0);
    first.forEach((_, c) => {
      const values = same.map((t) => valueAt(all[t], c, next[t]));
      summed[c]?.push(keys.has(c) ? (values[0] ?? 0) : values.reduce(plus));
    });
    for (const t of same) next[t] = (next[t] ?? 0) + 1;
  }
  return tableOfColumns(first.map(({ name, kind }, c) => ({ name, kind, values: summed[c] ?? [] })));
}

/** A column that rows are in the order of. */
export interface Order {
  readonly column: string;
  readonly falling?: boolean;
}

type Place = { readonly at: number; readonly falling?: boolean | undefined };

function compare(
  all: readonly (readonly ValueColumn[])[],
  next: readonly number[],
  places: readonly Place[],
  a: number,
  b: number,
): number {
  for (const { at, falling } of places) {
    const order = compareValues(valueAt(all[a], at, next[a]), valueAt(all[b], at, next[b]));
    if (order !== 0) return falling ? -order : order;
  }
  return 0;
}

function compareValues(a: Value, b: Value): number {
  if (typeof a === "string" || typeof b === "string")
    return a === b ? 0 : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
  return a < b ? -1 : a > b ? 1 : 0;
}

const lengthOf = ([first]: readonly ValueColumn[]): number => first?.values.length ?? 0;

function valueAt(columns: readonly ValueColumn[] | undefined, c: number, row: number | undefined): Value {
  const value = columns?.[c]?.values[row ?? 0];
  if (value === undefined) throw new RangeError("tables of different columns can't be added up");
  return value;
}

function plus(a: Value, b: Value): Value {
  if (typeof a === "bigint" && typeof b === "bigint") return a + b;
  if (typeof a === "number" && typeof b === "number") return a + b;
  throw new TypeError("texts can't be added up");
}

/** The same of few rows, in the order in which their places are met. */
export function summedRows(tables: readonly (readonly SqlRow[])[], by: readonly string[]): readonly SqlRow[] {
  const found = new Map<string, Record<string, unknown>>();
  for (const row of tables.flat()) {
    const place = JSON.stringify(by.map((column) => row[column]));
    const sum = found.get(place);
    if (sum === undefined) found.set(place, { ...row });
    else
      for (const [column, value] of Object.entries(row))
        if (!by.includes(column)) sum[column] = Number(sum[column]) + Number(value);
  }
  return [...found.values()];
}
