import type { PersonMonth } from "../../test/support/cohort-oracle-rows.ts";
import { matchExactly, SIB_2014 } from "../../test/support/matching-oracle.ts";
import { plusMonths } from "./days.ts";
import { employ, sortSpells } from "./life.ts";
import { indexDay } from "./participants.ts";
import type { Job, Person } from "./people.ts";
import { at, type Random } from "./random.ts";
import { OUTCOME } from "./study.ts";

/** Weighted control rate asked for, by `year|qualification`. */
export type Targets = Readonly<Record<string, number>>;

/** Small cells may run out of persons to change: years must be met, cells as nearly as may be. */
const MOST_STEPS = 20_000;
/** What a year's gap counts for beside a cell's: first the cells are brought near, then the years met. */
const YEAR_WEIGHTS = [1, 100, 10_000];

interface Follow {
  readonly cell: string;
  readonly on: number;
  readonly weight: number;
}
interface Control {
  readonly person: Person;
  readonly rows: readonly Follow[];
  /** The last day on which the person passes the test of an index day: what comes later changes no risk set. */
  readonly lastAtRisk: number;
}

/**
 * Changes what controls did after their last index day, one person at a time and only where it brings the weighted
 * rates nearer to their targets, until every year is within a hundredth of a point.
 */
export function calibrate(
  rows: readonly PersonMonth[],
  pool: ReadonlyMap<string, Person>,
  targets: Targets,
  extraction: number,
  random: Random,
  log: (line: string) => void,
): void {
  const controls = controlsOf(rows, pool);
  const gaps = gapsOf(rows, targets);
  log(`control rates off before: ${describe(gaps)}`);
  for (const yearWeight of YEAR_WEIGHTS) climb(controls, gaps, yearWeight, extraction, random);
  log(`control rates off after: ${describe(gaps)}`);
  if (!yearsAreClose(gaps)) throw new Error(`control rates stay off their targets: ${describe(gaps)}`);
}

function climb(
  controls: ReadonlyMap<string, readonly Control[]>,
  gaps: Gaps,
  yearWeight: number,
  extraction: number,
  random: Random,
): void {
  let cost = costOf(gaps, yearWeight);
  const done = () => yearsAreClose(gaps) && (yearWeight > 1 || cellsAreClose(gaps));
  for (let step = 0; step < MOST_STEPS && !done(); step++) {
    const cell = random.pick(Object.keys(gaps));
    const control = random.pick(controls.get(cell) ?? []);
    const kept = { registrations: control.person.registrations, jobs: control.person.jobs };
    const before = control.rows.map((row) => placed(control.person, row.on));
    const down = pressure(gaps, cell, yearWeight) > 0;
    if (!(down ? takeAway(control, random) : give(control, extraction, random))) continue;
    const after = control.rows.map((row) => placed(control.person, row.on));
    shift(gaps, control, before, after, 1);
    if (costOf(gaps, yearWeight) < cost) {
      cost = costOf(gaps, yearWeight);
      continue;
    }
    shift(gaps, control, before, after, -1);
    Object.assign(control.person, kept);
  }
}

interface Gap {
  readonly year: string;
  readonly weight: number;
  /** Weighted placements less those asked for. */
  gap: number;
}
type Gaps = Record<string, Gap>;

function controlsOf(rows: readonly PersonMonth[], pool: ReadonlyMap<string, Person>): Map<string, Control[]> {
  const matched = matchExactly(rows, SIB_2014, OUTCOME).filter((m) => m.row.arm === "control");
  const byPerson = new Map<Person, { rows: Follow[]; lastAtRisk: number }>();
  for (const { row, weight } of matched) {
    const person = pool.get(row.person_number);
    if (person === undefined) continue;
    const found = byPerson.get(person) ?? { rows: [], lastAtRisk: 0 };
    byPerson.set(person, found);
    found.lastAtRisk = Math.max(found.lastAtRisk, indexDay(row));
    if (weight > 0) found.rows.push({ cell: cellOf(row), on: indexDay(row), weight });
  }
  const controls = new Map<string, Control[]>();
  for (const [person, { rows: follows, lastAtRisk }] of byPerson) {
    for (const cell of new Set(follows.map((f) => f.cell))) {
      controls.set(cell, [...(controls.get(cell) ?? []), { person, rows: follows, lastAtRisk }]);
    }
  }
  return controls;
}

