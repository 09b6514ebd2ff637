import { describe, expect, test } from "vitest";
import { ingested, refusal, source, table } from "../support/ingest-project.ts";

const branches = table("branches", "branch_id,region");
const mentors = (dates: unknown, more: object = {}): readonly object[] => [
  source("programme", branches, table("mentors", "mentor_id,branch_id,birth_on", { dates, ...more })),
];
const files = (...born: readonly string[]) => ({
  "in/branches.csv": "branch_id,region\nB1,r\n",
  "in/mentors.csv": `mentor_id,branch_id,birth_on\n${born.map((day, i) => `M${i},B1,${day}\n`).join("")}`,
});

async function days(dates: unknown, ...born: readonly string[]): Promise<readonly unknown[]> {
  return ingested(files(...born), mentors(dates), async ({ rows }) =>
    (await rows("select birth_on from staging.mentors order by mentor_id")).map(({ birth_on }) => birth_on),
  );
}

describe("dates", () => {
  test("auto takes the one format that all dates of a column allow", async () => {
    expect(await days("auto", "03/04/1960", "13/04/1960")).toEqual(["1960-04-03", "1960-04-13"]);
    expect(await days("auto", "03/04/1960", "04/13/1960")).toEqual(["1960-03-04", "1960-04-13"]);
    expect(await days("auto", "1960-04-03", "19600403".slice(0, 0))).toEqual(["1960-04-03", null]);
    expect(await days("auto", "04/04/1960")).toEqual(["1960-04-04"]);
  });

  test("auto refuses dates that two formats read differently, and columns of two formats", async () => {
    expect(await refusal(files("03/04/1960", "05/06/1961"), mentors("auto"))).toEqual([
      "in/mentors.csv, `birth_on`: every date fits DD/MM/YYYY and MM/DD/YYYY alike (row 2, '03/04/1960'); set `dates` in the mapping",
    ]);
    expect(await refusal(files("1960-04-03", "1961-04-03", "13/06/1961"), mentors("auto"))).toEqual([
      "in/mentors.csv, `birth_on`: most dates are YYYY-MM-DD, but row 4, '13/06/1961' is DD/MM/YYYY; set `dates` in the mapping, to a list if both are meant",
    ]);
  });

  test("a list of formats takes each that fits, and rejects what two of them read differently", async () => {
    expect(await days(["YYYY-MM-DD", "DD/MM/YYYY"], "1960-04-03", "13/06/1961")).toEqual(["1960-04-03", "1961-06-13"]);
    await ingested(files("13/06/1961", "03/04/1960"), mentors(["DD/MM/YYYY", "MM/DD/YYYY"]), async ({ rows }) => {
      expect(await rows("select message from staging.rejects")).toEqual([
        { message: "in/mentors.csv row 3, `birth_on`: '03/04/1960' is not a date (expected DD/MM/YYYY or MM/DD/YYYY)" },
      ]);
    });
  });

  test.each(["3/2/60", "1960-13-01", "0060-01-01", "31/02/1960", "1960-01-01x", "nan", "infinity"])(
    "'%s' is never a date",
    async (text) => {
      await ingested(files(text), mentors(["YYYY-MM-DD", "DD/MM/YYYY"]), async ({ summary }) =>
        expect(summary.files[1]?.rejected).toBe(1),
      );
    },
  );
});
