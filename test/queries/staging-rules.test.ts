import { describe, expect, test } from "vitest";
import { ingested, programme, register, source, table } from "../support/ingest-project.ts";

const problems =
  "select rule, severity, row, column_name, message from staging.rejects order by file, row, field, rule";

async function problemsOf(given: ReturnType<typeof programme>): Promise<readonly string[]> {
  return ingested(given.files, given.mappings, async ({ rows }) =>
    (await rows(problems)).map(({ severity, rule, row, message }) => `${severity} ${rule} ${row} | ${message}`),
  );
}

describe("row rules of duos", () => {
  test("a clean duo has no problem", async () => {
    expect(await problemsOf(programme(["D1,E1,M1,B1,2014-03-01,2014-09-01"]))).toEqual([]);
  });

  test("a date that is none is rejected with file, row, column, value and the expected form", async () => {
    expect(await problemsOf(programme(["D1,E1,M1,B1,2014-02-31,"]))).toEqual([
      "reject not_a_date 2 | in/duos.csv row 2, `started_on`: '2014-02-31' is not a date (expected YYYY-MM-DD)",
    ]);
  });

  test("a row that breaks several rules is rejected once and every problem is listed", async () => {
    const given = programme(["D1,E9,M9,B9,2014-03-01,2013-01-01"]);
    await ingested(given.files, given.mappings, async ({ summary, rows }) => {
      const duos = summary.files.find(({ table }) => table === "duos");
      expect(duos).toMatchObject({ received: 1, accepted: 0, rejected: 1, warned: 0 });
      const listed = await rows("select rule from staging.rejects order by rule");
      expect(listed.map(({ rule }) => rule)).toEqual([
        "duo_order",
        "unknown_branch",
        "unknown_mentee",
        "unknown_mentor",
      ]);
    });
  });

  test("of identical keys the first acceptable row stays", async () => {
    expect(
      await problemsOf(
        programme([
          "D1,E1,M1,B1,2014-02-31,",
          "D1,E1,M1,B1,2014-03-01,2014-06-01",
          "D1,E1,M1,B1,2014-03-01,2014-06-01",
        ]),
      ),
    ).toEqual([
      "reject not_a_date 2 | in/duos.csv row 2, `started_on`: '2014-02-31' is not a date (expected YYYY-MM-DD)",
      "reject duplicate 4 | in/duos.csv row 4, `duo_id`: 'D1' is already in in/duos.csv row 3, which stays; remove one of the two",
    ]);
  });

  test("a mentee outside 18 to 33 on the day of the start is not eligible", async () => {
    expect(await problemsOf(programme(["D1,E3,M1,B1,2014-03-01,2014-06-01"]))).toEqual([
      "reject eligibility_age 2 | in/duos.csv row 2, `started_on`: '2014-03-01' is outside the programme's ages for a mentee born on 1970-01-01; correct the date of birth or the start",
    ]);
  });

  test("a mentee born on 1 May 1990 may start from the day of 18 until the day before 34", async () => {
    const days = ["2008-04-30", "2008-05-01", "2024-04-30", "2024-05-01"];
    const found = await problemsOf(programme(days.map((day, i) => `D${i},E1,M1,B1,${day},`)));
    expect(found.filter((line) => line.includes("eligibility_age"))).toEqual([
      expect.stringMatching(/^reject eligibility_age 2 .*'2008-04-30'/),
      expect.stringMatching(/^reject eligibility_age 5 .*'2024-05-01'/),
    ]);
  });

  test("a mentor who is too young on the day of the start is not eligible", async () => {
    const found = await problemsOf(programme(["D1,E1,M2,B2,2014-03-01,2014-06-01"]));
    expect(found).toEqual([expect.stringContaining("reject eligibility_mentor_age 2")]);
  });

  test("a duo that starts while the mentor's earlier one goes on is kept with a warning", async () => {
    const found = await problemsOf(
      programme(["D1,E1,M1,B1,2014-03-01,", "D2,E2,M1,B1,2014-08-31,2014-12-01", "D3,E2,M1,B1,2014-12-01,"]),
    );
    expect(found.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual(["warn mentor_overlap 3"]);
  });

  test("a support of more than about six months is kept with a warning", async () => {
    const found = await problemsOf(programme(["D1,E1,M1,B1,2014-03-01,2014-10-02"]));
    expect(found).toEqual([expect.stringContaining("warn long_support 2")]);
  });

  test("what refers to a rejected row is rejected too", async () => {
    const given = programme(["D1,E1,M1,B1,2014-03-01,2014-06-01"]);
    const files = {
      ...given.files,
      "in/mentees.csv": "mentee_id,branch_id,birth_on,gender\nE1,B1,01/05/1990,woman\nE2,B1,1991-05-01,X\n",
    };
    expect((await problemsOf({ ...given, files })).map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
      "reject unknown_mentee 2",
      "reject not_a_date 2",
      "reject unknown_code 3",
    ]);
  });
});

