import { type Command, InvalidArgumentError } from "commander";
import type { Keys } from "./run.ts";

interface ScheduleOptions {
  readonly cron?: string;
  readonly timezone?: string;
  readonly jitter?: number;
  readonly seed?: string;
  readonly catchUp: boolean;
  readonly out?: string;
  readonly keyFile?: string;
  readonly cache?: string;
  readonly cacheLimit?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

/** `duo-impact schedule PIPELINE...`: runs pipelines when their hour comes, in the foreground. */
export function registerSchedule(program: Command, keys: Keys): void {
  program
    .command("schedule")
    .argument("<pipelines...>", "pipeline files")
    .option(
      "--cron <time>",
      "minute, hour, day, month, weekday, e.g. '0 3 * * *' (default: `schedule` of the pipeline)",
    )
    .option("--timezone <name>", "where the hour is meant, e.g. Europe/Brussels (default: the machine's)")
    .option("--jitter <seconds>", "spread runs over so many seconds", seconds)
    .option("--seed <text>", "fixes how much of the jitter each run waits (default: the machine's name)")
    .option("--no-catch-up", "leave out what was missed before the schedule was started")
    .option("--out <folder>", "where editions go", "out")
    .option("--lang <language>", "render reports in this language only (en, fr, nl)")
    .option("--key-file <file>", "file with the key of pseudonyms (or DUO_IMPACT_KEY_FILE, or DUO_IMPACT_KEY)")
    .option("--cache <folder>", "where steps are kept from run to run (default: .cache in the --out folder)")
    .option("--cache-limit <size>", "how much may be kept, e.g. 5GB")
    .option("--json", "JSON lines instead of text")
    .description(
      "run pipelines when their hour comes, one after the other, until Ctrl-C; missed hours are made up for by one run",
    )
    .action(async (files: readonly string[], raw: ScheduleOptions) => {
      const { runOptions } = await import("./run-options.ts");
      const { keepPipelines } = await import("./keep-schedule.ts");
      const { cron, timezone, jitter, seed, catchUp } = raw;
      const isJson = raw.json === true || process.stderr.isTTY !== true;
      await keepPipelines({ files, cron, timezone, jitter, seed, isCaughtUp: catchUp, isJson }, runOptions(raw, keys));
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError(`'${text}' is not a number of seconds`);
  return value;
}