function gapsOf(rows: readonly PersonMonth[], targets: Targets): Gaps {
  const gaps: Gaps = {};
  for (const { row, weight, y } of matchExactly(rows, SIB_2014, OUTCOME)) {
    if (row.arm === "participant" || weight === 0) continue;
    const cell = cellOf(row);
    const target = targets[cell] ?? 0;
    const seen = gaps[cell] ?? { year: String(row.year), weight: 0, gap: 0 };
    gaps[cell] = { ...seen, weight: seen.weight + weight, gap: seen.gap + weight * (y - target) };
  }
  return gaps;
}

function shift(
  gaps: Gaps,
  control: Control,
  before: readonly boolean[],
  after: readonly boolean[],
  sign: number,
): void {
  for (const [i, row] of control.rows.entries()) {
    const gap = gaps[row.cell];
    const change = Number(at(after, i)) - Number(at(before, i));
    if (gap !== undefined) gap.gap += sign * row.weight * change;
  }
}

function yearGaps(gaps: Gaps): Map<string, { gap: number; weight: number }> {
  const years = new Map<string, { gap: number; weight: number }>();
  for (const { year, gap, weight } of Object.values(gaps)) {
    const seen = years.get(year) ?? { gap: 0, weight: 0 };
    years.set(year, { gap: seen.gap + gap, weight: seen.weight + weight });
  }
  return years;
}

function costOf(gaps: Gaps, yearWeight: number): number {
  const cells = Object.values(gaps).reduce((sum, { gap }) => sum + gap ** 2, 0);
  return [...yearGaps(gaps).values()].reduce((sum, { gap }) => sum + yearWeight * gap ** 2, cells);
}

function cellsAreClose(gaps: Gaps): boolean {
  return Object.values(gaps).every(({ gap, weight }) => Math.abs(gap / weight) < 0.004);
}

function yearsAreClose(gaps: Gaps): boolean {
  return [...yearGaps(gaps).values()].every(({ gap, weight }) => Math.abs(gap / weight) < 0.0001);
}

/** How far a cell is off, counting what its year is off too. */
function pressure(gaps: Gaps, cell: string, yearWeight: number): number {
  const own = gaps[cell];
  return own === undefined ? 0 : own.gap + yearWeight * (yearGaps(gaps).get(own.year)?.gap ?? 0);
}

/** The jobs that begin after some day past the last index day are lost, and the registration ends otherwise. */
function takeAway({ person, lastAtRisk }: Control, random: Random): boolean {
  const later = person.jobs.filter((job) => job.from > lastAtRisk);
  if (later.length === 0) return false;
  const first = random.pick(later).from;
  const registered = (job: Job) =>
    person.registrations.some((s) => s.from <= (job.to ?? 1e9) && (s.to === null || s.to >= job.from));
  if (later.some((job) => job.from >= first && registered(job))) return false;
  person.jobs = person.jobs.filter((job) => job.from < first);
  person.registrations = person.registrations.map((spell) =>
    spell.exit === "work" && spell.to !== null && spell.to >= first - 2 ? { ...spell, exit: "deregistered" } : spell,
  );
  return true;
}

/** A fixed-term job of some months begins some weeks after the last index day, before any other. */
function give({ person, lastAtRisk }: Control, extraction: number, random: Random): boolean {
  const from = lastAtRisk + random.whole(10, 260);
  const months = random.pick([3, 4, 6, 6, 9, 12]);
  const to = plusMonths(from, months) - 1;
  const next = person.jobs.find((job) => job.from > lastAtRisk)?.from ?? extraction + 1;
  const back = person.registrations.find((spell) => spell.from > from)?.from ?? extraction + 1;
  if (to >= Math.min(next, back)) return false;
  person.registrations = person.registrations.map((s) =>
    s.from < from && (s.to === null || s.to >= from) ? { ...s, to: from - 1, exit: "work" } : s,
  );
  person.jobs = [...person.jobs];
  employ(person, { from, to, contract: "fixed_term", months, fraction: 1 }, extraction);
  sortSpells(person);
  return true;
}

/** days90: at least 90 distinct days of work in the 12 months from the index day. */
function placed(person: Person, on: number): boolean {
  const until = plusMonths(on, 12);
  const days = new Set<number>();
  for (const job of person.jobs) {
    if (job.contract === "student") continue;
    for (let d = Math.max(on, job.from); d <= Math.min(until - 1, job.to ?? until); d++) days.add(d);
  }
  return days.size >= 90;
}

function cellOf(row: PersonMonth): string {
  return `${row.year}|${row.covariates.qualification}`;
}

/** Points off, by cell. */
function describe(gaps: Gaps): string {
  return Object.entries(gaps)
    .map(([cell, { gap, weight }]) => `${cell} ${((100 * gap) / weight).toFixed(2)}`)
    .join(", ");
}
