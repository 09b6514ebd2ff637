import type { RawTable } from "./raw-table.ts";

/** A large plain file, typed while the engine reads it; rows it can't vouch for are handed back as a raw table. */
export interface PlainFile {
  /** SELECT of the typed rows, with file_id and source_row. */
  readonly select: string;
  readonly rows: number;
  readonly doubtful: RawTable;
}

/** A staged column as a plain file gives it. */
export interface PlainColumn {
  readonly name: string;
  /** SQL over the file's own columns. */
  readonly value: string;
  /** The value is the same in every row, and kept in none. */
  readonly isConstant?: true;
  /** SQL, never null where it is true: the row has to be read again by the general way. */
  readonly odd?: string;
}

/** What is kept of each row: the values that differ, and whether it is odd. */
export function storedColumns(columns: readonly PlainColumn[]): string {
  const odd = columns.flatMap((column) => (column.odd === undefined ? [] : [column.odd]));
  return [
    ...columns.flatMap(({ name, value, isConstant }) => (isConstant ? [] : [`${value} as ${name}`])),
    `${odd.length === 0 ? "false" : `coalesce(${odd.join(" or ")}, false)`} as odd`,
  ].join(", ");
}

/** All columns of the staged table, over those that are kept. */
export const partColumns = (columns: readonly PlainColumn[]): string =>
  columns.map(({ name, value, isConstant }) => (isConstant ? `${value} as ${name}` : name)).join(", ");

/** Files of fewer bytes are read by the general way, which costs them little; Parquet packs some ten times as much in a byte. */
export const PLAIN_FROM = { csv: 1 << 21, parquet: 1 << 18 } as const;
