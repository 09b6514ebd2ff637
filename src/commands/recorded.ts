import type { Published } from "../pipeline.ts";
import { type RunRecord, recordRun } from "../publish/runs.ts";
import { UserError } from "../user-error.ts";
import { Interrupted } from "./interruptible.ts";

/** Runs and leaves a record of success or failure under `runs/`, the only place with clock times. */
export async function recorded(out: string, pipeline: string, fn: () => Promise<Published>): Promise<Published> {
  const startedAt = new Date().toISOString();
  const record = (rest: Omit<RunRecord, "pipeline" | "startedAt" | "endedAt">): void =>
    recordRun(out, { pipeline, startedAt, endedAt: new Date().toISOString(), ...rest });
  try {
    const published = await fn();
    const { runId, edition, isNew } = published;
    record({ outcome: isNew ? "published" : "unchanged", runId, edition, problems: [] });
    return published;
  } catch (error) {
    const problems = error instanceof UserError ? error.problems : [String(error)];
    noted(() =>
      record({ outcome: outcomeOf(error), runId: null, edition: null, problems: problems.map(withoutValue) }),
    );
    throw error;
  }
}

function outcomeOf(error: unknown): RunRecord["outcome"] {
  if (error instanceof Interrupted) return "interrupted";
  return error instanceof UserError ? "refused" : "failed";
}

/** A record that can't be written must not hide why the run failed. */
function noted(record: () => void): void {
  try {
    record();
  } catch (error) {
    process.stderr.write(`the record of this run could not be written: ${String(error)}\n`);
  }
}

/** A rejected cell's place without what it holds: records of runs keep no person's number. */
const withoutValue = (problem: string): string => problem.replaceAll(/(`[^`]*`: )'(?:[^']|'(?! ))*'/g, "$1'…'");
