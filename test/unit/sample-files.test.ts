import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { type StagedSample, stageSample } from "../support/sample-tables.ts";

const folder = join(packageRoot(), "data-sample");
const readme = readFileSync(join(folder, "README.md"), "utf8");
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const text = (path: string) => readFileSync(join(folder, path), "latin1");

const staged: Record<string, StagedSample> = {};
const REGISTERS = ["actiris-register-2018", "actiris-register-2026", "vdab-register-2026"] as const;

beforeAll(async () => {
  for (const register of REGISTERS) staged[register] = await stageSample(register);
});
afterAll(() => {
  for (const { engine } of Object.values(staged)) engine.close();
});

async function ask(register: (typeof REGISTERS)[number], sql: string): Promise<Record<string, number>> {
  const [row] = (await staged[register]?.engine.rows({ name: "sample", text: sql })) ?? [];
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));
}

describe("the sample's files", () => {
  it("take at most 8 MB in all", () => {
    expect(files.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(8_000_000);
  });

  it("hold no run of eleven digits, with or without the marks of a national number", () => {
    const held = files
      .filter((path) => !path.endsWith(".xlsx") && !path.endsWith(".ts") && !path.includes("typeform"))
      .filter((path) =>
        /(?<![\d-])\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}(?!\d)/.test(readFileSync(path, "latin1")),
      );
    expect(held).toEqual([]);
  });

  it("say in each folder that they are synthetic", () => {
    for (const name of ["programme", "actiris-2018", "actiris-2026", "vdab-2026", "questionnaires"])
      expect(text(`${name}/SYNTHETIC.md`)).toMatch(/^SYNTHETIC DATA/);
    expect(readme).toMatch(/^# Sample data: synthetic/);
  });

  it("are as different as real exports: windows-1252 with accents and decimal commas, a glued byte order mark, HTML", () => {
    expect(text("actiris-2018/chercheurs.csv")).toMatch(/^NUM\xc9RO;DATE_NAISSANCE;.*\r\n/);
    expect(text("actiris-2018/emplois.csv")).toMatch(/;CDD;\d+;0,\d\d\r\n/);
    expect(readFileSync(join(folder, "questionnaires/limesurvey-synthetic.csv"), "utf8")).toMatch(
      /^\uFEFFid,submitdate/,
    );
    expect(text("questionnaires/typeform-synthetic.csv")).toMatch(/^#,Your <strong>role<\/strong>.*,Network ID\n/);
  });

  it("mark every free text of the questionnaires as made up", () => {
    const lines = readFileSync(join(folder, "questionnaires/limesurvey-synthetic.csv"), "utf8")
      .split("\n")
      .slice(1, -1);
    const answers = lines.map((line) => line.replace(/^(?:[^,]*,){17}"?/, "")).filter((answer) => answer !== "");
    expect(answers.length).toBeGreaterThan(50);
    expect(answers.filter((answer) => !answer.startsWith("[made up]"))).toEqual([]);
  });
});

describe("the counts that the sample's README tells", () => {
  it("4,450 duos, 2,800 of them in Brussels, 1,618 mentors", async () => {
    const counts = await ask(
      "actiris-register-2018",
      `select count(*) as duos, count(*) filter (region = 'brussels') as brussels, count(distinct mentor_id) as mentors
       from staging.duos join staging.branches using (branch_id) where started_on is not null`,
    );
    expect(counts).toEqual({ duos: 4450, brussels: 2800, mentors: 1618 });
    for (const figure of ["4,450", "2,800", "1,618"]) expect(readme).toContain(figure);
  });

  it("rows of every file as received", () => {
    for (const { summary } of Object.values(staged))
      for (const { received } of summary.files) expect(readme).toContain(received.toLocaleString("en-GB"));
  });

  it("grow from year to year", async () => {
    const years = await staged["actiris-register-2018"]?.engine.rows({
      name: "years",
      text: "select year(started_on) as y, count(*) as n from staging.duos where y is not null group by y order by y",
    });
    const counts = (years ?? []).map((row) => Number(row.n));
    expect(counts).toHaveLength(12);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it("9 in 10 mentors whose first duo ended start again", async () => {
    const counts = await ask(
      "actiris-register-2018",
      `select count(*) as mentors, count(*) filter (duos > 1) as again
       from (select count(*) as duos from staging.duos where started_on is not null group by mentor_id)`,
    );
    expect(counts).toEqual({ mentors: 1618, again: 1456 });
  });

  it("half declare a job of three months and a fifth an internship or training, by the README's definition", async () => {
    const counts = await ask(
      "actiris-register-2018",
      `with declared as (
         select o.*, d.ended_on + interval 12 month as closes, o.solution_on >= d.started_on and o.solution_on < closes as inside
         from staging.duos d join staging.declared_outcomes o using (duo_id)
         where d.started_on is not null and closes <= date '2026-03-31'
       ),
       known as (
         select
           bool_or(coalesce(inside and solution = 'job' and contract_months >= 3, false)) as job,
           bool_or(coalesce(inside and solution in ('internship', 'training'), false)) as study
         from declared group by duo_id having bool_or(solution <> 'unknown')
       )
       select count(*) as known, count(*) filter (job) as job, count(*) filter (study and not job) as study from known`,
    );
    expect(counts).toEqual({ known: 3790, job: 1895, study: 758 });
    for (const figure of ["3,790", "1,895", "758"]) expect(readme).toContain(figure);
  });

  it.each([
    ["actiris-register-2026", "brussels", 630],
    ["vdab-register-2026", "flanders", 270],
  ] as const)("%s: participants of %s in 2022-2024 found in the register", async (register, region, linked) => {
    const counts = await ask(
      register,
      `select count(distinct mentee_id) as linked
       from staging.duos join staging.branches using (branch_id) join staging.mentees using (mentee_id)
       join staging.jobseekers using (person_number)
       where region = '${region}' and year(started_on) between 2022 and 2024`,
    );
    expect(counts.linked).toBe(linked);
  });
});

describe("the sample's quirks", () => {
  const rulesOf = (register: (typeof REGISTERS)[number]) =>
    Object.fromEntries(
      (staged[register]?.summary.files ?? []).map((file) => [
        file.table,
        Object.fromEntries(file.rules.map(({ rule, rows }) => [rule, rows])),
      ]),
    );

  it("are each refused or warned of, as the README says", () => {
    expect(rulesOf("actiris-register-2018")).toEqual({
      branches: {},
      mentees: { duplicate: 2, same_person: 2, unknown_code: 1 },
      mentors: { duplicate: 1 },
      duos: {
        duplicate: 3,
        duo_order: 1,
        eligibility_age: 4,
        eligibility_mentor_age: 2,
        mentor_overlap: 3,
        not_a_date: 1,
        unknown_code: 1,
        unknown_mentee: 1,
      },
      declared_outcomes: { duplicate: 1, late_record: 2, unknown_code: 1, unknown_duo: 1 },
      jobseekers: { duplicate: 2, missing: 1 },
      jobseeker_spells: { duplicate: 2, not_a_date: 1, spell_overlap: 3, unknown_jobseeker: 1 },
      employment_spells: {
        duplicate: 4,
        late_record: 2,
        spell_order: 1,
        spell_overlap: 516,
        unknown_code: 1,
        unknown_jobseeker: 1,
      },
    });
    for (const rules of Object.values(rulesOf("actiris-register-2018")))
      for (const rule of Object.keys(rules)) expect(readme).toContain(`\`${rule}\``);
  });

  it("stay far under the share of rejects at which a run is refused", () => {
    for (const { summary } of Object.values(staged))
      for (const file of summary.files) expect(file.rejected).toBeLessThan(0.005 * file.received);
  });

  it("leave blanks trimmed, and missing values missing", async () => {
    const counts = await ask(
      "actiris-register-2018",
      `select
         (select count(*) from staging.mentees where branch_id <> trim(branch_id)) as untrimmed,
         (select count(*) from staging.mentees where qualification is null) as unqualified,
         (select count(*) from staging.mentees where person_number is null) > 0 as unnumbered,
         (select count(*) from staging.duos where started_on is null) as unmet`,
    );
    expect(counts).toEqual({ untrimmed: 0, unqualified: 25, unnumbered: 1, unmet: 236 });
  });
});
