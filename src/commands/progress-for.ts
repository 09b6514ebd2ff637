import { type OpenProgress, type ProgressOutput, progressJson, progressLines, progressQuiet } from "./progress.ts";

/** `auto`: a list of tasks on a terminal, JSON lines in a log. */
export type ProgressChoice = "auto" | "lines" | "json" | "quiet";

interface ProgressTitle {
  readonly title: string;
  readonly steps: readonly string[];
}

/** Whether logs are JSON lines: asked for, or no person watches. */
export const isJson = ({ isTerminal }: Pick<ProgressOutput, "isTerminal">, choice: ProgressChoice): boolean =>
  choice === "json" || (choice === "auto" && !isTerminal);

/** Progress as asked for, or as fits the output. */
export async function progressFor(
  output: ProgressOutput,
  choice: ProgressChoice,
  { title, steps }: ProgressTitle,
): Promise<OpenProgress> {
  if (choice === "quiet") return progressQuiet();
  if (isJson(output, choice)) return progressJson(output);
  output.write(`${title}\n`);
  if (!output.isTerminal) return progressLines(output);
  const { progressList } = await import("./progress-list.ts");
  return progressList(steps);
}
