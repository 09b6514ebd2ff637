import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDesign } from "../../src/cohort/design.ts";
import { EXIT_CAUSES, readFollowUp } from "../../src/cohort/follow-up.ts";
import { readFollowUpPersons } from "../../src/cohort/follow-up-persons.ts";
import { readPlacebo } from "../../src/cohort/placebo.ts";
import type { CohortSettings } from "../../src/cohort/settings.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import type { FollowUp } from "../../src/evaluate/follow-up.ts";
import { cohortByHand } from "../support/cohort-oracle.ts";
import type { CohortTables, PersonMonth } from "../support/cohort-oracle-rows.ts";
import { addDays, addMonths } from "../support/days-oracle.ts";
import { leavingByHand, placeboByHand } from "../support/follow-up-oracle.ts";
import { STUDY } from "../support/spec.ts";
import { restage, type StagedTables, stagedEngine } from "../support/tables.ts";

let engine: SqlEngine;
beforeAll(async () => {
  engine = await stagedEngine();
});
afterAll(() => engine.close());

/** Starts on days on which month arithmetic is awkward, and the days about the boundaries counted from them. */
const STARTS = ["2014-08-31", "2014-08-30", "2015-02-28", "2014-12-31", "2015-01-31", "2016-02-29", "2014-03-10"];
const EDGES = STARTS.flatMap((on) =>
  [-24, -12, 0, 1, 5, 6, 12, 18].flatMap((months) => [-1, 0, 1].map((days) => addDays(addMonths(on, months), days))),
);
const day = fc.oneof(
  fc.constantFrom(...EDGES),
  fc.nat(2200).map((n) => addDays("2012-01-01", n)),
);
/** Days of the follow-up of these starts. */
const late = fc.oneof(
  fc.constantFrom(...EDGES.filter((on) => on >= "2014-06-01")),
  fc.nat(1000).map((n) => addDays("2014-06-01", n)),
);
const spell = fc
  .record({ from_on: day, other: fc.oneof(day, fc.constant(null)), length: fc.constantFrom(0, 30, 89, 90, 400) })
  .map(({ from_on, other, length }) => ({
    from_on,
    to_on: other === null || other >= from_on ? other : addDays(from_on, length),
  }));
const EXITS = ["died", "emigrated", "deregistered", "work", null] as const;
const exit = fc.constantFrom(...EXITS);
const person = fc.record({
  gender: fc.constantFrom("woman", "man"),
  /** Nearly all are registered from early on, till an exit. */
  long: fc.record({
    from_on: fc.constantFrom("2011-06-01", "2012-03-10", "2012-08-30", "2013-01-01"),
    to_on: late,
    exit,
  }),
  registered: fc.array(fc.tuple(spell, exit), { maxLength: 1 }),
  work: fc.array(fc.tuple(spell, fc.constantFrom("permanent", "agency", "student")), { maxLength: 3, size: "max" }),
  startsOn: fc.option(fc.constantFrom(...STARTS), { freq: 2 }),
});

type Draw = typeof person extends fc.Arbitrary<infer T> ? T : never;

function tablesOf(persons: readonly Draw[]): CohortTables {
  const own = (i: number) => ({ register: "actiris", person_number: `P${String(i).padStart(2, "0")}` });
  const starting = persons.flatMap(({ startsOn }, i) => (startsOn === null ? [] : [{ startsOn, i }]));
  return {
    branches: [{ branch_id: "B1", region: "brussels" }],
    mentees: starting.map(({ i }) => ({ mentee_id: `M${i}`, person_number: own(i).person_number })),
    duos: starting.map(({ startsOn, i }) => ({
      duo_id: `D${i}`,
      mentee_id: `M${i}`,
      branch_id: "B1",
      started_on: startsOn,
    })),
    jobseekers: persons.map(({ gender }, i) => ({
      ...own(i),
      birth_on: "1990-01-01",
      gender,
      origin: "maghreb",
      qualification: "low",
    })),
    jobseeker_spells: persons.flatMap(({ long, registered }, i) => [
      { ...own(i), ...long },
      ...registered.map(([days, why]) => ({ ...own(i), ...days, exit: why })),
    ]),
    employment_spells: persons.flatMap(({ work }, i) =>
      work.map(([days, contract]) => ({ ...own(i), ...days, contract, contract_months: null })),
    ),
  };
}

