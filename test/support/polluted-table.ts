/** One CSV file spoilt in one way, and the table that is in it. */
export interface PollutedFile {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

export type Row = readonly string[];

/** How a file is written. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  /** Empty: quotes inside quoted cells stand as they are. */
  readonly escape: string;
  readonly lineEnd: string;
  readonly always: boolean;
}

export const PLAIN: Dialect = { delimiter: ",", quote: '"', escape: '"', lineEnd: "\r\n", always: false };

export const COLUMNS: Row = ["Day", "Hour", "Pieces", "Article", "Price", "Kind", "Description", "Page", "Remarks"];
const KINDS = ["book", "tool", "garden tool", "toy"];
const DESCRIPTIONS = [
  "Hammer, small",
  "A guide to birds",
  'Pipe of 3/4" steel, "new" model',
  "Doll's house",
  "Two lines:\nfirst and second",
  "Rake",
  "",
  "Blue ball (25 cm), for children",
];

/** A table of eighteen sales with what cells of an ordinary export hold: separators, quotes, line ends, gaps. */
export const CLEAN: readonly Row[] = Array.from({ length: 18 }, (_, i) => [
  `${String((i % 28) + 1).padStart(2, "0")}/0${(i % 9) + 1}/2016`,
  `${String(8 + (i % 12)).padStart(2, "0")}:${String((i * 7) % 60).padStart(2, "0")}:00`,
  String((i * 13) % 40),
  `A-${1000 + i * 37}`,
  `${((i * 791) % 90) + 5}.${String((i * 37) % 100).padStart(2, "0")}`,
  KINDS[i % KINDS.length] ?? "",
  DESCRIPTIONS[i % DESCRIPTIONS.length] ?? "",
  `https://shop.example/articles/${i + 1}`,
  i % 3 === 0 ? "" : `remark ${i + 1}`,
]);

export function cellText(cell: string, { delimiter, quote, escape: escaping, always }: Dialect): string {
  if (quote === "") return cell;
  const needs = always || cell.includes(delimiter) || cell.includes(quote) || /[\r\n]/.test(cell);
  if (!needs) return cell;
  const inner =
    escaping === "\\"
      ? cell.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)
      : escaping === ""
        ? cell
        : cell.replaceAll(quote, escaping + quote);
  return quote + inner + quote;
}

export const line = (row: Row, how: Dialect): string => row.map((cell) => cellText(cell, how)).join(how.delimiter);
export const text = (rows: readonly Row[], how: Dialect = PLAIN): string =>
  rows.map((row) => line(row, how) + how.lineEnd).join("");

export const TABLE: readonly Row[] = [COLUMNS, ...CLEAN];

export const file = (
  kind: string,
  name: string,
  content: string | Buffer,
  rows: readonly Row[] = CLEAN,
  columns: Row = COLUMNS,
): PollutedFile => ({ kind, name, bytes: Buffer.from(content as string), columns, rows });
