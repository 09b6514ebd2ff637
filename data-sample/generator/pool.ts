import { day, plusMonths, workday, yearOf } from "./days.ts";
import { isSearching, live, sortSpells } from "./life.ts";
import { drawPerson, type Person } from "./people.ts";
import { at, type Random } from "./random.ts";
import { ORIGINS, type Start, type Study } from "./study.ts";

/** The persons of an extract who aren't participants: registered at some time, from three years before the study on. */
export function drawPool(study: Study, numbers: readonly string[], random: Random): Person[] {
  const from = day(`${at(study.years, 0) - 3}-01-01`);
  const until = day(`${at(study.years, study.years.length - 1)}-11-30`);
  return numbers.map((number) => {
    const person = drawPerson(number, study.population, random);
    const adult = plusMonths(person.birth, 12 * 18);
    const early = random.chance(0.3);
    const first = early ? from - random.whole(0, 700) : random.whole(from, until - 60);
    live(person, adult > first ? adult + random.whole(0, 500) : first, day(study.extraction), random);
    hideLateReports(person, day(study.extraction), random);
    sortSpells(person);
    return person;
  });
}

/** What began in the last two months before the extraction is reported in part only. */
function hideLateReports(person: Person, extraction: number, random: Random): void {
  const lag = plusMonths(extraction, -2);
  person.jobs = person.jobs.filter((job) => job.from <= lag || random.chance(0.5));
}

/** Starts of duos in other years by persons of the pool: each was searching on the day. */
export function startsElsewhere(
  pool: readonly Person[],
  year: number,
  wanted: number,
  taken: Set<string>,
  random: Random,
): Start[] {
  const starts: Start[] = [];
  for (const person of random.shuffled(pool)) {
    if (starts.length === wanted) break;
    const on = workday(day(`${year}-01-08`) + random.whole(0, 340));
    const age = yearOf(on) - yearOf(person.birth);
    const eligible = age >= 19 && age <= 32 && ORIGINS.some((origin) => origin === person.origin);
    if (!eligible || taken.has(person.number) || !isSearching(person, on)) continue;
    taken.add(person.number);
    starts.push({ person, on });
  }
  return starts;
}
