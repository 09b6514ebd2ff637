import { afterEach, describe, expect, test } from "vitest";
import type { CatalogueEntry } from "../../src/catalogue/catalogue.ts";
import { ESF } from "../../src/catalogue/esf.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { printTable, type StagedTables, stagedEngine, trimmed } from "../support/tables.ts";

const SETTINGS = { years: [2022, 2023], asOf: "2024-06-30" };
const BRANCHES = "branch_id | region\nB1 | brussels\nB2 | brussels\nF1 | flanders";
const MENTEES = `mentee_id | branch_id | birth_on | gender | qualification
  M1 | B1 | 2000-03-10 | woman | low
  M2 | B1 | 1995-01-01 | man | medium
  M3 | F1 | 1990-01-01 | woman | high`;

let engine: SqlEngine | undefined;
afterEach(async () => engine?.close());

/** Builds everything over the staged tables and prints columns of one table. */
async function built(tables: StagedTables, entry: CatalogueEntry, columns: string, where = "true"): Promise<string> {
  await engine?.close();
  engine = await stagedEngine({ branches: BRANCHES, mentees: MENTEES, ...tables });
  await programmeFindings(engine, SETTINGS);
  const names = columns.split(",").map((column) => column.trim());
  const text = `select ${names.join(", ")} from ${entry.name} where ${where} order by all`;
  return printTable(await engine.rows({ name: entry.name, text }), names);
}

const participants = (records: string, columns: string, more: StagedTables = {}): Promise<string> =>
  built({ ...more, esf_records: records }, ESF.participants, columns);

const counts = (records: string, where: string, more: StagedTables = {}): Promise<string> =>
  built({ ...more, esf_records: records }, ESF.counts, "region, period, gender, code, persons", where);

describe("participations", () => {
  test("no records make no participation and no count", async () => {
    expect(await participants("mentee_id | entered_on", "mentee_id")).toBe("mentee_id");
    expect(await counts("mentee_id | entered_on", "true")).toBe("region | period | gender | code | persons");
  });

  test("who enters on the day of the data takes part, who enters the day after doesn't yet", async () => {
    const records = "mentee_id | entered_on\nM1 | 2024-06-29\nM2 | 2024-06-30\nM3 | 2024-07-01";
    expect(await participants(records, "mentee_id, entered_on")).toBe(
      trimmed("mentee_id | entered_on\nM1 | 2024-06-29\nM2 | 2024-06-30"),
    );
  });

  test("years are completed on the birthday, and on 1 March for who is born on 29 February", async () => {
    const mentees = `mentee_id | branch_id | birth_on
      M1 | B1 | 2005-06-15
      M2 | B1 | 2004-02-29`;
    const records = `mentee_id | entered_on
      M1 | 2023-06-14
      M1 | 2023-06-15
      M1 | 2023-06-16
      M2 | 2022-02-28
      M2 | 2022-03-01`;
    expect(await participants(records, "mentee_id, entered_on, age", { mentees })).toBe(
      trimmed(`mentee_id | entered_on | age
        M1 | 2023-06-14 | 17
        M1 | 2023-06-15 | 18
        M1 | 2023-06-16 | 18
        M2 | 2022-02-28 | 17
        M2 | 2022-03-01 | 18`),
    );
  });

  test("a status is stated on leaving from the day of leaving to 28 days after it, and the last one counts", async () => {
    const records = `mentee_id | entered_on | left_on | leaving_status_on | status_on_leaving
      M1 | 2022-01-03 | 2022-07-01 | 2022-06-30 | employed
      M1 | 2022-01-03 | 2022-07-01 | 2022-07-01 | job_searching
      M2 | 2022-01-03 | 2022-07-01 | 2022-07-02 | job_searching
      M2 | 2022-01-03 | 2022-07-01 | 2022-07-29 | employed
      M3 | 2022-01-03 | 2022-07-01 | 2022-07-30 | employed`;
    expect(await participants(records, "mentee_id, status_on_leaving")).toBe(
      trimmed("mentee_id | status_on_leaving\nM1 | job_searching\nM2 | employed\nM3 |"),
    );
  });

  test("a status without a day was stated on the day of leaving; a row without a status takes none away", async () => {
    const records = `mentee_id | entered_on | left_on | leaving_status_on | status_on_leaving | qualification_gained
      M1 | 2022-01-03 | 2022-07-01 | | education |
      M2 | 2022-01-03 | 2022-07-01 | 2022-07-03 | job_searching | yes
      M2 | 2022-01-03 | 2022-07-01 | 2022-07-20 | | no
      M3 | 2022-01-03 | | 2022-07-01 | employed | yes`;
    expect(await participants(records, "mentee_id, status_on_leaving, qualification_gained")).toBe(
      trimmed(`mentee_id | status_on_leaving | qualification_gained
        M1 | education |
        M2 | job_searching | yes
        M3 | |`),
    );
  });

  test("who left 28 days and six months before the day of the data has a result, a day later not yet", async () => {
    const records = `mentee_id | entered_on | left_on | status_on_leaving | status_after_6_months | situation_improved
      M1 | 2022-01-03 | 2024-06-02 | employed | |
      M1 | 2022-01-04 | 2024-06-03 | employed | |
      M2 | 2022-01-03 | 2023-12-30 | employed | employed | yes
      M2 | 2022-01-04 | 2023-12-31 | employed | employed | yes
      M3 | 2022-01-03 | 2024-01-01 | employed | employed | yes
      M3 | 2022-01-04 | 2024-07-01 | employed | employed | yes`;
    const columns = "mentee_id, entered_on, has_left, has_left_6_months, status_after_6_months, situation_improved";
    expect(await participants(records, columns)).toBe(
      trimmed(`mentee_id | entered_on | has_left | has_left_6_months | status_after_6_months | situation_improved
        M1 | 2022-01-03 | true | false | |
        M1 | 2022-01-04 | false | false | |
        M2 | 2022-01-03 | true | true | employed | yes
        M2 | 2022-01-04 | true | true | employed | yes
        M3 | 2022-01-03 | true | false | |
        M3 | 2022-01-04 | false | false | |`),
    );
  });

  test("a record lacks a compulsory fact where neither it nor the mentee states one; sensitive facts may be refused", async () => {
    const mentees = `mentee_id | branch_id | birth_on | gender | qualification
      M1 | B1 | 2000-01-01 | woman | unknown
      M2 | B1 | 2000-01-01 | other | low
      M3 | B1 | 2000-01-01 | | low
      M4 | B1 | | man | low
      M5 | B1 | 2000-01-01 | man |`;
    const records = `mentee_id | entered_on | status_on_entry | qualification | disability
      M1 | 2022-01-03 | unemployed | unknown | no
      M1 | 2022-01-04 | unemployed | medium |
      M2 | 2022-01-03 | unemployed | | refused
      M3 | 2022-01-03 | unemployed | |
      M4 | 2022-01-03 | unemployed | |
      M5 | 2022-01-03 | unemployed | |
      M5 | 2022-01-04 | | high |`;
    const columns = "mentee_id, entered_on, gender, qualification, complete";
    expect(await participants(records, columns, { mentees })).toBe(
      trimmed(`mentee_id | entered_on | gender | qualification | complete
        M1 | 2022-01-03 | woman | | false
        M1 | 2022-01-04 | woman | medium | true
        M2 | 2022-01-03 | non_binary | low | true
        M3 | 2022-01-03 | | low | false
        M4 | 2022-01-03 | man | low | false
        M5 | 2022-01-03 | man | | false
        M5 | 2022-01-04 | man | high | false`),
    );
  });
});

