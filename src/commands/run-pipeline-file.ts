import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type Published, runPipeline } from "../pipeline.ts";
import { progressJson, progressLines } from "../progress.ts";
import { loadProject, type Project } from "../protocol/project.ts";
import { type RunRecord, recordRun, withLock } from "../publish/runs.ts";
import type { Progress } from "../run.ts";
import { UserError } from "../user-error.ts";
import { version } from "../version.ts";
import { openEngines } from "./open-engines.ts";
import type { RunOptions } from "./run-options.ts";

/** Runs a pipeline file with progress on stderr and records the run, success or failure, under `out/<pipeline>/runs`. */
export async function runPipelineFile(file: string, options: RunOptions, json: boolean): Promise<Published> {
  const project = loadProject(file);
  const { pipeline } = project;
  if (options.region !== undefined && options.region !== pipeline.region)
    throw new UserError([`--region: ${file} covers '${pipeline.region}', not '${options.region}'`]);
  const rendered = new Set(pipeline.reports.flatMap(({ languages }) => languages));
  if (options.language !== undefined && !rendered.has(options.language))
    throw new UserError([
      `--lang: ${file} renders ${rendered.size === 0 ? "no reports" : `reports in ${[...rendered].join(", ")}`}, not '${options.language}'`,
    ]);
  const output = { write: (text: string) => process.stderr.write(text), isTerminal: process.stderr.isTTY === true };
  if (!json) output.write(`${pipeline.title.en}${pipeline.synthetic ? " (synthetic data)" : ""}\n`);
  const out = join(options.out, pipeline.pipeline);
  return withLock(out, () =>
    recorded(out, pipeline.pipeline, () =>
      runWith(project, options, json ? progressJson(output) : progressLines(output)),
    ),
  );
}

async function runWith(project: Project, options: RunOptions, progress: Progress): Promise<Published> {
  const engines = await openEngines(project.engine);
  const { engine, database } = engines;
  let isInterrupted = false;
  const interrupt = (): void => {
    isInterrupted = true;
    engines.interrupt();
  };
  process.once("SIGINT", interrupt);
  try {
    const seconds = (): number => performance.now() / 1000;
    const effects = { engine, progress, seconds, version: version() };
    return await runPipeline(project, options, { ...effects, ...(database === undefined ? {} : { database }) });
  } catch (error) {
    throw isInterrupted ? new UserError(["interrupted; nothing was published"], { cause: error }) : error;
  } finally {
    process.removeListener("SIGINT", interrupt);
    await engines.close();
  }
}

/** Runs and leaves a record of success or failure under `runs/`, the only place with clock times. */
async function recorded(out: string, pipeline: string, fn: () => Promise<Published>): Promise<Published> {
  const startedAt = new Date().toISOString();
  const record = (rest: Omit<RunRecord, "pipeline" | "startedAt" | "endedAt">): void =>
    recordRun(out, { pipeline, startedAt, endedAt: new Date().toISOString(), ...rest });
  try {
    const published = await fn();
    const { runId, edition, isNew } = published;
    record({ outcome: isNew ? "published" : "unchanged", runId, edition, problems: [] });
    return published;
  } catch (error) {
    const refused = error instanceof UserError;
    const problems = refused ? error.problems : [String(error)];
    record({
      outcome: refused ? "refused" : "failed",
      runId: null,
      edition: null,
      problems: problems.map(withoutValue),
    });
    throw error;
  }
}

/** A rejected cell's place without what it holds: records of runs keep no person's number. */
const withoutValue = (problem: string): string => problem.replaceAll(/(`[^`]*`: )'(?:[^']|'(?! ))*'/g, "$1'…'");
