import { areNames, type CellKind, cellKind, figuresAgree, isFigure } from "./cell-kind.ts";
import type { CsvRecord, CsvSyntax } from "./csv-parse.ts";
import type { RepairedRecord } from "./csv-repair.ts";

/** How separators in texts of a row are known for no separators, in words that end a message. */
interface Way {
  /** Whether the separator between two cells is a sign of one text. */
  readonly parts: (before: string, behind: string) => boolean;
  /** The text before the separator, less what escapes it. */
  readonly kept: (before: string) => string;
  readonly how: string;
}

const WAYS: readonly Way[] = [
  {
    parts: (before) => /(^|[^\\])\\$/.test(before),
    kept: (before) => before.slice(0, -1),
    how: "a separator in it is escaped by '\\', and was taken as text",
  },
  {
    parts: (before, behind) => /\S$/.test(before) && /^ \S/.test(behind),
    kept: (before) => before,
    how: "a separator with a blank behind it was taken as text",
  },
];

/** A record with too many cells, whose separators in texts show that they are some, and are as many as there are too many. */
export function joinedTexts(record: CsvRecord, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  const { line, lines, cells } = record;
  if (width < 2 || cells.length <= width || lines > 1 || syntax.delimiter.includes(" ")) return undefined;
  for (const way of WAYS) {
    const found = [cells, ...cellsAsText(record, syntax)]
      .map((one) => joinedBy(way, one, syntax.delimiter))
      .find((joined) => joined.length === width);
    if (found !== undefined) return { rows: [{ line, cells: found }], how: way.how };
  }
  return undefined;
}

/** The cells of a record whose quotes are signs of its texts, since none begins with one. */
function cellsAsText(
  { raw = "", faults }: CsvRecord,
  { delimiter, quote }: CsvSyntax,
): ReadonlyArray<readonly string[]> {
  if (!faults.includes("space_before_quote") && !faults.includes("lone_quote")) return [];
  const cells = raw.split(delimiter);
  return cells.some((cell) => cell.startsWith(quote)) ? [] : [cells];
}

function joinedBy({ parts, kept }: Way, cells: readonly string[], delimiter: string): readonly string[] {
  const found: string[][] = [];
  for (const cell of cells) {
    const last = found.at(-1);
    const before = last?.at(-1) ?? "";
    if (last !== undefined && parts(before, cell)) last.splice(-1, 1, kept(before), cell);
    else found.push([cell]);
  }
  return found.map((pieces) => pieces.join(delimiter));
}

/** Names that a table has at least, and the share of its wider rows that are no wider once joined, before its texts are. */
const NAMES = 3;
const NEARLY_ALL = 0.9;

/** Of a file without quotes the rows that only separators in their texts make wider than its names, where most rows are; none otherwise. */
export function joinedByNames(
  records: readonly CsvRecord[],
  syntax: CsvSyntax,
): ReadonlyMap<CsvRecord, RepairedRecord> {
  const [names, ...rows] = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const width = names?.cells.length ?? 0;
  const wide = rows.filter(({ cells }) => cells.length > width);
  if (names === undefined || width < NAMES || 2 * wide.length <= rows.length || !areNames(names.cells))
    return new Map();
  const texts = rowsOf(wide, (record) => joinedTexts(record, width, syntax));
  if (texts.size >= NEARLY_ALL * wide.length) return texts;
  const at = decimalsAt(wide, width, syntax);
  return rowsOf(wide, (record) => (at === undefined ? undefined : joinedDecimals(record, at)));
}

/** The records that are joined, each with how. */
function rowsOf(
  records: readonly CsvRecord[],
  joined: (record: CsvRecord) => RepairedRecord | undefined,
): ReadonlyMap<CsvRecord, RepairedRecord> {
  const found = records.flatMap((record) => {
    const repaired = joined(record);
    return repaired === undefined ? [] : [[record, repaired] as const];
  });
  return new Map(found);
}

/** Decimals that are no number of their own: two figures, the first nought in some rows. */
const DECIMALS = /^\d\d$/;

/** The only column that has whole numbers and behind it decimals, in rows of one cell more than names: a comma is the decimal sign too. */
function decimalsAt(rows: readonly CsvRecord[], width: number, { delimiter }: CsvSyntax): number | undefined {
  if (delimiter !== "," || rows.length < ENOUGH || rows.some(({ cells }) => cells.length !== width + 1))
    return undefined;
  const isAt = (at: number): boolean =>
    rows.every(({ cells }) => /^-?\d+$/.test(cells[at] ?? "") && DECIMALS.test(cells[at + 1] ?? "")) &&
    rows.some(({ cells }) => cells[at + 1]?.startsWith("0"));
  const [only, ...others] = Array.from({ length: width }, (_, at) => at).filter(isAt);
  return others.length === 0 ? only : undefined;
}

/** Rows that show that figures are decimals. */
const ENOUGH = 5;

const joinedDecimals = ({ line, cells }: CsvRecord, at: number): RepairedRecord => ({
  rows: [{ line, cells: cells.toSpliced(at, 2, `${cells[at]},${cells[at + 1]}`) }],
  how: "a comma in a number of it was taken for its decimal sign",
});

type Kinds = ReadonlyArray<CellKind | undefined>;

/** A record with too many cells and no quotes, with the only cells joined that leave its figures where their columns have them. */
export function joinedByFigures(
  { line, lines, cells, raw = "" }: CsvRecord,
  columns: Kinds,
  { delimiter, quote }: CsvSyntax,
): RepairedRecord | undefined {
  const more = cells.length - columns.length;
  // an empty cell may be the one too many
  if (!IN_TEXTS.includes(delimiter) || cells.some((cell) => cell.trim() === "")) return undefined;
  if (more < 1 || more > Math.min(MOST_MORE, columns.length - 2) || lines > 1 || (quote !== "" && raw.includes(quote)))
    return undefined;
  // nor is a text cut where the cells too many stand in front or behind
  if (figuresAgree(cells.slice(0, -more), columns, 1) || figuresAgree(cells.slice(more), columns, 1)) return undefined;
  const agrees = (cell = "", column: number): boolean => {
    const kind = columns[column];
    return kind === undefined || !isFigure(kind) || cellKind(cell) === kind;
  };
  const textAt = (at: number): string => cells.slice(at, at + more + 1).join(delimiter);
  const from = columns.findLastIndex((_, i) => !agrees(cells[i + more], i));
  const to = columns.findIndex((_, i) => !agrees(cells[i], i));
  const lastFigure = columns.findLastIndex((kind) => kind !== undefined && isFigure(kind));
  const places = columns.flatMap((_, at) =>
    at >= from && (to < 0 || at <= to) && at < lastFigure && agrees(textAt(at), at) ? [at] : [],
  );
  const [only, ...others] = places;
  return only === undefined || others.length > 0
    ? undefined
    : {
        rows: [{ line, cells: cells.toSpliced(only, more + 1, textAt(only)) }],
        how: "a separator in a text of it was taken as text: its figures stand where others do then",
      };
}

/** Separators that texts are full of, and how many of them in one row are looked for at most. */
const IN_TEXTS = [",", ";"];
const MOST_MORE = 3;
