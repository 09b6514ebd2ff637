import { join } from "node:path";
import { UserError } from "../user-error.ts";
import type { ReadRequest } from "./formats.ts";
import { canonicalWriter, loadCanonical, type RawTable, type Unreadable } from "./raw-table.ts";
import { readSheet } from "./xlsx-stream.ts";

/** One sheet of a workbook as a raw table; rows have their sheet's numbers, dates come out as ISO, formulas as their stored values. */
export async function readXlsx(request: ReadRequest): Promise<RawTable> {
  const { headerRow, sheet: wanted } = request.mapping.xlsx;
  const path = join(request.temporaryFolder, `${request.sqlName.replaceAll(".", "_")}.csv`);
  const writer = canonicalWriter(path);
  const unreadable: Unreadable[] = [];
  let headers: string[] = [];
  const sheet = await readSheet(request.absolute, request.path, wanted, ({ row, cells, uncomputed }) => {
    if (row === headerRow) headers = cells.map((cell) => cell.trim());
    if (row > headerRow && uncomputed === true)
      unreadable.push({ row, rule: "formula_without_value", value: cells.join(" | ").slice(0, 200), detail: "" });
    else if (row > headerRow && headers.some((_, i) => (cells[i] ?? "").trim() !== ""))
      writer.row(
        row,
        headers.map((_, i) => (cells[i] ?? "").trim()),
      );
  });
  writer.close();
  if (headers.every((name) => name === ""))
    throw new UserError(
      `${request.path}, sheet '${sheet.name}', row ${headerRow} holds no headers; set xlsx.headerRow`,
    );
  await loadCanonical(request.engine, request.sqlName, path, headers.length);
  return {
    sqlName: request.sqlName,
    headers,
    unreadable,
    typed: true,
    recognised: { format: "xlsx", sheet: sheet.name },
  };
}
