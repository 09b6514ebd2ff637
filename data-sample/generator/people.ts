import { day, iso, plusMonths } from "./days.ts";
import type { Random } from "./random.ts";

/** A spell of registration as a jobseeker; `to` is the last day, null = open. */
export interface Registration {
  from: number;
  to: number | null;
  exit: Exit | null;
}
/** A spell of employment; `months` is the contract's length, null = open-ended or not filled in. */
export interface Job {
  from: number;
  to: number | null;
  contract: Contract;
  months: number | null;
  fraction: number;
}
export interface Person {
  number: string;
  birth: number;
  gender: Gender;
  origin: Origin;
  qualification: Qualification;
  /** What no covariate shows and drives placement all the same. */
  frailty: number;
  registrations: Registration[];
  jobs: Job[];
}

export type Gender = "woman" | "man" | "other";
export type Origin =
  | "belgian"
  | "eu"
  | "other_european"
  | "maghreb"
  | "sub_saharan_african"
  | "near_middle_east"
  | "other_asian"
  | "american";
export type Qualification = "low" | "medium" | "high" | "unknown";
export type Contract = "permanent" | "fixed_term" | "agency" | "self_employed" | "subsidised" | "student";
export type Exit = "work" | "training" | "deregistered" | "emigrated" | "died" | "other";

/** Who is in a register's extract. */
export interface Population {
  readonly qualification: Readonly<Record<Qualification, number>>;
  readonly origin: Readonly<Record<Origin, number>>;
  readonly gender: Readonly<Record<Gender, number>>;
  /** Completed years on the middle day of the study. */
  readonly age: Readonly<Record<string, number>>;
  readonly middle: string;
}

/** One person without history; the youngest are the better qualified less often, as diplomas take time. */
export function drawPerson(number: string, population: Population, random: Random): Person {
  const age = Number(random.weighted(population.age));
  const birth = plusMonths(day(population.middle), -12 * age) - random.whole(1, 364);
  const young = age < 21 ? { ...population.qualification, high: population.qualification.high * 0.1 } : null;
  return {
    number,
    birth,
    gender: random.weighted(population.gender),
    origin: random.weighted(population.origin),
    qualification: random.weighted(young ?? population.qualification),
    frailty: random.normal(),
    registrations: [],
    jobs: [],
  };
}

/** A person as rows of the staged tables, for the oracle. */
export function stagedRows(person: Person, register: string) {
  const key = { register, person_number: person.number };
  const { gender, origin, qualification } = person;
  return {
    jobseeker: { ...key, birth_on: iso(person.birth), gender, origin, qualification },
    spells: person.registrations.map((s) => ({ ...key, from_on: iso(s.from), to_on: isoOrNull(s.to), exit: s.exit })),
    jobs: person.jobs.map((s) => ({
      ...key,
      from_on: iso(s.from),
      to_on: isoOrNull(s.to),
      contract: s.contract,
      contract_months: s.months,
    })),
  };
}

function isoOrNull(on: number | null): string | null {
  return on === null ? null : iso(on);
}
