import type { Command } from "commander";

/** `duo-impact start`: the main job, every pipeline on the sample data, and what to open afterwards. */
export function registerStart(program: Command): void {
  program
    .command("start")
    .option("--out <folder>", "where editions go", "out")
    .description("run the three pipelines on the sample data and say what to open")
    .action(async (raw: { out?: string }) => {
      const { runOptions, samplePipelines } = await import("./run-options.ts");
      const { runPipelineFile, whatToOpen } = await import("./run-pipeline-file.ts");
      const published = [];
      for (const file of samplePipelines()) published.push(await runPipelineFile(file, runOptions(raw), false));
      process.stdout.write(whatToOpen(published));
    });
}
