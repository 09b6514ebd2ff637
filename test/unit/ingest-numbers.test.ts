import { describe, expect, test } from "vitest";
import { ingested, refusal, register } from "../support/ingest-project.ts";

/** The register's employment spells with these work fractions, read with these settings of the file. */
function fractions(csv: object, ...texts: readonly string[]) {
  const given = register(texts.map((text, i) => `P1,2014-0${i + 1}-01,2014-0${i + 1}-09,agency,,"${text}"`));
  const mappings = given.mappings.map((mapping) => ({
    ...mapping,
    tables: (mapping as { tables: readonly object[] }).tables.map((entry) => ({ ...entry, csv })),
  }));
  return { files: given.files, mappings };
}

const read = (csv: object, ...texts: readonly string[]): Promise<readonly unknown[]> => {
  const { files, mappings } = fractions(csv, ...texts);
  return ingested(files, mappings, async ({ rows }) =>
    (await rows("select work_fraction as n from staging.employment_spells order by source_row")).map(({ n }) => n),
  );
};

describe("numbers", () => {
  test("auto takes the one reading that all texts of a column allow", async () => {
    const auto = { decimal: "auto" };
    expect(await read(auto, "0,5", "1")).toEqual([0.5, 1]);
    expect(await read(auto, "0.5", "1")).toEqual([0.5, 1]);
    expect(await read(auto, "1.234", "0,5")).toEqual([1234, 0.5]);
    expect(await read(auto, "1,234", "1,234.5")).toEqual([1234, 1234.5]);
    expect(await read(auto, "1 234,5", "1\u00a0234")).toEqual([1234.5, 1234]);
    expect(await read(auto, "12", "1")).toEqual([12, 1]);
  });

  test("auto refuses a column that can be read in two ways, and one that mixes them, and names the rows", async () => {
    const ambiguous = fractions({ decimal: "auto" }, "1", "1.234");
    expect(await refusal(ambiguous.files, ambiguous.mappings)).toEqual([
      "in/employment_spells.csv, `work_fraction`: row 3, '1.234' may be read with '.' or with ',' before its decimals; set `csv.decimal` in the mapping",
    ]);
    const both = fractions({ decimal: "auto" }, "0.5", "0,25");
    expect(await refusal(both.files, both.mappings)).toEqual([
      "in/employment_spells.csv, `work_fraction`: row 2, '0.5' is written with a point, row 3, '0,25' with a comma; repair the file, or set `csv.decimal` in the mapping",
    ]);
  });

  test("what no reading takes for a number is rejected row by row, not the column", async () => {
    expect(await read({ decimal: "auto" }, "0,5", "half")).toEqual([0.5]);
  });

  test("thousands are read where the mapping says so, and reported", async () => {
    const { files, mappings } = fractions({ decimal: ",", thousands: "." }, "1.234,5", "12", "12.34");
    await ingested(files, mappings, async ({ summary, rows }) => {
      expect(await rows("select work_fraction as n from staging.employment_spells order by n")).toEqual([
        { n: 12 },
        { n: 1234.5 },
      ]);
      expect(summary.files[1]?.coerced).toEqual([{ field: "work_fraction", how: "ungrouped", cells: 1 }]);
    });
  });

  test("blanks taken off and whole numbers with decimals are reported", async () => {
    const given = register(["P1 ,2014-01-01,2014-01-09,agency,3.0,"]);
    await ingested(given.files, given.mappings, async ({ summary }) =>
      expect(summary.files[1]?.coerced).toEqual([
        { field: "person_number", how: "trimmed", cells: 1 },
        { field: "contract_months", how: "whole_number", cells: 1 },
      ]),
    );
  });
});
