import { basename, extname } from "node:path";
import { stringify } from "yaml";
import { STAGED_CODES, STAGED_REQUIRED, type StagedTable } from "../../catalogue/staging.ts";
import { cellKind } from "../delimited/cell-kind.ts";
import type { TextTable } from "../delimited/read-delimited.ts";
import { surveyTool } from "../surveys/survey-tools.ts";
import { likelyCode } from "./code-words.ts";
import { likelyTable, stagedColumnFor } from "./column-words.ts";
import { mappableColumns } from "./mapping.ts";

const MOST_CODES = 30;
const PLACEHOLDER = "CHOOSE";

/**
 * A mapping to edit for a file nobody has described yet: the table its headers are most like, the columns recognised,
 * code lists to translate, and what every other column holds, as comments. Where every name and code is ours it can be
 * used as it is. `member`: the file of a zip of several that the table was read from.
 */
export function proposeMapping(path: string, table: TextTable, member?: string): string {
  const { table: staged, matches } = likelyTable(table.columns);
  const taken = new Map<string, number>();
  for (const [i, header] of table.columns.entries()) {
    const name = stagedColumnFor(staged, header);
    if (name !== undefined && !taken.has(name)) taken.set(name, i);
  }
  const dates = [...taken].flatMap(([name, i]) =>
    mappableColumns(staged)[name] === "DATE" ? [textsOf(table, i)] : [],
  );
  const entry = {
    table: staged,
    files: `CHOOSE/${basename(path)}`,
    ...(member === undefined ? {} : { zip: { member } }),
    ...fileSettings(table, staged, taken),
    dates: dateFormatsOf(dates.flat()),
    columns: Object.fromEntries([...taken].map(([name, i]) => [name, columnEntry(table, name, i)])),
  };
  const source = basename(path, extname(path))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return [
    `# A proposal made from ${basename(path)}: ${table.rows.length} rows, ${table.columns.length} columns, of which ${matches} are like ${staged}.`,
    `# Check every line, replace each ${PLACEHOLDER}, and put it into pipelines/sources/.`,
    ...surveyOf(table),
    ...table.warnings.slice(0, 20).map(({ code, message }) => `# ${code}: ${oneLine(message)}`),
    stringify({ source: source || "source", title: PLACEHOLDER, tables: [entry] }, { lineWidth: 0 }).trimEnd(),
    ...missingColumns(staged, taken),
    ...leftColumns(table, staged, taken),
    ...guessedCodes(table, taken),
    "# What the file's columns hold:",
    ...headersOf(table).map((header, i) => `#   ${header}: ${profile(textsOf(table, i))}`),
    "",
  ].join("\n");
}

