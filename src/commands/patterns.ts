import type { Command } from "commander";

/** What `patterns` is asked for, as typed. */
export interface PatternsCommandOptions {
  readonly out: string;
  readonly year?: string;
  readonly quiet?: boolean;
  readonly several?: boolean;
  readonly with?: string;
}

/** `duo-impact patterns PIPELINE.yaml --out FOLDER`: what a pipeline needs in the place of a register. */
export function registerPatterns(program: Command): void {
  program
    .command("patterns")
    .argument("<pipeline>", "pipeline file, e.g. pipelines/sib-evaluation.yaml, with the register among its sources")
    .requiredOption("--out <folder>", "where the tables go")
    .option("--year <year>", "last cohort year, as the run that takes the tables will have it")
    .option("--several", "this register is one of several: the first of three rounds, each added up by add-patterns")
    .option("--with <folder>", "sums of the round before, for the next round")
    .option("--quiet", "say nothing but what went wrong")
    .description("where a register must not leave: hand over the tables that an evaluation reads, never a person's row")
    .action(async (file: string, raw: PatternsCommandOptions) => {
      const { handOverPatternsFile } = await import("./patterns-file.ts");
      const told = await handOverPatternsFile(file, raw);
      if (!raw.quiet) process.stdout.write(told);
    });
}
