import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { STAGED, STAGED_CODES, STAGED_REQUIRED, type StagedTable } from "../../catalogue/staging.ts";
import { closest } from "../../closest.ts";
import { parseYaml, yamlText } from "../../protocol/yaml-file.ts";
import { schemaProblem } from "../../schema-problem.ts";
import { UserError } from "../../user-error.ts";
import { isAdjustable, ROW_RULES, type Severity } from "../rules/rules.ts";
import { type Computation, computation, computationProblem, givesOf } from "./computed.ts";
import { dateFormatProblem } from "./date-format.ts";
import type { NumberSigns } from "./number-signs.ts";

export const FORMATS = ["csv", "xlsx", "parquet", "json"] as const;
export const ENCODINGS = ["auto", "utf-8", "windows-1252", "latin-1", "utf-16le", "utf-16be"] as const;

const oneDateFormat = z.string().superRefine((format, context) => {
  const problem = format === "auto" ? undefined : dateFormatProblem(format);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});
const dateFormat = z
  .union([oneDateFormat, z.array(oneDateFormat).min(1)])
  .describe(
    "How dates are written, from YYYY, MM, DD, HH, mm, ss: DD/MM/YYYY; several in a list; or auto, where only one can be meant",
  );

const fromColumn = z.strictObject({
  column: z.string().min(1).describe("The column's header in the file"),
  codes: z.record(z.string(), z.string()).optional().describe("Their code: ours; the key '' stands for an empty cell"),
  dates: dateFormat.optional(),
});
const constant = z.strictObject({ constant: z.string().min(1).describe("The same value in every row") });

const column = z.union([z.string().min(1), fromColumn, constant, computation], {
  error: ({ input }) => columnProblem(input),
});

/** Why an entry under `columns` is none of the forms a column may have. */
function columnProblem(given: unknown): string {
  if (typeof given === "object" && given !== null && "compute" in given) return computationProblem(given);
  const form = typeof given === "object" && given !== null ? ("constant" in given ? constant : fromColumn) : fromColumn;
  const issues = form.safeParse(given, { error: schemaProblem }).error?.issues ?? [];
  return issues.map(({ path, message }) => [...path, message].join(": ")).join("; ");
}

const table = z.strictObject({
  table: z.enum(Object.keys(STAGED) as [StagedTable, ...StagedTable[]]).describe("The staged table the rows go to"),
  files: z.string().min(1).describe("Path or pattern relative to the project folder: data/chercheurs*.csv"),
  format: z.enum(FORMATS).optional().describe("By the file's extension when absent"),
  csv: z
    .strictObject({
      delimiter: z.string().min(1).max(5).optional().describe("One sign or more; detected when absent"),
      quote: z.string().max(1).optional().describe("Empty: no quotes"),
      escape: z.string().length(1).optional(),
      encoding: z.enum(ENCODINGS).default("auto"),
      decimal: z
        .enum([".", ",", "auto"])
        .default(".")
        .describe("The decimal sign; auto: the one that a column's texts allow, where they allow one only"),
      thousands: z
        .enum([".", ",", " ", "'"])
        .optional()
        .describe("The sign that groups thousands, if numbers are written with one; ' ' stands for any kind of blank"),
      skip: z.int().min(0).optional().describe("Lines above the table to leave out"),
      headerRow: z
        .int()
        .min(1)
        .optional()
        .describe("Line of the header; when absent, the first that has every mapped column"),
      headerRows: z
        .int()
        .min(0)
        .max(3)
        .default(1)
        .describe(
          "Rows of the header, whose names are joined by a blank; 0: none, columns are column_1, column_2, ...",
        ),
      footer: z
        .int()
        .min(0)
        .optional()
        .describe("Rows at the end to leave out; when absent, notes behind a blank line are recognised and reported"),
      ragged: z
        .enum(["reject", "pad"])
        .default("reject")
        .describe(
          "pad: rows with too few cells are filled up with empty ones and warned about; longer ones are rejected",
        ),
    })
    .prefault({}),
  xlsx: z
    .strictObject({
      sheet: z.string().min(1).optional().describe("The first when absent"),
      headerRow: z.int().min(1).default(1),
      headerRows: z.int().min(1).max(3).default(1).describe("Rows of the header, whose names are joined by a blank"),
      footer: z
        .int()
        .min(0)
        .optional()
        .describe("Rows at the end to leave out; when absent, notes behind an empty row are recognised and reported"),
    })
    .prefault({}),
  zip: z
    .strictObject({ member: z.string().min(1).optional() })
    .prefault({})
    .describe("member: name or pattern of the one file to read of a zip of several"),
  dates: dateFormat.default("YYYY-MM-DD"),
  rows: z
    .enum(["every", "distinct"])
    .default("every")
    .describe(
      "distinct: one file feeds several tables, and its rows that are alike in this table's columns are one row; rows with all of them empty are none",
    ),
  nulls: z.array(z.string()).default([]).describe("Texts that stand for no value, besides the empty cell: NULL, #N/A"),
  columns: z.record(z.string(), column),
  rules: z
    .record(z.string(), z.enum(["reject", "warn", "stop"]))
    .default({})
    .describe("Severity of row rules, where it isn't the usual one: reject the row, warn, or stop the run"),
  maxRejectedShare: z.number().min(0).max(1).optional().describe("Share of the rows that may be rejected, 0-1"),
});

