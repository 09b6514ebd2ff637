import { type ReadWarning, warning } from "../files/read-warning.ts";
import { cellKind, isFigure } from "./cell-kind.ts";
import { columnKinds } from "./csv-header.ts";
import type { CsvLayout } from "./csv-layout.ts";
import type { CsvRecord } from "./csv-parse.ts";
import { swallowedRows } from "./csv-records.ts";
import { saysNothing } from "./header-evidence.ts";

/** Rows at the beginning and at the end among which notes may stand, and rows from which on the others show that they are some. */
const FIRST = 5;
const LAST = 3;
const ENOUGH = 6;

/** What is doubtful about lines of the only column: blanks, remarks, notes, titles and separators. */
export function doubtfulLines(layout: CsvLayout): readonly ReadWarning[] {
  if (layout.width !== 1) return [];
  const [kind] = columnKinds(layout.body, 1);
  return [
    ...blankRows(layout),
    ...(kind !== undefined && isFigure(kind) ? wordsAmongFigures(layout) : notesAmongTexts(layout)),
    ...separatorsAtEnds(layout),
    ...severalRows(layout),
    ...title(layout),
  ];
}

const textOf = ({ cells: [cell = ""] }: CsvRecord): string => cell;

/** Blank lines among the rows, which other programs leave out. */
const blankRows = ({ body }: CsvLayout): readonly ReadWarning[] =>
  body.flatMap((record) =>
    textOf(record).trim() === "" && record.raw === undefined
      ? [warning("blank_row", record.line, `line ${record.line} is blank; it was read as a row of nothing`)]
      : [],
  );

/** Words among figures: notes, remarks and names have no other column to be known by. */
const wordsAmongFigures = ({ body }: CsvLayout): readonly ReadWarning[] =>
  body.flatMap((record) =>
    isFigure(cellKind(textOf(record))) || saysNothing(textOf(record))
      ? []
      : [noteRow(record, "holds words among figures and may be a note")],
  );

const noteRow = ({ line }: CsvRecord, why: string): ReadWarning =>
  warning("note_row", line, `line ${line} ${why}; it was kept as a row`);

/** Signs that remarks begin with, and those that facts about a file and notes below it hold. */
const REMARK = /^(#|%|\/\/|--)\s*[\p{L}\p{N}]/u;
const NOTE = /[:=*()]/;

/** A last row, parted by blanks, that holds signs of notes as no other does: its words are as many as the columns by chance. */
export function noteOfBlanks({ width, body }: CsvLayout, delimiter: string): readonly ReadWarning[] {
  const isNote = ({ cells }: CsvRecord): boolean => cells.some((cell) => NOTE.test(cell));
  const last = body.at(-1);
  if (width < 2 || !delimiter.startsWith(" ") || last === undefined || body.length < LAST || !isNote(last)) return [];
  return body.slice(0, -1).some(isNote)
    ? []
    : [noteRow(last, "holds signs that the other lines have not and may be a note")];
}

/** Remarks, and first or last lines that hold signs of notes as no other line does. */
function notesAmongTexts({ body }: CsvLayout): readonly ReadWarning[] {
  const remarks = body.filter((record) => REMARK.test(textOf(record)));
  const found = 2 * remarks.length > body.length ? [] : remarks;
  const isNote = (record: CsvRecord): boolean => NOTE.test(textOf(record)) && !found.includes(record);
  const [first, last] = [body.slice(0, FIRST), body.slice(FIRST).slice(-LAST)];
  const rest = body.slice(FIRST, body.length - last.length);
  const ends = body.length >= ENOUGH && !rest.some(isNote) ? [first, last] : [];
  return [
    ...found.map((record) => noteRow(record, "begins as a remark does")),
    ...ends
      .filter((rows) => !rows.every(isNote))
      .flatMap((rows) => rows.filter(isNote))
      .map((record) => noteRow(record, "holds signs that the other lines have not and may be a note")),
  ];
}

/** Usual separators that begin or end a few lines, or stand twice: cells of other columns may be there. */
function separatorsAtEnds({ body, columns: [name = ""], headerLine }: CsvLayout): readonly ReadWarning[] {
  const isAtEnd = (text: string): boolean => /^[,;\t|]|[,;\t|]\s*$|[,;\t|]{2}/.test(text);
  const rows = body.filter((record) => isAtEnd(textOf(record))).map(({ line }) => line);
  const lines = headerLine !== null && isAtEnd(name) ? [headerLine, ...rows] : rows;
  if (2 * lines.length > body.length + 1) return [];
  return lines.map((line) =>
    warning("other_delimiter", line, `line ${line} has a separator where no word is; it was kept as text`, 1),
  );
}

const words = (text: string): number => text.trim().split(/\s+/).length;

/** Quoted cells of several lines that are like other rows: a quote in front of one and another behind a later one. */
function severalRows({ body }: CsvLayout): readonly ReadWarning[] {
  const single = body.filter(({ lines }) => lines === 1).map(textOf);
  const most = Math.max(0, ...single.slice(0, 1000).map(words));
  return body.flatMap((record) => {
    const lines = record.lines > 1 ? textOf(record).split(/\r\n|\n|\r/) : [];
    const isLikeRows =
      lines.some((line) => single.includes(line)) ||
      (lines.length > 2 && lines.every((line) => line !== "" && words(line) <= most));
    return isLikeRows ? [swallowedRows(record)] : [];
  });
}

/** Words from which on a name that holds a year, or signs of a sentence, may be a title. */
const TITLE = 4;

function title({ columns: [name = ""], headerLine, body }: CsvLayout): readonly ReadWarning[] {
  const isSentence = words(name) >= TITLE && /[,;:]|\b(19|20)\d\d\b/.test(name) && !name.endsWith("?");
  return headerLine !== null && isSentence && body.length > 0
    ? [warning("note_row", headerLine, `line ${headerLine} may be a title; it was taken for the column's name`)]
    : [];
}
