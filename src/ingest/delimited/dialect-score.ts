import { cellKind, isFigure } from "./cell-kind.ts";
import { type CsvRecord, type CsvSyntax, parseCsv, wholeRecords } from "./csv-parse.ts";
import { COMMON_IN_CELLS, USUAL_DELIMITERS } from "./delimiter-candidates.ts";

/** What a delimiter other than the usual ones has to beat them by. */
const PRIOR: Readonly<Record<string, number>> = { ",": 1, ";": 1, "\t": 1, "|": 1, " ": 0.6, ":": 0.7 };
const OTHER_PRIOR = 0.8;
/** Of signs that cells are full of. */
const COMMON_PRIOR = 0.5;
/** Of a syntax that leaves a piece of each separator between the cells. */
const TORN = 0.5;
/** Lines below the names that are looked at for a sign that parts cells. */
const FIRST_FIGURES = 5;
/** Of an unusual separator, where a usual one parts the names: times of a day and addresses hold colons. */
const UNCUT_NAMES = 0.2;
/** The share of the rows that is nearly all; of the others' share by this, each width counts up to one. */
const NEARLY_ALL = 0.9;
const RARE = 20;
/** Two words are a cell more often than a row. */
const TWO_WORDS = 1e-4;
/** A line that as a whole is one number, date, time or link speaks for a table of one column. */
const WHOLE_FIGURE = 0.55;
/** A line of text counts little for a table of one column, and for nothing where others have several cells. */
const WHOLE_TEXT = 0.1;
const LONE_CELL = 1e-3;

/**
 * How much like a table a syntax makes a text: its pattern score times the share of cells whose kind is recognised.
 * A quoted cell that a sample cuts off seems never to be closed: what stands above it then tells as much as the whole.
 */
export function sampleScore(text: string, syntax: CsvSyntax, isCut: boolean): number {
  const records = parseCsv(text, syntax);
  const score = tableScore(records, syntax) * narrowness(text, records, syntax);
  if (!isCut || !records.some(({ faults }) => faults.includes("unclosed_quote"))) return score;
  const whole = wholeRecords(text, syntax);
  return Math.max(score, tableScore(whole, syntax) * narrowness(text, whole, syntax));
}

/** What two cells a line count for where a blank, or another sign that cells are full of, parts them and nothing else shows that they are two. */
function narrowness(text: string, records: readonly CsvRecord[], { delimiter, quote }: CsvSyntax): number {
  const isCommon = delimiter.trim() === "" ? delimiter.startsWith(" ") : COMMON_IN_CELLS.includes(delimiter);
  if (!isCommon) return 1;
  if (delimiter === " " && isOneWordAboveWords(records)) return TWO_WORDS;
  if (records.some(({ cells }) => cells.length > 2)) return 1;
  const wrapped = quote === "" ? 0 : text.split(quote + delimiter + quote).length - 1;
  return 2 * wrapped > records.length || hasFiguresBelowNames(records) ? 1 : TWO_WORDS;
}

/** Whether one word stands above lines of which none holds a figure: the name of a column of texts. */
const isOneWordAboveWords = (all: readonly CsvRecord[]): boolean =>
  all.find(({ cells }) => cells.some((cell) => cell !== ""))?.cells.length === 1 &&
  !all.some(({ cells }) => cells.some((cell) => isFigure(cellKind(cell))));

/** Whether every line has two cells, the first of them names, and one column holds figures only. */
function hasFiguresBelowNames(all: readonly CsvRecord[]): boolean {
  const [names, ...rows] = all.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const isFigureAt = ({ cells }: CsvRecord, column: number): boolean => isFigure(cellKind(cells[column] ?? ""));
  if (names === undefined || rows.length < 2 || isFigureAt(names, 0) || isFigureAt(names, 1)) return false;
  if ([names, ...rows].some(({ cells }) => cells.length !== 2 || cells.includes(""))) return false;
  return [0, 1].some((column) => rows.every((row) => isFigureAt(row, column)));
}

