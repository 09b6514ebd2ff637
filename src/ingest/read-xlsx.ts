import { join } from "node:path";
import type { CellValue } from "exceljs";
import { UserError } from "../user-error.ts";
import { closest } from "./closest.ts";
import type { ReadRequest } from "./formats.ts";
import { canonicalWriter, loadCanonical, type RawTable } from "./raw-table.ts";

/** One sheet of a workbook as a raw table; rows have their sheet's numbers, dates come out as ISO, formulas as their values. */
export async function readXlsx(request: ReadRequest): Promise<RawTable> {
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(request.absolute).catch((cause: unknown) => {
    throw new UserError(`${request.path} is not a readable XLSX workbook; save it again from Excel`, { cause });
  });
  const wanted = request.mapping.xlsx.sheet;
  const sheet = wanted === undefined ? workbook.worksheets[0] : workbook.getWorksheet(wanted);
  if (sheet === undefined)
    throw new UserError(
      `${request.path} has no sheet '${wanted}'; ${closest(
        wanted ?? "",
        workbook.worksheets.map(({ name }) => name),
      )}`,
    );
  const { headerRow } = request.mapping.xlsx;
  const headers = cellsOf(sheet.getRow(headerRow).values);
  if (headers.every((name) => name === ""))
    throw new UserError(
      `${request.path}, sheet '${sheet.name}', row ${headerRow} holds no headers; set xlsx.headerRow`,
    );
  const path = join(request.temporaryFolder, `${request.sqlName.replaceAll(".", "_")}.csv`);
  const writer = canonicalWriter(path);
  sheet.eachRow((row, number) => {
    const cells = cellsOf(row.values);
    if (number > headerRow && cells.some((cell) => cell !== ""))
      writer.row(
        number,
        headers.map((_, i) => cells[i] ?? ""),
      );
  });
  writer.close();
  await loadCanonical(request.engine, request.sqlName, path, headers.length);
  return {
    sqlName: request.sqlName,
    headers,
    unreadable: [],
    typed: true,
    recognised: { format: "xlsx", sheet: sheet.name },
  };
}

const cellsOf = (values: unknown): string[] =>
  Array.isArray(values) ? Array.from(values.slice(1), (value: CellValue) => textOf(value).trim()) : [];

/** A cell as text: dates as YYYY-MM-DD (with the time when there is one), numbers with a point. */
export function textOf(value: CellValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date)
    return value.toISOString().replace("T00:00:00.000Z", "").replace("T", " ").replace(".000Z", "");
  if (typeof value !== "object") return String(value);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("error" in value) return value.error;
  if ("result" in value) return textOf(value.result as CellValue);
  if ("text" in value) return textOf(value.text as CellValue);
  return "";
}
