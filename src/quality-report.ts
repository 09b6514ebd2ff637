import { join, relative } from "node:path";
import { pooledPeriod } from "../reports/report-input.ts";
import { NETWORK } from "../reports/year/place.ts";
import type { DataQuality } from "./catalogue/data-quality.ts";
import type { Language } from "./document/document.ts";
import { SourcesRefused } from "./ingest/ingest.ts";
import { dataQuality, type PreviousQuality, parseQuality, qualityJson } from "./ingest/quality/quality.ts";
import type { StagedSources } from "./ingest/stage-sources.ts";
import { LANGUAGES, type Pipeline } from "./protocol/protocol.ts";
import type { EditionFiles } from "./publish/edition.ts";
import { previousQualityFile, writeRefused } from "./publish/quality-files.ts";
import { Interrupted, UserError } from "./user-error.ts";

type ReadSources = Pick<StagedSources, "quality" | "rejects">;

/** What a data-quality report is about, beside the sources. */
interface QualityRun {
  readonly pipeline: Pipeline;
  readonly version: string;
  readonly protocolHash: string;
  /** The only language of the report; all of them by default. */
  readonly language?: Language | undefined;
  /** The pipeline's output folder; absent where nothing is compared (`check`). */
  readonly out?: string;
}

/** The report's data, compared with the newest edition up to the last cohort year. */
export function qualityOf(
  { pipeline, version, protocolHash, out }: QualityRun,
  read: ReadSources | undefined,
  outcome: { readonly runId?: string; readonly refused?: readonly string[] },
): DataQuality {
  const frame = {
    pipeline: pipeline.pipeline,
    runId: outcome.runId ?? null,
    version,
    protocolHash,
    region: pipeline.programme === undefined ? pipeline.region : NETWORK,
    period: pooledPeriod(pipeline),
    synthetic: pipeline.synthetic,
    asOf: pipeline.evaluation.register.extraction,
    refused: outcome.refused ?? [],
  };
  return dataQuality(frame, read?.quality, out === undefined ? undefined : previousOf(out, pipeline));
}

function previousOf(out: string, pipeline: Pipeline): PreviousQuality | undefined {
  const found = previousQualityFile(out, Math.max(...pipeline.evaluation.cohorts.years));
  const quality = found && parseQuality(found.text);
  return quality === undefined || found === undefined ? undefined : { edition: found.edition, quality };
}

/** The restricted files: the report in its languages, its data, and the rejects to send back. */
export async function qualityFiles(
  run: QualityRun,
  read: ReadSources | undefined,
  outcome: { readonly runId?: string; readonly refused?: readonly string[] },
): Promise<EditionFiles> {
  const quality = qualityOf(run, read, outcome);
  const { renderQuality } = await import("../reports/render-quality.ts");
  return new Map<string, string | Uint8Array>([
    ["data-quality/data-quality.json", qualityJson(quality)],
    ...(await renderQuality(quality, run.pipeline, languagesOf(run))),
    ...(read?.rejects ?? []).map(({ path, content }) => [path, content] as const),
  ]);
}

const languagesOf = ({ language }: QualityRun): readonly Language[] =>
  language === undefined ? LANGUAGES : [language];

/** What a run that read its sources got to know, kept for the report where it is refused. */
export interface Seen {
  run?: QualityRun;
  read?: ReadSources;
}

/** Runs and, where it is refused once its sources are read, leaves the report and names the file to open. */
export async function withRefusedReport<T>(seen: Seen, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    if (!(error instanceof UserError) || seen.run?.out === undefined || error instanceof Interrupted) throw error;
    const read = error instanceof SourcesRefused ? error.read : seen.read;
    const told = await refusedReport(seen.run, seen.run.out, read, error.problems);
    throw new UserError([...error.problems, told], { cause: error });
  }
}

/** Where the report is, or why it isn't: a disk that fails must not hide what was refused. */
async function refusedReport(
  run: QualityRun,
  out: string,
  read: ReadSources | undefined,
  refused: readonly string[],
): Promise<string> {
  try {
    const folder = await writeRefused(out, await qualityFiles(run, read, { refused }));
    const report = join(folder, "data-quality", `data-quality-${run.language ?? "en"}.html`);
    return `  what came in, and what to repair: ${relative(process.cwd(), report)}`;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return `  the report of what came in could not be written: ${error.message}`;
  }
}
