import { createHash } from "node:crypto";
import { Cron } from "croner";

/** When something is to run, with how much each run may be put off. */
export interface Timing {
  readonly cron: string;
  readonly timezone?: string | undefined;
  /** Seconds over which runs are spread. */
  readonly jitter: number;
  /** Fixes how much of the jitter a run waits. */
  readonly seed: string;
}

/** A planned run: the hour it is planned for, and the moment when it begins. */
export interface Planned {
  readonly for: Date;
  readonly at: Date;
}

/** Why the timing can't be used, as one sentence; undefined where it can. */
export function timingProblem({ cron, timezone }: Timing): string | undefined {
  if (timezone !== undefined && !isTimezone(timezone))
    return `timezone '${timezone}' is not known (expected e.g. Europe/Brussels)`;
  try {
    if (jobOf({ cron, timezone }).nextRun() !== null) return undefined;
    return `'${cron}' never comes`;
  } catch {
    return `'${cron}' is not a time (expected minute, hour, day, month, weekday, e.g. 0 3 * * * for three every night)`;
  }
}

/** The first run planned after a moment; undefined where none comes any more. */
export function plannedAfter(timing: Timing, moment: Date): Planned | undefined {
  const next = jobOf(timing).nextRun(moment);
  return next === null ? undefined : { for: next, at: new Date(next.getTime() + delayOf(timing, next)) };
}

/** Part of the jitter, the same for the same seed and hour. */
function delayOf({ jitter, seed }: Timing, hour: Date): number {
  const hash = createHash("sha256").update(`${seed} ${hour.toISOString()}`).digest();
  return Math.floor((hash.readUInt32BE(0) / 2 ** 32) * jitter * 1000);
}

const jobOf = ({ cron, timezone }: Pick<Timing, "cron" | "timezone">): Cron =>
  new Cron(cron, { paused: true, mode: "5-part", ...(timezone === undefined ? {} : { timezone }) });

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
