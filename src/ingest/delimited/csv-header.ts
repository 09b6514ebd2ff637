import { addAll, excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { areNames, type CellKind, cellKind, isFigure } from "./cell-kind.ts";
import type { CsvLayout, GivenLayout } from "./csv-layout.ts";
import type { CsvRecord } from "./csv-parse.ts";
import { codeEvidence, countOn, saysNothing } from "./header-evidence.ts";

/** Names, width and body of a table whose first rows may be its header. */
export function withHeader(
  table: readonly CsvRecord[],
  width: number,
  given: GivenLayout,
  warnings: ReadWarning[],
): CsvLayout {
  const rows = given.headerRows ?? headerRowCount(table, width, given.headerRow !== undefined, warnings);
  const header = table.slice(0, rows);
  const wide = columnCount(header, table.slice(rows), width);
  const line = header[0]?.line ?? null;
  const names = Array.from({ length: wide }, (_, i) =>
    header.length === 0
      ? `column_${i + 1}`
      : header
          .map(({ cells }) => (cells[i] ?? "").trim())
          .filter((cell, at, cells) => cell !== "" && cell !== cells[at - 1])
          .join(" "),
  );
  const exact = header.length === 1 ? names.map((name, i) => (name === "" ? "" : (header[0]?.cells[i] ?? ""))) : names;
  if (header.length > 0) addAll(warnings, headerWarnings(exact, line, header[0]?.cells.length ?? wide, wide));
  if (header.length > 0 && wide > width && table.length > header.length)
    warnings.push(
      warning("header_width", line, `the header in line ${line} names ${wide} columns, most rows have ${width} cells`),
    );
  return {
    width: wide,
    columns: exact,
    headerLine: line,
    headerRows: header.length,
    body: table.slice(rows),
    warnings,
  };
}

/** As many columns as most rows have, more where the header names more, fewer where rows only end with empty cells. */
function columnCount(header: readonly CsvRecord[], body: readonly CsvRecord[], width: number): number {
  if (header.length === 0) return width;
  const named = Math.max(...header.map(({ cells }) => trimmedWidth(cells)));
  const used =
    named < width && body.length > 0
      ? body.reduce((most, { cells }) => Math.max(most, trimmedWidth(cells.slice(0, width))), 0)
      : width;
  return Math.max(named, used, 1);
}

/** Cells up to the last one that is filled. */
export function trimmedWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] ?? "").trim() === "") width--;
  return width;
}

