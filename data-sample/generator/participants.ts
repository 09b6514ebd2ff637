import type { PersonMonth } from "../../test/support/cohort-oracle-rows.ts";
import { ageOn, day, plusMonths } from "./days.ts";
import { drawJob, employ, live, register, sortSpells } from "./life.ts";
import type { Gender, Job, Origin, Person, Qualification } from "./people.ts";
import type { Random } from "./random.ts";
import type { Participant } from "./study.ts";

/** The place of one participant before anything is known of the person. */
export interface Slot {
  readonly on: number;
  readonly kind: Participant["kind"];
  readonly qualification: Qualification;
  readonly gender: Gender;
  readonly origin: Origin;
  readonly ageBand: string;
}

/** A person who fits the slot, with the search history of a control of the same stratum moved to the start day. */
export function personOf(number: string, slot: Slot, donor: Person | null, donorDay: number, random: Random): Person {
  const person: Person = {
    number,
    birth: birthIn(slot.ageBand, slot.on, random),
    gender: slot.gender,
    origin: slot.origin,
    qualification: slot.qualification,
    frailty: random.normal(),
    registrations: [],
    jobs: [],
  };
  if (donor === null) {
    person.registrations.push({ from: slot.on - random.whole(60, 500), to: null, exit: null });
    return person;
  }
  const shift = slot.on - donorDay;
  for (const spell of donor.registrations.filter((s) => s.from <= donorDay)) {
    const covers = spell.to === null || spell.to >= donorDay;
    person.registrations.push({
      from: spell.from + shift,
      to: covers ? null : (spell.to ?? 0) + shift,
      exit: covers ? null : spell.exit,
    });
  }
  for (const job of donor.jobs.filter((j) => j.from < donorDay && j.to !== null && j.to < donorDay)) {
    person.jobs.push({ ...job, from: job.from + shift, to: (job.to ?? 0) + shift });
  }
  return person;
}

/** Lets the person's life go on after the start, with at least 95 days of work in the 12 months, or at most 80. */
export function liveOn(person: Person, on: number, placed: boolean, extraction: number, random: Random): void {
  const open = person.registrations.filter((s) => s.to === null);
  for (const spell of open) person.registrations.splice(person.registrations.indexOf(spell), 1);
  const since = Math.min(on, ...open.map((s) => s.from));
  const closes = plusMonths(on, 12);
  const next = placed
    ? placedLife(person, since, on, closes, extraction, random)
    : otherLife(person, since, closes, on, extraction, random);
  if (next !== null && next <= extraction) live(person, next, extraction, random);
  sortSpells(person);
}

/** A job of at least 95 days within the window; returns the day of the next registration. */
function placedLife(person: Person, since: number, on: number, closes: number, extraction: number, random: Random) {
  const from = on + 12 + Math.floor((closes - on - 125) * random.unit() ** 1.3);
  const job = longJob(person, from, random);
  register(person, since, from - 1, "work", extraction);
  employ(person, job, extraction);
  return job.to === null ? null : Math.max(job.to + random.whole(1, 25), from + 1);
}

function longJob(person: Person, from: number, random: Random): Job {
  for (;;) {
    const job = drawJob(person, from, random);
    const counts = job.contract !== "student" && job.contract !== "agency";
    if (counts && (job.to === null || job.to - from >= 95)) return job;
  }
}

/** No job, short ones only, or a job that comes at the end of the window. */
function otherLife(person: Person, since: number, closes: number, on: number, extraction: number, random: Random) {
  const path = random.weighted({ search: 52, short: 20, late: 16, left: 12 });
  if (path === "short") {
    const from = on + random.whole(20, 250);
    employ(person, { from, to: from + random.whole(3, 60), contract: "agency", months: 1, fraction: 1 }, extraction);
  }
  if (path === "left") {
    const leaves = on + random.whole(60, 330);
    const exit = random.weighted({ training: 45, deregistered: 40, other: 10, emigrated: 5 });
    register(person, since, leaves, exit, extraction);
    return exit === "emigrated" ? null : Math.max(closes + 5, leaves + random.whole(120, 400));
  }
  const until = path === "late" ? closes - random.whole(10, 80) : closes + random.whole(0, 700);
  register(person, since, until, "work", extraction);
  const job = drawJob(person, until + 1, random);
  employ(person, job, extraction);
  return job.to === null ? null : job.to + random.whole(1, 20);
}

/** Stands in for a participant who fails the test of the start day. */
export function spoil(person: Person, slot: Slot, extraction: number, random: Random): void {
  person.registrations = person.registrations.filter((s) => s.to !== null);
  person.jobs = [];
  if (slot.kind === "in_work") {
    register(person, slot.on - 300, slot.on + 40, "work", extraction);
    const job: Job = { from: slot.on - 20, to: slot.on + 90, contract: "fixed_term", months: 3, fraction: 0.5 };
    employ(person, job, extraction);
  } else {
    register(person, slot.on - 400, slot.on - random.whole(15, 120), "deregistered", extraction);
    live(person, slot.on + random.whole(40, 200), extraction, random);
  }
  sortSpells(person);
}

/** A birth date whose age lies in the band on the day, a month away from either end. */
function birthIn(band: string, on: number, random: Random): number {
  const [from, to] = band.split("-").map(Number);
  const youngest = plusMonths(on, -12 * (from ?? 18)) - 31;
  const oldest = plusMonths(on, -12 * ((to ?? 33) + 1)) + 31;
  const birth = random.whole(oldest, youngest);
  if (ageOn(birth, on) < (from ?? 0) || ageOn(birth, on) > (to ?? 99)) throw new Error(`age of band ${band}`);
  return birth;
}

/** Stratum of a row by the four published covariates, its month left out. */
export function cellOf(row: PersonMonth): string {
  const { age_band, gender, origin, qualification } = row.covariates;
  return [age_band, gender, origin, qualification].join("|");
}

/** Day number of a row's index day. */
export function indexDay(row: PersonMonth): number {
  return day(row.index_on);
}

/** Holds a participant's number and start day while risk sets are drawn. */
export function standIn(number: string): Person {
  const facts = { birth: 0, gender: "man", origin: "belgian", qualification: "low", frailty: 0 } as const;
  return { number, ...facts, registrations: [], jobs: [] };
}
