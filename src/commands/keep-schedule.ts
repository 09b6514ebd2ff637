import { hostname } from "node:os";
import { join } from "node:path";
import { loadProject, type Project } from "../protocol/project.ts";
import { withLock } from "../publish/lock.ts";
import { readRuns } from "../publish/runs.ts";
import { type KeepEffects, keepSchedule, type Scheduled } from "../schedule/keep.ts";
import { type Planned, type Timing, timingProblem } from "../schedule/plan.ts";
import { UserError } from "../user-error.ts";
import { jsonLine } from "./progress.ts";
import type { ProgressChoice } from "./progress-for.ts";
import type { RunOptions } from "./run-options.ts";
import { runInProcess } from "./side-by-side.ts";

interface ScheduleAsked {
  readonly files: readonly string[];
  /** In the place of what the settings say. */
  readonly cron?: string | undefined;
  readonly timezone?: string | undefined;
  readonly jitter?: number | undefined;
  readonly seed?: string | undefined;
  /** Hours that were missed while nobody kept the schedule are made up for by one run. */
  readonly isCaughtUp: boolean;
  readonly isJson: boolean;
}

interface Kept extends Scheduled {
  readonly file: string;
}

/**
 * Runs pipelines when their hour comes, in the foreground, until Ctrl-C or SIGTERM; a run that goes on then is asked to
 * stop too, and waited for.
 * @throws UserError with all that is wrong with files, hours and time zones, or naming who keeps one of them already
 */
export async function keepPipelines(asked: ScheduleAsked, options: RunOptions): Promise<void> {
  const pipelines = scheduledOf(asked, options.out);
  const ending = endingOnSignal();
  try {
    await locked(pipelines, options.out, () => keepSchedule(pipelines, effectsOf(asked, options, pipelines, ending)));
  } finally {
    ending.forget();
  }
}

function scheduledOf(asked: ScheduleAsked, out: string): readonly Kept[] {
  const projects = asked.files.map((file) => ({ file, project: loadProject(file) }));
  const pipelines = projects.map(({ file, project }): Kept => {
    const name = project.pipeline.pipeline;
    const [last] = asked.isCaughtUp ? readRuns(join(out, name)) : [];
    const lastRun = last !== undefined && "record" in last ? new Date(last.record.startedAt) : undefined;
    return { name, file, timing: timingOf(asked, project), lastRun };
  });
  const problems = pipelines.flatMap(({ file, name, timing }, i) => {
    if (pipelines.findIndex((other) => other.name === name) < i) return [`${file}: '${name}' is named twice`];
    if (timing.cron === "") return [`${file}: no \`schedule\` in it; add one, or give --cron "0 3 * * *"`];
    const problem = timingProblem(timing);
    return problem === undefined ? [] : [`${file}: schedule: ${problem}`];
  });
  if (problems.length > 0) throw new UserError(problems);
  return pipelines;
}

function timingOf({ cron, timezone, jitter, seed }: ScheduleAsked, { pipeline, schedule }: Project): Timing {
  return {
    cron: cron ?? schedule?.cron ?? "",
    timezone: timezone ?? schedule?.timezone,
    jitter: jitter ?? schedule?.jitter ?? 0,
    seed: seed ?? schedule?.seed ?? `${hostname()} ${pipeline.pipeline}`,
  };
}

/** One schedule a pipeline and output folder. */
function locked<T>(pipelines: readonly Kept[], out: string, fn: () => Promise<T>): Promise<T> {
  const [first, ...others] = pipelines;
  if (first === undefined) return fn();
  const lock = { name: ".schedule", does: "has been keeping a schedule there" };
  return withLock(join(out, first.name), () => locked(others, out, fn), lock);
}

function effectsOf(
  { isJson }: ScheduleAsked,
  options: RunOptions,
  pipelines: readonly Kept[],
  ending: ReturnType<typeof endingOnSignal>,
): KeepEffects {
  const write = (text: string): boolean => process.stderr.write(text);
  const choice: ProgressChoice = isJson ? "json" : "lines";
  return {
    now: () => new Date(),
    sleep: ending.sleep,
    isEnded: ending.isEnded,
    async run(name, planned) {
      const own = pipelines.find((one) => one.name === name);
      if (own === undefined) return;
      const scheduledFor = planned.for.toISOString();
      const { exitCode } = await runInProcess({ file: own.file, options: { ...options, scheduledFor }, choice }, write);
      write(
        isJson
          ? jsonLine({ level: exitCode === 0 ? "info" : "error", event: "ended", pipeline: name, exitCode })
          : `${name}: ended with ${exitCode}\n`,
      );
    },
    say(name, planned, note) {
      const timezone = pipelines.find((one) => one.name === name)?.timing.timezone;
      write(isJson ? jsonOf(name, planned, note) : textOf(name, planned, note, timezone));
    },
  };
}

const jsonOf = (pipeline: string, planned: Planned | undefined, note: "missed" | "clock" | undefined): string =>
  jsonLine({
    level: note === undefined ? "info" : "warn",
    event: note ?? "planned",
    pipeline,
    ...(planned === undefined ? {} : { for: planned.for.toISOString(), at: planned.at.toISOString() }),
  });

function textOf(
  name: string,
  planned: Planned | undefined,
  note: "missed" | "clock" | undefined,
  timezone: string | undefined,
): string {
  if (planned === undefined) return `${name}: the clock was set back by more than a day; planned anew from now\n`;
  const zone = timezone ?? new Intl.DateTimeFormat("en-GB").resolvedOptions().timeZone;
  const time = (date: Date): string =>
    date.toLocaleString("en-GB", { timeZone: zone, dateStyle: "medium", timeStyle: "medium" });
  if (note === "missed") return `${name}: ${time(planned.for)} was missed; run now\n`;
  return `${name}: next run ${time(planned.at)} (${zone})\n`;
}

/** Ends a wait, and then the schedule, on Ctrl-C or SIGTERM. */
function endingOnSignal() {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  process.on("SIGINT", end).on("SIGTERM", end);
  return {
    isEnded: () => ending.signal.aborted,
    sleep: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        if (ending.signal.aborted) return resolve();
        const timer = setTimeout(done, milliseconds);
        function done(): void {
          clearTimeout(timer);
          ending.signal.removeEventListener("abort", done);
          resolve();
        }
        ending.signal.addEventListener("abort", done);
      }),
    forget: () => process.removeListener("SIGINT", end).removeListener("SIGTERM", end),
  };
}
