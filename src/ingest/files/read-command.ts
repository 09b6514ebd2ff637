import { basename } from "node:path";
import { parseYaml, yamlText } from "../../protocol/yaml-file.ts";
import { UserError } from "../../user-error.ts";
import { definedOnly } from "../defined-only.ts";
import type { TextTable } from "../delimited/read-delimited.ts";
import { FORMATS, SourceMapping, type TableMapping } from "../mapping/mapping.ts";
import { formatOf } from "./formats.ts";
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
  /** false: `--no-header`. */
  readonly header?: boolean;
  readonly skip?: string;
  readonly footer?: string;
  readonly nulls?: string;
  readonly decimal?: string;
  readonly format?: string;
  readonly member?: string;
  readonly sheet?: string;
  readonly json?: boolean;
}

/** What `duo-impact read` prints: JSON in one line, or the table's beginning for people. */
export async function readFileText(file: string, options: ReadCommandOptions): Promise<string> {
  const table = await readTable(file, {
    ...settingsOfMapping(file, options.mapping),
    ...settingsOfOptions(options),
    beginning: options.json !== true,
  });
  const { dialect, columns, rows, warnings } = table;
  return options.json === true ? `${JSON.stringify({ dialect, columns, rows, warnings })}\n` : forPeople(table);
}

function settingsOfOptions(options: ReadCommandOptions): FileSettings {
  const headerRows = count("--header-rows", options.headerRows, 0);
  const settings = {
    delimiter: named(options.delimiter),
    quote: named(options.quote),
    escape: named(options.escape),
    encoding: options.encoding,
    sheet: options.sheet,
    member: options.member,
    format: oneOf("--format", options.format, FORMATS),
    decimal: oneOf("--decimal", options.decimal, [".", ","] as const),
    nulls: options.nulls?.split(",").map((text) => text.trim()),
    skip: count("--skip", options.skip, 0),
    headerRow: count("--header-row", options.headerRow, 1),
    headerRows: options.header === false ? 0 : headerRows,
    footerRows: count("--footer", options.footer, 0),
  };
  if (settings.headerRow !== undefined && settings.headerRows === 0)
    throw new UserError(
      "--header-row says where the header is, --no-header (--header-rows 0) that there is none; say one",
    );
  if (options.header === false && headerRows !== undefined && headerRows > 0)
    throw new UserError(`--no-header and --header-rows ${headerRows} contradict each other; say one`);
  if (settings.delimiter === "") throw new UserError("--delimiter is empty; say the separator, e.g. --delimiter ';'");
  for (const [option, sign] of [
    ["--quote", settings.quote],
    ["--escape", settings.escape],
  ] as const)
    if (sign !== undefined && sign.length > 1)
      throw new UserError(`${option}: '${sign}' is more than one sign; say one, or none`);
  return definedOnly(settings);
}

const NAMES: Readonly<Record<string, string>> = {
  tab: "\t",
  space: " ",
  comma: ",",
  semicolon: ";",
  pipe: "|",
  none: "",
};

/** A sign by its name, or as it is. */
const named = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : (NAMES[text.toLowerCase()] ?? unescaped(text));

function oneOf<T extends string>(option: string, text: string | undefined, known: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((name) => name === text);
  if (found === undefined) throw new UserError(`${option}: '${text}' is none of ${known.join(" ")}`);
  return found;
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
    text = yamlText(path);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${path} can't be opened; check its name and permissions`, { cause });
  }
  const { tables } = parseYaml(path, text, SourceMapping);
  const mapping = tables.find((table) => matchesName(table, file)) ?? tables[0];
  if (mapping === undefined) return {};
  const shared = { format: mapping.format, member: mapping.zip.member, nulls: mapping.nulls };
  const format = formatOf(unzippedName(file), mapping);
  if (format === "json" || format === "parquet") return definedOnly(shared);
  if (format === "xlsx") {
    const { sheet, headerRow, headerRows, footer } = mapping.xlsx;
    return definedOnly({ ...shared, sheet, headerRow, headerRows, footerRows: footer });
  }
  const { delimiter, quote, escape: escaping, encoding, decimal, skip, headerRow, headerRows, footer } = mapping.csv;
  return definedOnly({
    ...shared,
    delimiter,
    quote,
    escape: escaping,
    encoding,
    decimal: decimal === "auto" ? undefined : decimal,
    skip,
    headerRow,
    headerRows,
    footerRows: footer,
  });
}

const unzippedName = (file: string): string => file.replace(/\.(gz|zip)$/i, "");

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
