import { availableParallelism } from "node:os";
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
  /** How many threads may compute at a time; as many as there are processors where absent. */
  readonly threads?: number;
}

/** What it is told while a pipeline runs: how many threads may compute from now on. */
export interface ThreadsTold {
  readonly threads: number;
}

/** What became of a pipeline. */
export interface PipelineEnded {
  readonly published?: Published;
  readonly exitCode: number;
}

let isRunning = false;
let threads = availableParallelism();

process.on("message", async (asked: PipelineAsked | ThreadsTold) => {
  threads = asked.threads ?? availableParallelism();
  if (!("file" in asked)) return;
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
    return { published: await runPipelineFile(file, options, choice, () => threads), exitCode: 0 };
  } catch (error) {
    return { exitCode: tellError(error, choice) };
  }
}
