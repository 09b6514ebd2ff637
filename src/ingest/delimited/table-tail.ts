import type { CsvRecord } from "./csv-parse.ts";

/** Rows that stand below a table: those told, or notes that an empty row sets apart from it. */
interface TableTail<Row> {
  /** Takes the next row; `apart`: an empty row stands directly above it. */
  row(row: Row, apart: boolean): void;
  /** The rows that are no part of the table, in their order. */
  end(): readonly Row[];
}

/** More lines than this behind an empty row are no notes. */
const MOST_NOTES = 50;

/**
 * Hands on every row but the last ones that are no part of the table: `told` rows, or else the last ones behind an empty
 * row that all may be notes. A single cell directly below the table is a row cut off, not a note.
 */
export function tableTail<Row>(
  told: number | undefined,
  mayBeNote: (row: Row) => boolean,
  onRow: (row: Row) => void,
): TableTail<Row> {
  let held: Row[] = [];
  const release = (keep: number): void => {
    while (held.length > keep) for (const row of held.splice(0, 1)) onRow(row);
  };
  return {
    row(row, apart) {
      if (told !== undefined) {
        held.push(row);
        release(told);
      } else if ((apart || held.length > 0) && mayBeNote(row)) {
        held.push(row);
        if (held.length > MOST_NOTES) release(0);
      } else {
        release(0);
        onRow(row);
      }
    },
    end() {
      const notes = held;
      held = [];
      return notes;
    },
  };
}

/**
 * Where notes begin that a blank line sets apart at the end: lines of another width than the table, one of a single cell
 * among them, and no two of one width, as rows of another table would be. The number of records where there are none.
 */
export function notesApart(records: readonly CsvRecord[], width: number): number {
  const isApart = ({ line }: CsvRecord, above: CsvRecord | undefined): boolean =>
    above !== undefined && line > above.line + above.lines;
  const from = records.findLastIndex((record, i) => isApart(record, records[i - 1]));
  const widths = from < 0 ? [] : records.slice(from).map(({ cells }) => cells.length);
  const several = widths.filter((cells) => cells > 1);
  const areNotes =
    from > 1 &&
    widths.length <= MOST_NOTES &&
    widths.includes(1) &&
    !widths.includes(width) &&
    new Set(several).size === several.length;
  return areNotes ? from : records.length;
}

/** Whether so few cells are filled that a row may be a note. */
export const isNote = (cells: readonly string[], width: number): boolean =>
  cells.filter((cell) => cell.trim() !== "").length <= Math.max(1, Math.floor(width / 3));

/** What the summary says of rows left out, by their numbers: `{footer: "120-122"}`. */
export function footerOf(rows: readonly number[]): Readonly<Record<string, string>> {
  const [first] = rows;
  return first === undefined ? {} : { footer: rows.length === 1 ? `${first}` : `${first}-${rows.at(-1)}` };
}
