import { type DuckDBDataChunk, type DuckDBResult, DuckDBTypeId } from "@duckdb/node-api";
import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
} from "apache-arrow";

/** How a column stands in Arrow; types that have no kind here are refused by name. */
export type ColumnKind = "int32" | "int64" | "float64" | "bool" | "date" | "text";

const KINDS: Readonly<Partial<Record<number, ColumnKind>>> = {
  [DuckDBTypeId.BOOLEAN]: "bool",
  [DuckDBTypeId.TINYINT]: "int32",
  [DuckDBTypeId.SMALLINT]: "int32",
  [DuckDBTypeId.INTEGER]: "int32",
  [DuckDBTypeId.UTINYINT]: "int32",
  [DuckDBTypeId.USMALLINT]: "int32",
  [DuckDBTypeId.BIGINT]: "int64",
  [DuckDBTypeId.FLOAT]: "float64",
  [DuckDBTypeId.DOUBLE]: "float64",
  [DuckDBTypeId.DATE]: "date",
  [DuckDBTypeId.VARCHAR]: "text",
};

const ARROW: Readonly<Record<ColumnKind, () => DataType>> = {
  bool: () => new Bool(),
  date: () => new DateDay(),
  float64: () => new Float64(),
  int32: () => new Int32(),
  int64: () => new Int64(),
  text: () => new Utf8(),
};

/** Values by row; null where there is none. A DuckDB vector is one. */
interface Cells {
  getItem(row: number): unknown;
}

/** A chunk's part of one column. */
export interface Part {
  readonly vector: Cells;
  readonly rows: number;
}

interface Validity {
  readonly nullBitmap: Uint8Array;
  readonly nullCount: number;
}

/** Copies a finished DuckDB result (never a streaming one: an interrupted stream ends without an error) into an Arrow table. */
export async function arrowTable(result: DuckDBResult): Promise<Table> {
  const chunks: DuckDBDataChunk[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    chunks.push(chunk);
  }
  return chunksTable(result, chunks);
}

/** Chunks of a result as an Arrow table with the result's columns. */
export function chunksTable(result: DuckDBResult, chunks: readonly DuckDBDataChunk[]): Table {
  const columns = result.deduplicatedColumnNames().map((name, i) => ({
    name,
    kind: columnKind(name, result.columnTypeId(i)),
    parts: chunks.map((chunk) => ({ vector: chunk.getColumnVector(i), rows: chunk.rowCount })),
  }));
  return tableOfParts(columns);
}

interface ArrowColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly parts: readonly Part[];
}

/**
 * An Arrow table of one record batch: the same rows give the same bytes, however they were cut into parts and whichever
 * engine they come from.
 */
export function tableOfParts(columns: readonly ArrowColumn[]): Table {
  const schema = new Schema(columns.map(({ name, kind }) => new Field(name, ARROW[kind](), true)));
  const length = (columns[0]?.parts ?? []).reduce((sum, { rows }) => sum + rows, 0);
  if (length === 0) return new Table(schema);
  const children = columns.map(({ kind, parts }) => columnData(kind, parts, length));
  const batch = makeData({ type: new Struct(schema.fields), length, children, nullCount: 0 });
  return new Table(schema, [new RecordBatch(schema, batch)]);
}

function columnKind(name: string, typeId: number): ColumnKind {
  const kind = KINDS[typeId];
  if (kind === undefined)
    throw new TypeError(`column ${name}: type id ${typeId} has no Arrow counterpart here; cast it in SQL`);
  return kind;
}

function columnData(kind: ColumnKind, parts: readonly Part[], length: number): Data {
  const nulls = validity(parts, length);
  switch (kind) {
    case "bool":
      return makeData({ type: new Bool(), length, ...nulls, data: bits(parts, length) });
    case "date":
      return makeData({ type: new DateDay(), length, ...nulls, data: filled(new Int32Array(length), parts, days) });
    case "int32":
      return makeData({ type: new Int32(), length, ...nulls, data: filled(new Int32Array(length), parts, Number) });
    case "int64":
      return makeData({ type: new Int64(), length, ...nulls, data: bigints(parts, length) });
    case "float64":
      return makeData({ type: new Float64(), length, ...nulls, data: filled(new Float64Array(length), parts, Number) });
    case "text":
      return textData(parts, length, nulls);
  }
}

