import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../user-error.ts";
import { type CsvRecord, type CsvSyntax, csvParser, isHarmless, type LineEnds } from "../delimited/csv-parse.ts";
import { textCells } from "../delimited/formula-text.ts";
import { isBeginningOnly, readTable } from "./read-table.ts";
import { unpacked } from "./unpack.ts";

type Row = readonly string[];

interface RowStream {
  readonly columns: readonly string[];
  /** The rows in the file's order, some thousand at a time. */
  readonly pieces: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
  /** What was guessed or repaired. */
  readonly remarks: readonly string[];
}

/** Rows that are told one by one. */
const MOST_TOLD = 20;
/** Rows at the end of the beginning that may not be what they are in the whole file: it may end inside a cell. */
const MOST_CUT = 1000;

/**
 * The rows of a file of any size. A delimited text too large to be held in memory is read in the dialect of its
 * beginning and as it stands: where a row would need a repair, the file is refused.
 * @throws UserError as `readTable`; while rows are taken, where a large file has some that aren't certain
 */
export async function rowStream(path: string): Promise<RowStream> {
  const { columns, rows, dialect, warnings } = await readTable(path, { beginning: true });
  const remarks = warnings.map(({ message }) => message);
  if (!warnings.some(isBeginningOnly)) return { columns, pieces: [rows], remarks };
  if (dialect.encoding !== "utf-8")
    throw new UserError(`${path} is large and not in UTF-8: write it so first, e.g. by iconv -f windows-1252 -t utf-8`);
  const syntax: CsvSyntax = {
    delimiter: String(dialect.delimiter),
    quote: String(dialect.quote),
    escape: String(dialect.escape),
    lineEnds: String(dialect.lineEnds) as LineEnds,
  };
  const header = Number(dialect.headerRow ?? 0) + Math.max(0, Number(dialect.headerRows ?? 1) - 1);
  return {
    columns,
    pieces: largeRows(path, syntax, columns.length, header, rows.slice(0, -MOST_CUT)),
    remarks: warnings
      .filter(({ row, code }) => !isBeginningOnly({ code }) && (row ?? 0) <= header)
      .map(({ message }) => message),
  };
}

async function* largeRows(
  path: string,
  syntax: CsvSyntax,
  width: number,
  header: number,
  beginning: readonly Row[],
): AsyncGenerator<readonly Row[]> {
  const problems: string[] = [];
  let wrong = 0;
  let rows: Row[] = [];
  let taken = 0;
  const parser = csvParser(syntax, (cut) => {
    const cells = textCells(cut.cells);
    const record = cells === cut.cells ? cut : { ...cut, cells };
    if (record.line <= header || isBlank(record, width)) return;
    const problem = problemOf(record, width, beginning[taken++]);
    if (problem === undefined) rows.push(record.cells);
    else if (++wrong <= MOST_TOLD) problems.push(`${path} line ${record.line} ${problem}`);
  });
  const folder = await mkdtemp(join(tmpdir(), "duo-impact-"));
  try {
    const { absolute } = await unpacked(path, path, folder);
    for await (const piece of createReadStream(absolute, { encoding: "utf8", highWaterMark: 1 << 20 })) {
      parser.write(String(piece));
      yield rows;
      rows = [];
    }
    parser.end();
    yield rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (wrong > problems.length) problems.push(`${path}: ${wrong - problems.length} more such lines`);
  if (wrong > 0) throw new UserError(problems);
}

const isBlank = ({ cells }: CsvRecord, width: number): boolean => width > 1 && cells.length === 1 && cells[0] === "";

/** @param repaired the row as it is read where repairs are made, if it is */
function problemOf({ cells, faults }: CsvRecord, width: number, repaired: Row = cells): string | undefined {
  if (cells.length !== width) return `has ${cells.length} cells instead of ${width}; mend it`;
  if (!faults.every(isHarmless)) return "has quotes that aren't closed or doubled; mend it";
  return repaired.every((cell, i) => cell === cells[i]) ? undefined : "is no row as it stands; mend it, or take it out";
}
