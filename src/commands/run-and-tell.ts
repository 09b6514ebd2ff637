import { join } from "node:path";
import type { Published } from "../pipeline.ts";
import { pipelineName } from "../protocol/pipeline-name.ts";
import { UserError } from "../user-error.ts";
import { exitCodeOf, type Failed } from "./exit-code.ts";
import { jsonLine } from "./progress.ts";
import { isJson, type ProgressChoice } from "./progress-for.ts";
import { outcomeOf, withoutValue } from "./recorded.ts";
import type { RunOptions } from "./run-options.ts";
import { runPipelineFile } from "./run-pipeline-file.ts";
import { sourceStack } from "./source-stack.ts";
import { whatToOpen } from "./what-to-open.ts";

/**
 * Runs a pipeline file and says how it ended. With `json` stdout holds one object, whatever became of the run; where logs
 * are JSON lines, so is what went wrong.
 * @returns the exit code
 */
export async function runAndTell(file: string, optionsOf: () => RunOptions, choice: ProgressChoice): Promise<number> {
  try {
    const options = optionsOf();
    const published = await runPipelineFile(file, options, choice);
    if (choice === "json") process.stdout.write(jsonText(publishedFacts(file, options, published)));
    if (choice === "auto") process.stdout.write(whatToOpen([published]));
    return 0;
  } catch (error) {
    const exitCode = tellError(error, choice);
    const facts = { pipeline: pipelineName(file), outcome: outcomeOf(error), exitCode, problems: problemsOf(error) };
    if (choice === "json") process.stdout.write(jsonText(facts));
    return exitCode;
  }
}

/** Says on stderr what went wrong, as the rest of the log is written, and gives the exit code. */
export function tellError(error: unknown, choice: ProgressChoice): Failed {
  if (!isJson({ isTerminal: process.stderr.isTTY === true }, choice))
    return exitCodeOf(error, (text) => process.stderr.write(text));
  const exitCode = exitCodeOf(error, () => undefined);
  const stack = exitCode === 2 && error instanceof Error ? { stack: sourceStack(error.stack ?? error.message) } : {};
  process.stderr.write(
    jsonLine({ level: "error", outcome: outcomeOf(error), exitCode, problems: problemsOf(error), ...stack }),
  );
  return exitCode;
}

/** Logs hold no value of a cell: a person's number may stand in it. */
const problemsOf = (error: unknown): readonly string[] =>
  (error instanceof UserError ? error.problems : [String(error)]).map(withoutValue);

const publishedFacts = (file: string, { out }: RunOptions, { edition, runId, isNew, open }: Published) => ({
  pipeline: pipelineName(file),
  outcome: isNew ? "published" : "unchanged",
  exitCode: 0,
  edition,
  runId,
  folder: join(out, pipelineName(file), edition),
  open,
});

const jsonText = (facts: object): string => `${JSON.stringify(facts, null, 2)}\n`;
