import { expect, it } from "vitest";
import { z } from "zod";
import { schemaProblem } from "../../src/schema-problem.ts";

const schema = z.strictObject({
  title: z.string().min(1),
  years: z.array(z.int()).min(1),
  format: z.enum(["csv", "xlsx"]),
  threshold: z.number().min(3),
  schedule: z.strictObject({ cron: z.string(), jitter: z.int().default(0) }),
  either: z.union([z.string(), z.number()]).optional(),
  engine: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("duckdb") }),
    z.strictObject({ kind: z.literal("postgres") }),
  ]),
  day: z.iso.date().optional(),
  own: z.string({ error: "is what the schema says" }).optional(),
});

const GOOD = {
  ...{ title: "t", years: [2016], format: "csv", threshold: 5 },
  ...{ schedule: { cron: "0 3 * * *" }, engine: { kind: "duckdb" } },
};

const problems = (given: object): readonly string[] =>
  (schema.safeParse({ ...GOOD, ...given }, { error: schemaProblem }).error?.issues ?? []).map(({ path, message }) =>
    [...path, message].join(": "),
  );

it("what is wrong with an entry is said in the words of a YAML file", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ title: undefined })).toEqual(["title: is missing; a text belongs here"]);
  expect(problems({ title: "" })).toEqual(["title: is empty; a text belongs here"]);
  expect(problems({ title: { en: "t" } })).toEqual(["title: a group of keys stands where a text belongs"]);
  expect(problems({ title: null })).toEqual(["title: nothing stands where a text belongs"]);
  expect(problems({ years: 2016 })).toEqual(["years: '2016' stands where a list belongs"]);
  expect(problems({ years: [] })).toEqual(["years: must have at least 1 entry"]);
  expect(problems({ years: [2016.5] })).toEqual(["years: 0: '2016.5' stands where a whole number belongs"]);
  expect(problems({ schedule: [] })).toEqual(["schedule: a list stands where a group of keys (cron) belongs"]);
  expect(problems({ schedule: undefined })).toEqual(["schedule: is missing; a group of keys (cron) belongs here"]);
  expect(problems({ threshold: 2 })).toEqual(["threshold: must be at least 3, and is '2'"]);
  expect(problems({ day: "31/03/2018" })).toEqual([
    "day: '31/03/2018' is not a day; write it as year-month-day, e.g. 2018-03-31",
  ]);
  expect(problems({ years: "2014\n".repeat(60) })[0]).toMatch(/^years: '(2014 ){16}…' stands where a list belongs$/);
  expect(problems({ format: undefined })).toEqual(["format: is missing; there are csv, xlsx"]);
  expect(problems({ either: [] })).toEqual([
    "either: a list stands where a text belongs, or a list stands where a number belongs",
  ]);
});

it("names that are nearly right are told what they may have meant", () => {
  expect(problems({ format: "cvs" })).toEqual(["format: 'cvs' is not known here; there are csv, xlsx"]);
  expect(problems({ format: "xslx" })).toEqual(["format: 'xslx' is not known here; there are csv, xlsx"]);
  expect(problems({ treshold: 5 })[0]).toMatch(
    /^'treshold' is not a key that can stand here; did you mean 'threshold'\? There are title, years, /,
  );
  expect(problems({ engine: { kind: "duckbd" } })).toEqual([
    "engine: kind: 'duckbd' is not known here; did you mean 'duckdb'? There are duckdb, postgres",
  ]);
});

it("what a schema says itself of an entry comes first", () => {
  expect(problems({ own: 3 })).toEqual(["own: is what the schema says"]);
});