function tableScore(all: readonly CsvRecord[], syntax: CsvSyntax): number {
  const records = withoutNotes(all).filter(({ cells }) => cells.length > 1 || cells[0] !== "");
  const widths = new Map<number, number>();
  let wholeFigures = 0;
  let cellCount = 0;
  let recognised = 0;
  let faults = 0;
  for (const { cells, faults: wrong } of records) {
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    if (cells.length === 1 && isFigure(cellKind(cells[0] ?? ""))) wholeFigures++;
    faults += wrong.some((fault) => fault !== "lone_quote") ? 1 : 0;
    cellCount += cells.length;
    for (const cell of cells) recognised += recognition(cell, syntax);
  }
  if (records.length === 0) return 0;
  const isOneCell = widths.size === 1 && !/[;\t|]/.test(records[0]?.cells[0] ?? "") && !records.some(isUncut);
  const perText = isOneCell ? WHOLE_TEXT : LONE_CELL;
  const perFigure = isCutAsFigures(records) ? perText : WHOLE_FIGURE;
  let pattern = 0;
  for (const [width, count] of widths)
    pattern +=
      width === 1 ? perFigure * wholeFigures + perText * (count - wholeFigures) : (count * (width - 1)) / width;
  const doubled = syntax.delimiter.length > 1 && !syntax.delimiter.endsWith(" ") ? 1.6 : 1;
  const sign = syntax.delimiter.trim().charAt(0) || syntax.delimiter.charAt(0);
  const common = COMMON_IN_CELLS.includes(syntax.delimiter) ? COMMON_PRIOR : OTHER_PRIOR;
  const prior = PRIOR[sign] ?? common;
  return (
    ((pattern / severalWidths(widths, records)) *
      steadiness(records) *
      prior *
      doubled *
      (hasTornSeparator(records) ? TORN : 1) *
      (hasUncutNames(records, syntax) ? UNCUT_NAMES : 1) *
      Math.max(1e-10, recognised / cellCount) *
      (1 - faults / (2 * records.length))) /
    records.length
  );
}

/**
 * How many widths rows have; where nearly all have one, others that hardly any has (a separator is lost in it) count for
 * less than one. Names of another width show that the rows are cut wrong, unless they are a title above names, or the first row stands in their line.
 */
function severalWidths(widths: ReadonlyMap<number, number>, records: readonly CsvRecord[]): number {
  const counts = [...widths.values()];
  const most = Math.max(...counts);
  const areNames = ({ cells }: CsvRecord): boolean => !cells.some((name) => isFigure(cellKind(name)));
  const isUsual = ({ cells }: CsvRecord): boolean => widths.get(cells.length) === most;
  const [first, second] = records;
  const isTitle = isSentence(first) && second !== undefined && isUsual(second) && areNames(second);
  const areNamesAlone = first !== undefined && !isTitle && !isUsual(first) && areNames(first);
  if (most < NEARLY_ALL * records.length || areNamesAlone) return counts.length;
  return counts.reduce((sum, count) => sum + Math.min(1, (RARE * count) / records.length), 0);
}

