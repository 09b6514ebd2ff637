import type { SqlEngine } from "../engine/engine.ts";
import { type FileSummary, type Ingested, ingest, SourcesRefused } from "./ingest.ts";
import type { SourceMapping } from "./mapping/mapping.ts";
import { RULE_SETTINGS } from "./rules/rules.ts";
import { tooManyFaults, withQuestionnaires } from "./surveys/questionnaire-summary.ts";
import { type Questionnaires, stageQuestionnaires } from "./surveys/questionnaires.ts";

/** What reading the sources yields: the files with their counts, what the report counts, and the rejects to send back. */
export interface StagedSources extends Pick<Ingested, "quality" | "rejects"> {
  readonly inputs: readonly FileSummary[];
}

interface SourceOptions {
  /** Parent of the `pipelines` folder. */
  readonly projectFolder: string;
  readonly maxRejectedShare: number;
  /** Completed years of age of a mentee at the duo's start, both inclusive. */
  readonly menteeAges: readonly [from: number, to: number];
  /** Where questionnaires are read too: their exports are sources beside the others. */
  readonly questionnaires?: Questionnaires;
}

/**
 * Reads the sources, then the questionnaires, into the staged tables and collects what was wrong with them.
 * @throws SourcesRefused, with all that was read, where too much of a source is rejected
 */
export async function stageSources(
  engine: SqlEngine,
  sources: readonly SourceMapping[],
  options: SourceOptions,
): Promise<StagedSources> {
  const { projectFolder, maxRejectedShare, menteeAges, questionnaires } = options;
  const own = await ingest(engine, sources, {
    projectFolder,
    maxRejectedShare,
    rules: { ...RULE_SETTINGS, menteeAges },
  });
  if (questionnaires === undefined) return { inputs: own.files, quality: own.quality, rejects: own.rejects };
  const exports = await stageQuestionnaires(engine, questionnaires, projectFolder);
  const read = withQuestionnaires(own, questionnaires.codebook, exports);
  const refused = tooManyFaults(exports, maxRejectedShare);
  if (refused.length > 0) throw new SourcesRefused(refused, read);
  return { inputs: read.files, quality: read.quality, rejects: read.rejects };
}

/** Rows of a staged table that were rejected, over all files. */
export const rejectedRows = (staged: StagedSources, table: string): number =>
  staged.inputs.filter((file) => file.table === table).reduce((sum, file) => sum + file.rejected, 0);
