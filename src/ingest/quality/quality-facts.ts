import { sqlOf } from "../../catalogue/catalogue.ts";
import type {
  CodeFrequency,
  Completeness,
  DataQuality,
  Duplicates,
  QualityRule,
} from "../../catalogue/data-quality.ts";
import { QUALITY } from "../../catalogue/quality.ts";
import { STAGED, STAGED_REQUIRED, type StagedTable } from "../../catalogue/staging.ts";
import type { SqlEngine, SqlRow } from "../../engine/engine.ts";
import { groupBy } from "../../group-by.ts";
import { type ColumnMapping, isDirect, type SourceMapping, type TableMapping } from "../mapping/mapping.ts";
import { sendersName } from "../rules/incoming.ts";
import type { RejectFile } from "../rules/reject-files.ts";
import { ROW_RULES, type Severity } from "../rules/rules.ts";
import { type RejectLanguage, SENTENCES, wordedDetail } from "../rules/sentences.ts";
import type { FileSummary } from "../summary.ts";
import { freshnessOf, monthsOf } from "./quality-freshness.ts";
import { recognisedOf } from "./quality-recognised.ts";

/** What is known of the sources by themselves, before it is compared with an earlier edition. */
export type QualityFacts = Pick<
  DataQuality,
  "sources" | "files" | "rules" | "completeness" | "codes" | "duplicates" | "freshness" | "months"
>;

/** A file with its mapping, `auto` settled. */
interface JudgedFile {
  readonly file: FileSummary;
  readonly fileId: number;
  readonly mapping: TableMapping;
  readonly reject?: RejectFile;
}

/** Share of accepted rows in which a column that the source fills should have a value. */
export const COMPLETE = 0.95;

/** Columns that are empty by nature in some rows, beside the required ones, are not asked for. */
const ASKED: ReadonlySet<string> = new Set([
  ...["name", "person_number", "birth_on", "gender", "origin", "qualification", "former_sector", "intake_on"],
  ...["contract", "work_fraction"],
]);

/** Counts what the report says; the staged tables, `staging.rejects` and `incoming.problems` are there. */
export async function qualityFacts(
  engine: SqlEngine,
  sources: readonly SourceMapping[],
  judged: readonly JudgedFile[],
): Promise<QualityFacts> {
  const asked = (query: keyof typeof QUALITY): Promise<readonly SqlRow[]> => engine.rows(sqlOf(QUALITY[query]));
  const regions = new Map(sources.flatMap(({ register, region }) => (register && region ? [[register, region]] : [])));
  const placed = (row: SqlRow): string => regions.get(String(row.region)) ?? String(row.region ?? "");
  const months = (await asked("months")).map((row) => ({
    table: String(row.table_name),
    region: placed(row),
    branch: String(row.branch_id),
    month: Number(row.month),
    rows: Number(row.rows),
    latest: String(row.latest_on),
  }));
  const extractions = extractionsOf(sources, judged);
  return {
    sources: sources.map(({ source, title }) => ({
      source,
      title,
      ...summed(judged.map(({ file }) => file).filter((file) => file.source === source)),
    })),
    files: judged.map(({ file, mapping, reject }) => ({
      source: file.source,
      table: file.table,
      file: file.file,
      sha256: file.sha256,
      bytes: file.bytes,
      ...summed([file]),
      rejects: reject?.path ?? null,
      listed: reject?.rows ?? 0,
      recognised: recognisedOf(file.recognised, mapping),
    })),
    rules: rulesOf(await asked("rules"), judged),
    completeness: completenessOf(
      (await asked("completeness")).map((row) => ({
        table: String(row.table_name),
        column: String(row.column_name),
        region: placed(row),
        branch: String(row.branch_id),
        rows: Number(row.rows),
        filled: Number(row.filled),
      })),
      judged,
    ),
    codes: codesOf(await asked("codes"), await asked("unknownCodes"), judged),
    duplicates: duplicatesOf(await asked("duplicates"), judged),
    freshness: freshnessOf(months, extractions),
    months: monthsOf(months, extractions),
  };
}

type Counts = Pick<FileSummary, "received" | "accepted" | "rejected" | "warned">;

function summed(files: readonly Counts[]): Counts {
  const sum = (name: keyof Counts): number => files.reduce((total, file) => total + file[name], 0);
  return { received: sum("received"), accepted: sum("accepted"), rejected: sum("rejected"), warned: sum("warned") };
}

/** The latest day of extraction of the files of each table. */
function extractionsOf(sources: readonly SourceMapping[], judged: readonly JudgedFile[]): ReadonlyMap<string, string> {
  const latest = new Map<string, string>();
  for (const { file } of judged) {
    const day = sources.find(({ source }) => source === file.source)?.extraction;
    if (day !== undefined && day > (latest.get(file.table) ?? "")) latest.set(file.table, day);
  }
  return latest;
}

function rulesOf(rows: readonly SqlRow[], judged: readonly JudgedFile[]): readonly QualityRule[] {
  return rows.flatMap((row) => {
    const found = judged.find(({ fileId }) => fileId === row.file_id);
    if (found === undefined) return [];
    const rule = String(row.rule);
    const field = String(row.field);
    return {
      source: found.file.source,
      table: found.file.table,
      file: found.file.file,
      column: field === "" ? "" : sendersName(found.mapping, field),
      rule,
      severity: row.severity as Severity,
      rows: Number(row.rows),
      firstRow: Number(row.first_row),
      remedy: remedyOf(rule, row.detail === null ? differing(rule) : String(row.detail)),
    };
  });
}

