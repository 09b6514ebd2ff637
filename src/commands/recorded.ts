import { dirname, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import type { Published } from "../pipeline.ts";
import type { Notify } from "../protocol/schedule.ts";
import { parsedJson } from "../publish/parsed-json.ts";
import { bytesIfThere } from "../publish/read-if-there.ts";
import { amendRun, type RunRecord, recordRun } from "../publish/runs.ts";
import { Interrupted, MachineFailed, UserError } from "../user-error.ts";
import { failedWith } from "./exit-code.ts";
import { machineFailed } from "./machine-failed.ts";
import { isTold, notified } from "./notified.ts";

/** What is known of a run before it begins. */
interface ToRecord {
  /** The pipeline's output folder. */
  readonly out: string;
  readonly pipeline: string;
  /** The pipeline's file, for the folder that a command is started in. */
  readonly file: string;
  readonly notify?: Notify | undefined;
  readonly scheduledFor?: string | undefined;
}

/** Runs, leaves a record of success or failure under `runs/`, the only place with clock times, and tells who asked for it. */
export async function recorded(told: ToRecord, fn: () => Promise<Published>): Promise<Published> {
  const [startedAt, begin] = [new Date().toISOString(), performance.now()];
  const record = (rest: Pick<RunRecord, "outcome" | "exitCode" | "runId" | "edition" | "problems">): Promise<void> =>
    recordAndTell(told, {
      pipeline: told.pipeline,
      startedAt,
      endedAt: new Date().toISOString(),
      // how long it took isn't asked of the clock, which may have been set meanwhile
      seconds: Number(((performance.now() - begin) / 1000).toFixed(3)),
      ...rest,
      ...(told.scheduledFor === undefined ? {} : { scheduledFor: told.scheduledFor }),
    });
  try {
    const published = await fn();
    const { runId, edition, isNew } = published;
    await record({ outcome: isNew ? "published" : "unchanged", exitCode: 0, runId, edition, problems: [] });
    return published;
  } catch (error) {
    const problems = error instanceof UserError ? error.problems : [String(error)];
    await record({
      outcome: outcomeOf(error),
      exitCode: failedWith(error),
      runId: null,
      edition: null,
      problems: problems.map(withoutValue),
    });
    throw error;
  }
}

/** What became of a run that ended with an error. */
export function outcomeOf(error: unknown): RunRecord["outcome"] {
  if (error instanceof Interrupted) return "interrupted";
  return error instanceof UserError && !(error instanceof MachineFailed) ? "refused" : "failed";
}

/** Nothing that goes wrong here changes how the run ended. */
async function recordAndTell({ out, file, notify }: ToRecord, record: RunRecord): Promise<void> {
  const kept = noted(out, "the record of this run could not be written", () => recordRun(out, record), record.problems);
  if (notify === undefined || !isTold(notify, record)) return;
  const folder = record.edition === null ? null : join(out, record.edition);
  const manifest = noted(out, "the manifest could not be read", () =>
    folder === null ? null : parsedJson(bytesIfThere(join(folder, "manifest.json"))),
  );
  const outcome = await notified(notify, dirname(dirname(resolve(file))), { ...record, folder, manifest });
  if (outcome.problem !== null) process.stderr.write(`notify: ${outcome.command}: ${outcome.problem}\n`);
  if (kept !== undefined)
    noted(out, "the record of this run could not be written", () =>
      amendRun(out, kept, { ...record, notified: outcome }),
    );
}

/** @param told what the run is refused for: where the same thing stands in the way here, it isn't said twice */
function noted<T>(out: string, otherwise: string, fn: () => T, told: readonly string[] = []): T | undefined {
  try {
    return fn();
  } catch (error) {
    const said = machineFailed(error, { out, engine: {} });
    const text = said instanceof UserError ? said.message : String(error);
    if (!told.some((problem) => problem.startsWith(text))) process.stderr.write(`${otherwise}: ${text}\n`);
    return undefined;
  }
}

/** A rejected cell's place without what it holds: records of runs keep no person's number. */
export const withoutValue = (problem: string): string => problem.replaceAll(/(`[^`]*`: )'(?:[^']|'(?! ))*'/g, "$1'…'");
