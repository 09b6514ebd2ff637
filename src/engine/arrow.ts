import {
  type DuckDBDataChunk,
  DuckDBDateVector,
  type DuckDBResult,
  DuckDBTypeId,
  type DuckDBVector,
} from "@duckdb/node-api";
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
  vectorFromArray,
} from "apache-arrow";

type ColumnKind = "int32" | "int64" | "float64" | "bool" | "date" | "text";

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

/**
 * Copies a finished DuckDB result into an Arrow table, one record batch a chunk.
 * @param result a fully materialised result (never a streaming one: an interrupted stream ends without an error)
 * @returns as many rows as the result has; throws when the engine's count and the copied count differ
 */
export async function arrowTable(result: DuckDBResult): Promise<Table> {
  const names = result.deduplicatedColumnNames();
  const kinds = names.map((name, i) => columnKind(name, result.columnTypeId(i)));
  const schema = new Schema(names.map((name, i) => new Field(name, ARROW[kinds[i] ?? "text"](), true)));
  const batches: RecordBatch[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    batches.push(batchOf(schema, kinds, chunk));
  }
  return batches.length > 0 ? new Table(schema, batches) : new Table(schema);
}

function columnKind(name: string, typeId: number): ColumnKind {
  const kind = KINDS[typeId];
  if (kind === undefined)
    throw new TypeError(`column ${name}: type id ${typeId} has no Arrow counterpart here; cast it in SQL`);
  return kind;
}

function batchOf(schema: Schema, kinds: readonly ColumnKind[], chunk: DuckDBDataChunk): RecordBatch {
  const children = kinds.map((kind, i) => columnData(kind, chunk.getColumnVector(i), chunk.rowCount));
  const data = makeData({ type: new Struct(schema.fields), length: chunk.rowCount, children, nullCount: 0 });
  return new RecordBatch(schema, data);
}

function columnData(kind: ColumnKind, vector: DuckDBVector, length: number): Data {
  if (kind === "text") return textData(vector, length);
  const { nullBitmap, nullCount } = validity(vector, length);
  switch (kind) {
    case "bool": {
      const values = new Uint8Array(Math.ceil(length / 8));
      for (let i = 0; i < length; i++)
        if (vector.getItem(i) === true) values[i >> 3] = (values[i >> 3] ?? 0) | (1 << (i & 7));
      return makeData({ type: new Bool(), length, nullCount, nullBitmap, data: values });
    }
    case "date": {
      const values = Int32Array.from({ length }, (_, i) =>
        vector instanceof DuckDBDateVector ? (vector.getItem(i)?.days ?? 0) : 0,
      );
      return makeData({ type: new DateDay(), length, nullCount, nullBitmap, data: values });
    }
    case "int32":
      return makeData({ type: new Int32(), length, nullCount, nullBitmap, data: int32Values(vector, length) });
    case "int64":
      return makeData({ type: new Int64(), length, nullCount, nullBitmap, data: int64Values(vector, length) });
    case "float64":
      return makeData({ type: new Float64(), length, nullCount, nullBitmap, data: float64Values(vector, length) });
  }
}

function validity(vector: DuckDBVector, length: number): { nullBitmap: Uint8Array; nullCount: number } {
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let i = 0; i < length; i++) {
    if (vector.getItem(i) === null) nullCount++;
    else nullBitmap[i >> 3] = (nullBitmap[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return { nullBitmap, nullCount };
}

/** The engine's own buffer where the vector exposes one of the wanted type. */
function buffer(vector: DuckDBVector): unknown {
  return "items" in vector ? vector.items : undefined;
}

function int32Values(vector: DuckDBVector, length: number): Int32Array {
  const items = buffer(vector);
  if (items instanceof Int32Array) return items.slice(0, length);
  return Int32Array.from({ length }, (_, i) => Number(vector.getItem(i) ?? 0));
}

function int64Values(vector: DuckDBVector, length: number): BigInt64Array {
  const items = buffer(vector);
  if (items instanceof BigInt64Array) return items.slice(0, length);
  return BigInt64Array.from({ length }, (_, i) => BigInt(Number(vector.getItem(i) ?? 0)));
}

function float64Values(vector: DuckDBVector, length: number): Float64Array {
  const items = buffer(vector);
  if (items instanceof Float64Array) return items.slice(0, length);
  return Float64Array.from({ length }, (_, i) => Number(vector.getItem(i) ?? 0));
}

function textData(vector: DuckDBVector, length: number): Data {
  const values = Array.from({ length }, (_, i) => {
    const item = vector.getItem(i);
    return item === null ? null : String(item);
  });
  const data = vectorFromArray(values, new Utf8()).data[0];
  if (data === undefined) throw new Error("an Arrow text column came out empty");
  return data;
}
