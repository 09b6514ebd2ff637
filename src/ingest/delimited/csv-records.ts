import { UserError } from "../../user-error.ts";
import { type ReadWarning, warning } from "../files/read-warning.ts";
import { areNames, type CellKind, cellKind, figuresAgree, isFigure } from "./cell-kind.ts";
import { brokenNames, brokenRow, twoRows } from "./csv-broken.ts";
import { columnKinds } from "./csv-header.ts";
import { joinedByFigures, joinedByNames } from "./csv-joined.ts";
import { tableWidth } from "./csv-layout.ts";
import { type CsvRecord, type CsvSyntax, parseCsv, recordCutter } from "./csv-parse.ts";
import { partedOtherwise } from "./csv-parted.ts";
import { withoutOtherQuotes } from "./csv-quoted-cells.ts";
import { type MendedRecord, type RepairedRecord, repairRecord, separatedBy } from "./csv-repair.ts";

const OTHER_DELIMITERS = [", ", ",", " ; ", "; ", ";;", ";", "\t", " | ", "||", "|", "^", "~", "::", ":", "  ", " "];
/** Signs that cells are full of: before they are taken for separators, so many cells of figures have to be where the columns have them. */
const DOUBTFUL = new Set([" ", ":"]);
const SURE_FIGURES = 2;
/** Lines that a row in another dialect takes at most. */
const MOST_LINES = 50;
/** Rows of one cell too few that are looked through at most for another sign in the place of a separator. */
const MOST_PARTED = 200;
/** Columns that a table has at most. */
const MOST_COLUMNS = 100_000;

/**
 * All records, those of another width with their raw text; lines written with another separator or in other quotes are cut by it.
 * @throws UserError where they have more cells than a table has columns
 */
export function mendedRecords(text: string, syntax: CsvSyntax, warnings: ReadWarning[]): readonly CsvRecord[] {
  const cut = withJoined(skipDeclaration(parseCsv(text, syntax)), syntax, warnings);
  const width = tableWidth(cut);
  if (width > MOST_COLUMNS)
    throw new UserError(
      `its rows have ${width} cells, more than the ${MOST_COLUMNS} columns that are read: say the separator if it is another, or turn the table`,
    );
  const lineText = textOfLines(text);
  const records = cut.map((record) =>
    record.cells.length === width || record.raw !== undefined
      ? record
      : { ...record, raw: lineText(record.line, record.lines) },
  );
  if (width < 2) return records;
  const mend = recordMend({ records, width, syntax, lineText });
  const found: CsvRecord[] = [];
  for (let i = 0; i < records.length; i++) {
    const record = records[i];
    if (record === undefined) break;
    const mended = mend(record, i);
    if (mended === undefined) found.push(record);
    else {
      warnings.push(repairedRow(record, width, mended.repaired.how));
      for (const { line, cells } of mended.repaired.rows) found.push({ line, lines: mended.lines, cells, faults: [] });
      i += mended.records - 1;
    }
  }
  return found;
}

interface CutText {
  readonly records: readonly CsvRecord[];
  readonly width: number;
  readonly syntax: CsvSyntax;
  readonly lineText: LineText;
}

