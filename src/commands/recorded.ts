import { performance } from "node:perf_hooks";
import type { Published } from "../pipeline.ts";
import { type RunRecord, recordRun } from "../publish/runs.ts";
import { Interrupted, MachineFailed, UserError } from "../user-error.ts";

/** Runs and leaves a record of success or failure under `runs/`, the only place with clock times. */
export async function recorded(out: string, pipeline: string, fn: () => Promise<Published>): Promise<Published> {
  const [startedAt, begin] = [new Date().toISOString(), performance.now()];
  // how long it took isn't asked of the clock, which may have been set meanwhile
  const record = (rest: Pick<RunRecord, "outcome" | "exitCode" | "runId" | "edition" | "problems">): void =>
    noted(() =>
      recordRun(out, {
        pipeline,
        startedAt,
        endedAt: new Date().toISOString(),
        seconds: Number(((performance.now() - begin) / 1000).toFixed(3)),
        ...rest,
      }),
    );
  try {
    const published = await fn();
    const { runId, edition, isNew } = published;
    record({ outcome: isNew ? "published" : "unchanged", exitCode: 0, runId, edition, problems: [] });
    return published;
  } catch (error) {
    const problems = error instanceof UserError ? error.problems : [String(error)];
    record({
      outcome: outcomeOf(error),
      exitCode: error instanceof UserError ? 1 : 2,
      runId: null,
      edition: null,
      problems: problems.map(withoutValue),
    });
    throw error;
  }
}

function outcomeOf(error: unknown): RunRecord["outcome"] {
  if (error instanceof Interrupted) return "interrupted";
  return error instanceof UserError && !(error instanceof MachineFailed) ? "refused" : "failed";
}

/** A record that can't be written changes nothing in how the run ended. */
function noted(record: () => void): void {
  try {
    record();
  } catch (error) {
    process.stderr.write(`the record of this run could not be written: ${String(error)}\n`);
  }
}

/** A rejected cell's place without what it holds: records of runs keep no person's number. */
const withoutValue = (problem: string): string => problem.replaceAll(/(`[^`]*`: )'(?:[^']|'(?! ))*'/g, "$1'…'");
