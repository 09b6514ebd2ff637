import fc from "fast-check";
import { expect, test } from "vitest";
import { compareSpells, type KeyedSpells, NO_DAY } from "../../src/ingest/compare-spells.ts";
import { ingested } from "../support/ingest-project.ts";

interface Spell {
  readonly file: number;
  readonly row: number;
  readonly person: number;
  readonly from: number;
  readonly to: number;
  readonly rejected: boolean;
}

const OPEN = 2 ** 31 - 1;
const spell = fc.record({
  file: fc.integer({ min: 0, max: 1 }),
  person: fc.constantFrom(-2, -1, 0, 1, 1, 1, 2, 3),
  from: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 12 }) },
    { weight: 1, arbitrary: fc.constant(NO_DAY) },
  ),
  to: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 14 }) }, { weight: 1, arbitrary: fc.constant(OPEN) }),
  rejected: fc.boolean(),
});

const columns = (spells: readonly Spell[]): KeyedSpells => {
  const column = (name: "file" | "row" | "person" | "from" | "to"): Int32Array =>
    Int32Array.from(spells, (own) => own[name]);
  return { file: column("file"), row: column("row"), person: column("person"), from: column("from"), to: column("to") };
};

const isEarlier = (a: Spell, b: Spell): boolean =>
  a.from !== b.from ? a.from < b.from : a.file !== b.file ? a.file < b.file : a.row < b.row;

test("spells overlap and look alike as when each is held against every other one", () => {
  fc.assert(
    fc.property(fc.array(spell, { maxLength: 90 }), fc.integer({ min: 1, max: 97 }), (drawn, step) => {
      const spells = drawn.map((own, i) => ({ ...own, row: (i * step) % 97 }));
      const compared = (own: Spell): boolean => !own.rejected && own.person !== 0 && own.from !== NO_DAY;
      const others = (own: Spell): readonly Spell[] =>
        spells.filter((other) => other !== own && other.person === own.person && compared(other));
      const places = (is: (own: Spell) => boolean): readonly number[] =>
        spells.flatMap((own, i) => (compared(own) && is(own) ? [i] : []));
      const found = compareSpells(columns(spells), (place) => spells[place]?.rejected === true);
      expect(found.overlapping.toSorted((a, b) => a - b)).toEqual(
        places((own) => others(own).some((other) => isEarlier(other, own) && own.from <= other.to)),
      );
      expect(found.alike.toSorted((a, b) => a - b)).toEqual(
        places((own) => others(own).some((other) => other.from === own.from)),
      );
    }),
    { numRuns: 400, seed: 5 },
  );
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
