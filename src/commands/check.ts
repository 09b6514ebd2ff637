import type { Command } from "commander";

/** `duo-impact check PIPELINE.yaml`: reads the sources and the settings, writes nothing. */
export function registerCheck(program: Command): void {
  program
    .command("check")
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml")
    .description("check a pipeline's sources and settings; writes nothing")
    .action(async (file: string) => {
      const { checkPipelineFile } = await import("./check-pipeline-file.ts");
      process.stdout.write(await checkPipelineFile(file));
    });
}
