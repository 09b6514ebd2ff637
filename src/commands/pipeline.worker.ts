import type { Published } from "../pipeline.ts";
import { END_OF_TEXT } from "./end-of-text.ts";
import type { ProgressChoice } from "./progress-for.ts";
import { tellError } from "./run-and-tell.ts";
import type { RunOptions } from "./run-options.ts";
import { runPipelineFile } from "./run-pipeline-file.ts";

/** What a process that runs pipelines is asked for. */
export interface PipelineAsked {
  readonly file: string;
  readonly options: RunOptions;
  readonly choice?: ProgressChoice;
}

/** What became of a pipeline. */
export interface PipelineEnded {
  readonly published?: Published;
  readonly exitCode: number;
}

let isRunning = false;

process.on("message", async (asked: PipelineAsked) => {
  isRunning = true;
  const ended = await endedOf(asked);
  isRunning = false;
  process.stderr.write(END_OF_TEXT);
  process.send?.(ended);
});

// no more is asked, or whoever waited for it is gone
process.once("disconnect", () => process.exit(isRunning ? 2 : 0));

async function endedOf({ file, options, choice = "lines" }: PipelineAsked): Promise<PipelineEnded> {
  try {
    return { published: await runPipelineFile(file, options, choice), exitCode: 0 };
  } catch (error) {
    return { exitCode: tellError(error, choice) };
  }
}
