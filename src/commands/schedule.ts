import { type Command, InvalidArgumentError } from "commander";
import { type Keys, withPlaceOptions } from "./run.ts";
import type { RawOptions } from "./run-options.ts";

interface ScheduleOptions extends RawOptions {
  readonly cron?: string;
  readonly timezone?: string;
  readonly jitter?: number;
  readonly seed?: string;
  readonly catchUp: boolean;
  readonly json?: boolean;
}

/** `duo-impact schedule PIPELINE...`: runs pipelines when their hour comes, in the foreground. */
export function registerSchedule(program: Command, keys: Keys): void {
  withPlaceOptions(program.command("schedule"))
    .argument("<pipelines...>", "pipeline files")
    .option(
      "--cron <time>",
      "minute, hour, day, month, weekday, e.g. '0 3 * * *' (default: `schedule` of the pipeline)",
    )
    .option("--timezone <name>", "where the hour is meant, e.g. Europe/Brussels (default: the machine's)")
    .option("--jitter <seconds>", "spread runs over so many seconds", seconds)
    .option("--seed <text>", "fixes how much of the jitter each run waits (default: the machine's name)")
    .option("--no-catch-up", "leave out what was missed before the schedule was started")
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
