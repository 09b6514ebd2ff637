import type { Table } from "apache-arrow";

/** A whole-number column as typed array; throws where the table has no such column of numbers. */
export function integersOf(table: Table, name: string): Int32Array {
  const values = numericColumn(table, name);
  return values instanceof Int32Array ? values.slice() : Int32Array.from(values, Number);
}

/** A column of counts or sums as typed array of doubles; throws where the table has no such column of numbers. */
export function numbersOf(table: Table, name: string): Float64Array {
  const values = numericColumn(table, name);
  return values instanceof Float64Array ? values.slice() : Float64Array.from(values, Number);
}

/** One value a pattern from the rows of those that have one, by their `key`; 0 for the others. */
export function numbersByKey(table: Table, name: string, size: number): Float64Array {
  const values = numbersOf(table, name);
  const result = new Float64Array(size);
  integersOf(table, "key").forEach((key, i) => {
    result[key] = values[i] ?? 0;
  });
  return result;
}

function numericColumn(table: Table, name: string): ArrayLike<number | bigint> {
  const values: unknown = table.getChild(name)?.toArray();
  if (values instanceof BigInt64Array || values instanceof Int32Array || values instanceof Float64Array) return values;
  throw new TypeError(`the table has no column ${name} of numbers`);
}
