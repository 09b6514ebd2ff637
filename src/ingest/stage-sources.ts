import type { SqlEngine } from "../engine/engine.ts";
import { type FileSummary, type Ingested, ingest } from "./ingest.ts";
import type { SourceMapping } from "./mapping.ts";
import { RULE_SETTINGS } from "./rules.ts";

/** What reading the sources yields: the files with their counts, what the report counts, and the rejects to send back. */
export interface StagedSources extends Pick<Ingested, "quality" | "rejects"> {
  readonly inputs: readonly FileSummary[];
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
  const { files, quality, rejects } = await ingest(engine, sources, {
    projectFolder,
    maxRejectedShare,
    rules: { ...RULE_SETTINGS, menteeAges },
  });
  return { inputs: files, quality, rejects };
}

/** Rows of a staged table that were rejected, over all files. */
export const rejectedRows = (staged: StagedSources, table: string): number =>
  staged.inputs.filter((file) => file.table === table).reduce((sum, file) => sum + file.rejected, 0);
