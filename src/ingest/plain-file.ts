import type { RawTable } from "./raw-table.ts";

/** A large plain file, typed while the engine reads it; rows it can't vouch for are handed back as a raw table. */
export interface PlainFile {
  /** SELECT of the typed rows, with file_id and source_row. */
  readonly select: string;
  readonly rows: number;
  readonly doubtful: RawTable;
}

/** Files of fewer bytes are read by the general way, which costs them little; Parquet packs some ten times as much in a byte. */
export const PLAIN_FROM = { csv: 1 << 22, parquet: 1 << 18 } as const;
