import { join } from "node:path";
import type { RenderedReports } from "../reports/render.ts";
import { summaryTable } from "../reports/summary.ts";
import type { FileFingerprint } from "./cache/fingerprint.ts";
import { editionSteps } from "./edition-steps.ts";
import { evaluationSteps } from "./evaluation-steps.ts";
import type { Project } from "./protocol/project.ts";
import { sha256 } from "./publish/hash.ts";
import { type Seen, withRefusedReport } from "./quality-report.ts";
import { releasedSteps } from "./released-steps.ts";
import { keepingNotes, type Run } from "./run.ts";
import { type PipelineOptions, type Settled, settle } from "./settle.ts";

/** What a run would read and where it would publish. */
export interface Plan {
  readonly inputs: readonly FileFingerprint[];
  readonly out: string;
  readonly year: number;
}

/** What was published, where, and what its reader opens first. */
export interface Published {
  readonly title: string;
  readonly edition: string;
  readonly runId: string;
  readonly isNew: boolean;
  /** The published table as text, for the terminal. */
  readonly summary: string;
  readonly open: readonly string[];
}

/** The whole way, in order; a run that is refused leaves the data-quality report under `restricted/refused`. */
export async function runPipeline(project: Project, options: PipelineOptions, run: Run): Promise<Published> {
  const seen: Seen = {};
  return withRefusedReport(seen, () => publishPipeline(project, options, run, seen));
}

/** What the run would do, told to `run.plan`; nothing is computed or written. */
export async function planPipeline(project: Project, options: PipelineOptions, run: Run): Promise<Plan> {
  const settled = await settle(project, options, run);
  await steps(settled, run, []);
  return { inputs: [...settled.files, ...patternFiles(settled)], out: settled.out, year: settled.year };
}

/** From files as they come to a published edition. */
async function publishPipeline(project: Project, options: PipelineOptions, given: Run, seen: Seen): Promise<Published> {
  const { run, notes } = keepingNotes(given);
  const settled = await settle(project, options, run);
  seen.run = settled.qualityRun;
  const { edition, shared, reports } = await steps(settled, run, notes, seen);
  run.cache?.close();
  const facts = shared();
  return {
    title: settled.pipeline.title.en,
    edition: edition.value.name,
    runId: facts.runId,
    isNew: edition.value.isNew,
    summary: summaryTable(facts),
    open: ["index.html", ...firstReport(reports.value), "metrics/metrics.csv"].map((file) =>
      join(settled.out, "latest", file),
    ),
  };
}

/** The steps in order: the table of contents. Values are read inside of steps only, since a plan has none. */
async function steps(settled: Settled, run: Run, notes: readonly string[], seen: Seen = {}) {
  const evaluated = await evaluationSteps(settled, run, seen);
  const disclosed = await releasedSteps(settled, run, evaluated);
  return editionSteps(settled, run, notes, evaluated, disclosed);
}

/** The manifest of the patterns that stand in for a register, as a plan tells of a file. */
function patternFiles({ patterns }: Settled): readonly FileFingerprint[] {
  if (patterns === undefined) return [];
  const { folder, manifestBytes } = patterns;
  const lines = manifestBytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
  return [{ file: `${folder}/manifest.json`, sha256: sha256(manifestBytes), bytes: manifestBytes.byteLength, lines }];
}

/** The first report of the settings for its first region; the others are found from the index. */
function firstReport({ files }: RenderedReports): readonly string[] {
  const [first] = files;
  return files
    .filter(({ report, region }) => report === first?.report && region === first.region)
    .map(({ path }) => path);
}
