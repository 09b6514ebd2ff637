import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDesign, type Design, patternsFor } from "../../src/cohort/design.ts";
import { tableFromIPC, tableToIPC } from "../../src/cohort/ipc.ts";
import { matchedPersons, type Results, readOneOutcome, readOutcomes } from "../../src/cohort/results.ts";
import type { CohortSettings } from "../../src/cohort/settings.ts";
import { countsOf, outcomesIn, outcomesOf, patternsOf, recurrenceOf } from "../../src/cohort/tables.ts";
import type { SqlEngine, SqlRow } from "../../src/engine/engine.ts";
import { periodOf } from "../../src/impact/analysis.ts";
import { outcomeWithin, sharedOutcome } from "../../src/impact/outcome-parts.ts";
import { programme, register, STUDY } from "../support/spec.ts";
import { stagedEngine } from "../support/tables.ts";

const numbers = Array.from({ length: 12 }, (_, i) => `P${i + 10}`);
const SETTINGS: CohortSettings = {
  ...STUDY,
  extraction: "2016-08-31",
  outcomes: [
    { definition: "days90", after: 0 },
    { definition: "at12", after: 6 },
  ],
};
const GROUPS = ["gender", "qualification"] as const;

interface Row {
  readonly person: number;
  readonly key: number;
  readonly arm: number;
  readonly year: number;
  readonly y: number;
  readonly unknown: number;
  readonly gender: string;
}

let engine: SqlEngine;
let design: Design;
let results: Results;
let matched: readonly number[];
/** Mature rows of matched patterns, one outcome, as row objects: what the sums are held against. */
let rows: ReadonlyMap<string, readonly Row[]>;

beforeAll(async () => {
  const base = register(...numbers);
  const people = Array.isArray(base.jobseekers) ? base.jobseekers : [];
  engine = await stagedEngine({
    ...programme({ P10: "2014-03-10", P11: "2014-04-10", P12: "2014-12-10", P13: "2015-02-10", P14: "2015-06-10" }),
    ...base,
    jobseekers: people.map((person, i) => ({ ...person, gender: i % 3 === 0 ? "man" : "woman" })),
    employment_spells: numbers.slice(4).map((person_number, i) => ({
      register: "actiris",
      person_number,
      from_on: `2014-${String(i + 3).padStart(2, "0")}-20`,
      to_on: i % 2 === 0 ? `2015-0${i + 1}-25` : null,
      contract: "agency",
    })),
  });
  design = await buildDesign(engine, SETTINGS);
  // all but one pattern of controls
  matched = Array.from({ length: design.patterns.size - 1 }, (_, key) => key);
  results = await readOutcomes(engine, SETTINGS, matched, GROUPS);
  rows = new Map(await Promise.all(SETTINGS.outcomes.map(async (o) => [o.definition, await matureRows(o)] as const)));
});
afterAll(() => engine.close());

async function matureRows(outcome: CohortSettings["outcomes"][number]): Promise<readonly Row[]> {
  const text = `
    select y.person_key, k.key, p.arm, i.year, y.y, y.unknown, p.gender
    from risk.placements y
    join patterns.keyed k on k.person_key = y.person_key and k.month = y.month
    join patterns.patterns p on p.key = k.key
    join risk.index_months i on i.month = y.month
    where y.mature and y.definition = $definition and y.after = $after`;
  return (await engine.rows({ name: "rows", text }, { ...outcome })).map((row: SqlRow) => ({
    person: Number(row.person_key),
    key: Number(row.key),
    arm: Number(row.arm),
    year: Number(row.year),
    y: Number(row.y),
    unknown: Number(row.unknown),
    gender: String(row.gender),
  }));
}

const rowsOf = (definition: string): readonly Row[] => rows.get(definition) ?? [];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("patterns", () => {
  test("keys run from 0 and participants come first", () => {
    expect(design.patterns.size).toBeGreaterThan(10);
    expect([...design.patterns.arm]).toEqual([...design.patterns.arm].sort((a, b) => b - a));
    expect(new Set(design.patterns.arm)).toEqual(new Set([0, 1]));
  });

  test("levels are sorted, every code names one, and the index month is a covariate among them", () => {
    for (const covariate of design.patterns.covariates) {
      if (covariate.kind !== "categorical") throw new Error("a numeric covariate");
      expect(covariate.levels).toEqual([...new Set(covariate.levels)].sort());
      expect(new Set(covariate.codes).size).toBe(covariate.levels.length);
    }
    const month = design.patterns.covariates.find(({ name }) => name === "index_month");
    expect(month?.kind === "categorical" && month.levels[0]).toBe("2014-03");
  });

  test("rows of an outcome are its mature person-months, 0 where the month is immature for it", () => {
    for (const outcome of SETTINGS.outcomes) {
      const analysed = design.attrition.filter(
        (row) => row.definition === outcome.definition && row.reason === "analysed",
      );
      expect(sum([...patternsFor(design, outcome).rows])).toBe(sum(analysed.map((row) => row.rows)));
    }
    expect([...patternsFor(design, { definition: "at12", after: 6 }).rows]).toContain(0);
    expect([...patternsFor(design, { definition: "days90", after: 0 }).rows]).not.toContain(0);
  });

  test("rows whose person starts later, before the window ends, are counted among the controls only", () => {
    const counts = design.counts[0];
    const later = (arm: number) =>
      sum([...(counts?.startsLater ?? [])].filter((_, i) => design.patterns.arm[i] === arm));
    expect(later(1)).toBe(0);
    expect(later(0)).toBeGreaterThan(3);
  });
});

