import fc from "fast-check";
import { expect, test } from "vitest";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { ingested } from "../support/ingest-project.ts";
import { ruleEngine, stagingSql } from "../support/rule-cases.ts";

interface Spell {
  readonly file: number;
  readonly row: number;
  readonly person: string;
  readonly from: number;
  /** Infinity where it has not ended. */
  readonly to: number;
  readonly rejected: boolean;
}

const spell = fc.record({
  file: fc.integer({ min: 1, max: 2 }),
  person: fc.integer({ min: 0, max: 39 }).map((number) => `P${number}`),
  from: fc.integer({ min: 0, max: 40 }),
  to: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 9 }) },
    { weight: 1, arbitrary: fc.constant(Infinity) },
  ),
  rejected: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const isEarlier = (a: Spell, b: Spell): boolean =>
  a.from !== b.from ? a.from < b.from : a.file !== b.file ? a.file < b.file : a.row < b.row;

const date = (day: number): string => (day === Infinity ? "null" : `date '2020-01-01' + ${day}`);

/** What the two queries find of these spells: file, row, and whether it lies within an earlier one or begins with another. */
async function compared(engine: SqlEngine, spells: readonly Spell[]): Promise<readonly string[]> {
  const table = async (name: string, columns: string, rows: readonly string[]): Promise<void> => {
    await engine.execute({ name, text: `create or replace table incoming.${name} (${columns})` });
    if (rows.length > 0)
      await engine.execute({
        name,
        text: `insert into incoming.${name} values ${rows.map((row) => `(${row})`).join(", ")}`,
      });
  };
  const arrived =
    "file_id integer, source_row bigint, register varchar, person_number varchar, from_on date, to_on date";
  await table(
    "jobseeker_spells",
    arrived,
    spells.map(({ file, row, person, from, to }) => `${file}, ${row}, 'a', '${person}', ${date(from)}, ${date(to)}`),
  );
  await table(
    "problems",
    "table_name varchar, file_id integer, source_row bigint, severity varchar",
    spells.flatMap(({ file, row, rejected }) => (rejected ? [`'jobseeker_spells', ${file}, ${row}, 'reject'`] : [])),
  );
  for (const name of ["candidates_jobseeker_spells", "compared_jobseeker_spells"]) {
    const text = `create or replace table incoming.${name} as ${stagingSql(`rules/${name}`)}`;
    await engine.execute({ name, text });
  }
  const rows = await engine.rows({ name: "compared", text: "from incoming.compared_jobseeker_spells" });
  return rows.map((row) => `${row.file_id} ${row.source_row} ${row.is_within} ${row.is_alike}`).toSorted();
}

test("spells overlap and look alike as when each is held against every other one", async () => {
  const engine = await ruleEngine();
  await fc.assert(
    fc.asyncProperty(
      fc.array(spell, { minLength: 50, maxLength: 250 }),
      fc.integer({ min: 1, max: 250 }),
      async (drawn, step) => {
        // a fifth ends before it begins; such rows stay where a mapping only warns of them
        const spells = drawn.map((own, i) => ({ ...own, to: own.from + own.to - 2, row: (i * step) % 251 }));
        const expected = spells.flatMap((own) => {
          if (own.rejected) return [];
          const others = spells.filter((other) => other !== own && other.person === own.person && !other.rejected);
          const isWithin = others.some((other) => isEarlier(other, own) && own.from <= other.to);
          const isAlike = others.some((other) => other.from === own.from);
          return isWithin || isAlike ? [`${own.file} ${own.row} ${isWithin} ${isAlike}`] : [];
        });
        expect(await compared(engine, spells)).toEqual(expected.toSorted());
      },
    ),
    { numRuns: 30, seed: 5 },
  );
  await engine.close();
});

type Drawn = Omit<Spell, "row">;
type Arrangement = "persons" | "drawn";

/** Rows in the order of persons and days, or as they were drawn. */
const arranged = (spells: readonly Drawn[], arrangement: Arrangement): readonly Drawn[] =>
  arrangement === "drawn"
    ? spells
    : spells.toSorted((a, b) => (a.person === b.person ? a.from - b.from : a.person < b.person ? -1 : 1));

const iso = (day: number): string =>
  day === Infinity ? "" : new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);

