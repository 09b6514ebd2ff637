import { DataType, type Table } from "apache-arrow";
import { type ColumnKind, tableOfParts } from "./arrow.ts";

/** A column with all its values; none is missing. */
export interface ValueColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly values: ArrayLike<number | bigint | string>;
}

/** The columns of a table of numbers and texts without gaps. */
export function columnsIn(table: Table): readonly ValueColumn[] {
  return table.schema.fields.map(({ name, type }) => {
    const kind = kindOf(type);
    const vector = table.getChild(name);
    if (kind === undefined || vector === null || vector.nullCount > 0)
      throw new TypeError(`column ${name} holds no numbers or texts without gaps`);
    return { name, kind, values: kind === "text" ? [...vector].map(String) : vector.toArray() };
  });
}

/** The table that has these columns, as an engine would give it. */
export function tableOfColumns(columns: readonly ValueColumn[]): Table {
  return tableOfParts(
    columns.map(({ name, kind, values }) => ({
      name,
      kind,
      parts: values.length === 0 ? [] : [{ vector: { getItem: (row) => values[row] }, rows: values.length }],
    })),
  );
}

function kindOf(type: DataType): ColumnKind | undefined {
  if (DataType.isUtf8(type)) return "text";
  if (DataType.isFloat(type)) return "float64";
  if (DataType.isInt(type)) return type.bitWidth === 64 ? "int64" : "int32";
  return undefined;
}
