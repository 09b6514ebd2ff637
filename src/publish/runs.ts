import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "./lock-owner.ts";
import { namesIn } from "./read-if-there.ts";

/** What a run leaves behind whether it published or failed; the only place with clock times. */
export interface RunRecord {
  readonly pipeline: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly seconds: number;
  readonly outcome: "published" | "unchanged" | "refused" | "failed" | "interrupted";
  readonly exitCode: number;
  readonly runId: string | null;
  readonly edition: string | null;
  readonly problems: readonly string[];
}

/** Writes `runs/<start>.json` under the pipeline's output folder; one that began in the same moment is kept too. */
export function recordRun(out: string, record: RunRecord): void {
  const folder = join(out, "runs");
  mkdirSync(folder, { recursive: true });
  const part = join(folder, `.${process.pid}.part`);
  writeFileSync(part, `${JSON.stringify(record, null, 2)}\n`, { flush: true });
  const start = record.startedAt.replaceAll(/[:.]/g, "-");
  const names = new Set(namesIn(folder));
  let name = `${start}.json`;
  for (let more = 2; names.has(name); more++) name = `${start}-${more}.json`;
  renameSync(part, join(folder, name));
  for (const left of names) if (isLeft(left)) rmSync(join(folder, left), { force: true });
}

/** What a run that was killed was just writing. */
function isLeft(name: string): boolean {
  const pid = Number(/^\.([0-9]+)\.part$/.exec(name)?.[1] ?? process.pid);
  return pid !== process.pid && !isRunning(pid);
}
