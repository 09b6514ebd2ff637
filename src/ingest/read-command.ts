import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseYaml } from "../protocol/yaml-file.ts";
import { UserError } from "../user-error.ts";
import { definedOnly } from "./defined-only.ts";
import { SourceMapping, type TableMapping } from "./mapping.ts";
import type { TextTable } from "./read-delimited.ts";
import { type FileSettings, readTable } from "./read-table.ts";

/** The options of `duo-impact read`, as text from the command line. */
export interface ReadCommandOptions {
  readonly mapping?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
  readonly encoding?: string;
  readonly headerRow?: string;
  readonly headerRows?: string;
  readonly footerRows?: string;
  readonly sheet?: string;
  readonly json?: boolean;
}

/** What `duo-impact read` prints: JSON in one line, or the table's beginning for people. */
export async function readFileText(file: string, options: ReadCommandOptions): Promise<string> {
  const table = await readTable(file, { ...settingsOfMapping(file, options.mapping), ...settingsOfOptions(options) });
  return options.json === true ? `${JSON.stringify(table)}\n` : forPeople(table);
}

function settingsOfOptions(options: ReadCommandOptions): FileSettings {
  const settings = {
    delimiter: unescaped(options.delimiter),
    quote: unescaped(options.quote),
    escape: unescaped(options.escape),
    encoding: options.encoding,
    sheet: options.sheet,
    headerRow: count("--header-row", options.headerRow, 1),
    headerRows: count("--header-rows", options.headerRows, 0),
    footerRows: count("--footer-rows", options.footerRows, 0),
  };
  if (settings.delimiter === "") throw new UserError("--delimiter is empty; say the separator, e.g. --delimiter ';'");
  return definedOnly(settings);
}

/** Signs that are hard to type: \t, \n, \r, \0, \xHH. */
const unescaped = (text: string | undefined): string | undefined =>
  text?.replaceAll(/\\(?:x([0-9A-Fa-f]{2})|([tnr0]))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined
      ? ({ t: "\t", n: "\n", r: "\r", "0": "\0" }[letter ?? ""] ?? "")
      : String.fromCharCode(Number.parseInt(hex, 16)),
  );

function count(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || Number(text) < least)
    throw new UserError(`${option}: '${text}' is not a whole number of ${least} or more`);
  return Number(text);
}

function settingsOfMapping(file: string, path: string | undefined): FileSettings {
  if (path === undefined) return {};
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new UserError(`${path} can't be opened; check its name and permissions`, { cause });
  }
  const { tables } = parseYaml(path, text, SourceMapping);
  const mapping = tables.find((table) => matchesName(table, file)) ?? tables[0];
  if (mapping === undefined) return {};
  const { delimiter, quote, escape: escaping, encoding, headerRow } = mapping.csv;
  return definedOnly({ delimiter, quote, escape: escaping, encoding, headerRow, sheet: mapping.xlsx.sheet });
}

function matchesName(table: TableMapping, file: string): boolean {
  const pattern = table.files.slice(table.files.lastIndexOf("/") + 1);
  const name = pattern
    .replaceAll(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${name}$`).test(basename(file));
}

function forPeople(table: TextTable): string {
  const lines = [
    ...Object.entries(table.dialect).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    `rows: ${table.rows.length}`,
    ...table.warnings.map(({ code, message }) => `${code}: ${message}`),
    table.columns.join(" | "),
    ...table.rows.slice(0, 10).map((row) => row.join(" | ")),
  ];
  return `${lines.join("\n")}\n`;
}
