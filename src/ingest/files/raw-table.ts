import { closeSync, openSync, writeSync } from "node:fs";
import { quoteText, type SqlEngine } from "../../engine/engine.ts";

/** A row of a file that can't be read into columns: it is received, and rejected by this rule. */
export interface Unreadable {
  readonly row: number;
  readonly rule:
    | "ragged"
    | "unclosed_quote"
    | "stray_quote"
    | "not_json"
    | "nested"
    | "formula_without_value"
    | "repeated_header";
  readonly value: string;
  readonly detail: string;
}

/** A row that was repaired while it was read, or may be none: it is in the table, and warned about. */
export interface Repaired {
  readonly row: number;
  readonly rule:
    | "padded"
    | "several_rows"
    | "total_row"
    | "other_quotes"
    | "formula_text"
    | "not_finite"
    | "percentage";
  readonly value: string;
  readonly detail: string;
}

/** A file in the engine as text: `source_row` and one VARCHAR a header (`c0`, `c1`, ...). */
export interface RawTable {
  readonly sqlName: string;
  /** Headers as the file has them; the i-th is column `c{i}`. */
  readonly headers: readonly string[];
  readonly unreadable: readonly Unreadable[];
  readonly repaired?: readonly Repaired[];
  /** Typed formats write dates in ISO and numbers with a point, whatever the mapping says. */
  readonly typed: boolean;
  /** Formats of the columns that store days or times, by header: nothing about them has to be found out. */
  readonly storedDates?: ReadonlyMap<string, string>;
  /** What was recognised, for the summary: `{format: "csv", encoding: "utf-8", delimiter: ";"}`. */
  readonly recognised: Readonly<Record<string, string>>;
}

/** The engine's name of a raw table's column, which counts from 0. */
export const rawColumn = (index: number): string => `c${index}`;

/** Loads canonical CSV (see `canonicalWriter`) as a raw table; rows of fewer cells end with empty ones. */
export async function loadCanonical(engine: SqlEngine, sqlName: string, path: string, width: number): Promise<void> {
  const columns = [
    "'source_row': 'BIGINT'",
    ...Array.from({ length: width }, (_, i) => `'${rawColumn(i)}': 'VARCHAR'`),
  ];
  await engine.execute({
    name: sqlName,
    text: `create or replace table ${sqlName} as select * from read_csv(${quoteText(path)}, columns = {${columns.join(", ")}},
      auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = '', max_line_size = 67108864, null_padding = true, parallel = false)`,
  });
}

/** How many rows the engine holds under that name. */
export async function rawRows(engine: SqlEngine, sqlName: string): Promise<number> {
  const [counted] = await engine.rows({ name: sqlName, text: `select count(*) as n from ${sqlName}` });
  return Number(counted?.n);
}

interface CanonicalWriter {
  row(sourceRow: number, cells: readonly string[]): void;
  close(): void;
}

/** Writes rows as UTF-8 CSV with their row number first and every cell quoted, empty cells empty: the one form the engine reads from us. */
export function canonicalWriter(path: string): CanonicalWriter {
  const file = openSync(path, "w", 0o600);
  let buffer = "";
  return {
    row(sourceRow, cells) {
      buffer += String(sourceRow);
      for (const cell of cells)
        buffer += cell === "" ? "," : `,"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`;
      buffer += "\n";
      if (buffer.length > 1 << 18) {
        writeSync(file, buffer);
        buffer = "";
      }
    },
    close() {
      writeSync(file, buffer);
      closeSync(file);
    },
  };
}
