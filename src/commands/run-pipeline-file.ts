import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { programFingerprint } from "../cache/fingerprint.ts";
import { stepCache } from "../cache/step-cache.ts";
import { type Published, runPipeline } from "../pipeline.ts";
import { pipelineName } from "../protocol/pipeline-name.ts";
import { loadProject, notifyOf, type Project } from "../protocol/project.ts";
import { type HeldLock, withLock } from "../publish/lock.ts";
import { makeFolder } from "../publish/make-folder.ts";
import { UserError } from "../user-error.ts";
import { version } from "../version.ts";
import { compileLater } from "./compile-later.ts";
import { interruptible } from "./interruptible.ts";
import { machineFailed } from "./machine-failed.ts";
import { openEngines } from "./open-engines.ts";
import { planProject } from "./plan-pipeline-file.ts";
import type { OpenProgress } from "./progress.ts";
import { type ProgressChoice, progressFor } from "./progress-for.ts";
import { recorded } from "./recorded.ts";
import type { RunOptions } from "./run-options.ts";

/**
 * Runs a pipeline file with progress on stderr and records the run under `out/<pipeline>/runs`, whatever became of it.
 * @param threads how many may compute at a time, asked again and again
 * @throws UserError where settings, sources or the machine refuse it
 */
export async function runPipelineFile(
  file: string,
  options: RunOptions,
  choice: ProgressChoice = "auto",
  threads: () => number = availableParallelism,
): Promise<Published> {
  compileLater();
  const named = pipelineName(file);
  // a file that isn't there has no folder of its own for records
  if (!existsSync(file)) return progressed(file, options, choice, threads);
  const out = join(options.out, named);
  const { scheduledFor } = options;
  return recorded({ out, pipeline: named, file, notify: notifyOf(file), scheduledFor }, () =>
    progressed(file, options, choice, threads),
  );
}

async function progressed(
  file: string,
  options: RunOptions,
  choice: ProgressChoice,
  threads: () => number,
): Promise<Published> {
  const project = checkedProject(file, options);
  const { pipeline, engine } = project;
  const out = join(options.out, pipeline.pipeline);
  madeFor(out, project);
  try {
    // names the steps for the progress list and for --from; the run decides for itself what is unchanged
    const names = (await planProject(project, options)).steps.map(({ step }) => step);
    if (options.from !== undefined && !names.includes(options.from))
      throw new UserError([
        `--from: '${options.from}' is not a step of ${file} (${names.map((name) => `'${name}'`).join(", ")})`,
      ]);
    const output = { write: (text: string) => process.stderr.write(text), isTerminal: process.stderr.isTTY === true };
    const open = await progressFor(output, choice, {
      title: `${pipeline.title.en}${pipeline.synthetic ? " (synthetic data)" : ""}`,
      steps: names,
    });
    try {
      return await withLock(out, (lock) => runWith(project, options, open, lock, threads));
    } finally {
      await open.close();
    }
  } catch (error) {
    const afterwards = "What stood in the output folder stands; run again afterwards";
    throw machineFailed(error, { out, engine, afterwards });
  }
}

/** Before anything is read: where no edition could be put, a run has nothing to compute. */
function madeFor(out: string, { engine }: Project): void {
  try {
    makeFolder(out);
  } catch (error) {
    throw machineFailed(error, { out, engine });
  }
}

/** The project of a pipeline file that these options can be used with. */
export function checkedProject(file: string, options: RunOptions): Project {
  const project = loadProject(file);
  const { pipeline } = project;
  if (options.region !== undefined && options.region !== pipeline.region)
    throw new UserError([`--region: ${file} covers '${pipeline.region}', not '${options.region}'`]);
  const rendered = new Set(pipeline.reports.flatMap(({ languages }) => languages));
  // of a pipeline without reports it says in which language the data-quality report is
  if (options.language !== undefined && rendered.size > 0 && !rendered.has(options.language))
    throw new UserError([`--lang: ${file} renders reports in ${[...rendered].join(", ")}, not '${options.language}'`]);
  return options.png === true ? { ...project, pipeline: { ...pipeline, chartPictures: true } } : project;
}

async function runWith(
  project: Project,
  options: RunOptions,
  open: OpenProgress,
  lock: HeldLock,
  threads: () => number,
): Promise<Published> {
  const engines = await openEngines(project.engine, options.engineShare);
  const { engine, database } = engines;
  const cache = stepCache({
    folder: options.cache,
    pipeline: project.pipeline.pipeline,
    limit: options.cacheLimit,
    ...(options.force ? { force: true } : options.from === undefined ? {} : { force: options.from }),
  });
  const { progress } = open;
  const seconds = (): number => performance.now() / 1000;
  const effects = { engine, progress, seconds, threads, version: version(), program: programFingerprint(), cache };
  try {
    return await interruptible(
      (stop) =>
        runPipeline(project, options, {
          ...effects,
          ...(database === undefined ? {} : { database }),
          stop: {
            ...stop,
            settle() {
              lock.assertHeld();
              stop.settle();
            },
          },
        }),
      () => engines.interrupt(),
      open.say,
    );
  } finally {
    await engines.close();
  }
}
