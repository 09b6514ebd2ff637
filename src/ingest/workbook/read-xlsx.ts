import { join } from "node:path";
import { UserError } from "../../user-error.ts";
import { footerOf, isNote, tableTail } from "../delimited/table-tail.ts";
import type { ReadRequest } from "../files/formats.ts";
import { canonicalWriter, loadCanonical, type RawTable, type Repaired, type Unreadable } from "../files/raw-table.ts";
import { mappedHeaders } from "../rules/incoming.ts";
import { headerNames, rangeText } from "./xlsx-ranges.ts";
import { readSheet, type XlsxRow } from "./xlsx-stream.ts";

/** One sheet of a workbook as a raw table; rows have their sheet's numbers, dates come out as ISO, formulas as their stored values. */
export async function readXlsx(request: ReadRequest): Promise<RawTable> {
  const { headerRow, headerRows, sheet: wanted, footer: told } = request.mapping.xlsx;
  const lastHeader = headerRow + headerRows - 1;
  const path = join(request.temporaryFolder, `${request.sqlName.replaceAll(".", "_")}.csv`);
  const writer = canonicalWriter(path);
  const unreadable: Unreadable[] = [];
  const header: XlsxRow[] = [];
  let width = 0;
  const mayBeNote = ({ cells }: XlsxRow): boolean =>
    isNote(cells, Math.max(0, ...header.map((own) => own.cells.length)));
  const tail = tableTail<XlsxRow>(told, mayBeNote, ({ row, cells, uncomputed }) => {
    width = Math.max(width, cells.length);
    if (uncomputed === true)
      unreadable.push({ row, rule: "formula_without_value", value: cells.join(" | ").slice(0, 200), detail: "" });
    else
      writer.row(
        row,
        cells.map((cell) => cell.trim()),
      );
  });
  let above = lastHeader;
  const sheet = await readSheet(request.absolute, request.path, wanted, (row) => {
    if (row.row >= headerRow && row.row <= lastHeader) header.push(row);
    if (row.row <= lastHeader) return;
    tail.row(row, row.row > above + 1);
    above = row.row;
  });
  const notes = tail.end();
  writer.close();
  const headers = headerNames(header, sheet.merged);
  if (headers.every((name) => name === ""))
    throw new UserError(
      `${request.path}, sheet '${sheet.name}', row ${headerRow} holds no headers; set xlsx.headerRow`,
    );
  await loadCanonical(request.engine, request.sqlName, path, Math.max(width, headers.length));
  const hidden = sheet.hiddenRows.filter((row) => row > lastHeader);
  const mapped = new Set(mappedHeaders(request.mapping));
  const repaired = sheet.percentages.flatMap(({ row, column }): readonly Repaired[] => {
    const value = headers[column - 1] ?? "";
    return row > lastHeader && mapped.has(value) ? [{ row, rule: "percentage", value, detail: "" }] : [];
  });
  const merged = sheet.merged.filter(({ bottom }) => bottom > lastHeader).map(rangeText);
  return {
    sqlName: request.sqlName,
    headers,
    unreadable,
    repaired,
    typed: true,
    recognised: {
      format: "xlsx",
      sheet: sheet.name,
      headerRow: String(headerRow),
      ...footerOf(notes.map(({ row }) => row)),
      ...(hidden.length === 0 ? {} : { hiddenRows: String(hidden.length) }),
      ...(merged.length === 0 ? {} : { merged: merged.slice(0, 20).join(", ") }),
    },
  };
}