function headerWarnings(
  names: readonly string[],
  line: number | null,
  given: number,
  width: number,
): readonly ReadWarning[] {
  const seen = new Map<string, number>();
  const warnings: ReadWarning[] = [];
  for (const [i, name] of names.entries()) {
    const first = seen.get(name);
    if (name === "")
      warnings.push(warning("missing_header", line, `column ${i + 1} has no name in line ${line}`, i + 1));
    else if (first === undefined) seen.set(name, i);
    else
      warnings.push(
        warning(
          "duplicate_header",
          line,
          `columns ${first + 1} and ${i + 1} have the same name '${excerpt(name)}'`,
          i + 1,
        ),
      );
  }
  if (/^#./.test(names[0] ?? ""))
    warnings.push(warning("comment_header", line, `the first name begins with '#', as a remark does; it was kept`, 1));
  if (given !== width)
    warnings.push(
      warning("header_width", line, `the header in line ${line} has ${given} cells, the rows have ${width}`),
    );
  return warnings;
}

/** 1 with a header, 0 without, 2 or 3 where further rows of names stand over columns of figures. */
function headerRowCount(
  table: readonly CsvRecord[],
  width: number,
  isHeaderTold: boolean,
  warnings: ReadWarning[],
): number {
  const [first, ...rest] = table;
  if (first === undefined) return 0;
  const evidence = isHeaderTold || areYearsAboveNames(table, width) ? 1 : evidenceOf(first, rest, width);
  if (evidence < 0) {
    warnings.push(
      warning(
        "no_header",
        first.line,
        `line ${first.line} looks like a row, not like names: columns are numbered; say \`--header-rows 1\` if it is the header`,
      ),
    );
    return 0;
  }
  if (evidence === 0)
    warnings.push(
      warning(
        "header_assumed",
        first.line,
        `line ${first.line} is taken for the header, though nothing in the rows proves it`,
      ),
    );
  let rows = 1;
  while (rows < 3 && isFurtherHeader(table, rows, width)) rows++;
  if (rows > 1)
    warnings.push(warning("header_rows", first.line, `the header takes ${rows} rows, whose names are joined`));
  return rows;
}

const YEAR = /^(19|20)\d\d$/;

/** Whether the first row has years over neighbouring columns, one at least over several, and nothing else but words, above names that the rows prove to be some. */
function areYearsAboveNames([first, names, ...rows]: readonly CsvRecord[], width: number): boolean {
  const groups = first?.cells.map((cell) => cell.trim()) ?? [];
  const isGroup = (cell: string): boolean => YEAR.test(cell) || !isFigure(cellKind(cell));
  const coversSeveral = groups.some((cell, i) => YEAR.test(cell) && (cell === groups[i + 1] || groups[i + 1] === ""));
  return (
    coversSeveral &&
    groups.every(isGroup) &&
    names?.cells.length === width &&
    areNames(names.cells) &&
    provesNames(names, rows, width)
  );
}

function evidenceOf(first: CsvRecord, rest: readonly CsvRecord[], width: number): number {
  const others = rest.filter(({ cells }) => !cells.every((cell, i) => cell === first.cells[i]));
  return headerEvidence(first, others, columnKinds(rest, width));
}

/** Whether nothing speaks for a record being a row like those below it. */
export const mayName = (record: CsvRecord, rest: readonly CsvRecord[], width: number): boolean =>
  evidenceOf(record, rest, width) >= 0;

/** Whether rows prove that a record above them is names: it has words over figures, and no figure of theirs. */
export const provesNames = (record: CsvRecord, rest: readonly CsvRecord[], width: number): boolean =>
  evidenceOf(record, rest, width) > 0 && record.cells.every((cell) => !isFigure(cellKind(cell)));

/** Of each column the kind that most of its filled cells have, if any. */
export function columnKinds(records: readonly CsvRecord[], width: number): ReadonlyArray<CellKind | undefined> {
  return Array.from({ length: width }, (_, column) => {
    const counts = new Map<CellKind, number>();
    let total = 0;
    for (const { cells } of records.slice(0, 200)) {
      const kind = cellKind(cells[column] ?? "");
      if (kind === "empty") continue;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      total++;
    }
    for (const [kind, count] of counts) if (count > total / 2) return kind;
    return undefined;
  });
}

/** Above 0: the first record names the columns; below 0: it is a row like the others. Names that count on prove nothing. */
function headerEvidence(
  first: CsvRecord,
  rest: readonly CsvRecord[],
  columns: ReadonlyArray<CellKind | undefined>,
): number {
  let evidence = 0;
  const rows = rest.slice(0, 200);
  for (const [i, kind] of columns.entries()) {
    const cell = first.cells[i] ?? "";
    const own = cellKind(cell);
    if (own === "empty") continue;
    if (kind !== undefined && isFigure(kind)) evidence += isFigure(own) ? (own === kind ? -1 : 0) : 1;
    else if (isFigure(own)) evidence -= 1;
    else if (rows.some(({ cells }) => cells[i] === cell)) evidence -= 1;
    else
      evidence += codeEvidence(
        cell,
        rows.map(({ cells }) => cells[i] ?? ""),
      );
  }
  return evidence < 0 && countOn(first, rows) ? 0 : evidence;
}

function isFurtherHeader(table: readonly CsvRecord[], at: number, width: number): boolean {
  const record = table[at];
  const below = table.slice(at + 1);
  if (record === undefined || record.cells.length !== width) return false;
  if (at === 1 && width > 1 && record.cells.every((cell, i) => cell === table[0]?.cells[i])) return true;
  if (below.length < 3) return false;
  const figures = columnKinds(below, width).flatMap((kind, i) => (kind !== undefined && isFigure(kind) ? [i] : []));
  const least = isBelowGroups(table, at) ? 1 : 2;
  const kinds = figures.map((i) => cellKind((record.cells[i] ?? "").replace(/^(['"`])(.*)\1$/s, "$2")));
  const said = kinds.filter((kind) => kind !== "empty").length;
  const mayHaveGaps = at === 1 && table[0]?.cells.every((cell) => cell.trim() !== "") === true;
  return (
    said >= least &&
    !kinds.some(isFigure) &&
    (said === figures.length || (mayHaveGaps && 2 * said > figures.length)) &&
    !figures.every((i) => saysNothing(record.cells[i] ?? ""))
  );
}

/** Whether the first row names groups of columns, the same one over neighbours, and every row from there to this one a name for each column. */
function isBelowGroups([first, ...below]: readonly CsvRecord[], at: number): boolean {
  const groups = first?.cells ?? [];
  return (
    groups.some((name, i) => i > 0 && name !== "" && name === groups[i - 1]) &&
    below
      .slice(0, at)
      .every(
        ({ cells }) =>
          new Set(cells).size === cells.length &&
          cells.every((cell) => cell.trim() !== "" && !isFigure(cellKind(cell))),
      )
  );
}