function validity(parts: readonly Part[], length: number): Validity {
  const nullBitmap = new Uint8Array(Math.ceil(length / 8)).fill(255);
  let nullCount = 0;
  let start = 0;
  for (const { vector, rows } of parts) {
    for (let i = 0; i < rows && !holdsNoNull(vector); i++) {
      if (vector.getItem(i) !== null) continue;
      const at = start + i;
      nullBitmap[at >> 3] = (nullBitmap[at >> 3] ?? 0) & ~(1 << (at & 7));
      nullCount++;
    }
    start += rows;
  }
  return { nullBitmap, nullCount };
}

/** True where the vector says so at once; false sends the caller through its items. */
function holdsNoNull(vector: Cells): boolean {
  const mask: unknown = "validity" in vector ? vector.validity : undefined;
  return typeof mask === "object" && mask !== null && "data" in mask && mask.data === null;
}

/** The engine's own buffer where the vector exposes one. */
function buffer(vector: Cells): unknown {
  return "items" in vector ? vector.items : undefined;
}

function filled<T extends Int32Array | Float64Array>(
  values: T,
  parts: readonly Part[],
  number: (item: unknown) => number,
): T {
  let start = 0;
  for (const { vector, rows } of parts) {
    const items = buffer(vector);
    if (
      (items instanceof Int32Array && values instanceof Int32Array) ||
      (items instanceof Float64Array && values instanceof Float64Array)
    )
      values.set(items.subarray(0, rows), start);
    else for (let i = 0; i < rows; i++) values[start + i] = number(vector.getItem(i) ?? 0);
    start += rows;
  }
  return values;
}

function bigints(parts: readonly Part[], length: number): BigInt64Array {
  const values = new BigInt64Array(length);
  let start = 0;
  for (const { vector, rows } of parts) {
    const items = buffer(vector);
    if (items instanceof BigInt64Array) values.set(items.subarray(0, rows), start);
    else for (let i = 0; i < rows; i++) values[start + i] = BigInt(String(vector.getItem(i) ?? 0));
    start += rows;
  }
  return values;
}

/** Days since 1970-01-01 of a date as the engine's client hands it out. */
function days(item: unknown): number {
  return typeof item === "object" && item !== null && "days" in item ? Number(item.days) : 0;
}

function bits(parts: readonly Part[], length: number): Uint8Array {
  const values = new Uint8Array(Math.ceil(length / 8));
  let at = 0;
  for (const { vector, rows } of parts)
    for (let i = 0; i < rows; i++, at++)
      if (vector.getItem(i) === true) values[at >> 3] = (values[at >> 3] ?? 0) | (1 << (at & 7));
  return values;
}

function textData(parts: readonly Part[], length: number, nulls: Validity): Data {
  const encoder = new TextEncoder();
  const encoded = new Map<string, Uint8Array>();
  const pieces: Uint8Array[] = [];
  const valueOffsets = new Int32Array(length + 1);
  for (const { vector, rows } of parts) {
    for (let i = 0; i < rows; i++) {
      const item = vector.getItem(i);
      const text = item === null ? "" : String(item);
      const bytes = encoded.get(text) ?? encoder.encode(text);
      encoded.set(text, bytes);
      pieces.push(bytes);
      valueOffsets[pieces.length] = (valueOffsets[pieces.length - 1] ?? 0) + bytes.length;
    }
  }
  const data = new Uint8Array(valueOffsets[length] ?? 0);
  pieces.forEach((bytes, i) => {
    data.set(bytes, valueOffsets[i]);
  });
  return makeData({ type: new Utf8(), length, ...nulls, valueOffsets, data });
}
