import { createHash } from "node:crypto";
import type {
  CohortResult,
  CohortSettings,
  CohortTables,
  DuoRow,
  EmploymentSpellRow,
  JobseekerRow,
  JobseekerSpellRow,
  PersonMonth,
} from "./cohort-oracle-rows.ts";
import { addMonths, ageOn, compare, covers, monthOf, monthText, wholeMonths, yearOf } from "./days-oracle.ts";
import { daysWorked, outcomeOf } from "./outcome-oracle.ts";

/*
 * A slow, obvious account of cohort, risk sets, outcomes and exact matching, person by person, in plain TypeScript.
 * It shares nothing with the queries and exists to disagree with them when they are wrong.
 * Days are ISO texts, which sort as dates do; `to_on` is the last day of a spell, null = still open on the extraction date.
 */

/** All person-months of both arms at risk on their index day, and the count of everybody else by reason. */
export function cohortByHand(tables: CohortTables, settings: CohortSettings): CohortResult {
  const persons = readPersons(tables, settings);
  const starts = firstStarts(tables);
  const study = studyParticipants(tables, settings, persons, starts);
  const rows: PersonMonth[] = [];
  const participants: Record<string, number> = { ...study.left };
  for (const { mentee, on, person } of study.linked) {
    const reason = whyNotAtRisk(person, on, settings) ?? "at_risk";
    count(participants, reason);
    if (reason === "at_risk") rows.push(personMonth("participant", person, mentee, on, settings));
  }
  const months = startDaysByMonth(study.linked);
  const controls: Record<string, number> = {};
  for (const person of persons.values()) {
    for (const [month, days] of months) {
      const on = indexDay(person.person_number, month, days, settings);
      const start = starts.get(person.person_number);
      const reason =
        start !== undefined && monthOf(start) <= month
          ? "participant"
          : !drawn(person.person_number, month, [...months.keys()], settings)
            ? "other_month_drawn"
            : (whyNotAtRisk(person, on, settings) ?? "at_risk");
      count(controls, reason);
      if (reason === "at_risk") rows.push(personMonth("control", person, null, on, settings));
    }
  }
  return { rows, participants, controls };
}

// --- persons and participants

/** A person of the register with all spells. */
export interface Person extends JobseekerRow {
  readonly person_key: number;
  readonly registered: JobseekerSpellRow[];
  /** Spells of contracts that count as work. */
  readonly work: EmploymentSpellRow[];
  /** Spells of any contract: a sign of life in the register. */
  readonly anyWork: EmploymentSpellRow[];
}
interface Linked {
  readonly mentee: string;
  readonly on: string;
  readonly person: Person;
}

function readPersons(tables: CohortTables, settings: CohortSettings): Map<string, Person> {
  const persons = new Map<string, Person>();
  const ordered = [...tables.jobseekers].sort(
    (a, b) => compare(a.register, b.register) || compare(a.person_number, b.person_number),
  );
  for (const [i, row] of ordered.entries()) {
    if (row.register !== settings.register) continue;
    persons.set(row.person_number, { ...row, person_key: i + 1, registered: [], work: [], anyWork: [] });
  }
  for (const spell of tables.jobseeker_spells) {
    if (spell.register === settings.register) persons.get(spell.person_number)?.registered.push(spell);
  }
  for (const spell of tables.employment_spells) {
    const person = spell.register === settings.register ? persons.get(spell.person_number) : undefined;
    person?.anyWork.push(spell);
    if (!settings.excludedContracts.includes(spell.contract)) person?.work.push(spell);
  }
  return persons;
}

interface Start {
  readonly duo: DuoRow;
  readonly on: string;
}

/** Per mentee the first duo that started, ties by duo id. */
function firstDuos(tables: CohortTables): Map<string, Start> {
  const first = new Map<string, Start>();
  for (const duo of tables.duos) {
    if (duo.started_on === null) continue;
    const on = duo.started_on;
    const seen = first.get(duo.mentee_id);
    const earlier = seen === undefined || on < seen.on || (on === seen.on && duo.duo_id < seen.duo.duo_id);
    if (earlier) first.set(duo.mentee_id, { duo, on });
  }
  return first;
}

/** Per person number the first start anywhere in the programme. */
function firstStarts(tables: CohortTables): Map<string, string> {
  const first = firstDuos(tables);
  const starts = new Map<string, string>();
  for (const mentee of tables.mentees) {
    const on = first.get(mentee.mentee_id)?.on;
    if (on === undefined || mentee.person_number === null) continue;
    const seen = starts.get(mentee.person_number);
    if (seen === undefined || on < seen) starts.set(mentee.person_number, on);
  }
  return starts;
}