/** Whether a line is one cell of words, with no sign that may part others. */
const isSentence = (record: CsvRecord | undefined): boolean =>
  record?.cells.length === 1 && /^[\p{L}\p{N} .,:'’()-]+$/u.test(record.cells[0] ?? "");

/** Less the lines of one cell behind the last of several and a blank one: notes tell nothing of separators, unless they are a table by others. */
function withoutNotes(records: readonly CsvRecord[]): readonly CsvRecord[] {
  const last = records.findLastIndex(({ cells }) => cells.length > 1);
  const below = records[last + 1];
  return last > 0 &&
    below !== undefined &&
    below.cells.every((cell) => cell.trim() === "") &&
    !isTable(records.slice(last + 2))
    ? records.slice(0, last + 1)
    : records;
}

/** Whether lines of one cell have a usual separator in common, that cuts two of the first, one below the other, into as many cells. */
function isTable(lines: readonly CsvRecord[]): boolean {
  const texts = lines.map(({ cells, raw }) => raw ?? cells[0] ?? "").filter((text) => text.trim() !== "");
  const widthOf = (text: string, delimiter: string): number | undefined =>
    parseCsv(text, { delimiter, quote: '"', escape: '"', lineEnds: "any" })[0]?.cells.length;
  const isSteady = (sign: string): boolean => {
    const widths = texts.slice(0, FIRST_FIGURES).map((text) => widthOf(text, sign));
    return widths.some((width, i) => i > 0 && width === widths[i - 1]);
  };
  return USUAL_DELIMITERS.some((sign) => texts.every((text) => text.includes(sign)) && isSteady(sign));
}

/** Whether a lone cell holds a separator between quotes. */
const isUncut = ({ cells }: CsvRecord): boolean => cells.length === 1 && /(["'])[,;\t|]\1/.test(cells[0] ?? "");

/** Whether lines that may be one figure each (1,5) stand below one that isn't and holds their sign, or another separator: `a,b` names two columns. */
function isCutAsFigures(records: readonly CsvRecord[]): boolean {
  const texts = records.map(({ cells }) => (cells.length === 1 ? (cells[0] ?? "").trim() : ""));
  const first = texts.findIndex((text) => isFigure(cellKind(text)));
  const names = texts.slice(0, Math.max(0, first)).findLast((text) => text !== "") ?? "";
  const parts = (sign: string): boolean => names.includes(sign) || (/[,;|]/.test(sign) && /[,;|\t]/.test(names));
  // the signs of a link are its own
  const mayBeCut = (figure: string): boolean => isFigure(cellKind(figure)) && cellKind(figure) !== "link";
  return texts
    .slice(first, first + FIRST_FIGURES)
    .some((figure) => mayBeCut(figure) && [...figure].some((sign) => /[^\w.\s+-]/.test(sign) && parts(sign)));
}

/**
 * Whether the first line isn't cut, and a usual separator parts it into several names: an unusual one hardly parts the
 * rest then, nor a usual one where the lines below have as many cells by the other.
 */
function hasUncutNames([first, ...rows]: readonly CsvRecord[], { delimiter }: CsvSyntax): boolean {
  if (first?.cells.length !== 1) return false;
  const isUsual = USUAL_DELIMITERS.includes(delimiter.trim() || delimiter);
  const below = rows.slice(0, FIRST_FIGURES).map(({ cells }) => cells.join(delimiter));
  return USUAL_DELIMITERS.some((sign) => {
    const names = (first.cells[0] ?? "").split(sign).map((name) => name.trim());
    const isName = (name: string): boolean => ["code", "words"].includes(cellKind(name));
    const areNames = names.length > 2 && new Set(names).size === names.length && names.every(isName);
    const partsAll = below.length > 1 && below.every((line) => line.split(sign).length === names.length);
    return areNames && (!isUsual || partsAll);
  });
}

/** Whether every second column holds, its name too, nothing or one sign that is no letter and no figure. */
function hasTornSeparator([first, ...rows]: readonly CsvRecord[]): boolean {
  if (first === undefined || rows.length === 0 || first.cells.length < 3 || first.cells.length % 2 === 0) return false;
  return first.cells.every(
    (cell, i) =>
      i % 2 === 0 || (!/[\p{L}\p{N}]/u.test(cell) && rows.every(({ cells }) => cells.length <= i || cells[i] === cell)),
  );
}

/** Of the records from the first that is cut in cells, the share that are: titles stand above a table, texts among others. */
function steadiness(records: readonly CsvRecord[]): number {
  const from = records.findIndex(({ cells }) => cells.length > 1);
  if (from < 0) return 1;
  const below = records.slice(from);
  return below.filter(({ cells }) => cells.length > 1).length / below.length;
}

/** 1 for a kind that a cell of a table has, less for free text, 0 for what looks cut in the wrong place. */
function recognition(cell: string, { quote, delimiter }: CsvSyntax): number {
  const kind = cellKind(cell);
  if (kind !== "text") return cell !== cell.trim() && delimiter !== " " ? 0.8 : 1;
  if (quote === "" && /^\s*["']|["']\s*$/.test(cell)) return 0;
  if (quote !== '"' && /^\s*".*"\s*$/s.test(cell)) return 0.1;
  if (quote !== "'" && /^'.*(''|[\n\r,;]).*'$/s.test(cell)) return 0.1;
  return 0.5;
}
