import type { Command } from "commander";
import type { Keys } from "./run.ts";

/** `duo-impact start`: the main job, every pipeline on the sample data, and what to open afterwards. */
export function registerStart(program: Command, { signing }: Keys): void {
  program
    .command("start")
    .option("--out <folder>", "where editions go", "out")
    .option("--force", "compute every step, whatever is kept")
    .description("run the three pipelines on the sample data and say what to open")
    .action(async (raw: { out?: string; force?: boolean }) => {
      const { runOptions, samplePipelines } = await import("./run-options.ts");
      const { runSideBySide } = await import("./side-by-side.ts");
      const { whatToOpen } = await import("./what-to-open.ts");
      const { makeFolder } = await import("../publish/make-folder.ts");
      const write = (text: string): boolean => process.stderr.write(text);
      const options = runOptions(raw, signing === undefined ? {} : { signing });
      // asked once: else each pipeline is refused for it
      makeFolder(options.out);
      const { published, exitCode } = await runSideBySide(samplePipelines(), options, write);
      if (published.length > 0) process.stdout.write(whatToOpen(published));
      process.exitCode = exitCode;
    });
}
