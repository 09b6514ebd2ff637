import fc from "fast-check";
import { expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { scanFile } from "../../src/ingest/files/scan.ts";
import { readPlainCsv } from "../../src/ingest/large/plain-csv.ts";
import { SourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { createIncoming } from "../../src/ingest/rules/incoming.ts";
import { ingested, withProject } from "../support/ingest-project.ts";

const oneOf = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
const day = fc.oneof(
  { weight: 8, arbitrary: oneOf("01/02/2014", "28/02/2015", "3/4/2016", "") },
  {
    weight: 1,
    arbitrary: oneOf(
      "31/02/2015",
      "x",
      "01/02/14",
      " 01/02/2014 ",
      "01/01/1900",
      "01/01/2300",
      "NULL",
      "2014-02-01",
      "01/02/2014 10:00",
      "epoch",
    ),
  },
);
const spell = fc
  .tuple(
    oneOf("P1", "P2", " P3", "P9", ""),
    day,
    day,
    oneOf("CDI", "CDI", "CDD", "", "cdi", "NULL"),
    oneOf("3", "12", "", "3,0", "3,5", "1_000", "1e3", " 6 "),
    oneOf("1", "0,5", "0,25", "10,5", "0.5", "0.25", "", "-1", ",5", "5,", "1,x", "0,5 ", "nan", "1e400", "½"),
    oneOf("", "", "", ";", ";x", "cut"),
  )
  .map(([person, from, to, contract, months, fraction, end]) =>
    end === "cut" ? [person, from].join(";") : [person, from, to, contract, months, fraction].join(";") + end,
  );

const mapping = {
  source: "register",
  title: "register",
  register: "actiris",
  extraction: "2016-01-01",
  tables: [
    { table: "jobseekers", files: "in/j.csv", columns: { person_number: "P", birth_on: "B" } },
    {
      table: "employment_spells",
      files: "in/e.csv",
      csv: { delimiter: ";", decimal: "," },
      dates: "DD/MM/YYYY",
      nulls: ["NULL"],
      columns: {
        person_number: "P",
        from_on: "VAN",
        to_on: "TOT",
        contract: { column: "C", codes: { CDI: "permanent", CDD: "fixed_term", "": "student" } },
        contract_months: "M",
        work_fraction: "F",
      },
    },
  ],
};

const everything = "select * from staging.employment_spells order by source_row";
const problems = "select row, field, value, rule, severity, message from staging.rejects order by row, field, rule";

/** Rows, problems and accounts of files of which those below so many bytes go the general way. */
const found = (files: Readonly<Record<string, string>>, source: unknown, plainFrom: number): Promise<unknown> =>
  ingested(
    files,
    [source],
    async ({ rows, summary }) => [await rows(everything), await rows(problems), summary.files],
    { plainFrom },
  );

test("a file that the engine types while it reads gives the same rows and the same problems as the general way", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(spell, { minLength: 1, maxLength: 12 }), oneOf("\n", "\r\n"), async (lines, end) => {
      const files = {
        "in/j.csv": "P,B\nP1,1990-01-01\nP2,1990-01-01\nP3,1990-01-01\n",
        "in/e.csv": ["P;VAN;TOT;C;M;F", ...lines].map((line) => line + end).join(""),
      };
      expect(await found(files, mapping, 0)).toEqual(await found(files, mapping, 1e9));
    }),
    { numRuns: 15, seed: 11 },
  );
});

/** Texts that the engine takes for days by itself, or nearly so, in a file whose days are written YYYY-MM-DD. */
const isoDay = fc.oneof(
  { weight: 8, arbitrary: oneOf("2014-02-01", "2015-02-28", "") },
  {
    weight: 4,
    arbitrary: oneOf(
      ...["2016-1-5", "2016-01-5x", "2016-01-5é", "2016-01-05x", " 2016-01-05 ", "2016-01-5 ", " 016-01-05"],
      ...["2016/01/05", "2016 01 05", "2016-01-05 10:00", "2016-01-05T10:00", "20160105", "12016-01-05", "-2016-1-05"],
      ...["2015-02-29", "2016-13-01", "1900-01-01", "1899-12-31", "2199-12-31", "2200-01-01", "NULL", "epoch", "x"],
      ...["2016-01-05 (BC)", "2016-01- 5", "2016- 1-05", "+016-01-05", "02016-1-05"],
    ),
  },
);

test("days in the engine's own format are taken for what the general way takes them for", async () => {
  const { tables, ...source } = mapping;
  const [jobseekers, spells] = tables;
  const iso = { ...source, tables: [jobseekers, { ...spells, dates: "YYYY-MM-DD" }] };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(isoDay, isoDay), { minLength: 20, maxLength: 40 }), async (days) => {
      const files = {
        "in/j.csv": "P,B\nP1,1990-01-01\n",
        "in/e.csv": ["P;VAN;TOT;C;M;F", ...days.map(([from, to]) => `P1;${from};${to};CDI;3;1`)].join("\n"),
      };
      expect(await found(files, iso, 0)).toEqual(await found(files, iso, 1e9));
    }),
    { numRuns: 5, seed: 12 },
  );
});

test("lines that break a type are read again by the general way, and rows keep their lines around them", async () => {
  const lines = [
    "P1;01/02/2014;;CDI;3;1",
    "P1;31/02/2014;;CDI;3;1",
    "P2;01/02/2014;;CDI;3",
    "P2;01/02/2014;;CDI;3,5;1",
    "P3;01/02/2014;;CDI;3;1",
  ];
  const text = ["P;VAN;TOT;C;M;F", ...lines].map((line) => `${line}\n`).join("");
  await withProject({ "e.csv": text }, async (folder) => {
    const engine = await openDuckDb();
    await createIncoming(engine, ["employment_spells"]);
    const parsed = SourceMapping.parse(mapping).tables[1];
    if (parsed === undefined) throw new Error("no mapping");
    const absolute = `${folder}/e.csv`;
    const request = {
      engine,
      sqlName: "incoming.raw_7",
      path: "e.csv",
      absolute,
      scan: await scanFile(absolute),
      mapping: parsed,
      temporaryFolder: folder,
    };
    const plain = await readPlainCsv(request, 7, "register", "actiris", 0);
    expect(plain?.rows).toBe(2);
    const kept = await engine.rows({ name: "kept", text: `${plain?.select} order by source_row` });
    expect(kept.map(({ source_row, person_number }) => [source_row, person_number])).toEqual([
      [2, "P1"],
      [6, "P3"],
    ]);
    expect(plain?.doubtful.unreadable).toEqual([expect.objectContaining({ row: 4, rule: "ragged" })]);
    const again = await engine.rows({
      name: "again",
      text: `select source_row from ${plain?.doubtful.sqlName} order by source_row`,
    });
    expect(again).toEqual([{ source_row: 3 }, { source_row: 5 }]);
    await engine.close();
  });
});
