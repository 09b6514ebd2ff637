import { DataType, type Table } from "apache-arrow";
import { type ColumnKind, type Part, tableOfParts } from "./arrow.ts";
import type { SqlColumn, SqlRow, SqlType } from "./engine.ts";

/** A result as the server sends it: values as text. */
export interface TextRows {
  readonly fields: ReadonlyArray<{ readonly name: string; readonly dataTypeID: number }>;
  readonly rows: ReadonlyArray<ReadonlyArray<string | null>>;
  /** Rows that the statement says it yielded, made or changed. */
  readonly count: number;
}

interface Kind {
  readonly type: SqlType;
  readonly arrow: ColumnKind;
  /** As row objects hold it. */
  readonly plain: (text: string) => unknown;
  /** As Arrow's cells take it. */
  readonly cell: (text: string) => unknown;
}

const DAY_MS = 86_400_000;
const whole = (text: string): unknown => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text));
const itself = (text: string): string => text;
const truth = (text: string): boolean => text === "t";
const integer: Kind = { type: "INTEGER", arrow: "int32", plain: Number, cell: Number };
const varchar: Kind = { type: "VARCHAR", arrow: "text", plain: itself, cell: itself };

/** By the numbers of pg_type. */
const KINDS: Readonly<Partial<Record<number, Kind>>> = {
  16: { type: "BOOLEAN", arrow: "bool", plain: truth, cell: truth },
  20: { type: "BIGINT", arrow: "int64", plain: whole, cell: BigInt },
  21: integer,
  23: integer,
  25: varchar,
  701: { type: "DOUBLE", arrow: "float64", plain: Number, cell: Number },
  1043: varchar,
  1082: {
    type: "DATE",
    arrow: "date",
    plain: itself,
    cell: (text) => ({ days: Date.parse(`${text}T00:00:00Z`) / DAY_MS }),
  },
};

function kindOf({ name, dataTypeID }: TextRows["fields"][number]): Kind {
  const kind = KINDS[dataTypeID];
  if (kind === undefined)
    throw new TypeError(`column ${name}: type ${dataTypeID} is outside the portable subset; cast it in SQL`);
  return kind;
}

/** Names and types as `describe` gives them. */
export const columnsOf = ({ fields }: TextRows): ReadonlyArray<SqlColumn & Pick<Kind, "plain">> =>
  fields.map((field) => {
    const { type, plain } = kindOf(field);
    return { name: field.name, type, plain };
  });

/** A row of texts, as PostgreSQL sends them, as the values that other engines give. */
export const plainRow = (columns: ReturnType<typeof columnsOf>, row: ReadonlyArray<string | null>): SqlRow =>
  Object.fromEntries(columns.map(({ name, plain }, i) => [name, typeof row[i] === "string" ? plain(row[i]) : null]));

/** Parts of one result as one Arrow table. */
export function arrowOfRows(parts: readonly TextRows[]): Table {
  const fields = parts[0]?.fields ?? [];
  return tableOfParts(
    fields.map((field, column) => {
      const { arrow, cell } = kindOf(field);
      return { name: field.name, kind: arrow, parts: parts.map(({ rows }) => cellsOf(rows, column, cell)) };
    }),
  );
}

function cellsOf(rows: TextRows["rows"], column: number, cell: Kind["cell"]): Part {
  const getItem = (row: number): unknown => {
    const text = rows[row]?.[column] ?? null;
    return text === null ? null : cell(text);
  };
  return { vector: { getItem }, rows: rows.length };
}

/** One column of an Arrow table as PostgreSQL reads values: days as ISO texts, the others as they print. */
export function valuesOf(table: Table, name: string): readonly unknown[] {
  const column = table.getChild(name);
  if (column === null) throw new RangeError(`the batch has no column ${name}`);
  const values = Array.from(column);
  if (!DataType.isDate(column.type)) return values;
  return values.map((day) => (day === null ? null : new Date(Number(day)).toISOString().slice(0, 10)));
}