describe("row rules of registers", () => {
  test("a spell that ends before it begins is rejected", async () => {
    expect(await problemsOf(register(["P1,2014-03-01,2014-02-28,agency,,"]))).toEqual([
      "reject spell_order 2 | in/employment_spells.csv row 2, `to_on`: '2014-02-28' lies before the spell's first day, 2014-03-01; correct one of the two",
    ]);
  });

  test("a spell of somebody who is no jobseeker is rejected", async () => {
    const found = await problemsOf(register(["P9,2014-03-01,2014-04-28,agency,,"]));
    expect(found).toEqual([
      expect.stringContaining("reject unknown_jobseeker 2 | in/employment_spells.csv row 2, `person_number`: 'P9'"),
    ]);
  });

  test("spells of one person that overlap are kept with a warning on the later one", async () => {
    const found = await problemsOf(
      register(["P1,2014-03-01,,agency,,", "P1,2014-01-01,2014-02-28,agency,,", "P1,2014-05-01,2014-05-31,student,,"]),
    );
    expect(found).toEqual([expect.stringContaining("warn spell_overlap 4")]);
  });

  test("a record dated after the extract is kept with a warning", async () => {
    const found = await problemsOf(register(["P1,2018-03-31,,agency,,", "P2,2018-04-01,,agency,,"]));
    expect(found).toEqual([expect.stringContaining("warn late_record 3")]);
  });

  test("whole numbers, numbers and codes are held to their type, and a code's message lists the known ones", async () => {
    expect(
      await problemsOf(
        register(["P1,2014-03-01,,agence,,", "P1,2014-03-01,,agency,2.5,", "P1,2014-03-01,,agency,,half"]),
      ),
    ).toEqual([
      "reject unknown_code 2 | in/employment_spells.csv row 2, `contract`: 'agence' is not a known code (known: permanent, fixed_term, agency, self_employed, subsidised, student); correct it, or add it to the mapping's codes",
      expect.stringContaining("reject not_a_whole_number 3"),
      expect.stringContaining(
        "reject not_a_number 4 | in/employment_spells.csv row 4, `work_fraction`: 'half' is not a number",
      ),
    ]);
  });
});

describe("dates that can't be", () => {
  test("a start before the programme's, and steps out of their order, are kept with a warning", async () => {
    const given = programme(["D1,E1,M1,B1,2012-12-31,2013-02-01"]);
    const files = {
      ...given.files,
      "in/mentees.csv": "mentee_id,branch_id,birth_on,gender\nE1,B1,1990-05-01,woman\n",
      "in/mentors.csv":
        "mentor_id,branch_id,birth_on,info_session_on,trained_on\nM1,B1,1950-02-03,2012-05-02,2012-05-01\n",
    };
    const mappings = given.mappings.map((mapping) => ({
      ...mapping,
      extraction: "2018-03-31",
      tables: (mapping as { tables: readonly { table: string; columns: object }[] }).tables.map((entry) =>
        entry.table === "mentors"
          ? { ...entry, columns: { ...entry.columns, info_session_on: "info_session_on", trained_on: "trained_on" } }
          : entry,
      ),
    }));
    expect(await problemsOf({ files, mappings })).toEqual([
      "warn before_programme 2 | in/duos.csv row 2, `started_on`: '2012-12-31' lies before the programme's first day, 2013-01-01; check it",
      "warn step_order 2 | in/mentors.csv row 2, `trained_on`: '2012-05-01' lies before the step that goes ahead of it, dated 2012-05-02; check both",
    ]);
  });

  test("a jobseeker is 14 to 100 years old on the day of the extract, or kept with a warning", async () => {
    const born = ["2004-04-01", "2004-03-31", "1917-04-01", "1917-03-31"];
    const jobseekers = ["person_number,birth_on", ...born.map((day, i) => `P${i + 1},${day}`)].join("\n");
    const given = register(["P1,2014-03-01,,agency,,"]);
    const found = await problemsOf({ ...given, files: { ...given.files, "in/jobseekers.csv": `${jobseekers}\n` } });
    expect(found).toEqual([
      expect.stringMatching(/^\w+ birth_range 2 .*'2004-04-01'/),
      expect.stringMatching(/^\w+ birth_range 5 .*'1917-03-31'/),
    ]);
  });
});

