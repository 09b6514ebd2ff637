import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "./lock-owner.ts";
import { makeFolder } from "./make-folder.ts";
import { parsedJson } from "./parsed-json.ts";
import { bytesIfThere, namesIn } from "./read-if-there.ts";

/** What became of the command that was told how a run ended. */
export interface Notified {
  readonly command: string;
  readonly exitCode: number | null;
  readonly seconds: number;
  /** Why it can't be taken for told; null where it can. */
  readonly problem: string | null;
}

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
  /** The hour that it was planned for, where a schedule ran it. */
  readonly scheduledFor?: string;
  readonly notified?: Notified;
}

/** A record as it was found; damaged ones are told with their file. */
export type FoundRun = { readonly file: string } & ({ readonly record: RunRecord } | { readonly problem: string });

const folderOf = (out: string): string => join(out, "runs");

/**
 * Writes `runs/<start>.json` under the pipeline's output folder, and gives the file; one that began in the same moment is
 * kept too.
 */
export function recordRun(out: string, record: RunRecord): string {
  const folder = folderOf(out);
  makeFolder(folder);
  const part = partOf(folder, record);
  const start = record.startedAt.replaceAll(/[:.]/g, "-");
  const names = new Set(namesIn(folder));
  let name = `${start}.json`;
  for (let more = 2; names.has(name); more++) name = `${start}-${more}.json`;
  renameSync(part, join(folder, name));
  for (const left of names) if (isLeft(left)) rmSync(join(folder, left), { force: true });
  return join(folder, name);
}

/** Replaces a record by what is known of its run by now. */
export function amendRun(out: string, file: string, record: RunRecord): void {
  renameSync(partOf(folderOf(out), record), file);
}

/** Every record of a pipeline, the newest first; what isn't one is told as such. */
export function readRuns(out: string): readonly FoundRun[] {
  const folder = folderOf(out);
  const names = namesIn(folder).filter((name) => name.endsWith(".json") && !name.startsWith("."));
  return names
    .map((name) => readRun(join(folder, name)))
    .sort((a, b) => compareTexts(startOf(b), startOf(a)) || turnOf(b) - turnOf(a) || compareTexts(a.file, b.file));
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Which of the runs that began in one moment it is, as their files are named. */
const turnOf = (found: FoundRun): number => Number(/Z-(\d+)\.json$/.exec(found.file)?.[1] ?? 1);

function readRun(file: string): FoundRun {
  const found = parsedJson(bytesIfThere(file));
  const isRecord = typeof found === "object" && found !== null && "startedAt" in found && "outcome" in found;
  return isRecord ? { file, record: completed(found as RunRecord) } : { file, problem: "not a record of a run" };
}

/** Records of earlier versions told neither exit code nor seconds. */
function completed(record: RunRecord): RunRecord {
  const { exitCode = record.outcome === "published" || record.outcome === "unchanged" ? 0 : 1 } = record;
  const { seconds = (Date.parse(record.endedAt) - Date.parse(record.startedAt)) / 1000 } = record;
  return { ...record, exitCode, seconds };
}

/** Where a record can't be read, its name tells when the run began. */
const startOf = (found: FoundRun): string =>
  "record" in found
    ? found.record.startedAt
    : found.file.replace(/^.*?(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d+Z).*$/s, "$1:$2:$3.$4");

function partOf(folder: string, record: RunRecord): string {
  const part = join(folder, `.${process.pid}.part`);
  writeFileSync(part, `${JSON.stringify(record, null, 2)}\n`, { flush: true });
  return part;
}

/** What a run that was killed was just writing. */
function isLeft(name: string): boolean {
  const pid = Number(/^\.([0-9]+)\.part$/.exec(name)?.[1] ?? process.pid);
  return pid !== process.pid && !isRunning(pid);
}