describe("outcomes, recurrence, populations", () => {
  test.each(["days90", "at12"])(
    "sums of %s by pattern are those of its rows, 0 for what isn't matched",
    (definition) => {
      const outcome = results.outcomes.find((each) => each.definition === definition);
      const expected = Array.from({ length: design.patterns.size }, (_, key) =>
        rowsOf(definition).filter((row) => row.key === key),
      );
      expect([...(outcome?.rows ?? [])]).toEqual(expected.map((own) => own.length));
      expect([...(outcome?.sum ?? [])]).toEqual(expected.map((own) => sum(own.map(({ y }) => y))));
      expect([...(outcome?.sumsq ?? [])]).toEqual(expected.map((own) => sum(own.map(({ y }) => y * y))));
      expect(sum([...(outcome?.sum ?? [])])).toBeGreaterThan(0);
      expect(outcome?.rows.at(-1)).toBe(0);
    },
  );

  test.each(["days90", "at12"])(
    "recurrence of %s holds all ordered pairs of different rows of one person",
    (definition) => {
      const expected = new Map<string, number[]>();
      for (const a of rowsOf(definition))
        for (const b of rowsOf(definition)) {
          if (a.person !== b.person || a.key === b.key) continue;
          const [n = 0, first = 0, second = 0, both = 0] = expected.get(`${a.key} ${b.key}`) ?? [];
          expected.set(`${a.key} ${b.key}`, [n + 1, first + a.y, second + b.y, both + a.y * b.y]);
        }
      const found = results.recurrence.find((each) => each.definition === definition);
      const pairs = [...(found?.key1 ?? [])].map(
        (key1, i) =>
          [
            `${key1} ${found?.key2[i]}`,
            [found?.rows[i] ?? 0, found?.sum1[i] ?? 0, found?.sum2[i] ?? 0, found?.sum12[i] ?? 0],
          ] as const,
      );
      expect(pairs.length).toBe(expected.size);
      expect(new Map(pairs)).toEqual(expected);
      expect(expected.size).toBeGreaterThan(10);
    },
  );

  test("populations are distinct persons of each year and of all, by level and arm", () => {
    for (const population of results.populations) {
      if (population.dimension === "qualification") continue;
      const own = rowsOf(population.definition).filter(
        (row) =>
          (population.period === "2014-2016" || population.period === String(row.year)) &&
          (population.dimension === "total" || row.gender === population.level) &&
          (population.arm === "both" || (population.arm === "participants" ? 1 : 0) === row.arm),
      );
      const persons = new Set(own.map(({ person }) => person));
      const placed = new Set(own.filter(({ y }) => y === 1).map(({ person }) => person));
      const { rows: n, persons: distinct, personsPlaced } = population;
      expect([n, distinct, personsPlaced]).toEqual([own.length, persons.size, placed.size]);
    }
    const total = results.populations.filter((p) => p.definition === "days90" && p.dimension === "total");
    expect(total.map(({ period, arm }) => `${period} ${arm}`)).toEqual([
      "2014 both",
      "2014 controls",
      "2014 participants",
      "2014-2016 both",
      "2014-2016 controls",
      "2014-2016 participants",
      "2015 both",
      "2015 controls",
      "2015 participants",
    ]);
  });

  test("nothing matched leaves sums of 0 and no population", async () => {
    const none = await readOutcomes(engine, SETTINGS, [], GROUPS);
    expect(sum([...(none.outcomes[0]?.rows ?? [])])).toBe(0);
    expect(none.outcomes[0]?.rows.length).toBe(design.patterns.size);
    expect(none.populations).toEqual([]);
    expect(none.recurrence[0]?.key1.length).toBe(0);
    await readOutcomes(engine, SETTINGS, matched, GROUPS);
  });
});