describe("row rules of ESF+ records", () => {
  const COLUMNS = "mentee_id,entered_on,left_on,status_on_entry,leaving_status_on,status_on_leaving";
  const records = (lines: readonly string[]): ReturnType<typeof programme> => {
    const given = programme(["D1,E1,M1,B1,2014-03-01,2014-09-01"]);
    const mapping = { ...source("esf", table("esf_records", COLUMNS)), extraction: "2018-03-31" };
    const files = { ...given.files, "in/esf_records.csv": `${[COLUMNS, ...lines].join("\n")}\n` };
    return { files, mappings: [...given.mappings, mapping] };
  };

  test("statuses on leaving of several days, and a person who enters again, have no problem", async () => {
    const lines = [
      "E1,2017-01-02,2017-06-01,unemployed,2017-06-01,job_searching",
      "E1,2017-01-02,2017-06-01,unemployed,2017-06-20,employed",
      "E1,2017-09-01,,employed,,",
    ];
    expect(await problemsOf(records(lines))).toEqual([]);
  });

  test("a day before the entry is rejected, the day itself is not", async () => {
    expect(
      await problemsOf(
        records(["E1,2017-01-02,2017-01-02,,2017-01-02,employed", "E2,2017-01-02,2017-01-01,,2017-01-02,employed"]),
      ),
    ).toEqual([
      "reject esf_order 3 | in/esf_records.csv row 3, `left_on`: '2017-01-01' lies before the participation's first day, 2017-01-02; correct one of the two",
    ]);
  });

  test("a mentee whom nobody knows, a status that is none, and a row without a day of entry are rejected", async () => {
    const found = await problemsOf(records(["E9,2017-01-02,,,,", "E1,2017-01-02,,retired,,", "E2,,,,,"]));
    expect(found.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
      "reject unknown_mentee 2",
      "reject unknown_code 3",
      "reject missing 4",
    ]);
  });

  test("the same participation and day twice is a duplicate; another entry status for it contradicts the first", async () => {
    const found = await problemsOf(
      records([
        "E1,2017-01-02,2017-06-01,unemployed,2017-06-01,job_searching",
        "E1,2017-01-02,2017-06-01,unemployed,2017-06-01,job_searching",
        "E1,2017-01-02,2017-06-01,employed,2017-06-20,employed",
      ]),
    );
    expect(found).toEqual([
      expect.stringContaining("reject duplicate 3"),
      expect.stringContaining(
        "reject contradiction 4 | in/esf_records.csv row 4, `status_on_entry`: 'employed' differs",
      ),
    ]);
  });

  test("a day after the extract is kept with a warning, the day of the extract without one", async () => {
    expect(await problemsOf(records(["E1,2018-03-30,2018-03-31,,,", "E2,2018-03-30,2018-04-01,,,"]))).toEqual([
      expect.stringContaining("warn late_record 3 | in/esf_records.csv row 3, `left_on`: '2018-04-01'"),
    ]);
  });
});

describe("row rules of budgets", () => {
  const COLUMNS = "region,year,item,amount_eur,funder";
  const budget = (lines: readonly string[]): ReturnType<typeof programme> => {
    const given = programme(["D1,E1,M1,B1,2014-03-01,2014-09-01"]);
    const files = { ...given.files, "in/budget.csv": `${[COLUMNS, ...lines].join("\n")}\n` };
    return { files, mappings: [...given.mappings, source("budget", table("budget", COLUMNS))] };
  };

  test("amounts of a region with a branch, of the network, and of nothing have no problem", async () => {
    expect(
      await problemsOf(budget(["brussels,2024,staff,1200.50,A", "network,2024,staff,10,A", "brussels,2024,rent,0,A"])),
    ).toEqual([]);
  });

  test("an amount below zero, a region without a branch and a year that is no number are rejected", async () => {
    const found = await problemsOf(
      budget(["brussels,2024,staff,-0.01,A", "wales,2024,staff,5,A", "flanders,20x4,staff,5,A"]),
    );
    expect(found.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
      "reject negative 2",
      "reject unknown_region 3",
      "reject not_a_whole_number 4",
    ]);
    expect(found[0]).toContain("`amount_eur`: '-0.01' is below zero; write what was spent as a positive amount");
  });

  test("the same region, year, item and funder twice is a duplicate; another funder is another amount", async () => {
    const found = await problemsOf(
      budget([
        "brussels,2024,staff,5,A",
        "brussels,2024,staff,5,B",
        "brussels,2024,staff,7,A",
        "brussels,2024,staff,5,",
      ]),
    );
    expect(found).toEqual([expect.stringContaining("reject duplicate 4")]);
  });
});
