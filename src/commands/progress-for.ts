import { type OpenProgress, type ProgressOutput, progressJson, progressLines, progressQuiet } from "../progress.ts";

/** `auto`: a list of tasks on a terminal, JSON lines in a log. */
export type ProgressChoice = "auto" | "lines" | "json" | "quiet";

interface ProgressTitle {
  readonly title: string;
  readonly steps: readonly string[];
}

/** Progress as asked for, or as fits the output. */
export async function progressFor(
  output: ProgressOutput,
  choice: ProgressChoice,
  { title, steps }: ProgressTitle,
): Promise<OpenProgress> {
  const done = async (): Promise<void> => undefined;
  if (choice === "quiet") return { progress: progressQuiet(), close: done };
  if (choice === "json" || (choice === "auto" && !output.isTerminal))
    return { progress: progressJson(output), close: done };
  output.write(`${title}\n`);
  if (!output.isTerminal) return { progress: progressLines(output), close: done };
  const { progressList } = await import("../progress-list.ts");
  return progressList(steps);
}
