import { sqlOf } from "../catalogue/catalogue.ts";
import type { StagedTable } from "../catalogue/staging.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import type { Coercion } from "./rules/coercions.ts";
import { type EnginePart, hasFacts } from "./rules/judge.ts";
import type { Severity } from "./rules/rules.ts";

/** A file as it was read, before any row is judged. */
export interface ReceivedFile {
  readonly fileId: number;
  readonly source: string;
  readonly table: StagedTable;
  /** Relative to the project folder. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Rows below the header that hold anything, unreadable ones too. */
  readonly received: number;
  /** Rows that said nothing new, where the mapping takes distinct rows only: not received. */
  readonly repeated: number;
  /** Cells whose value isn't written as the cell is; files that the engine read at once have none. */
  readonly coerced: readonly Coercion[];
  /** Its rows where the engine holds them as it read them. */
  readonly part?: EnginePart;
  /** What was recognised of the file: format, encoding, delimiter, sheet. */
  readonly recognised: Readonly<Record<string, string>>;
}

/** accepted + rejected = received; `warned` are accepted rows with a warning. */
export interface FileSummary extends Omit<ReceivedFile, "fileId" | "part" | "table"> {
  readonly table: StagedTable | "survey_responses";
  readonly accepted: number;
  readonly rejected: number;
  readonly warned: number;
  /** Rows that broke each rule; a row may break several. */
  readonly rules: ReadonlyArray<{ readonly rule: string; readonly severity: Severity; readonly rows: number }>;
}

/** Counts by file in the order in which they were read; for each, received = accepted + rejected, asserted. */
export interface IngestSummary {
  readonly files: readonly FileSummary[];
}

/** Counts each file's rows and asserts that none was lost. */
export async function summarise(engine: SqlEngine, received: readonly ReceivedFile[]): Promise<IngestSummary> {
  const counts = await engine.rows(sqlOf({ name: "staging.file_counts", parameters: {}, columns: {}, grain: [] }));
  const rules = await engine.rows(sqlOf({ name: "staging.rule_counts", parameters: {}, columns: {}, grain: [] }));
  const files = [];
  for (const { fileId, part: _, ...file } of received) {
    const counted = counts.find((row) => row.file_id === fileId);
    const summary = {
      ...file,
      accepted: await acceptedRows(engine, file.table, fileId),
      rejected: Number(counted?.rejected ?? 0),
      warned: Number(counted?.warned ?? 0),
      rules: rules
        .filter((row) => row.file_id === fileId)
        .map((row) => ({ rule: String(row.rule), severity: row.severity as Severity, rows: Number(row.rows) })),
    };
    if (summary.accepted + summary.rejected !== summary.received)
      throw new Error(
        `${file.file}, ${file.table}: ${summary.accepted} accepted + ${summary.rejected} rejected are not the ${summary.received} received`,
      );
    files.push(summary);
  }
  return { files };
}

async function acceptedRows(engine: SqlEngine, table: StagedTable, fileId: number): Promise<number> {
  const text = hasFacts(table)
    ? `select coalesce(sum(rows), 0) as n from incoming.facts_${table} where file_id = $id`
    : `select count(*) as n from staging.${table} where source_file = (select path from incoming.files where file_id = $id)`;
  const [counted] = await engine.rows({ name: `staging.${table}`, text }, { id: fileId });
  return Number(counted?.n);
}

/** One sentence for each source table of which more than its share (0-1) is rejected: the counts and the first rows. */
export async function tooManyRejects(
  engine: SqlEngine,
  summary: IngestSummary,
  shareOf: (source: string, table: string) => number,
): Promise<readonly string[]> {
  const tables = groupBy(summary.files, ({ source, table }) => `${source}, ${table}`);
  const problems: string[] = [];
  for (const [name, files] of tables) {
    const received = files.reduce((sum, file) => sum + file.received, 0);
    const rejected = files.reduce((sum, file) => sum + file.rejected, 0);
    const share = shareOf(files[0]?.source ?? "", files[0]?.table ?? "");
    if (rejected <= share * received) continue;
    const first = await engine.rows(
      {
        name: "staging.rejects",
        text: `select message from staging.rejects where source = $source and table_name = $table and severity = 'reject'
          order by file, row, field, rule limit 5`,
      },
      { source: files[0]?.source ?? "", table: files[0]?.table ?? "" },
    );
    problems.push(
      `${name}: ${rejected} of ${received} rows rejected, more than the ${share * 100} % allowed; the first are:`,
      ...first.map(({ message }) => `  ${String(message)}`),
    );
  }
  return problems;
}
