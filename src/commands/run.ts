import type { Command } from "commander";

/** `duo-impact run PIPELINE.yaml`: computes and publishes one edition. */
export function registerRun(program: Command): void {
  program
    .command("run")
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml")
    .option("--year <year>", "last cohort year to report (default: the last of the settings)")
    .option("--out <folder>", "where editions go", "out")
    .option("--region <region>", "run only if the pipeline covers this region")
    .option("--lang <language>", "render reports in this language only (en, fr, nl)")
    .option("--json", "progress as JSON lines")
    .description("compute one evaluation and publish its edition")
    .action(
      async (file: string, raw: { year?: string; out?: string; region?: string; lang?: string; json?: boolean }) => {
        const { runOptions } = await import("./run-options.ts");
        const { runPipelineFile, whatToOpen } = await import("./run-pipeline-file.ts");
        const published = await runPipelineFile(file, runOptions(raw), raw.json === true);
        if (raw.json !== true) process.stdout.write(whatToOpen([published]));
      },
    );
}
