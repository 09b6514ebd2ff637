import { type Planned, plannedAfter, type Timing } from "./plan.ts";

/** A pipeline under a schedule. */
export interface Scheduled {
  readonly name: string;
  readonly timing: Timing;
  /** When it last ran; what was planned since is caught up with. Absent: nothing before now is missed. */
  readonly lastRun?: Date | undefined;
}

/** What a schedule does outside itself. The clock may be set back, and stands for as long as the machine sleeps. */
export interface KeepEffects {
  readonly now: () => Date;
  /** Ends after so many milliseconds, or as soon as the schedule is to end. */
  sleep(milliseconds: number): Promise<void>;
  readonly isEnded: () => boolean;
  run(name: string, planned: Planned): Promise<void>;
  /** A word about what comes, or about the clock. */
  say(name: string, planned: Planned | undefined, note?: "missed" | "clock"): void;
}

/** The machine may sleep, and its clock may be set: the clock is looked at this often. */
const LOOK_MS = 20_000;
/** What begins later than this was missed. */
const LATE_MS = 3 * LOOK_MS;
/** A clock that goes back by more than this was wrong before. */
const DAY_MS = 86_400_000;

/**
 * Runs each pipeline when its hour has come, one after the other, until it is ended. Hours that were missed (the machine
 * slept or was off, a run took long) are made up for by one run; one that was kept isn't kept again because the clock went
 * back.
 */
export async function keepSchedule(pipelines: readonly Scheduled[], effects: KeepEffects): Promise<void> {
  const kept = new Map(pipelines.map(({ name, lastRun }) => [name, lastRun ?? effects.now()]));
  const told = new Map<string, number>();
  while (!effects.isEnded()) {
    for (const { name } of pipelines) if (isAhead(kept.get(name), effects.now())) forget(name);
    const next = pipelines.flatMap(({ name, timing }) => {
      const planned = plannedAfter(timing, kept.get(name) ?? effects.now());
      return planned === undefined ? [] : [{ name, planned }];
    });
    const [first] = next.toSorted((a, b) => a.planned.at.getTime() - b.planned.at.getTime());
    if (first === undefined) return;
    const wait = first.planned.at.getTime() - effects.now().getTime();
    if (wait > 0) {
      for (const { name, planned } of next) tell(name, planned);
      await effects.sleep(Math.min(wait, LOOK_MS));
      continue;
    }
    if (wait < -LATE_MS) effects.say(first.name, first.planned, "missed");
    kept.set(first.name, later(effects.now(), first.planned.for));
    await effects.run(first.name, first.planned);
  }

  function tell(name: string, planned: Planned): void {
    if (told.get(name) === planned.at.getTime()) return;
    told.set(name, planned.at.getTime());
    effects.say(name, planned);
  }

  function forget(name: string): void {
    kept.set(name, effects.now());
    effects.say(name, undefined, "clock");
  }
}

const isAhead = (kept: Date | undefined, now: Date): boolean =>
  kept !== undefined && kept.getTime() - now.getTime() > DAY_MS;

const later = (a: Date, b: Date): Date => (a > b ? a : b);
