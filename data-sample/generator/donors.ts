import type { PersonMonth } from "../../test/support/cohort-oracle-rows.ts";
import { plusMonths } from "./days.ts";
import { indexDay, type Slot } from "./participants.ts";
import type { Person } from "./people.ts";
import { at, type Random } from "./random.ts";
import { keyOf } from "./slots.ts";

/*
 * Each participant takes over the search history of a control of the same stratum. Donors are exchanged until both arms
 * are as alike on history as asked: close, not equal, since the published match did not look at history.
 */
export interface Donor {
  readonly row: PersonMonth;
  readonly person: Person;
}

/** Share of participants less weighted share of controls that is asked for, by level. */
const OFFSETS: Readonly<Record<string, number>> = {
  "duration 0-5": 0.021,
  "duration 6-11": 0.012,
  "duration 12-23": -0.014,
  "duration 24+": -0.019,
  "worked 0": -0.02,
  "worked 1-5": 0.022,
  "worked 6-11": 0.008,
  "worked 12+": -0.01,
  placebo: 0.004,
};

/** One donor a slot. */
export function chooseDonors(
  slots: readonly Slot[],
  cells: ReadonlyMap<string, readonly PersonMonth[]>,
  persons: ReadonlyMap<string, Person>,
  random: Random,
): Donor[] {
  const features = new Map<PersonMonth, Readonly<Record<string, number>>>();
  const featuresOf = (row: PersonMonth) => {
    const known = features.get(row) ?? historyOf(row, personOf(row, persons));
    features.set(row, known);
    return known;
  };
  const candidates = slots.map((slot) => cells.get(keyOf(slot)) ?? []);
  const chosen = candidates.map((rows) => random.pick(rows));
  const gap = gapOf(candidates, chosen, featuresOf);
  let cost = costOf(gap, slots.length);
  for (let step = 0; step < 40_000; step++) {
    const i = random.whole(0, slots.length - 1);
    const next = random.pick(at(candidates, i));
    move(gap, featuresOf(at(chosen, i)), -1);
    move(gap, featuresOf(next), 1);
    const tried = costOf(gap, slots.length);
    if (tried < cost) {
      cost = tried;
      chosen[i] = next;
    } else {
      move(gap, featuresOf(next), -1);
      move(gap, featuresOf(at(chosen, i)), 1);
    }
  }
  return chosen.map((row) => ({ row, person: personOf(row, persons) }));
}

/** Sum over slots of the donor's features less the mean of its stratum's. */
function gapOf(
  candidates: readonly (readonly PersonMonth[])[],
  chosen: readonly PersonMonth[],
  featuresOf: (row: PersonMonth) => Readonly<Record<string, number>>,
): Record<string, number> {
  const gap: Record<string, number> = Object.fromEntries(Object.keys(OFFSETS).map((name) => [name, 0]));
  for (const [i, rows] of candidates.entries()) {
    for (const row of rows) move(gap, featuresOf(row), -1 / rows.length);
    move(gap, featuresOf(at(chosen, i)), 1);
  }
  return gap;
}

function move(gap: Record<string, number>, features: Readonly<Record<string, number>>, by: number): void {
  for (const [name, value] of Object.entries(features)) gap[name] = (gap[name] ?? 0) + by * value;
}

function costOf(gap: Readonly<Record<string, number>>, persons: number): number {
  return Object.entries(OFFSETS).reduce((sum, [name, wanted]) => sum + ((gap[name] ?? 0) / persons - wanted) ** 2, 0);
}

/** History on the index day: both bands, and the share of days worked in months -24 to -13. */
function historyOf(row: PersonMonth, person: Person): Readonly<Record<string, number>> {
  const on = indexDay(row);
  const from = plusMonths(on, -24);
  const until = plusMonths(on, -12);
  const days = new Set<number>();
  for (const job of person.jobs) {
    if (job.contract === "student") continue;
    for (let d = Math.max(from, job.from); d <= Math.min(until - 1, job.to ?? until); d++) days.add(d);
  }
  return {
    [`duration ${row.covariates.unemployment_duration}`]: 1,
    [`worked ${row.covariates.months_worked_24}`]: 1,
    placebo: days.size / (until - from),
  };
}

function personOf(row: PersonMonth, persons: ReadonlyMap<string, Person>): Person {
  const person = persons.get(row.person_number);
  if (person === undefined) throw new Error(`no person ${row.person_number}`);
  return person;
}
