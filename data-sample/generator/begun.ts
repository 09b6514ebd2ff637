import { STARTED } from "./branches.ts";
import { ageOn, yearOf } from "./days.ts";
import { personOf } from "./participants.ts";
import type { Gender, Person, Qualification } from "./people.ts";
import { at, type Random, randomOf } from "./random.ts";
import { drawFacts, startDays } from "./slots.ts";
import type { StudyPersons } from "./story.ts";

/** A duo that started: its mentee as a person, the day, and whether it is the mentee's second. */
export interface Begun {
  /** First letters of the branch's id: SYN-BRU stands for both branches of Brussels. */
  readonly city: string;
  readonly on: number;
  readonly person: Person;
  /** What the programme wrote down; null = not asked for, or no consent. */
  readonly number: string | null;
  /** The same mentee's first duo. */
  readonly first: Begun | null;
}

/** In the years of the bond: second duos, persons entered twice as mentees, numbers that aren't in the register. */
const STORY_REST: Readonly<Record<number, readonly [second: number, twice: number, elsewhere: number]>> = {
  2014: [1, 1, 2],
  2015: [1, 1, 2],
  2016: [1, 0, 2],
};

/** All 4,450 duos that started, by day. */
export function drawBegun(studies: readonly StudyPersons[]): Begun[] {
  const linked = linkedOf(studies);
  const random = randomOf("duos");
  const begun: Begun[] = [];
  for (const [year, cities] of Object.entries(STARTED)) {
    for (const [city, wanted] of Object.entries(cities)) {
      const known = linked.filter((b) => b.city === city && yearOf(b.on) === Number(year));
      begun.push(...known);
      const days = startDays(Number(year), wanted - known.length, random);
      const [second, twice, absent] = STORY_REST[Number(year)] ?? [Math.round(wanted * 0.014), 0, null];
      for (const [i, on] of days.entries()) {
        const again = i < second + twice ? earlier(begun, city, on, i < second, random) : null;
        const asked = absent === null ? random.chance(askedShare(city, Number(year))) : i < second + twice + absent;
        const number = asked ? outsider(city, begun.length) : null;
        begun.push(again ?? { city, on, person: stranger(on, random), number, first: null });
      }
    }
  }
  return begun.sort((a, b) => a.on - b.on || compare(a.person.number, b.person.number));
}

/** A person number that is in none of the extracts. */
function outsider(city: string, position: number): string {
  return `${city === "SYN-BRU" ? "ACT" : "VDB"}-${String(200_001 + 7 * position).padStart(7, "0")}`;
}

/** Share of mentees outside the extracts whose person number is known to the programme. */
function askedShare(city: string, year: number): number {
  if (city === "SYN-BRU") return year > 2021 ? 0.12 : 0.8;
  return city === "SYN-GNT" || city === "SYN-ANR" ? (year > 2021 ? 0.12 : 0.7) : 0;
}

function linkedOf(studies: readonly StudyPersons[]): Begun[] {
  const random = randomOf("cities");
  return studies.flatMap(({ study, participants, elsewhere }) =>
    [...participants, ...elsewhere].map(({ person, on }) => ({
      city: study.region === "brussels" ? "SYN-BRU" : random.pick(["SYN-GNT", "SYN-ANR"]),
      on,
      person,
      number: person.number,
      first: null,
    })),
  );
}

/** A second duo of a mentee of the same city, or a person who is entered as a mentee for the second time. */
function earlier(begun: readonly Begun[], city: string, on: number, second: boolean, random: Random): Begun | null {
  const used = new Set(begun.map((b) => b.first).filter((b) => b !== null));
  const found = begun
    .filter((b) => b.city === city && b.first === null && !used.has(b))
    .filter((b) => b.on < on - 245 && b.on > on - 900 && ageOn(b.person.birth, on) <= 33)
    .filter((b) => second || b.number !== null);
  if (found.length === 0) return null;
  const first = random.pick(found);
  return { city, on, person: first.person, number: first.number, first: second ? first : null };
}

function stranger(on: number, random: Random): Person {
  const qualification = random.weighted<Qualification>({ low: 39, medium: 29, high: 11, unknown: 21 });
  const gender: Gender | null = random.chance(0.004) ? "other" : null;
  const slot = drawFacts(on, qualification, gender, random);
  return personOf("", slot, null, on, random);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The branch of a duo: Brussels has two from 2017 on. */
export function branchOf(begun: Begun, random: Random): string {
  if (begun.city !== "SYN-BRU") return begun.city;
  const second = yearOf(begun.on) >= 2017 && random.chance(0.42);
  return at(["SYN-BRU1", "SYN-BRU2"], second ? 1 : 0);
}
