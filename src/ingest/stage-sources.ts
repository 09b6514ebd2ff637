import { STAGED_REJECTS } from "../catalogue/staging.ts";
import { csvField } from "../csv-field.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { type FileSummary, type IngestSummary, ingest } from "./ingest.ts";
import type { SourceMapping } from "./mapping.ts";
import { RULE_SETTINGS } from "./rules.ts";

/** What reading the sources yields: the files with their counts, and the rejects as a file to send back. */
export interface StagedSources {
  readonly inputs: readonly FileSummary[];
  readonly summary: IngestSummary;
  /** CSV of every problem found, rejected or warned about. Restricted: it quotes rows. */
  readonly rejects: string;
}

export interface SourceOptions {
  /** Parent of the `pipelines` folder. */
  readonly projectFolder: string;
  readonly maxRejectedShare: number;
  /** Completed years of age of a mentee at the duo's start, both inclusive. */
  readonly menteeAges: readonly [from: number, to: number];
}

/** Reads the sources into the staged tables and collects what was wrong with them. */
export async function stageSources(
  engine: SqlEngine,
  sources: readonly SourceMapping[],
  options: SourceOptions,
): Promise<StagedSources> {
  const { projectFolder, maxRejectedShare, menteeAges } = options;
  const summary = await ingest(engine, sources, {
    projectFolder,
    maxRejectedShare,
    rules: { ...RULE_SETTINGS, menteeAges },
  });
  return { inputs: summary.files, summary, rejects: await rejectsCsv(engine) };
}

/** Rows of a staged table that were rejected, over all files. */
export const rejectedRows = (staged: StagedSources, table: string): number =>
  staged.inputs.filter((file) => file.table === table).reduce((sum, file) => sum + file.rejected, 0);

async function rejectsCsv(engine: SqlEngine): Promise<string> {
  const columns = Object.keys(STAGED_REJECTS.columns);
  const rows = await engine.rows({
    name: STAGED_REJECTS.name,
    text: `from ${STAGED_REJECTS.name} order by source, file, table_name, row, field, rule`,
  });
  const lines = rows.map((row) => columns.map((column) => csvField(row[column])).join(","));
  return `${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}