/** What stands for the detail where each row has its own. */
const differing = (rule: string): string => (rule === "duplicate" || rule === "contradiction" ? "{another}" : "{each}");

function remedyOf(rule: string, detail: string): QualityRule["remedy"] {
  const en = ROW_RULES.find(({ code }) => code === rule)?.sentence ?? rule;
  const { fr, nl } = SENTENCES[rule] ?? { fr: en, nl: en };
  const filled = (sentence: string, language: RejectLanguage): string =>
    sentence.replaceAll("{detail}", () => wordedDetail(detail, language));
  return { en: filled(en, "en"), fr: filled(fr, "fr"), nl: filled(nl, "nl") };
}

type Filled = Omit<Completeness, "low">;

const keyOf = ({ table, column, region, branch }: Filled): string => [table, column, region, branch].join("\0");

/** Tables and columns in the catalogue's order, places by their names. */
function order({ table, column, region, branch }: Filled): string {
  const at = (names: readonly string[], name: string): string => String(names.indexOf(name)).padStart(3, "0");
  const columns = Object.keys(STAGED[table as StagedTable].columns);
  return [at(Object.keys(STAGED), table), at(columns, column), region, branch].join("\0");
}

/** Each mapped column by branch, by region and over all; places with a name only. */
function completenessOf(rows: readonly Filled[], judged: readonly JudgedFile[]): readonly Completeness[] {
  const mapped = rows.filter(({ table, column }) =>
    judged.some(({ file, mapping }) => file.table === table && (column in mapping.columns || column === "register")),
  );
  const levels = [
    mapped.filter(({ branch }) => branch !== ""),
    mapped.map((row) => ({ ...row, branch: "" })),
    mapped.map((row) => ({ ...row, region: "", branch: "" })),
  ];
  const all = levels.flatMap((level) =>
    [...groupBy(level, keyOf)].flatMap(([, group]) => {
      const sum = (name: "rows" | "filled"): number => group.reduce((total, row) => total + row[name], 0);
      return group.slice(0, 1).map((row) => ({ ...row, rows: sum("rows"), filled: sum("filled") }));
    }),
  );
  return all
    .map((row) => ({ ...row, low: isAsked(row) && row.filled < COMPLETE * row.rows }))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

const isAsked = ({ table, column }: Filled): boolean =>
  ASKED.has(column) || (STAGED_REQUIRED[table as StagedTable] as readonly string[]).includes(column);

/** By source: their texts beside our code, and the texts that are none, which are rejected. */
function codesOf(
  accepted: readonly SqlRow[],
  unknown: readonly SqlRow[],
  judged: readonly JudgedFile[],
): readonly CodeFrequency[] {
  const known = accepted.flatMap((row) => {
    const found = judged.find(({ file }) => file.file === row.source_file && file.table === row.table_name);
    const column = String(row.column_name);
    const ours = String(row.code);
    if (found === undefined) return [];
    const { file, mapping } = found;
    const theirs = theirCodes(mapping.columns[column], ours);
    return [{ source: file.source, table: file.table, column, theirs, ours, rows: Number(row.rows) }];
  });
  const others = unknown.flatMap((row) => {
    const found = judged.find(({ fileId }) => fileId === row.file_id);
    if (found === undefined) return [];
    const { source, table } = found.file;
    const theirs = [String(row.value)];
    return [{ source, table, column: String(row.field), theirs, ours: null, rows: Number(row.rows) }];
  });
  const key = ({ source, table, column, theirs, ours }: CodeFrequency): string =>
    [source, table, column, ours ?? "\uffff", theirs.join("\u0001")].join("\0");
  const all: readonly CodeFrequency[] = [...known, ...others];
  const groups = [...groupBy(all, key)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, [first, ...more]]) =>
    first === undefined ? [] : [{ ...first, rows: more.reduce((sum, { rows }) => sum + rows, first.rows) }],
  );
}

function theirCodes(given: ColumnMapping | undefined, ours: string): readonly string[] {
  const codes = given !== undefined && isDirect(given) && typeof given !== "string" ? given.codes : undefined;
  if (codes === undefined) return [ours];
  return Object.entries(codes).flatMap(([theirs, code]) => (code === ours ? [theirs] : []));
}

function duplicatesOf(people: readonly SqlRow[], judged: readonly JudgedFile[]): readonly Duplicates[] {
  const rows = groupBy(judged, ({ file }) => file.table);
  const repeated = [...rows].map(([table, files]) => ({
    kind: "rows" as const,
    table,
    persons: null,
    rows: files.reduce((sum, { file }) => sum + (file.rules.find(({ rule }) => rule === "duplicate")?.rows ?? 0), 0),
  }));
  const persons = people.map((row) => ({
    kind: row.kind as "same_branch" | "across_branches" | "across_regions",
    table: "mentees",
    persons: Number(row.persons),
    rows: Number(row.rows),
  }));
  return [...repeated.filter((one) => one.rows > 0), ...persons];
}