const settingsDraw = fc.record({
  after: fc.constantFrom(0, 6, 6),
  extraction: fc.constantFrom("2015-08-31", "2016-02-29", "2016-08-30", "2018-06-30", "2018-06-30"),
  reportingLagMonths: fc.constantFrom(0, 1, 2),
});

interface Keyed extends PersonMonth {
  readonly key: number;
}

/** What the oracle has to say of the rows of all patterns; the patterns themselves are held against another oracle. */
async function keyedRows(tables: CohortTables, settings: CohortSettings): Promise<readonly Keyed[]> {
  const found = await engine.rows({ name: "keyed", text: "select person_key, month, key from patterns.keyed" });
  const keys = new Map(found.map((row) => [`${row.person_key} ${row.month}`, Number(row.key)]));
  return cohortByHand(tables, settings).rows.flatMap((row) => {
    const key = keys.get(`${row.person_key} ${row.month}`);
    return key === undefined ? [] : [{ ...row, key }];
  });
}

test("SQL agrees with the oracle on when and why each row leaves, on the pairs of rows, and on the placebo", async () => {
  const met = new Map<string, number>();
  const meet = (name: string): void => void met.set(name, (met.get(name) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 16, maxLength: 24, size: "max" }),
      settingsDraw,
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      async (persons, { after, ...draw }, dropped) => {
        const tables = tablesOf(persons);
        // patterns are matched in a late extraction, so that follow-up meets the reach of an earlier one
        const late = { ...STUDY, outcomes: [{ definition: "days90", after }] } as const satisfies CohortSettings;
        const settings: CohortSettings = { ...late, ...draw };
        await restage(engine, tables as unknown as StagedTables);
        const { patterns } = await buildDesign(engine, late);
        const matched = [...patterns.rows.keys()].filter(() => dropped.next().value > 0);
        const followUp = await readFollowUp(engine, settings, matched, new Float64Array(patterns.size).fill(1));
        const rows = (await keyedRows(tables, late)).filter(({ key }) => matched.includes(key));
        const leaving = rows.map((row) => ({ row, ...leavingByHand(tables, settings, row, after) }));
        expect(followUp.arm).toEqual(patterns.arm);
        const said = leaving.map(({ row, month, cause }) => `${row.key} ${month} ${codeOf(cause)}`);
        expect(exitsOf(followUp)).toEqual(counted(said));
        const pairs = rows.flatMap((one, i) =>
          rows.flatMap((two, j) => (one.person_key === two.person_key && i !== j ? [`${said[i]} | ${said[j]}`] : [])),
        );
        expect(pairsOf(followUp)).toEqual(counted(pairs));
        for (const { arm, persons: all, placed } of await readFollowUpPersons(engine, 12))
          expect({ all, placed }, arm).toEqual(personsByHand(leaving, arm));
        for (const { month, cause } of leaving) meet(kindOf(month, cause));
        for (const _ of pairs) meet("pair");
        await checkPlacebo(tables, settings, matched, rows, meet);
      },
    ),
    { numRuns: 22, seed: 20142, endOnFailure: true },
  );
  // agreement on nothing would be no agreement
  const kinds = [
    "placed",
    "died",
    "deregistered",
    "emigrated",
    "gone before the window",
    "to the end",
    "censored",
    "pair",
  ];
  for (const kind of [...kinds, "observed", "unobserved", "worked 90 days"])
    expect(met.get(kind) ?? 0, kind).toBeGreaterThan(9);
});

/** Distinct persons of an arm, and how many begin to work in each month, counted in the earliest of their rows. */
function personsByHand(
  leaving: readonly { readonly row: Keyed; readonly month: number; readonly cause: string }[],
  arm: string,
): { readonly all: number; readonly placed: readonly number[] } {
  const own = leaving.filter(({ row }) => `${row.arm}s` === arm);
  const first = new Map<number, number>();
  for (const { row, month, cause } of own) {
    const earlier = first.get(row.person_key) ?? Number.POSITIVE_INFINITY;
    if (cause === "placed") first.set(row.person_key, Math.min(earlier, month));
  }
  const placed = Array.from({ length: 13 }, (_, month) => [...first.values()].filter((one) => one === month).length);
  return { all: new Set(own.map(({ row }) => row.person_key)).size, placed };
}

