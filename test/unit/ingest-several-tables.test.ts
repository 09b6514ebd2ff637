import { describe, expect, test } from "vitest";
import { ingested, source } from "../support/ingest-project.ts";

const from = (name: string, columns: object) => ({ table: name, files: "in/export.csv", rows: "distinct", columns });
const mapping = source(
  "export",
  from("branches", { branch_id: "antenne", region: { constant: "brussels" } }),
  from("mentees", { mentee_id: "mentee", branch_id: "antenne", birth_on: "né" }),
  from("mentors", { mentor_id: "mentor", branch_id: "antenne" }),
  from("duos", { duo_id: "duo", mentee_id: "mentee", mentor_id: "mentor", branch_id: "antenne", started_on: "début" }),
);
const header = "duo,mentee,né,mentor,antenne,début";
const exported = (...rows: readonly string[]) => ({ "in/export.csv": `${[header, ...rows].join("\n")}\n` });

describe("one export that feeds several tables", () => {
  test("gives each table its distinct rows, and counts what was repeated", async () => {
    const files = exported(
      "D1,E1,1990-05-01,M1,B1,2014-03-01",
      "D2,E1,1990-05-01,M2,B1,2015-03-01",
      ",E2,1991-05-01,,B1,",
      "D3,E3,1992-05-01,M1,B1,2016-03-01",
    );
    await ingested(files, [mapping], async ({ summary }) =>
      expect(
        summary.files.map(({ table, received, repeated, accepted }) => [table, received, repeated, accepted]),
      ).toEqual([
        ["branches", 1, 3, 1],
        ["mentees", 3, 1, 3],
        ["mentors", 3, 1, 2],
        ["duos", 4, 0, 3],
      ]),
    );
  });

  test("rows with one key that contradict each other are reported with the column that differs", async () => {
    const files = exported("D1,E1,1990-05-01,M1,B1,2014-03-01", "D2,E1,1990-05-02,M1,B1,2016-03-01");
    await ingested(files, [mapping], async ({ rows, summary }) => {
      expect(await rows("select rule, message from staging.rejects")).toEqual([
        {
          rule: "contradiction",
          message:
            "in/export.csv row 3, `né`: '1990-05-02' differs from in/export.csv row 2, which has the same key and stays; make the two agree",
        },
      ]);
      for (const file of summary.files) expect(file.accepted + file.rejected).toBe(file.received);
    });
  });
});