/** Every problem that reading a register finds, as text; rows that stand at blanks are read beside the others. */
function problemsOf(
  rows: readonly Drawn[],
  jobseekers: readonly string[],
  plainFrom: number,
): Promise<readonly string[]> {
  const lines = rows.map(
    // some spells end before they begin
    ({ person, from, to }, i) => `${i % 50 === 7 ? " " : ""}${person},${iso(from)},${iso(from + to - 1)}`,
  );
  const files = {
    "j.csv": `n,b\n${jobseekers.map((person) => `${person},1990-01-01\n`).join("")}`,
    "e.csv": `n,f,t\n${lines.join("\n")}\n`,
  };
  const mapping = {
    ...{ source: "register", title: "register", register: "actiris", extraction: "2020-02-05" },
    tables: [
      { table: "jobseekers", files: "j.csv", columns: { person_number: "n", birth_on: "b" } },
      { table: "employment_spells", files: "e.csv", columns: { person_number: "n", from_on: "f", to_on: "t" } },
    ],
  };
  return ingested(
    files,
    [mapping],
    async ({ rows: ask }) => {
      const found = await ask("select file, row, field, value, rule, severity, message from staging.rejects");
      return found.map((row) => Object.values(row).join(" | ")).toSorted();
    },
    { plainFrom },
  );
}

test.each<Arrangement>(["persons", "drawn"])(
  "a file in the order of persons or in none breaks the same rules read at once and row by row: %s",
  async (arrangement) => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(spell, { minLength: 120, maxLength: 200 }), fc.boolean(), async (drawn, repeats) => {
        const rows = arranged(drawn, arrangement);
        const [, ...persons] = [...new Set(drawn.map(({ person }) => person))].toSorted();
        const jobseekers = repeats ? [persons[0] ?? "", ...persons] : persons;
        const expected = await problemsOf(rows, jobseekers, 1e9);
        expect(await problemsOf(rows, jobseekers, 0)).toEqual(expected);
        for (const line of expected) seen.add([0, 4].map((part) => line.split(" | ")[part]).join(" "));
      }),
      { numRuns: 4, seed: 7 },
    );
    const of = ["spell_overlap", "duplicate", "unknown_jobseeker"].map((rule) => `e.csv ${rule}`);
    expect([...seen]).toEqual(expect.arrayContaining([...of, "j.csv duplicate"]));
  },
);

/** Forty persons of one spell each, in their order, and one more spell of the first, which lies within the other. */
const ONE_EACH = Array.from({ length: 40 }, (_, i) => ({
  ...{ file: 1, from: 10, to: 20, rejected: false },
  person: `P${10 + i}`,
}));
const WITHIN = { file: 1, from: 12, to: 3, rejected: false, person: "P10" };

test.each([
  ["next to it", ONE_EACH.toSpliced(1, 0, WITHIN), 3],
  ["behind all others, in a file that is in order otherwise", [...ONE_EACH, WITHIN], 42],
  ["as a row that is read beside the others", ONE_EACH.toSpliced(7, 0, WITHIN), 9],
])("a spell within an earlier one is found %s", async (_, rows, row) => {
  const jobseekers = ONE_EACH.map(({ person }) => person);
  expect((await problemsOf(rows, jobseekers, 0)).map((line) => line.split(" | ").slice(0, 5))).toEqual([
    ["e.csv", String(row), "from_on", "2020-01-13", "spell_overlap"],
  ]);
});

test("a mapping that only warns of persons nobody knows has their spells compared by their numbers", async () => {
  const files = {
    "j.csv": "n,b\nP1,1990-01-01\n",
    "e.csv":
      "n,f,t\nP1,2014-01-01,2014-03-01\nX1,2014-01-01,2014-03-01\nX2,2014-02-01,\nX1,2014-02-01,\nX1,2014-02-01,\n",
  };
  const mapping = {
    source: "register",
    title: "register",
    register: "actiris",
    extraction: "2016-01-01",
    tables: [
      { table: "jobseekers", files: "j.csv", columns: { person_number: "n", birth_on: "b" } },
      {
        table: "employment_spells",
        files: "e.csv",
        columns: { person_number: "n", from_on: "f", to_on: "t" },
        rules: { unknown_jobseeker: "warn" },
      },
    ],
  };
  const problems = await ingested(files, [mapping], ({ rows }) =>
    rows("select row, rule, severity from staging.rejects order by row, rule"),
  );
  expect(problems.map(({ row, rule, severity }) => `${row} ${rule} ${severity}`)).toEqual([
    "3 unknown_jobseeker warn",
    "4 unknown_jobseeker warn",
    "5 spell_overlap warn",
    "5 unknown_jobseeker warn",
    "6 duplicate reject",
    "6 unknown_jobseeker warn",
  ]);
});
