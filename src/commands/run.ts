import type { Command } from "commander";
import type { KeyOrigin } from "../ingest/pseudonym.ts";

interface RunCommandOptions {
  readonly year?: string;
  readonly out?: string;
  readonly region?: string;
  readonly lang?: string;
  readonly keyFile?: string;
  readonly json?: boolean;
}

/** `duo-impact run PIPELINE.yaml`: computes and publishes one edition. */
export function registerRun(program: Command, key: KeyOrigin): void {
  program
    .command("run")
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml")
    .option("--year <year>", "last cohort year to report (default: the last of the settings)")
    .option("--out <folder>", "where editions go", "out")
    .option("--region <region>", "run only if the pipeline covers this region")
    .option("--lang <language>", "render reports in this language only (en, fr, nl)")
    .option("--key-file <file>", "file with the key of pseudonyms (or DUO_IMPACT_KEY_FILE, or DUO_IMPACT_KEY)")
    .option("--json", "progress as JSON lines")
    .description("compute one evaluation and publish its edition")
    .action(async (file: string, raw: RunCommandOptions) => {
      const { runOptions } = await import("./run-options.ts");
      const { runPipelineFile } = await import("./run-pipeline-file.ts");
      const { whatToOpen } = await import("./what-to-open.ts");
      const published = await runPipelineFile(file, runOptions(raw, key), raw.json === true);
      if (raw.json !== true) process.stdout.write(whatToOpen([published]));
    });
}
