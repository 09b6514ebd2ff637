import type { Command } from "commander";

/** `duo-impact check PIPELINE.yaml`: reads the sources and the settings, writes nothing. */
export function registerCheck(program: Command): void {
  program
    .command("check")
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml")
    .option("--json", "the data-quality report as JSON, as a run would leave it under `restricted`")
    .description("check a pipeline's sources and settings; writes nothing")
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { checkPipelineFile } = await import("./check-pipeline-file.ts");
      const { text, refusal } = await checkPipelineFile(file, json === true);
      process.stdout.write(text);
      if (refusal !== undefined) throw refusal;
    });
}
