import { CUT_OFF } from "./branches.ts";
import { day, plusMonths } from "./days.ts";
import type { Duo } from "./programme.ts";
import { type Random, randomOf } from "./random.ts";

/** What a former mentee told the coordinator; `months` of the contract, 99 = open-ended. */
export interface Declared {
  readonly duo: Duo;
  readonly on: number;
  readonly solution: string;
  readonly since: number | null;
  readonly months: number | null;
}

/** Share of mature duos of which the programme knows the outcome. */
const KNOWN = 0.88;

/**
 * Self-declared outcomes. Of the duos that are mature (ended at least 12 months before the cut-off) and known, exactly
 * half declare a job of at least three months that began before the 12 months after the duo were over, and one in five
 * an internship or a training instead.
 */
export function drawDeclared(duos: readonly Duo[]): Declared[] {
  const random = randomOf("declared outcomes");
  const started = duos.filter((duo) => duo.started !== null && duo.ended !== null);
  const mature = started.filter((duo) => plusMonths(duo.ended ?? 0, 12) <= day(CUT_OFF));
  const known = Math.floor((mature.length * KNOWN) / 10) * 10;
  const ranked = mature
    .map((duo) => ({ duo, score: scoreOf(duo, random) }))
    .sort((a, b) => b.score - a.score)
    .map(({ duo }) => duo);
  const jobs = ranked.slice(0, known / 2);
  const others = random.shuffled(ranked.slice(known / 2));
  const studies = others.slice(0, known / 5);
  const none = others.slice(known / 5, known / 2);
  const silent = others.slice(known / 2);
  const declared = [
    ...jobs.flatMap((duo) => jobOf(duo, random)),
    ...studies.flatMap((duo) => [studyOf(duo, random)]),
    ...none.flatMap((duo) => noneOf(duo, random)),
    ...silent.filter(() => random.chance(0.5)).map((duo) => unknownOf(duo, random)),
    ...started.filter((duo) => !mature.includes(duo) && random.chance(0.4)).map((duo) => earlyOf(duo, random)),
  ];
  return declared.sort((a, b) => a.on - b.on || (a.duo.id < b.duo.id ? -1 : a.duo.id > b.duo.id ? 1 : 0));
}

/** Duos that ended for a job first, then those whose mentee the register saw in work, else by chance. */
function scoreOf({ mentee, ended, reason }: Duo, random: Random): number {
  const end = ended ?? 0;
  const seen = mentee.person.jobs.some((j) => j.from >= end && j.from < plusMonths(end, 11) && (j.months ?? 6) >= 3);
  return random.unit() + (seen ? 0.4 : 0) + (reason === "job_found" ? 5 : 0);
}

function jobOf(duo: Duo, random: Random): Declared[] {
  const end = duo.ended ?? 0;
  const since = duo.reason === "job_found" ? end : end + random.whole(0, 350);
  const months = random.pick([3, 6, 6, 6, 12, 12, 24, 99, 99, 99]);
  const job = { duo, on: ask(Math.max(since, end + 90), random), solution: "job", since, months };
  const before = random.chance(0.12) && since > end + 60;
  if (!before) return [job];
  const training = { duo, on: end + 30, solution: "training", since: end + random.whole(1, 29), months: null };
  return [training, job];
}

function studyOf(duo: Duo, random: Random): Declared {
  const since = (duo.ended ?? 0) + random.whole(0, 330);
  const solution = random.chance(0.62) ? "training" : "internship";
  return { duo, on: ask(since, random), solution, since, months: null };
}

/** No solution, a job of less than three months, another one, or a job that came too late. */
function noneOf(duo: Duo, random: Random): Declared[] {
  const end = duo.ended ?? 0;
  const year = plusMonths(end, 12);
  const kind = random.weighted({ none: 66, short: 20, other: 9, late: 5 });
  if (kind === "short") {
    const since = end + random.whole(0, 340);
    return [{ duo, on: ask(since, random), solution: "job", since, months: random.whole(1, 2) }];
  }
  if (kind === "other") return [{ duo, on: ask(end + 200, random), solution: "other", since: null, months: null }];
  const none = { duo, on: Math.min(year, day(CUT_OFF)), solution: "none", since: null, months: null };
  const late = year + random.whole(10, 120);
  if (kind === "none" || late + 30 > day(CUT_OFF)) return [none];
  return [none, { duo, on: Math.min(late + 20, day(CUT_OFF)), solution: "job", since: late, months: 12 }];
}

function unknownOf(duo: Duo, random: Random): Declared {
  return { duo, on: ask((duo.ended ?? 0) + 300, random), solution: "unknown", since: null, months: null };
}

function earlyOf(duo: Duo, random: Random): Declared {
  const end = duo.ended ?? 0;
  const job = random.chance(0.45);
  const on = Math.min(end + 180, day(CUT_OFF));
  return {
    duo,
    on,
    solution: job ? "job" : "none",
    since: job ? end + random.whole(0, 170) : null,
    months: job ? 6 : null,
  };
}

/** The day on which the coordinator asks: some weeks after what is told, not after the export. */
function ask(since: number, random: Random): number {
  return Math.min(since + random.whole(5, 60), day(CUT_OFF));
}
