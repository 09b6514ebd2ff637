import { ageOn, plusMonths } from "./days.ts";
import type { Contract, Exit, Job, Person, Qualification } from "./people.ts";
import type { Random } from "./random.ts";

/*
 * A person's life in a register: search, work, search again, or leave. The search takes a Weibull time with a shape
 * under 1, so the chance of a job falls with the duration of unemployment; its scale depends on qualification, age,
 * origin, gender and the person's frailty.
 */
const SEARCH_DAYS = 325;
const SEARCH_SHAPE = 0.8;
const LEAVE_DAYS = 1500;
const PULL: Readonly<Record<Qualification, number>> = { low: -0.24, unknown: -0.1, medium: 0.46, high: 1.15 };
const ENDS: Readonly<Record<Exclude<Exit, "work">, number>> = {
  training: 34,
  deregistered: 47,
  other: 13,
  emigrated: 5,
  died: 1,
};
const CONTRACTS: Readonly<Record<Contract, number>> = {
  agency: 27,
  fixed_term: 42,
  permanent: 13,
  subsidised: 11,
  self_employed: 4,
  student: 3,
};

/** Lives on from the day of a registration up to the extraction; adds to the person's spells. */
export function live(person: Person, from: number, extraction: number, random: Random): void {
  let on: number | null = from;
  while (on !== null && on <= extraction) on = searchOnce(person, on, extraction, random);
}

/** One registration and what ends it; returns the day of the next registration, if any. */
function searchOnce(person: Person, from: number, extraction: number, random: Random): number | null {
  const found = from + searchDays(person, from, random);
  const leaves = from + Math.ceil(-LEAVE_DAYS * Math.log(1 - random.unit()));
  if (leaves < found) {
    const exit = random.weighted(ENDS);
    register(person, from, leaves, exit, extraction);
    oddJobs(person, from, Math.min(leaves, extraction), random);
    return backAfter(exit, leaves, random);
  }
  oddJobs(person, from, Math.min(found, extraction), random);
  return workFrom(person, from, found, extraction, random);
}

/** A row of jobs begins; three in ten of the short first ones are worked while registered again. */
function workFrom(person: Person, from: number, found: number, extraction: number, random: Random): number | null {
  let job = drawJob(person, found, random);
  employ(person, job, extraction);
  register(person, from, found - 1, "work", extraction);
  if (job.to !== null && job.to - job.from < 60 && random.chance(0.3)) return found;
  while (job.to !== null && random.chance(0.35)) {
    job = drawJob(person, job.to + random.whole(1, 25), random);
    employ(person, job, extraction);
  }
  return job.to === null ? null : job.to + random.whole(1, 20);
}

/** Days until the next job of some length. */
function searchDays(person: Person, on: number, random: Random): number {
  const age = ageOn(person.birth, on);
  const pull =
    PULL[person.qualification] +
    (age < 22 ? 0.3 : age > 28 ? -0.75 : age > 25 ? -0.15 : 0) +
    (person.origin === "sub_saharan_african" ? -0.08 : 0) +
    (person.gender === "woman" ? -0.06 : 0) +
    0.85 * person.frailty;
  return Math.ceil(SEARCH_DAYS * Math.exp(-pull) * (-Math.log(1 - random.unit())) ** (1 / SEARCH_SHAPE));
}

/** A job that begins on a day, with its contract; `to` null only for an open-ended contract that outlasts the extract. */
export function drawJob(person: Person, from: number, random: Random): Job {
  const drawn = random.weighted(CONTRACTS);
  const contract = drawn === "student" && ageOn(person.birth, from) > 23 ? "agency" : drawn;
  const fraction = random.chance(0.62) ? 1 : random.pick([0.5, 0.5, 0.6, 0.75, 0.8, 0.8, 0.9]);
  return { from, contract, fraction, ...lengthOf(contract, from, random) };
}

function lengthOf(contract: Contract, from: number, random: Random): { to: number | null; months: number | null } {
  if (contract === "agency") return { to: from + random.whole(0, 44), months: random.chance(0.9) ? 1 : null };
  if (contract === "student") return { to: from + random.whole(2, 60), months: random.whole(1, 2) };
  if (contract === "permanent" || contract === "self_employed") {
    return { to: from + 20 + Math.ceil(-700 * Math.log(1 - random.unit())), months: null };
  }
  const months = contract === "subsidised" ? random.pick([6, 12, 12, 18, 24]) : random.pick([1, 1, 2, 3, 3, 6, 6, 12]);
  const whole = plusMonths(from, months) - 1;
  const to = random.chance(0.12) ? from + Math.max(3, Math.floor((whole - from) * random.unit())) : whole;
  return { to, months: random.chance(0.96) ? months : null };
}

/** Days of agency work while registered: two weeks at most, now and then. */
function oddJobs(person: Person, from: number, until: number, random: Random): void {
  let on = from + random.whole(20, 500);
  while (on + 14 < until) {
    if (random.chance(0.2)) {
      person.jobs.push({ from: on, to: on + random.whole(0, 13), contract: "agency", months: 1, fraction: 1 });
    }
    on += random.whole(120, 600);
  }
}

function backAfter(exit: Exit, left: number, random: Random): number | null {
  if (exit === "emigrated" || exit === "died") return null;
  if (exit === "training") return random.chance(0.7) ? left + random.whole(60, 270) : null;
  return random.chance(0.5) ? left + random.whole(60, 600) : null;
}

/** Adds a registration as the extract shows it: what ends after the extraction is still open. */
export function register(person: Person, from: number, to: number, exit: Exit, extraction: number): void {
  if (from > extraction || to < from) return;
  const open = to > extraction;
  person.registrations.push({ from, to: open ? null : to, exit: open ? null : exit });
}

/** Likewise a job. */
export function employ(person: Person, job: Job, extraction: number): void {
  if (job.from > extraction) return;
  person.jobs.push(job.to !== null && job.to > extraction ? { ...job, to: null } : job);
}

/** Sorts spells by day, the order of the extract. */
export function sortSpells(person: Person): void {
  person.registrations.sort((a, b) => a.from - b.from);
  person.jobs.sort((a, b) => a.from - b.from || (a.to ?? 1e9) - (b.to ?? 1e9));
}

/** Whether the person is registered and not in work (student jobs aside) on a day. */
export function isSearching(person: Person, on: number): boolean {
  const covers = (spell: { from: number; to: number | null }) =>
    spell.from <= on && (spell.to === null || spell.to >= on);
  return person.registrations.some(covers) && !person.jobs.some((job) => job.contract !== "student" && covers(job));
}
