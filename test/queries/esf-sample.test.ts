import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../src/disclose/finding.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { audit } from "../../src/indicators/audits.ts";
import { esfIndicators } from "../../src/indicators/esf.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { type IngestSummary, ingest } from "../../src/ingest/ingest.ts";
import { loadSourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { packageRoot } from "../../src/package-root.ts";
import { expectWords } from "../support/metric-words.ts";

/* The sample's ESF+ records and budgets, counted by hand on the files themselves: nothing of the house's counting. */
const AS_OF = "2026-03-31";
const YEARS = [2022, 2023, 2024];
const folder = join(packageRoot(), "data-sample");

let engine: SqlEngine;
let summary: IngestSummary;
let findings: readonly Finding[];
beforeAll(async () => {
  engine = await openDuckDb({ threads: 2 });
  const names = ["branches", "mentees", "mentors", "duos", "outcomes", "esf", "budget"];
  const sources = names.map((name) => loadSourceMapping(join(packageRoot(), "pipelines/sources"), name));
  summary = await ingest(engine, sources, { projectFolder: packageRoot() });
  findings = await programmeFindings(engine, { years: YEARS, asOf: AS_OF });
});
afterAll(() => engine.close());

test("every metric of the ESF+ and of costs has a title and a description of its own in each language", () => {
  expectWords(findings, ["eeco01", "eecr06", "esf_incomplete", "cost_per_duo", "cost_per_solution", "entered"]);
});

type Line = Readonly<Record<string, string>>;

/** Rows of a CSV of the sample without quotes in it; blanks around cells are taken off. */
function linesOf(name: string): readonly Line[] {
  const [head = "", ...rows] = readFileSync(join(folder, "programme", `${name}.csv`), "utf8")
    .trimEnd()
    .split("\n");
  const columns = head.split(",");
  return rows.map((row) => {
    const cells = row.split(",");
    return Object.fromEntries(columns.map((column, i) => [column, (cells[i] ?? "").trim()]));
  });
}

interface Participation {
  readonly mentee: string;
  readonly region: string;
  readonly gender: string;
  readonly age: number;
  readonly entry: string;
  readonly left: string;
  readonly status: string;
  readonly level: string;
  readonly facts: Line;
  readonly leaving: string;
  readonly gained: boolean;
}

const plus = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
const DIPLOMA: Readonly<Record<string, string>> = { "ISCED 0-2": "0-2", "ISCED 3-4": "3-4", "ISCED 5-8": "5-8" };

/** Accepted participations by the day of the data: the first four quirks of the file are refused. */
function participations(): readonly Participation[] {
  const regions = new Map(linesOf("branches").map((row) => [row.branch_id, row.region]));
  const mentees = new Map(linesOf("mentees").map((row) => [row.mentee_id, row]));
  const groups = new Map<string, Line[]>();
  for (const row of linesOf("esf")) {
    const isSound =
      row.status_entry !== "volunteer" && (row.exit_date === "" || (row.exit_date ?? "") >= (row.entry_date ?? ""));
    if (!isSound || !mentees.has(row.mentee_id)) continue;
    const key = `${row.mentee_id} ${row.entry_date}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((rows) => {
    const [row = {}] = rows;
    const mentee = mentees.get(row.mentee_id) ?? {};
    const [birth = "", entry = ""] = [mentee.birth_date, row.entry_date];
    const left = (row.exit_date ?? "") <= AS_OF ? (row.exit_date ?? "") : "";
    const inTime = rows
      .map((one): Line => ({ ...one, on: one.status_date === "" ? left : (one.status_date ?? "") }))
      .filter(({ on = "" }) => left !== "" && on >= left && on <= plus(left, 28) && on <= AS_OF)
      .sort((a, b) => ((a.on ?? "") < (b.on ?? "") ? -1 : 1));
    return {
      mentee: row.mentee_id ?? "",
      region: regions.get(mentee.branch ?? "") ?? "",
      gender: { F: "woman", M: "man", X: "non_binary" }[mentee.gender ?? ""] ?? "",
      age: Number(entry.slice(0, 4)) - Number(birth.slice(0, 4)) - (entry.slice(5) < birth.slice(5) ? 1 : 0),
      entry,
      left,
      status: row.status_entry ?? "",
      level: row.isced !== "" ? (row.isced ?? "") : (DIPLOMA[mentee.diploma ?? ""] ?? ""),
      facts: row,
      leaving: inTime.filter(({ status_exit }) => status_exit !== "").at(-1)?.status_exit ?? "",
      gained: inTime.some(({ qualification_gained }) => qualification_gained === "yes"),
    };
  });
}

const isComplete = ({ gender, status, level }: Participation): boolean =>
  gender !== "" && status !== "" && level !== "";
/** Six months on, the last day of a shorter month where the day doesn't exist. */
function sixMonthsAfter(date: string): string {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + 6, 0)).getUTCDate();
  return new Date(Date.UTC(year, month + 5, Math.min(day, last))).toISOString().slice(0, 10);
}

/** Each mentee's first complete entry of the years, or first incomplete one where there is none. */
function entered(all: readonly Participation[], years: readonly string[]): readonly Participation[] {
  const own = all.filter(({ entry }) => years.includes(entry.slice(0, 4)));
  own.sort((a, b) => Number(isComplete(b)) - Number(isComplete(a)) || (a.entry < b.entry ? -1 : 1));
  return own.filter((one, i) => own.findIndex(({ mentee }) => mentee === one.mentee) === i);
}

/** Each mentee's last leaving of the years, 28 days or more before the day of the data. */
function leavers(all: readonly Participation[], years: readonly string[]): readonly Participation[] {
  const own = all.filter(
    (one) => isComplete(one) && years.includes(one.left.slice(0, 4)) && plus(one.left, 28) <= AS_OF,
  );
  own.sort((a, b) => (a.left === b.left ? (a.entry > b.entry ? -1 : 1) : a.left > b.left ? -1 : 1));
  return own.filter((one, i) => own.findIndex(({ mentee }) => mentee === one.mentee) === i);
}

type Test = (one: Participation) => boolean;
const holds =
  (fact: string): Test =>
  ({ facts }) =>
    facts[fact] === "yes";
const OUTPUTS: Readonly<Record<string, Test>> = {
  eeco01: () => true,
  eeco02: ({ status }) => status === "unemployed" || status === "long-term",
  eeco03: ({ status }) => status === "long-term",
  eeco04: ({ status }) => status === "inactive",
  eeco05: ({ status }) => status === "employed",
  eeco06: ({ age }) => age < 18,
  eeco07: ({ age }) => age >= 18 && age <= 29,
  eeco08: ({ age }) => age >= 55,
  eeco09: ({ level }) => level === "0-2",
  eeco10: ({ level }) => level === "3-4",
  eeco11: ({ level }) => level === "5-8",
  eeco12: holds("disability"),
  eeco13: holds("third_country"),
  eeco14: holds("foreign_background"),
  eeco15: holds("minority"),
  eeco16: holds("homeless"),
  eeco17: holds("rural"),
};
const isLater: Test = ({ left }) => sixMonthsAfter(left) <= AS_OF;
const RESULTS: Readonly<Record<string, Test>> = {
  eecr01: ({ leaving }) => leaving === "job searching",
  eecr02: ({ leaving }) => leaving === "education",
  eecr03: ({ gained }) => gained,
  eecr04: ({ leaving }) => leaving === "employed",
  eecr05: (one) => isLater(one) && one.facts.status_6_months === "employed",
  eecr06: (one) => isLater(one) && one.facts.improved === "yes",
};

const value = (metric: string, region: string, period: string, level = "total"): number | null | undefined =>
  findings.find((one) => one.metric === metric && one.region === region && one.period === period && one.level === level)
    ?.value;

describe.each(["2022", "2023", "2024"])("the sample's records of %s", (period) => {
  const years = [period];
  const all = participations();
  const places = ["network", "brussels", "flanders", "wallonia"].flatMap((region) =>
    ["total", "woman", "man", "non_binary"].map((level) => ({ region, level })),
  );
  const inPlace =
    ({ region, level }: { readonly region: string; readonly level: string }): Test =>
    (one) =>
      (region === "network" || one.region === region) && (level === "total" || one.gender === level);

  test("make every common indicator by region and gender as a count by hand does", () => {
    const [outputs, results] = [entered(all, years).filter(isComplete), leavers(all, years)];
    for (const place of places) {
      const isThere = inPlace(place);
      const expected = Object.entries({ ...OUTPUTS, ...RESULTS }).map(([code, holdsFor]) => {
        const own = code in OUTPUTS ? outputs : results;
        return [code, own.filter((one) => isThere(one) && holdsFor(one)).length];
      });
      const found = expected.map(([code]) => [code, value(String(code), place.region, period, place.level)]);
      expect(found, `${place.region} ${place.level}`).toEqual(expected);
    }
  });

  test("leave out who lacks a compulsory fact, and say how many", () => {
    const out = entered(all, years).filter((one) => !isComplete(one));
    expect(out.length).toBeGreaterThan(10);
    for (const region of ["network", "brussels", "flanders", "wallonia"])
      expect(value("esf_incomplete", region, period)).toBe(out.filter(inPlace({ region, level: "total" })).length);
  });
});

test("the sample's cost per duo is the sum of its amounts by its duos", () => {
  const duos = new Map(linesOf("duos").map((row) => [row.duo_id, row]));
  const started = [...duos.values()].filter(
    ({ agreement_signed = "", end_date = "", mentee_id }) =>
      agreement_signed.startsWith("2024") && end_date >= agreement_signed && mentee_id !== "SYN-E99999",
  );
  const cents = linesOf("budget")
    .filter(({ year }) => year === "2024")
    .reduce((sum, { amount_eur }) => sum + Math.round(Number(amount_eur) * 100), 0);
  expect(started).toHaveLength(677);
  expect(value("cost_per_duo", "network", "2024")).toBe(cents / 100 / 677);
});

test("README and files agree on rows, refusals and quirks", async () => {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const own = summary.files.filter(({ source }) => source === "esf" || source === "budget");
  expect(own.map(({ received, rejected, warned }) => [received, rejected, warned])).toEqual([
    [1790, 4, 5],
    [48, 0, 0],
  ]);
  const text = `select count(*) filter (not complete) as incomplete, count(*) filter (left_on is null) as here,
    count(*) filter (left_on is not null and not has_left) as recent, count(*) filter (has_left and not has_left_6_months) as waiting
    from programme.esf_participants`;
  const [quirks] = await engine.rows({ name: "quirks", text });
  expect(Object.values(quirks ?? {}).map(Number)).toEqual([62, 14, 5, 23]);
  for (const said of ["1,790", "esf 62 participations", "esf 14, 5 and 23 participations", "esf 5,"])
    expect(readme).toContain(said);
});

describe("sums of ESF+ that disagree stop the run", () => {
  const rows = (): Promise<readonly Record<string, unknown>[]> =>
    engine.rows({ name: "esf", text: "select * from indicators.esf where period = '2024'" });
  const doctored = async (code: string, by: number): Promise<void> => {
    const changed = (await rows()).map((row) =>
      row.code === code ? { ...row, persons: Number(row.persons) + by } : row,
    );
    audit(esfIndicators(changed as Parameters<typeof esfIndicators>[0]));
  };

  test("the table as it is does not", async () => {
    await expect(doctored("eeco01", 0)).resolves.toBeUndefined();
  });

  test.each([
    ["eeco04", "eeco02 \\+ eeco04 \\+ eeco05 make 5\\d\\d of 5\\d\\d"],
    ["eeco11", "eeco09 \\+ eeco10 \\+ eeco11 make"],
    ["eeco07", "eeco06 \\+ eeco07 \\+ esf_aged_30_54 \\+ eeco08 make"],
    ["eecr04", "eecr01 \\+ eecr02 \\+ eecr04 \\+ esf_left_otherwise make"],
  ])("one person too many in %s does, and the sum is named", async (code, sum) => {
    await expect(doctored(code, 1)).rejects.toThrow(new RegExp(`ESF\\+ participants of every status.*${sum}`));
  });

  test("more persons with a fact than persons does", async () => {
    await expect(doctored("eeco16", 10_000)).rejects.toThrow(/no ESF\+ indicator has more persons.*eeco16 has/);
  });
});