describe("the evaluator's files", () => {
  test("Arrow files read back give the same patterns, counts, outcomes and recurrence", () => {
    const again = (table: Parameters<typeof tableToIPC>[0]) => tableFromIPC(tableToIPC(table));
    const patterns = again(design.tables.patterns);
    const size = patterns.numRows;
    const outcomes = again(results.tables.outcomes);
    const choices = [...outcomesIn(outcomes)]
      .map(({ definition, after }) => ({ definition, after }))
      .sort((a) => (a.definition === "days90" ? -1 : 1));
    expect(choices).toEqual(SETTINGS.outcomes);
    const counts = countsOf(again(design.tables.counts), size, choices);
    expect(counts).toEqual(design.counts);
    expect(patternsOf(patterns, counts[0]?.rows ?? new Float64Array())).toEqual(design.patterns);
    expect(outcomesOf(outcomes, size, choices)).toEqual(results.outcomes);
    expect(recurrenceOf(again(results.tables.recurrence), choices)).toEqual(results.recurrence);
  });

  test("the same registers give the same bytes, whatever the number of threads", async () => {
    await engine.execute({ name: "threads", text: "set threads = 3" });
    const design1 = await buildDesign(engine, SETTINGS);
    const results1 = await readOutcomes(engine, SETTINGS, [...matched].reverse(), GROUPS);
    for (const [one, two] of [
      [design1.tables.patterns, design.tables.patterns],
      [design1.tables.counts, design.tables.counts],
      [results1.tables.outcomes, results.tables.outcomes],
      [results1.tables.recurrence, results.tables.recurrence],
      [results1.tables.populations, results.tables.populations],
    ] as const)
      expect(Buffer.from(tableToIPC(one)).equals(Buffer.from(tableToIPC(two)))).toBe(true);
    await engine.execute({ name: "threads", text: "set threads = 1" });
  });

  test("tables that another design would make alike stand, and it is the same design", async () => {
    const made: string[] = [];
    const watched: SqlEngine = {
      ...engine,
      build: (sql, ...more) => {
        made.push(sql.name);
        return engine.build(sql, ...more);
      },
    };
    const later = { ...SETTINGS, outcomes: SETTINGS.outcomes.slice(1) };
    const first = await buildDesign(engine, SETTINGS);
    const second = await buildDesign(watched, later, first.built);
    expect(made).toEqual(["risk.maturity", "risk.attrition", "patterns.patterns", "patterns.keyed", "patterns.counts"]);
    expect(await buildDesign(engine, later)).toEqual(second);
    made.length = 0;
    await buildDesign(watched, { ...later, seed: "another" }, second.built);
    expect(made).toContain("risk.candidates");
    expect(made).not.toContain("risk.persons");
  });

  test("an outcome read alone is the same as among others, its pairs in the same order", async () => {
    await buildDesign(engine, SETTINGS);
    for (const [i, choice] of SETTINGS.outcomes.entries()) {
      const one = await readOneOutcome(engine, { ...SETTINGS, outcomes: [choice] }, matched);
      expect(one.outcomes).toEqual(results.outcomes[i]);
      const { definition: _, after: __, ...recurrence } = results.recurrence[i] ?? { definition: "", after: 0 };
      expect(one.recurrence).toEqual(recurrence);
      const persons = await matchedPersons(engine);
      const own = results.populations.filter(
        (row) =>
          row.definition === choice.definition && row.dimension === "total" && row.period === periodOf(SETTINGS.years),
      );
      expect(own.length).toBeGreaterThan(0);
      for (const { arm, persons: all, personsPlaced } of own)
        expect(persons[arm]).toEqual({ persons: all, personsPlaced });
    }
  });

  test("a part of an outcome that was read for more patterns is what reading it alone gives", async () => {
    await buildDesign(engine, SETTINGS);
    const choices = { ...SETTINGS, outcomes: SETTINGS.outcomes.slice(0, 1) };
    const whole = sharedOutcome(await readOneOutcome(engine, choices, matched));
    const parts = [];
    for (const keys of [matched.filter((_, i) => i % 3 === 0), matched.slice(0, 1), [], matched]) {
      const own = Int32Array.from(keys);
      await engine.load("patterns.matched", { key: own });
      parts.push({ own, persons: await matchedPersons(engine), ...outcomeWithin(whole, own) });
    }
    for (const { own, persons, outcomes, recurrence } of parts) {
      const alone = sharedOutcome(await readOneOutcome(engine, choices, own));
      expect(outcomes).toEqual(alone.outcomes);
      for (const column of ["key1", "key2", "rows", "sum1", "sum2", "sum12"] as const)
        expect([...recurrence[column]]).toEqual([...alone.recurrence[column]]);
      expect(await matchedPersons(engine)).toEqual(persons);
    }
    expect(parts.map(({ recurrence }) => recurrence.key1.length)).toContainEqual(whole.recurrence.key1.length);
    expect(parts[0]?.recurrence.key1.length).toBeGreaterThan(0);
  });

  test("a table in which an outcome comes back after another is refused", () => {
    const table = results.tables.outcomes;
    const shuffled = table.concat(table.slice(0, 1));
    expect(() => outcomesIn(shuffled)).toThrow(RangeError);
  });
});