function kindOf(month: number, cause: string): string {
  if (cause === "followed") return month < 12 ? "censored" : "to the end";
  return month === 0 ? "gone before the window" : cause;
}

const codeOf = (cause: string): number =>
  cause === "placed" ? 1 : cause === "followed" ? 0 : EXIT_CAUSES[cause as keyof typeof EXIT_CAUSES];

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const exitAt = ({ exits }: FollowUp, i: number): string => `${exits.key[i]} ${exits.month[i]} ${exits.cause[i]}`;

function exitsOf(followUp: FollowUp): Readonly<Record<string, number>> {
  return Object.fromEntries([...followUp.exits.rows].map((rows, i) => [exitAt(followUp, i), rows]));
}

function pairsOf(followUp: FollowUp): Readonly<Record<string, number>> {
  const { recurrence } = followUp;
  if (recurrence === undefined) return {};
  return Object.fromEntries(
    [...recurrence.rows].map((rows, i) => {
      const [one, two] = [recurrence.exit1[i] ?? -1, recurrence.exit2[i] ?? -1];
      return [`${exitAt(followUp, one)} | ${exitAt(followUp, two)}`, rows];
    }),
  );
}

async function checkPlacebo(
  tables: CohortTables,
  settings: CohortSettings,
  matched: readonly number[],
  rows: readonly Keyed[],
  meet: (name: string) => void,
): Promise<void> {
  const placebo = await readPlacebo(engine, settings, matched);
  const byHand = rows.map((row) => ({ ...row, days: placeboByHand(tables, settings, row) }));
  const observed = byHand.flatMap((row) => (row.days === null ? [] : [{ ...row, days: row.days }]));
  for (const { days } of byHand) meet(days === null ? "unobserved" : "observed");
  for (const { days } of observed) if (days >= 90) meet("worked 90 days");
  const sums = (of: readonly Keyed[], value: (row: Keyed & { days: number }) => number): Float64Array => {
    const result = new Float64Array(placebo.matchedRows.length);
    for (const row of of) result[row.key] = (result[row.key] ?? 0) + value({ days: 0, ...row });
    return result;
  };
  expect(placebo.matchedRows).toEqual(sums(rows, () => 1));
  for (const [name, y] of [
    ["days", ({ days }: { days: number }) => days],
    ["days90", ({ days }: { days: number }) => (days >= 90 ? 1 : 0)],
  ] as const) {
    const { outcomes, recurrence } = placebo[name];
    expect(outcomes.rows).toEqual(sums(observed, () => 1));
    expect(outcomes.sum).toEqual(sums(observed, y));
    expect(outcomes.sumsq).toEqual(sums(observed, (row) => y(row) ** 2));
    const pairs = new Map<string, readonly number[]>();
    for (const one of observed)
      for (const two of observed) {
        if (one.person_key !== two.person_key || one.month === two.month) continue;
        const [n = 0, sum1 = 0, sum2 = 0, sum12 = 0] = pairs.get(`${one.key} ${two.key}`) ?? [];
        pairs.set(`${one.key} ${two.key}`, [n + 1, sum1 + y(one), sum2 + y(two), sum12 + y(one) * y(two)]);
      }
    const found = [...recurrence.rows].map((n, i) => {
      const { key1, key2, sum1, sum2, sum12 } = recurrence;
      return [`${key1[i]} ${key2[i]}`, [n, sum1[i] ?? -1, sum2[i] ?? -1, sum12[i] ?? -1]] as const;
    });
    expect(new Map(found)).toEqual(pairs);
    expect(found.length).toBe(pairs.size);
  }
  for (const { arm, ...counts } of placebo.history) {
    const own = byHand.filter((row) => arm === "both" || `${row.arm}s` === arm);
    const seen = observed.filter((row) => arm === "both" || `${row.arm}s` === arm);
    const distinct = (some: readonly Keyed[]): number => new Set(some.map(({ person_key }) => person_key)).size;
    expect(counts, arm).toEqual({
      rows: own.length,
      persons: distinct(own),
      observedRows: seen.length,
      observedPersons: distinct(seen),
      personsWorked: distinct(seen.filter(({ days }) => days >= 90)),
    });
  }
}
