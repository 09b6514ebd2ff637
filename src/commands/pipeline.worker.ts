import type { ProgressChoice } from "./progress-for.ts";
import { tellError } from "./run-and-tell.ts";
import type { RunOptions } from "./run-options.ts";
import { runPipelineFile } from "./run-pipeline-file.ts";

/** What the process that starts this one asks for; it gets what was published, or nothing and an exit code. */
export interface PipelineAsked {
  readonly file: string;
  readonly options: RunOptions;
  readonly choice?: ProgressChoice;
}

process.once("message", async ({ file, options, choice = "lines" }: PipelineAsked) => {
  try {
    process.send?.(await runPipelineFile(file, options, choice));
  } catch (error) {
    process.exitCode = tellError(error, choice);
  }
  process.removeAllListeners("disconnect");
  process.disconnect();
});

// whoever waited for it is gone
process.once("disconnect", () => process.exit(2));