/** What one source's files are and how their columns become staged tables (pipelines/sources/NAME.yaml). */
export const SourceMapping = z
  .strictObject({
    source: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "lower-case letters, digits and hyphens"),
    title: z.string().min(1),
    synthetic: z.boolean().default(false),
    register: z.string().min(1).optional().describe("Registers only: fills the staged column `register`"),
    region: z.string().min(1).optional(),
    language: z
      .enum(["en", "fr", "nl"])
      .default("en")
      .describe("The sender's language, in which its rejects come back"),
    extraction: z.iso.date().optional().describe("Day the extract was made: later records are reported"),
    reportingLagMonths: z
      .int()
      .min(0)
      .max(24)
      .optional()
      .describe("Registers only: months until what happened is in the register; held against the protocol's"),
    nationalNumbers: z
      .strictObject({ authorisation: z.string().min(10) })
      .optional()
      .describe("The decision that allows Belgian national numbers to be used; without it they are refused"),
    tables: z.array(table).min(1),
  })
  .superRefine((mapping, context) => {
    if (mapping.reportingLagMonths !== undefined && mapping.register === undefined)
      context.addIssue({ code: "custom", path: ["reportingLagMonths"], message: "is a register's: state `register`" });
    for (const [i, entry] of mapping.tables.entries())
      for (const { path, message } of tableProblems(entry, mapping.register !== undefined))
        context.addIssue({ code: "custom", path: ["tables", i, ...path], message });
  });
/** A file of `pipelines/sources`, defaults filled in and its contradictions refused. */
export type SourceMapping = z.infer<typeof SourceMapping>;
/**
 * How files of one pattern become one staged table: `columns` by the staged name. A source may have several for one
 * file.
 */
export type TableMapping = SourceMapping["tables"][number];
/**
 * Where a staged column comes from: a header of the file by its name, a header with codes or dates, a constant, or a
 * computation.
 */
export type ColumnMapping = TableMapping["columns"][string];
/** A mapping for one file: `numbers` holds how a staged column's numbers are written, where the file had to tell. */
export type SettledMapping = TableMapping & { readonly numbers?: Readonly<Record<string, NumberSigns>> };
/** A column of the file, taken as it is or with its codes and dates. */
export type DirectColumn = string | z.infer<typeof fromColumn>;

/** Whether a staged column is one column of the file, not a constant or computed. */
export const isDirect = (given: ColumnMapping): given is DirectColumn => typeof given === "string" || "column" in given;