/** That a file is a survey tool's export, which no mapping reads. */
function surveyOf(table: TextTable): readonly string[] {
  const tool = surveyTool(table);
  return tool === undefined
    ? []
    : [
        `# It looks like an export of ${tool.name}: if it is, name it under \`exports\` in pipelines/questionnaires/ instead.`,
      ];
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/** The file's columns as a comment names them. */
const headersOf = ({ columns }: TextTable): readonly string[] =>
  columns.map((header, i) => oneLine(header) || `(column ${i + 1})`);

const textsOf = (table: TextTable, column: number): readonly string[] =>
  table.rows.map((row) => (row[column] ?? "").trim());

/** What the mapping says of the file's form; JSON and Parquet need nothing said. */
function fileSettings(table: TextTable, staged: StagedTable, taken: ReadonlyMap<string, number>): object {
  const { format, sheet, headerRow, headerRows } = table.dialect;
  if (format === "xlsx")
    return { xlsx: { sheet, headerRow: headerRow ?? 1, ...(headerRows === undefined ? {} : { headerRows }) } };
  return format === "json" || format === "parquet" ? {} : { csv: csvSettings(table, staged, taken) };
}

function csvSettings(table: TextTable, staged: StagedTable, taken: ReadonlyMap<string, number>): object {
  const numbers = [...taken]
    .filter(([name]) => mappableColumns(staged)[name] === "DOUBLE")
    .flatMap(([, i]) => textsOf(table, i));
  const decimal = numbers.some((text) => /^-?(\d+|\d{1,3}([ .'\u00a0\u202f]\d{3})+),\d+$/.test(text)) ? "," : ".";
  const { delimiter, quote, escape: escaping, encoding, headerRow, headerRows } = table.dialect;
  return {
    delimiter,
    ...(quote === '"' ? {} : { quote }),
    ...(escaping === quote ? {} : { escape: escaping }),
    encoding,
    decimal,
    ...(headerRow === null ? { headerRows: 0 } : headerRows === undefined ? {} : { headerRow, headerRows }),
  };
}

function dateFormatsOf(texts: readonly string[]): string {
  const filled = texts.filter((text) => text !== "");
  const all = (pattern: RegExp): boolean => filled.length > 0 && filled.every((text) => pattern.test(text));
  for (const [pattern, sign] of [
    [/^\d{1,2}\/\d{1,2}\/\d{4}$/, "/"],
    [/^\d{1,2}-\d{1,2}-\d{4}$/, "-"],
    [/^\d{1,2}\.\d{1,2}\.\d{4}$/, "."],
  ] as const) {
    if (!all(pattern)) continue;
    const dayFirst = filled.some((text) => Number(text.split(sign)[0]) > 12);
    const monthFirst = filled.some((text) => Number(text.split(sign)[1]) > 12);
    if (dayFirst !== monthFirst) return dayFirst ? `DD${sign}MM${sign}YYYY` : `MM${sign}DD${sign}YYYY`;
    return "auto";
  }
  if (all(/^\d{8}$/)) return "YYYYMMDD";
  return all(/^\d{4}-\d{2}-\d{2}$/) ? "YYYY-MM-DD" : "auto";
}

function columnEntry(table: TextTable, name: string, column: number): unknown {
  const header = (table.columns[column] ?? "").trim();
  const codes = STAGED_CODES[name];
  if (codes === undefined) return header;
  const seen = [...new Set(textsOf(table, column))].filter((text) => text !== "").sort();
  return {
    column: header,
    codes: Object.fromEntries(seen.slice(0, MOST_CODES).map((text) => [text, likelyCode(name, text) ?? PLACEHOLDER])),
  };
}

const missingColumns = (staged: StagedTable, taken: ReadonlyMap<string, number>): readonly string[] => [
  ...STAGED_REQUIRED[staged]
    .filter((name) => !taken.has(name))
    .map((name) =>
      name === "register"
        ? "# register has to be mapped: say `register: NAME` below `title`, or map a column."
        : `# ${name} has to be mapped, and no column is like it.`,
    ),
  ...Object.entries(STAGED_CODES)
    .filter(([name]) => taken.has(name))
    .map(([name, codes]) => `# Codes of ${name}: ${codes.join(", ")}.`),
];

/** What a mapping may give and this one doesn't, and the file's columns that it doesn't read: one may be the other by a name that isn't known. */
function leftColumns(table: TextTable, staged: StagedTable, taken: ReadonlyMap<string, number>): readonly string[] {
  const required: readonly string[] = STAGED_REQUIRED[staged];
  const ours = Object.keys(mappableColumns(staged)).filter((name) => !taken.has(name) && !required.includes(name));
  const read = new Set(taken.values());
  const theirs = headersOf(table).filter((_, i) => !read.has(i));
  return [
    ...(ours.length === 0 ? [] : [`# Could be mapped too, but no column is like it: ${ours.join(", ")}.`]),
    ...(theirs.length === 0 ? [] : [`# Columns of the file that are not read: ${theirs.join(", ")}.`]),
  ];
}

/** Codes that were taken from the words alone. */
function guessedCodes(table: TextTable, taken: ReadonlyMap<string, number>): readonly string[] {
  return [...taken].flatMap(([name, i]) => {
    const codes = STAGED_CODES[name];
    if (codes === undefined) return [];
    const texts = [...new Set(textsOf(table, i))].filter((text) => !codes.includes(text)).sort();
    const guessed = texts.flatMap((text) => (likelyCode(name, text) === undefined ? [] : [oneLine(text)]));
    return guessed.length === 0
      ? []
      : [`# Codes of ${name} that were guessed by their words; check them: ${guessed.join(", ")}.`];
  });
}

/** Kinds, gaps and the most frequent texts of a column, frequent ones only: a text of one person is no code. */
function profile(texts: readonly string[]): string {
  const filled = texts.filter((text) => text !== "");
  const counts = new Map<string, number>();
  for (const text of filled) counts.set(text, (counts.get(text) ?? 0) + 1);
  const kinds = [...new Set(filled.slice(0, 1000).map(cellKind))].sort().join(", ") || "nothing";
  const frequent = [...counts].filter(([, count]) => count >= 5).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const codes =
    frequent.length > 0 && counts.size <= MOST_CODES
      ? `; ${frequent.map(([text, count]) => `${oneLine(text)} ${count}`).join(", ")}`
      : "";
  return `${kinds}; ${filled.length} of ${texts.length} filled, ${counts.size} different${codes}`;
}
