import {
  type Data,
  DataType,
  Field,
  Float64,
  Int8,
  Int16,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Uint8,
  Uint16,
} from "apache-arrow";

/*
 * Counts are whole numbers of 64 bits, or doubles, where a query makes them, and small nearly always. Kept tables hold them
 * in 8 or 16 bits, which no query makes: with a sign what was whole, without one what was double. So they come back as what
 * they were.
 */

/** A table of one batch with columns of counts in 8 or 16 bits, where all values fit and none is missing. */
export const narrowed = (table: Table): Table => withColumns(table, narrowedColumn);

/** The table that `narrowed` was given. */
export const widened = (table: Table): Table => withColumns(table, widenedColumn);

function narrowedColumn(column: Data): Data {
  const { length, nullBitmap, nullCount } = column;
  if (nullCount > 0) return column;
  const same = { length, nullCount: 0, nullBitmap };
  if (isWhole(column.type, 64)) {
    const values: BigInt64Array = column.values;
    if (areWithin(values, -128n, 127n))
      return makeData({ type: new Int8(), ...same, data: Int8Array.from(values, Number) });
    if (areWithin(values, -32768n, 32767n))
      return makeData({ type: new Int16(), ...same, data: Int16Array.from(values, Number) });
  }
  if (DataType.isFloat(column.type)) {
    const values: Float64Array = column.values;
    const isCounts = values.every((value) => Number.isInteger(value) && !Object.is(value, -0));
    if (isCounts && areWithin(values, 0, 255))
      return makeData({ type: new Uint8(), ...same, data: Uint8Array.from(values) });
    if (isCounts && areWithin(values, 0, 65535))
      return makeData({ type: new Uint16(), ...same, data: Uint16Array.from(values) });
  }
  return column;
}

function widenedColumn(column: Data): Data {
  const { length, nullBitmap, type } = column;
  if (!isWhole(type, 8) && !isWhole(type, 16)) return column;
  const values = (column.values as Int16Array).subarray(0, length);
  const same = { length, nullCount: 0, nullBitmap };
  return DataType.isInt(type) && type.isSigned
    ? makeData({ type: new Int64(), ...same, data: BigInt64Array.from(values, BigInt) })
    : makeData({ type: new Float64(), ...same, data: Float64Array.from(values) });
}

const isWhole = (type: DataType, bits: number): boolean => DataType.isInt(type) && type.bitWidth === bits;

function areWithin<T extends number | bigint>(values: Iterable<T>, least: T, most: T): boolean {
  for (const value of values) if (value < least || value > most) return false;
  return true;
}

function withColumns(table: Table, change: (column: Data) => Data): Table {
  const [batch] = table.batches;
  if (batch === undefined) return table;
  const children = batch.data.children.map(change);
  const fields = table.schema.fields.map((field, i) => {
    const type = children[i]?.type ?? field.type;
    return new Field(field.name, type, field.nullable);
  });
  const schema = new Schema(fields);
  const data = makeData({ type: new Struct(fields), length: batch.numRows, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}
