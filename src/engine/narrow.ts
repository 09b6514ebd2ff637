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
  const { length, nullBitmap, nullCount, type } = column;
  const isDouble = DataType.isFloat(type);
  if (nullCount > 0 || !(isDouble || isWhole(type, 64))) return column;
  const range = isDouble ? rangeOfCounts(column.values) : rangeOfWhole(column.values);
  const narrow = (isDouble ? COUNTS : WHOLE).find(({ least, most }) => range.least >= least && range.most <= most);
  if (narrow === undefined) return column;
  const data = narrow.values(length);
  // the lower half of a whole number that is small is all of it
  const lower = isDouble ? column.values : halvesOf(column.values);
  const step = isDouble ? 1 : 2;
  for (let i = 0; i < length; i++) data[i] = lower[i * step];
  return makeData({ type: narrow.type(), length, nullCount: 0, nullBitmap, data });
}

interface Narrow {
  readonly least: number;
  readonly most: number;
  readonly type: () => Int8 | Int16 | Uint8 | Uint16;
  readonly values: (length: number) => Int8Array | Int16Array | Uint8Array | Uint16Array;
}

const WHOLE: readonly Narrow[] = [
  { least: -128, most: 127, type: () => new Int8(), values: (length) => new Int8Array(length) },
  { least: -32768, most: 32767, type: () => new Int16(), values: (length) => new Int16Array(length) },
];
const COUNTS: readonly Narrow[] = [
  { least: 0, most: 255, type: () => new Uint8(), values: (length) => new Uint8Array(length) },
  { least: 0, most: 65535, type: () => new Uint16(), values: (length) => new Uint16Array(length) },
];

interface Range {
  readonly least: number;
  readonly most: number;
}

const EVERYTHING: Range = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** Arrow's numbers are little-endian: the lower half of each comes first. */
const halvesOf = ({ buffer, byteOffset, length }: BigInt64Array): Int32Array =>
  new Int32Array(buffer, byteOffset, 2 * length);

/** Of whole numbers of 64 bits, read by halves since a bigint each is dear; everything where one needs more than 32. */
function rangeOfWhole(values: BigInt64Array): Range {
  const halves = halvesOf(values);
  let [least, most] = [0, 0];
  for (let i = 0; i < halves.length; i += 2) {
    const [lower = 0, upper = 0] = [halves[i], halves[i + 1]];
    if (upper !== lower >> 31) return EVERYTHING;
    if (lower < least) least = lower;
    if (lower > most) most = lower;
  }
  return { least, most };
}

/** Of doubles; everything where one is no whole number, or minus zero. */
function rangeOfCounts(values: Float64Array): Range {
  let [least, most] = [0, 0];
  for (const value of values) {
    if (!Number.isInteger(value) || Object.is(value, -0)) return EVERYTHING;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
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
