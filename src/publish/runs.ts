import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";

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
  const start = record.startedAt.replaceAll(/[:.]/g, "-");
  let file = join(folder, `${start}.json`);
  for (let more = 2; existsSync(file); more++) file = join(folder, `${start}-${more}.json`);
  writeFileAtomic.sync(file, `${JSON.stringify(record, null, 2)}\n`);
}
