import { describe, expect, test } from "vitest";
import { z } from "zod";
import { COMPUTED } from "../../src/ingest/mapping/computed.ts";
import { SourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { ingested, refusal, source, table } from "../support/ingest-project.ts";

const branches = table("branches", "branch_id,region");
const header = "id,branch,a,b,day";

/** One mentor whose staged column is computed from a row of the columns a, b and day. */
async function computed(column: string, given: object, cells: string): Promise<unknown> {
  const files = {
    "in/branches.csv": "branch_id,region\nB1,r\n",
    "in/mentors.csv": `${header}\nM1,B1,${cells}\n`,
  };
  const mentors = table("mentors", "", {
    columns: { mentor_id: "id", branch_id: "branch", [column]: given },
    dates: "DD/MM/YYYY",
  });
  return ingested(files, [source("programme", branches, mentors)], async ({ rows }) => {
    const [reject] = await rows("select message from staging.rejects");
    if (reject !== undefined) return reject.message;
    return (await rows(`select ${column} as value from staging.mentors`))[0]?.value;
  });
}

describe("computed columns", () => {
  test.each([
    ["former_sector", { compute: "concat", of: ["a", { constant: "x" }, "b"], separator: "-" }, "1,2,", "1-x-2"],
    ["former_sector", { compute: "concat", of: ["a", "b"] }, "1,,", null],
    ["former_sector", { compute: "first_of", of: ["a", "b"] }, ",two,", "two"],
    ["former_sector", { compute: "default", of: "a", value: "none" }, ",,", "none"],
    ["former_sector", { compute: "upper", of: "a" }, "été,,", "ÉTÉ"],
    ["former_sector", { compute: "lower", of: "a" }, "ÉTÉ,,", "été"],
    ["former_sector", { compute: "trim", of: "a", signs: "0" }, "00420,,", "42"],
    ["former_sector", { compute: "substring", of: "a", from: 2, length: 3 }, "abcdef,,", "bcd"],
    ["former_sector", { compute: "part_before", of: "a", separator: " - " }, "IT - web - x,,", "IT"],
    ["former_sector", { compute: "part_after", of: "a", separator: " - " }, "IT - web - x,,", "web - x"],
    ["former_sector", { compute: "translate", of: { compute: "lower", of: "a" }, codes: { it: "ICT" } }, "IT,,", "ICT"],
    ["former_sector", { compute: "year_of", of: "day", dates: "DD/MM/YYYY" }, ",,31/12/1960", "1960"],
    ["former_sector", { compute: "number_in", of: "a" }, "about 6.50 months,,", "6.5"],
    ["former_sector", { compute: "number_in", of: "a", units: { ans: 12, mois: 1 } }, "2 ans,,", "24"],
    ["birth_on", { compute: "as_date", of: "day", dates: "DD/MM/YYYY" }, ",,03/04/1960", "1960-04-03"],
    ["birth_on", { compute: "date_of", year: "a", month: "b", day: { constant: "1" } }, "1960,4,", "1960-04-01"],
    ["trained_on", { compute: "add_months", of: "day", dates: "DD/MM/YYYY", months: 1 }, ",,31/01/2020", "2020-02-29"],
  ])("%s by %j of '%s' is %j", async (column, given, cells, value) => {
    expect(await computed(column, given, cells)).toBe(value);
  });

  test.each([
    [
      { compute: "date_of", year: "a", month: "b", day: { constant: "1" } },
      "1960,13,",
      "a + b`: '1960 | 13' does not allow computing birth_on = date_of",
    ],
    [
      { compute: "as_date", of: "day" },
      ",,31/02/1960",
      "day`: '31/02/1960' does not allow computing birth_on = as_date",
    ],
  ])("what %j can't compute is rejected with the sender's cells", async (given, cells, message) => {
    expect(await computed("birth_on", given, cells)).toContain(message);
  });

  test.each([
    [{ compute: "concatt", of: ["a"] }, "'concatt' is not a function; did you mean 'concat'"],
    [{ compute: "upper" }, "upper.of"],
    [{ compute: "upper", of: { compute: "lowr", of: "a" } }, "'lowr' is not a function"],
    [{ compute: "part_before", of: "a", separator: "-", seperator: "-" }, "seperator"],
  ])("%j is refused with what is wrong", (given, message) => {
    const mapping = source("s", table("branches", "branch_id,region", { columns: { branch_id: given, region: "r" } }));
    expect(
      SourceMapping.safeParse(mapping).error?.issues.map((issue) => [issue.path.join("."), issue.message]),
    ).toEqual([["tables.0.columns.branch_id", expect.stringContaining(message)]]);
  });

  test("a function has to give what its column is", () => {
    const mapping = source(
      "s",
      table("mentors", "", { columns: { mentor_id: "a", branch_id: "b", birth_on: { compute: "upper", of: "c" } } }),
    );
    expect(SourceMapping.safeParse(mapping).error?.issues[0]?.message).toBe(
      "'upper' gives a text, and the column holds a date; use as_date, date_of or add_months",
    );
  });

  test("every function is in the JSON Schema with its description", () => {
    const schema = JSON.stringify(z.toJSONSchema(SourceMapping, { io: "input" }));
    for (const { name } of COMPUTED)
      expect(schema).toMatch(new RegExp(`"description":"[^"]+","type":"string","const":"${name}"|"const":"${name}"`));
  });

  test("a column that a function reads has to be in the file", async () => {
    const files = { "in/branches.csv": "branch_id,region\nB1,r\n" };
    const mapping = table("branches", "", {
      columns: { branch_id: { compute: "upper", of: "branche_id" }, region: "region" },
    });
    expect(await refusal(files, [source("s", mapping)])).toEqual([
      "in/branches.csv has no column 'branche_id', which s.yaml maps to branches.branch_id; did you mean 'branch_id'? There are branch_id, region",
    ]);
  });
});