/** How a record of a text is cut otherwise, with those behind it that are its lines: undefined where it stays, or is repaired as a row. */
function recordMend(text: CutText): (record: CsvRecord, at: number) => MendedRecord | undefined {
  const { records, width, syntax, lineText } = text;
  const isWhole = ({ cells }: CsvRecord): boolean => cells.length === width;
  const wholes = records.filter(isWhole);
  const columns = columnKinds(wholes, width);
  const first = records.findIndex(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const lastWhole = records.findLastIndex(isWhole);
  const hasNames = wholes[0]?.cells.every((cell) => !isFigure(cellKind(cell)));
  const inOtherQuotes = fewOf(wholes, (record) => withoutOtherQuotes(record, syntax));
  const withBlanks = fewOf(wholes, (record) =>
    record === records[first] && areNames(records[first + 1]?.cells ?? [])
      ? undefined
      : byDelimiterAndBlank(record, lineText, width, syntax),
  );
  const gaps = records.filter(({ cells }) => cells.length < width && cells.some((cell) => cell.trim() !== ""));
  const areFewLess = gaps.filter(({ cells }) => cells.length === width - 1).length <= MOST_PARTED;
  const firstWhole = records.findIndex(isWhole);
  const alone = ({ lines }: CsvRecord, repaired: RepairedRecord | undefined): MendedRecord | undefined =>
    repaired && { repaired, records: 1, lines };
  return (record, at) => {
    const mayBeOther = !isWhole(record) || record.faults.includes("lone_quote");
    const other = mayBeOther && byOtherDelimiter(text, at, columns, at === first && hasNames !== true);
    if (other) return other;
    if (isWhole(record)) return alone(record, inOtherQuotes.get(record) ?? withBlanks.get(record));
    const repaired = repairRecord(record, width, syntax);
    const isAtEdge = (at === first || at > lastWhole) && record.lines === 1;
    if (repaired !== undefined) return isAtEdge ? alone(record, repaired) : undefined;
    const own =
      twoRows(record, columns, syntax) ??
      joinedByFigures(record, columns, syntax) ??
      (areFewLess ? partedOtherwise(record, wholes, columns, syntax) : undefined);
    if (own !== undefined) return alone(record, own);
    if (at === first) return brokenNames(records, at, columns, lineText);
    return brokenRow(records, at, columns, lineText, at > firstWhole && gaps.length === 2 && gaps[0] === record);
  };
}

/** Excel's first line `sep=;` says what the separator is, and is no row. */
const skipDeclaration = (records: readonly CsvRecord[]): readonly CsvRecord[] =>
  records[0]?.line === 1 && /^sep=/.test(records[0].cells.join("")) && records[0].cells.length <= 2
    ? records.slice(1)
    : records;

/** Records with their texts whole, where most have separators in them. */
function withJoined(records: readonly CsvRecord[], syntax: CsvSyntax, warnings: ReadWarning[]): readonly CsvRecord[] {
  const joined = joinedByNames(records, syntax);
  if (joined.size === 0) return records;
  return records.map((record) => {
    const { rows: [row] = [], how = "" } = joined.get(record) ?? {};
    if (row === undefined) return record;
    warnings.push(repairedRow(record, row.cells.length, how));
    return { line: record.line, lines: record.lines, cells: row.cells, faults: [] };
  });
}

/** What is told of a quoted cell whose lines may be rows. */
export const swallowedRows = ({ line }: CsvRecord): ReadWarning =>
  warning(
    "several_rows",
    line,
    `line ${line} has a quoted cell of several lines, each of which may be a row; they were kept as one`,
  );

/** What is told of a row that was repaired, with how. */
export const repairedRow = (record: CsvRecord, width: number, how: string): ReadWarning =>
  warning(
    "repaired_row",
    record.line,
    record.cells.length === width
      ? `line ${record.line}: ${how}`
      : `line ${record.line} had ${record.cells.length} cells instead of ${width}; ${how}`,
  );

/** Records that can be read otherwise, unless most can: then the file is meant so. */
function fewOf(
  records: readonly CsvRecord[],
  otherwise: (record: CsvRecord) => RepairedRecord | undefined,
): ReadonlyMap<CsvRecord, RepairedRecord> {
  const found = new Map<CsvRecord, RepairedRecord>();
  for (const record of records) {
    const repaired = otherwise(record);
    if (repaired !== undefined) found.set(record, repaired);
  }
  return 2 * found.size < records.length ? found : new Map();
}

/** The text of a number of lines from one on, without the last one's end. */
export type LineText = (line: number, count: number) => string;

function textOfLines(text: string): LineText {
  let starts: number[] | undefined;
  const ends: number[] = [];
  return (line, count) => {
    if (starts === undefined) {
      starts = [0];
      for (const end of text.matchAll(/\r\n|\n|\r/g)) {
        ends.push(end.index);
        starts.push(end.index + end[0].length);
      }
      ends.push(text.length);
    }
    return text.slice(starts[line - 1] ?? text.length, ends[Math.min(line - 1 + count, ends.length) - 1]);
  };
}

/** A record of the table's width, three cells or more, whose separator has a blank behind it each time. */
function byDelimiterAndBlank(
  { line, lines, cells, faults }: CsvRecord,
  lineText: LineText,
  width: number,
  syntax: CsvSyntax,
): RepairedRecord | undefined {
  if (width < 3 || syntax.delimiter.endsWith(" ")) return undefined;
  if (!faults.includes("space_before_quote") && cells.at(-1)?.startsWith(" ") !== true) return undefined;
  if (cells[0]?.startsWith(" ") === true || cells.some((cell) => /\S $/.test(cell))) return undefined;
  const delimiter = `${syntax.delimiter} `;
  const [only, ...more] = parseCsv(lineText(line, lines), { ...syntax, delimiter });
  if (only === undefined || more.length > 0 || only.cells.length !== width || only.faults.length > 0) return undefined;
  return { rows: [{ line, cells: only.cells }], how: separatedBy(delimiter) };
}

/**
 * A record, with those behind it that are lines of its cells, that has the table's width under another delimiter, and
 * figures where its columns (by the kind that most of their cells have) hold figures; names only, where it may be the header.
 */
function byOtherDelimiter(
  { records, syntax, lineText }: CutText,
  at: number,
  columns: ReadonlyArray<CellKind | undefined>,
  mayBeHeader: boolean,
): MendedRecord | undefined {
  const record = records[at];
  const width = columns.length;
  if (record?.raw === undefined || record.raw.trim() === "") return undefined;
  const piece = lineText(record.line, MOST_LINES);
  const isCutLess = record.cells.length <= width / 2;
  for (const delimiter of OTHER_DELIMITERS) {
    if (delimiter === syntax.delimiter || !record.raw.includes(delimiter)) continue;
    const cut = recordCutter({ ...syntax, delimiter })(piece, 0, true);
    if (cut === undefined || cut.cells.length !== width || cut.faults.length > 0) continue;
    const lines = piece.slice(0, cut.end).split(/\r\n|\n|\r/).length;
    const own = ownLines(records, at, lines, width);
    if (own === undefined) continue;
    const isSure = piece.slice(0, cut.end).includes(delimiter + syntax.quote) && syntax.quote !== "";
    const least = DOUBTFUL.has(delimiter) && !isSure ? SURE_FIGURES : isCutLess ? 0 : 1;
    const fits = mayBeHeader ? isCutLess && areNames(cut.cells) : figuresAgree(cut.cells, columns, least);
    if (fits)
      return {
        repaired: { rows: [{ line: record.line, cells: cut.cells }], how: separatedBy(delimiter) },
        records: own,
        lines,
      };
  }
  return undefined;
}

/** How many records, none of the table's width but the first, the lines from a record on are; undefined where they end inside one. */
function ownLines(records: readonly CsvRecord[], at: number, lines: number, width: number): number | undefined {
  const end = (records[at]?.line ?? 0) + lines;
  let next = at + 1;
  for (let record = records[next]; record !== undefined && record.line < end; record = records[next]) {
    if (record.cells.length === width || record.line + record.lines > end) return undefined;
    next++;
  }
  return next - at;
}