/** Whether a column is computed from others instead of read. */
export const isComputed = (given: ColumnMapping): given is Computation =>
  typeof given !== "string" && "compute" in given;

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * Reads pipelines/sources/NAME.yaml.
 * @throws UserError with every problem of the file, each with its line
 */
export function loadSourceMapping(sourcesFolder: string, name: string): SourceMapping {
  const path = join(sourcesFolder, `${name}.yaml`);
  if (!existsSync(path)) throw new UserError(`${path}: no such file; every source of a pipeline has its mapping there`);
  const mapping = parseYaml(path, yamlText(path), SourceMapping);
  const expected = basename(path, ".yaml");
  if (mapping.source !== expected)
    throw new UserError(
      `${path}: source: '${mapping.source}' differs from the file's name '${expected}'; make them the same`,
    );
  return mapping;
}

/** The columns of a staged table that a mapping may fill, with their types. */
export function mappableColumns(name: StagedTable): Readonly<Record<string, string>> {
  const { source_file, source_row, ...columns } = STAGED[name].columns as Record<string, string>;
  return columns;
}

function tableProblems(entry: TableMapping, hasRegister: boolean): readonly Problem[] {
  const known = mappableColumns(entry.table);
  const missing = STAGED_REQUIRED[entry.table]
    .filter((name) => !(name in entry.columns) && !(name === "register" && hasRegister))
    .map((name) => ({
      path: ["columns"],
      message: `'${name}' has to be mapped: ${entry.table} means nothing without it`,
    }));
  return [
    ...missing,
    ...Object.entries(entry.rules).flatMap(([code, severity]) => ruleProblems(code, severity)),
    ...Object.entries(entry.columns).flatMap(([name, mapping]) => columnProblems(known, name, mapping)),
    ...(entry.csv.thousands !== undefined && entry.csv.thousands === entry.csv.decimal
      ? [{ path: ["csv", "thousands"], message: `'${entry.csv.thousands}' is the decimal sign too; choose one` }]
      : []),
  ];
}

function ruleProblems(code: string, severity: Severity | "stop"): readonly Problem[] {
  const rule = ROW_RULES.find((known) => known.code === code);
  const path = ["rules", code];
  if (rule === undefined)
    return [
      {
        path,
        message: `is not a rule; ${closest(
          code,
          ROW_RULES.map((known) => known.code),
        )}`,
      },
    ];
  if (severity !== "warn" || isAdjustable(rule)) return [];
  return [{ path, message: "can't be a warning only: such a row has no place in the table" }];
}

function columnProblems(
  known: Readonly<Record<string, string>>,
  name: string,
  mapping: ColumnMapping,
): readonly Problem[] {
  const path = ["columns", name];
  if (!(name in known))
    return [{ path, message: `is not a column of this table; ${closest(name, Object.keys(known))}` }];
  if (isComputed(mapping)) return computedProblems(path, known[name] ?? "", mapping);
  const codes = STAGED_CODES[name];
  if (codes === undefined || typeof mapping === "string") return [];
  const given = "constant" in mapping ? [mapping.constant] : Object.values(mapping.codes ?? {});
  return given
    .filter((code) => !codes.includes(code))
    .map((code) => ({ path, message: `'${code}' is not a code of ${name}: choose from ${codes.join(", ")}` }));
}

/** A function has to give what the staged column is. */
function computedProblems(path: readonly string[], type: string, mapping: Computation): readonly Problem[] {
  const gives = givesOf(mapping);
  const wanted = type === "DATE" ? "date" : type === "VARCHAR" ? "text" : "number";
  if (wanted === "text" || wanted === gives || (wanted === "number" && gives === "text")) return [];
  const remedy = wanted === "date" ? "use as_date, date_of or add_months" : "use number_in or year_of";
  return [{ path, message: `'${mapping.compute}' gives a ${gives}, and the column holds a ${wanted}; ${remedy}` }];
}
