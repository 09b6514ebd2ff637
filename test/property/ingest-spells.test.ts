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
