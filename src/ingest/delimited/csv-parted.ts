import { type CellKind, figuresAgree, isFigure } from "./cell-kind.ts";
import { type CsvRecord, type CsvSyntax, parseCsv } from "./csv-parse.ts";
import type { RepairedRecord } from "./csv-repair.ts";

/** Signs that may stand in the place of one separator: those that texts hold seldom, and those that figures have to prove. */
const SELDOM = [";", "\t", "|", ","];
const OFTEN = [":", " "];
/** Signs of a line, and places in it, that are tried at most. */
const LONGEST = 4096;
const MOST_PLACES = 64;
/** Rows that a line is held against. */
const ROWS = 200;

type Kinds = ReadonlyArray<CellKind | undefined>;

/** A record of one cell too few, with the one sign taken for a separator that leaves its figures where their columns have them. */
export function partedOtherwise(
  record: CsvRecord,
  wholes: readonly CsvRecord[],
  columns: Kinds,
  syntax: CsvSyntax,
): RepairedRecord | undefined {
  const { line, lines, cells, raw = "" } = record;
  if (cells.length !== columns.length - 1 || columns.length < 3 || lines > 1 || raw.length > LONGEST) return undefined;
  const rows = wholes.slice(0, ROWS);
  const ways = partedBy(raw, columns.length, syntax);
  const isAlien = ({ sign, isBare }: Parted): boolean =>
    isBare && SELDOM.includes(sign) && !rows.some((row) => row.cells.some((cell) => cell.includes(sign)));
  const alien = ways.filter((way) => isAlien(way) && figuresAgree(way.cells, columns, 0));
  const proven = figuresAgree(cells, columns, 0) ? [] : ways.filter((way) => isProven(way, rows, columns));
  const [only, ...others] = alien.length > 0 ? alien : proven;
  if (only === undefined || others.length > 0) return undefined;
  const how = `'${only.sign.replaceAll("\t", "\\t")}' stands in the place of one of its separators`;
  return { rows: [{ line, cells: only.cells }], how };
}

interface Parted {
  readonly cells: readonly string[];
  readonly sign: string;
  /** Whether no blank stands beside the sign. */
  readonly isBare: boolean;
  /** The column that begins behind it. */
  readonly column: number;
}

/** The ways in which one sign makes a row of a line. */
function partedBy(raw: string, width: number, syntax: CsvSyntax): readonly Parted[] {
  const signs = [...SELDOM, ...OFTEN].filter((sign) => sign !== syntax.delimiter);
  const places = raw.split("").flatMap((sign, at) => (signs.includes(sign) ? [at] : []));
  if (places.length > MOST_PLACES) return [];
  return places.flatMap((at) => {
    const sign = raw.charAt(at);
    const isBare = sign === " " || (raw.charAt(at - 1) !== " " && raw.charAt(at + 1) !== " ");
    const behind = isBare ? raw.slice(at + 1) : raw.slice(at + 1).trimStart();
    const [only, ...more] = parseCsv(raw.slice(0, at) + syntax.delimiter + behind, syntax);
    const isRow = only?.cells.length === width && more.length === 0 && only.faults.length === 0;
    const column = parseCsv(raw.slice(0, at), syntax)[0]?.cells.length ?? 0;
    return isRow ? [{ cells: only.cells, sign, isBare, column }] : [];
  });
}

const formOf = (cell: string): string => cell.replaceAll(/\d+/g, "9");

/** Whether figures stand where their columns have them, each written as others of its column are, and no cell of the two columns that the sign parts holds it. */
function isProven({ cells, sign, column }: Parted, rows: readonly CsvRecord[], columns: Kinds): boolean {
  if (!figuresAgree(cells, columns, 1)) return false;
  const holdsSign = (cell: string | undefined): boolean => cell?.includes(sign) === true;
  if (rows.some((row) => holdsSign(row.cells[column - 1]) || holdsSign(row.cells[column]))) return false;
  return cells.every(
    (cell, i) =>
      !isFigure(columns[i] ?? "empty") ||
      cell.trim() === "" ||
      rows.some((row) => formOf(row.cells[i] ?? "") === formOf(cell)),
  );
}
