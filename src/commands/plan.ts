import type { Command } from "commander";
import type { KeyOrigin } from "../ingest/identity/pseudonym.ts";
import { type RunCommandOptions, tellPlan, withRunOptions } from "./run.ts";

/** `duo-impact plan PIPELINE.yaml`: what a run would do and why; writes nothing. */
export function registerPlan(program: Command, key: KeyOrigin): void {
  withRunOptions(program.command("plan"))
    .description("say what a run would do, step by step, and why; writes nothing")
    .action((file: string, raw: RunCommandOptions) => tellPlan(file, raw, key));
}