function studyParticipants(
  tables: CohortTables,
  settings: CohortSettings,
  persons: ReadonlyMap<string, Person>,
  starts: ReadonlyMap<string, string>,
): { linked: readonly Linked[]; left: Readonly<Record<string, number>> } {
  const regions = new Map(tables.branches.map((b) => [b.branch_id, b.region]));
  const mentees = new Map(tables.mentees.map((m) => [m.mentee_id, m]));
  const study = [...firstDuos(tables)]
    .filter(([, { duo }]) => regions.get(duo.branch_id) === settings.region)
    .filter(([, { on }]) => settings.years.includes(yearOf(on)))
    .sort(([a, x], [b, y]) => compare(x.on, y.on) || compare(a, b));
  const left: Record<string, number> = {};
  const linked: Linked[] = [];
  const taken = new Set<string>();
  for (const [id, { on }] of study) {
    const number = mentees.get(id)?.person_number ?? null;
    const person = number === null ? undefined : persons.get(number);
    if (number === null) count(left, "no_person_number");
    else if (starts.get(number) !== on || taken.has(number)) count(left, "same_person");
    else if (person === undefined) count(left, "not_in_register");
    else linked.push({ mentee: id, on, person });
    if (number !== null) taken.add(number);
  }
  return { linked, left };
}

// --- index days and risk sets

function startDaysByMonth(linked: readonly Linked[]): Map<number, readonly string[]> {
  const months = new Map<number, string[]>();
  for (const { on } of linked) months.set(monthOf(on), [...(months.get(monthOf(on)) ?? []), on]);
  return new Map([...months].sort(([a], [b]) => a - b));
}

function indexDay(number: string, month: number, days: readonly string[], settings: CohortSettings): string {
  if (settings.index === "first-of-month") return `${monthText(month)}-01`;
  const ordinal = scaled(hash32(`${settings.seed}|index-day|${number}|${month}`), days.length);
  return days[ordinal] ?? "";
}

function drawn(number: string, month: number, months: readonly number[], settings: CohortSettings): boolean {
  if (settings.reuse === "every-month") return true;
  return months[scaled(hash32(`${settings.seed}|reuse|${number}`), months.length)] === month;
}

/** Why the person fails the test of the index day; null if at risk. The same test for both arms. */
function whyNotAtRisk(person: Person, on: string, settings: CohortSettings): string | null {
  const { ageFrom, ageTo, origins } = settings.eligibility;
  const age = ageOn(person.birth_on, on);
  if (!origins.includes(person.origin)) return "origin";
  if (!person.registered.some((spell) => covers(spell, on))) return "not_registered";
  if (person.work.some((spell) => covers(spell, on))) return "in_work";
  return age < ageFrom || age > ageTo ? "age" : null;
}

function personMonth(
  arm: PersonMonth["arm"],
  person: Person,
  mentee: string | null,
  on: string,
  settings: CohortSettings,
): PersonMonth {
  return {
    arm,
    person_key: person.person_key,
    person_number: person.person_number,
    mentee_id: mentee,
    year: yearOf(on),
    month: monthOf(on),
    index_on: on,
    covariates: covariatesOn(person, on, settings),
    outcomes: settings.outcomes.map((outcome) => outcomeOf(person, on, outcome, settings)),
  };
}

function covariatesOn(person: Person, on: string, settings: CohortSettings): Record<string, string> {
  const since = person.registered
    .filter((spell) => covers(spell, on))
    .map((spell) => spell.from_on)
    .sort()[0];
  const days = daysWorked(person.work, addMonths(on, -24), on);
  return {
    age_band: ageBand(ageOn(person.birth_on, on), settings),
    gender: person.gender,
    origin: person.origin,
    qualification: person.qualification,
    region: settings.region,
    index_month: monthText(monthOf(on)),
    unemployment_duration: band(wholeMonths(since ?? on, on), ["0-5", 6, "6-11", 12, "12-23", 24, "24+"]),
    months_worked_24: band(Math.floor(days / 30.4375), ["0", 1, "1-5", 6, "6-11", 12, "12+"]),
  };
}

function ageBand(age: number, { ageBands, eligibility }: CohortSettings): string {
  const at = ageBands.findLastIndex((from) => from <= age);
  const next = ageBands[at + 1];
  return `${ageBands[at]}-${next === undefined ? eligibility.ageTo : next - 1}`;
}

/** Label of the band a number falls into; labels and the bounds between them take turns. */
function band(value: number, bands: readonly (string | number)[]): string {
  const at = bands.findLastIndex((bound) => typeof bound === "number" && bound <= value);
  return String(bands[at + 1]);
}

/** First 8 hex digits of md5 as a number. */
export function hash32(text: string): number {
  return Number.parseInt(createHash("md5").update(text).digest("hex").slice(0, 8), 16);
}

function scaled(hash: number, n: number): number {
  return Number((BigInt(hash) * BigInt(n)) / 4_294_967_296n);
}

function count(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
