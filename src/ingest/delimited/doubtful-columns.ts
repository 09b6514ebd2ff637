import { excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { cellKind, isFigure } from "./cell-kind.ts";
import type { CsvLayout } from "./csv-layout.ts";
import { COMMON_IN_CELLS, USUAL_DELIMITERS } from "./delimiter-candidates.ts";

/** Words from which on a cell is a sentence. */
const SENTENCE = 4;
/** Rows from which on a column shows what it holds. */
const FEW = 3;

/** One column whose name and rows hold the same sign as often may be several; lines of text may be no table. */
export function oneColumn(layout: CsvLayout, partsNothing: boolean): readonly ReadWarning[] {
  const several = maybeSeveral(layout);
  if (several.length > 0) return several;
  const lines = layout.body.map(({ cells }) => (cells[0] ?? "").trim()).filter((line) => line !== "");
  const sentences = lines.filter((line) => line.split(/\s+/).length >= SENTENCE).length;
  const isText = lines.length >= FEW && 2 * sentences >= lines.length;
  return isText || partsNothing
    ? [warning("one_column", null, "nothing parts the lines, each was read as one cell: a text is no table")]
    : [];
}

/** Whether the same sign stands as often in the name and in each row of one column, or a usual separator in the name. */
function maybeSeveral({ columns: [name = ""], body }: CsvLayout): readonly ReadWarning[] {
  if (isFigure(cellKind(name))) return [];
  const times = (text: string, sign: string): number => text.split(sign).length - 1;
  const own = name.match(/[^\p{L}\p{N}\s]/gu) ?? [];
  const signs = body.length < 2 ? [] : [...USUAL_DELIMITERS, " ", ...COMMON_IN_CELLS, ...own];
  const everywhere = signs.find(
    (one) => name.includes(one) && body.every(({ cells }) => times(cells[0] ?? "", one) === times(name, one)),
  );
  const sign =
    everywhere ??
    blankBesideFigures(name, body) ??
    USUAL_DELIMITERS.find((one) => /^[^,;\t|]+[,;\t|][^ ]/.test(name) && name.includes(one));
  if (sign === undefined) return [];
  const where = everywhere === undefined ? "the name holds" : "every line holds";
  return [
    warning(
      "dialect_uncertain",
      null,
      `${where} ${times(name, sign)} of '${excerpt(sign)}': say it is the separator, if the lines are several columns`,
    ),
  ];
}

/** A blank, where the name and half of the rows have as many, no row has more, and a figure always stands in one place between. */
function blankBesideFigures(name: string, body: CsvLayout["body"]): string | undefined {
  const pieces = (text: string): readonly string[] => text.split(" ");
  const rows = body.map(({ cells: [cell = ""] }) => pieces(cell));
  const { length } = pieces(name);
  const whole = rows.filter((row) => row.length === length);
  const isFigureIn = (row: readonly string[], i: number): boolean => isFigure(cellKind(row[i] ?? ""));
  const hasFigures = pieces(name).some((_, i) => whole.every((row) => isFigureIn(row, i)));
  const fits = length > 1 && body.length > 1 && 2 * whole.length >= rows.length && hasFigures;
  return fits && rows.every((row) => row.length <= length) ? " " : undefined;
}

/** Rows of which every cell but the first begins with a blank, one by one, or all at once where most are written so. */
export function leadingBlanks({ body, width, warnings, columns, headerLine }: CsvLayout): readonly ReadWarning[] {
  if (width < 2) return [];
  const isSpaced = ([, ...more]: readonly string[]): boolean => {
    const filled = more.filter((cell) => cell !== "");
    return filled.length > 0 && filled.every((cell) => cell.startsWith(" "));
  };
  const found = body.filter(({ cells }) => isSpaced(cells));
  if (2 * found.length > body.length && body.length >= FEW)
    return [warning("leading_blanks", null, "cells begin with a blank in most rows; it was kept")];
  const told = new Set(warnings.map(({ row }) => row));
  const behindEach = (line: number): ReadWarning =>
    warning("leading_blanks", line, `line ${line} has a blank behind each separator; they were kept`);
  const names = headerLine !== null && isSpaced(columns) ? [behindEach(headerLine)] : [];
  const rows = found.flatMap(({ line }) => (told.has(line) ? [] : behindEach(line)));
  const apart = headerLine === null ? body : [{ line: headerLine, cells: columns }, ...body];
  const around = apart.filter(({ cells }) => hasBlanksAround(cells) && !isSpaced(cells));
  if (ONE_OF * around.length > body.length) return [...names, ...rows];
  return [
    ...names,
    ...rows,
    ...around.map(({ line }) =>
      warning("leading_blanks", line, `line ${line} has a blank on both sides of a separator; they were kept`),
    ),
  ];
}

/** Rows of which one at most has blanks on both sides of a separator, unless cells of the file are filled up with them. */
const ONE_OF = 20;

/** Whether one blank ends a cell and one begins the next. */
const hasBlanksAround = (cells: readonly string[]): boolean =>
  cells.some((cell, i) => / $/.test(cell) && !/ {2}$/.test(cell) && /^ (?! )/.test(cells[i + 1] ?? ""));

/** A sign that each name of several is wrapped in, as cells are in quotes. */
export function wrappedNames({ columns, headerLine }: CsvLayout, quote: string): readonly ReadWarning[] {
  const sign = columns[0]?.charAt(0) ?? "";
  const isWrapped = (name: string): boolean => name.length > 2 && name.startsWith(sign) && name.endsWith(sign);
  // of the usual quotes each name is told by itself
  if (columns.length < 2 || /[\p{L}\p{N}\s'"`_]/u.test(sign) || sign === quote || !columns.every(isWrapped)) return [];
  return [
    warning("other_quotes", headerLine, `every name in line ${headerLine} is wrapped in '${sign}'; they were kept`),
  ];
}
