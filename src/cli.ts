#!/usr/bin/env node
import { Command } from "commander";
import { registerAddPatterns } from "./commands/add-patterns.ts";
import { registerAudit } from "./commands/audit.ts";
import { registerCache } from "./commands/cache.ts";
import { registerCheck } from "./commands/check.ts";
import { registerEditions } from "./commands/editions.ts";
import { registerEvaluate } from "./commands/evaluate.ts";
import { exitCodeOf } from "./commands/exit-code.ts";
import { registerInit } from "./commands/init.ts";
import { registerKeys } from "./commands/keys.ts";
import { registerMap } from "./commands/map.ts";
import { registerPatterns } from "./commands/patterns.ts";
import { registerPlan } from "./commands/plan.ts";
import { registerProtocol } from "./commands/protocol.ts";
import { registerPseudonyms } from "./commands/pseudonyms.ts";
import { registerRead } from "./commands/read.ts";
import type { Keys } from "./commands/run.ts";
import { registerRun } from "./commands/run.ts";
import { registerRuns } from "./commands/runs.ts";
import { registerSchedule } from "./commands/schedule.ts";
import { registerSchema } from "./commands/schema.ts";
import { registerServe } from "./commands/serve.ts";
import { registerStart } from "./commands/start.ts";
import { registerVerify } from "./commands/verify.ts";
import { version } from "./version.ts";

// A reader that has seen enough (`| head`) closes the pipe: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const program = new Command("duo-impact")
  .description("Impact evaluation and reporting for a job-mentoring programme.")
  .version(version())
  .showHelpAfterError("(duo-impact --help lists the commands)")
  .addHelpText(
    "after",
    "\nExit codes: 0 done, 1 the data or the settings were refused, 2 a bug, 130 asked to stop (Ctrl-C).\nStart here: duo-impact start (runs the pipelines on the sample data)",
  );

const COMMANDS: ReadonlyArray<(program: Command, keys: Keys) => void> = [
  registerStart,
  registerRun,
  registerPlan,
  registerSchedule,
  registerRuns,
  registerServe,
  registerCache,
  registerCheck,
  registerProtocol,
  registerPatterns,
  registerAddPatterns,
  registerAudit,
  registerVerify,
  registerEditions,
  registerKeys,
  registerEvaluate,
  registerRead,
  registerMap,
  registerPseudonyms,
  registerSchema,
  registerInit,
];
const keys: Keys = {
  text: process.env.DUO_IMPACT_KEY,
  file: process.env.DUO_IMPACT_KEY_FILE,
  signing: process.env.DUO_IMPACT_SIGNING_KEY,
};
for (const register of COMMANDS) register(program, keys);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  const { machineFailed } = await import("./commands/machine-failed.ts");
  const told = machineFailed(error, { out: process.cwd(), engine: {} });
  process.exitCode = exitCodeOf(told, (text) => process.stderr.write(text));
}