describe("counts by region, period and gender", () => {
  test("a mentee who enters twice counts once a period, by the first complete participation", async () => {
    const records = `mentee_id | entered_on | status_on_entry
      M1 | 2022-01-03 |
      M1 | 2022-06-01 | unemployed
      M1 | 2022-09-01 | employed
      M1 | 2023-01-03 | inactive`;
    expect(
      await counts(
        records,
        "gender = 'total' and region = 'network' and code in ('eeco01', 'eeco02', 'eeco04', 'eeco05', 'esf_incomplete')",
      ),
    ).toBe(
      trimmed(`region | period | gender | code | persons
        network | 2022 | total | eeco01 | 1
        network | 2022 | total | eeco02 | 1
        network | 2022-2023 | total | eeco01 | 1
        network | 2022-2023 | total | eeco02 | 1
        network | 2023 | total | eeco01 | 1
        network | 2023 | total | eeco04 | 1`),
    );
  });

  test("who enters on the first and last day of a year belongs to it, who enters outside the years to none", async () => {
    const records = `mentee_id | entered_on | status_on_entry
      M1 | 2021-12-31 | unemployed
      M2 | 2022-01-01 | unemployed
      M3 | 2022-12-31 | unemployed`;
    expect(await counts(records, "gender = 'total' and code = 'eeco01'")).toBe(
      trimmed(`region | period | gender | code | persons
        brussels | 2022 | total | eeco01 | 1
        brussels | 2022-2023 | total | eeco01 | 1
        flanders | 2022 | total | eeco01 | 1
        flanders | 2022-2023 | total | eeco01 | 1
        network | 2022 | total | eeco01 | 2
        network | 2022-2023 | total | eeco01 | 2`),
    );
  });

  test("17, 18, 29, 30, 54 and 55 years stand on their sides of the bounds", async () => {
    const ages = [17, 18, 29, 30, 54, 55];
    const mentees = ages.map((age) => ({
      mentee_id: `A${age}`,
      branch_id: "B1",
      birth_on: `${2022 - age}-05-02`,
      gender: "man",
      qualification: "low",
    }));
    const records = ages.map((age) => ({
      mentee_id: `A${age}`,
      entered_on: "2022-05-02",
      status_on_entry: "unemployed",
    }));
    const rows = await built(
      { mentees, esf_records: records },
      ESF.counts,
      "code, persons",
      "region = 'brussels' and period = '2022' and gender = 'man' and code in ('eeco06', 'eeco07', 'esf_aged_30_54', 'eeco08')",
    );
    expect(rows).toBe(trimmed("code | persons\neeco06 | 1\neeco07 | 2\neeco08 | 1\nesf_aged_30_54 | 2"));
  });

  test("results stand in the year of leaving, whatever the year of entry, for who left long enough ago", async () => {
    const records = `mentee_id | entered_on | left_on | status_on_entry | status_on_leaving | qualification_gained | status_after_6_months | situation_improved
      M1 | 2021-11-02 | 2022-04-01 | unemployed | employed | yes | employed | yes
      M2 | 2022-02-01 | 2023-01-02 | unemployed | | no | job_searching | no
      M3 | 2022-02-01 | 2023-12-31 | unemployed | education | | |`;
    const where =
      "region = 'network' and gender = 'total' and (code like 'eecr%' or code like 'esf_left%') and period <> '2022-2023'";
    expect(await counts(records, where)).toBe(
      trimmed(`region | period | gender | code | persons
        network | 2022 | total | eecr03 | 1
        network | 2022 | total | eecr04 | 1
        network | 2022 | total | eecr05 | 1
        network | 2022 | total | eecr06 | 1
        network | 2022 | total | esf_left | 1
        network | 2022 | total | esf_left_6_months | 1
        network | 2023 | total | eecr02 | 1
        network | 2023 | total | esf_left | 2
        network | 2023 | total | esf_left_6_months | 2
        network | 2023 | total | esf_left_otherwise | 1`),
    );
  });

  test("a mentee who leaves twice in a period counts by the last leaving", async () => {
    const records = `mentee_id | entered_on | left_on | status_on_entry | status_on_leaving
      M1 | 2022-01-03 | 2022-04-01 | unemployed | employed
      M1 | 2022-05-02 | 2022-10-03 | unemployed | job_searching`;
    expect(
      await counts(records, "region = 'network' and gender = 'total' and period = '2022' and code like 'eecr%'"),
    ).toBe(trimmed("region | period | gender | code | persons\nnetwork | 2022 | total | eecr01 | 1"));
  });

  test("incomplete records are counted by what they lack, and in no indicator", async () => {
    const mentees = `mentee_id | branch_id | birth_on | gender | qualification
      M1 | B1 | 2000-01-01 | | unknown
      M2 | F1 | 2000-01-01 | man | low`;
    const records = `mentee_id | entered_on | left_on | status_on_entry | status_on_leaving
      M1 | 2022-01-03 | 2022-04-01 | unemployed | employed
      M2 | 2022-01-03 | 2022-04-01 | | employed`;
    expect(await counts(records, "period = '2022'", { mentees })).toBe(
      trimmed(`region | period | gender | code | persons
        brussels | 2022 | total | esf_incomplete | 1
        brussels | 2022 | total | esf_incomplete_gender | 1
        brussels | 2022 | total | esf_incomplete_qualification | 1
        flanders | 2022 | total | esf_incomplete | 1
        flanders | 2022 | total | esf_incomplete_status_on_entry | 1
        network | 2022 | total | esf_incomplete | 2
        network | 2022 | total | esf_incomplete_gender | 1
        network | 2022 | total | esf_incomplete_qualification | 1
        network | 2022 | total | esf_incomplete_status_on_entry | 1`),
    );
  });

  test("long-term unemployed are among the unemployed, and every gender adds up to all", async () => {
    const records = `mentee_id | entered_on | status_on_entry
      M1 | 2022-01-03 | long_term_unemployed
      M2 | 2022-01-03 | unemployed
      M3 | 2022-01-03 | unemployed`;
    expect(await counts(records, "period = '2022' and region = 'network' and code in ('eeco02', 'eeco03')")).toBe(
      trimmed(`region | period | gender | code | persons
        network | 2022 | man | eeco02 | 1
        network | 2022 | total | eeco02 | 3
        network | 2022 | total | eeco03 | 1
        network | 2022 | woman | eeco02 | 2
        network | 2022 | woman | eeco03 | 1`),
    );
  });
});
