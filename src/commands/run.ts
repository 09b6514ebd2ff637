import type { Command } from "commander";
import type { KeyOrigin } from "../ingest/identity/pseudonym.ts";
import type { RawOptions } from "./run-options.ts";

/** Where keys come from: that of pseudonyms, and the one that signs editions. */
export interface Keys extends KeyOrigin {
  /** A PEM, or the path of a file that holds it. */
  readonly signing?: string | undefined;
}

/** What `run` and `plan` share, as typed. */
export interface RunCommandOptions extends RawOptions {
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** The options that say where an edition goes, in which languages, and what is read and kept on the way. */
export const withPlaceOptions = (command: Command): Command =>
  command
    .option("--out <folder>", "where editions go", "out")
    .option("--lang <language>", "render reports, that of data quality too, in this language only (en, fr, nl)")
    .option("--key-file <file>", "file with the key of pseudonyms (or DUO_IMPACT_KEY_FILE, or DUO_IMPACT_KEY)")
    .option("--cache <folder>", "where steps are kept from run to run (default: .cache in the --out folder)")
    .option("--cache-limit <size>", "how much may be kept, e.g. 5GB");

/** The options that say what is computed and where it goes. */
export const withRunOptions = (command: Command): Command =>
  withPlaceOptions(command)
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml")
    .option("--year <year>", "last cohort year to report (default: the last of the settings)")
    .option("--region <region>", "run only if the pipeline covers this region")
    .option("--png", "every chart as a picture too, beside its specification")
    .option("--force", "compute every step, whatever is kept")
    .option("--from <step>", "compute this step and all after it")
    .option("--json", "JSON instead of text");

/** `duo-impact run PIPELINE.yaml`: computes and publishes one edition. */
export function registerRun(program: Command, keys: Keys): void {
  withRunOptions(program.command("run"))
    .option("--dry-run", "say what a run would do, as `plan` does")
    .option("--quiet", "say nothing but what went wrong")
    .description("compute one evaluation and publish its edition")
    .action(async (file: string, raw: RunCommandOptions) => {
      if (raw.dryRun) return tellPlan(file, raw, keys);
      const { runOptions } = await import("./run-options.ts");
      const { runAndTell } = await import("./run-and-tell.ts");
      const choice = raw.json ? "json" : raw.quiet ? "quiet" : "auto";
      process.exitCode = await runAndTell(file, () => runOptions(raw, keys), choice);
    });
}

/** Tells what a run would do. */
export async function tellPlan(file: string, raw: RunCommandOptions, keys: Keys): Promise<void> {
  const { runOptions } = await import("./run-options.ts");
  const { checkedProject } = await import("./run-pipeline-file.ts");
  const { planJson, planProject, planText } = await import("./plan-pipeline-file.ts");
  const options = runOptions(raw, keys);
  const plan = await planProject(checkedProject(file, options), options);
  process.stdout.write(raw.json ? planJson(plan) : planText(plan));
}
