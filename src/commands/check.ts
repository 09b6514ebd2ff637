import type { Command } from "commander";
import type { KeyOrigin } from "../ingest/identity/pseudonym.ts";

/** `duo-impact check PIPELINE.yaml`: reads the sources and the settings, writes nothing. */
export function registerCheck(program: Command, { text: keyText, file: keyFile }: KeyOrigin): void {
  program
    .command("check")
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml")
    .option("--json", "the data-quality report as JSON, as a run would leave it under `restricted`")
    .option("--key-file <file>", "file with the key of pseudonyms (or DUO_IMPACT_KEY_FILE, or DUO_IMPACT_KEY)")
    .description("check a pipeline's sources and settings; writes nothing")
    .action(async (file: string, options: { json?: boolean; keyFile?: string }) => {
      const { checkPipelineFile } = await import("./check-pipeline-file.ts");
      const key = options.keyFile === undefined ? { text: keyText, file: keyFile } : { file: options.keyFile };
      const { text, refusal } = await checkPipelineFile(file, key, options.json === true);
      process.stdout.write(text);
      if (refusal !== undefined) throw refusal;
    });
}
