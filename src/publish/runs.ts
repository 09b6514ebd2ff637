import { mkdirSync } from "node:fs";
import { join } from "node:path";
import lockfile from "proper-lockfile";
import writeFileAtomic from "write-file-atomic";
import { UserError } from "../user-error.ts";

/** What a run leaves behind whether it published or failed; the only place with clock times. */
export interface RunRecord {
  readonly pipeline: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly outcome: "published" | "unchanged" | "refused" | "failed" | "interrupted";
  readonly runId: string | null;
  readonly edition: string | null;
  readonly problems: readonly string[];
}

/** Writes `runs/<start>.json` under the pipeline's output folder. */
export function recordRun(out: string, record: RunRecord): void {
  const folder = join(out, "runs");
  mkdirSync(folder, { recursive: true });
  const name = `${record.startedAt.replaceAll(/[:.]/g, "-")}.json`;
  writeFileAtomic.sync(join(folder, name), `${JSON.stringify(record, null, 2)}\n`);
}

/** Milliseconds after which the lock of a run that was killed no longer counts. */
const STALE = 15_000;

/** Holds the pipeline's output folder for one run at a time. */
export async function withLock<T>(out: string, fn: () => Promise<T>): Promise<T> {
  mkdirSync(out, { recursive: true });
  let release: () => Promise<void>;
  try {
    release = await lockfile.lock(out, { lockfilePath: join(out, ".lock"), stale: STALE, update: STALE / 3 });
  } catch (cause) {
    throw new UserError(
      [
        `${out}: another run is publishing there (${out}/.lock); wait until it ends; if it was killed, this clears within ${STALE / 1000} seconds`,
      ],
      { cause },
    );
  }
  try {
    return await fn();
  } finally {
    await release();
  }
}
