import type { Command } from "commander";
import { whole } from "./typed-numbers.ts";

interface RunsOptions {
  readonly out: string;
  readonly last: number;
  readonly json?: boolean;
}

/** `duo-impact runs list [PIPELINE]`: what ran when, how it ended and why. */
export function registerRuns(program: Command): void {
  program
    .command("runs")
    .description("what ran")
    .command("list")
    .argument("[pipeline]", "name or file of a pipeline (default: all)")
    .option("--out <folder>", "where editions go", "out")
    .option("--last <number>", "at most so many of each pipeline", whole, 20)
    .option("--json", "JSON instead of text")
    .description("list runs, the newest first: when, outcome, exit code, seconds, edition, run id, and why one failed")
    .action(async (pipeline: string | undefined, { out, last, json }: RunsOptions) => {
      const { foundRuns, runsJson, runsText } = await import("./list-runs.ts");
      const found = foundRuns({ out, pipeline, last });
      process.stdout.write(json ? runsJson(found) : runsText(found));
    });
}
