import { statSync } from "node:fs";
import { join } from "node:path";
import { pipelineName } from "../protocol/pipeline-name.ts";
import { namesIn } from "../publish/read-if-there.ts";
import { type FoundRun, type RunRecord, readRuns } from "../publish/runs.ts";
import { UserError } from "../user-error.ts";

interface RunsAsked {
  readonly out: string;
  /** A pipeline's name or file; all of them by default. */
  readonly pipeline?: string | undefined;
  /** At most so many of each pipeline, the newest. */
  readonly last: number;
}

/** Runs of one pipeline or of all, the newest first. @throws UserError where the pipeline named has no runs there */
export function foundRuns({ out, pipeline, last }: RunsAsked): readonly FoundRun[] {
  const names = namesIn(out).filter((name) => !name.startsWith(".") && hasRuns(join(out, name)));
  const named = pipeline === undefined ? undefined : pipelineName(pipeline);
  if (named !== undefined && !names.includes(named))
    throw new UserError([
      `${join(out, named)}: no runs are recorded there${names.length === 0 ? "" : ` (there are of ${names.join(", ")})`}`,
    ]);
  return names
    .filter((name) => named === undefined || name === named)
    .flatMap((name) => readRuns(join(out, name)).slice(0, last));
}

/** A file that lies among the folders has none. */
const hasRuns = (folder: string): boolean =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true && namesIn(folder).includes("runs");

/** One line a run: when it began, how it ended and with what; below it, why it failed. */
export function runsText(found: readonly FoundRun[]): string {
  if (found.length === 0) return "no run is recorded yet\n";
  const heading = row(["began (UTC)", "pipeline", "outcome", "exit", "seconds", "edition", "run id"]);
  return `${[heading, ...found.map(lineOf)].join("\n")}\n`;
}

/** An array of the records as they are kept, each with its file; what can't be read has a `problem` in place of them. */
export const runsJson = (found: readonly FoundRun[]): string =>
  `${JSON.stringify(
    found.map((one) => ("record" in one ? { file: one.file, ...one.record } : one)),
    null,
    2,
  )}\n`;

function lineOf(found: FoundRun): string {
  if ("problem" in found) return `${found.file}: ${found.problem}`;
  const { record } = found;
  const line = row([
    record.startedAt.slice(0, 19).replace("T", " "),
    record.pipeline,
    record.outcome,
    String(record.exitCode),
    record.seconds.toFixed(1),
    record.edition ?? "",
    record.runId ?? "",
  ]);
  return [line, ...remarks(record).map((remark) => `    ${remark}`)].join("\n");
}

function remarks({ problems, scheduledFor, notified }: RunRecord): readonly string[] {
  return [
    ...(scheduledFor === undefined ? [] : [`planned for ${scheduledFor}`]),
    ...problems,
    ...(notified?.problem == null ? [] : [`notify: ${notified.command}: ${notified.problem}`]),
  ];
}

const WIDTHS = [19, 24, 11, 4, 8, 8, 12];

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => (i === 4 ? cell.padStart(WIDTHS[i] ?? 0) : cell.padEnd(WIDTHS[i] ?? 0)))
    .join("  ")
    .trimEnd();
