import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { branches, rowsOf, staged } from "../support/ingest-branches.ts";
import { ingested, source, table } from "../support/ingest-project.ts";

describe("CSV", () => {
  const text = "branch_id;name;region\r\nB1;Liège €;wallonia\r\nB2;Gent;flanders\r\n";
  const expected = [
    ["B1", "Liège €", "wallonia", 2],
    ["B2", "Gent", "flanders", 3],
  ];

  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a BOM", Buffer.from(`\ufeff${text}`)],
    ["windows-1252", iconv.encode(text, "windows-1252")],
    ["UTF-16 LE with a BOM", iconv.encode(text, "utf-16le", { addBOM: true })],
    ["UTF-16 BE with a BOM", iconv.encode(text, "utf-16be", { addBOM: true })],
    ["UTF-16 LE", iconv.encode(text, "utf-16le")],
    ["UTF-16 BE", iconv.encode(text, "utf-16be")],
    ["CR line ends", Buffer.from(text.replaceAll("\r\n", "\r"))],
    ["mixed line ends", Buffer.from(text.replace("\r\n", "\n"))],
    ["no last line end", Buffer.from(text.trimEnd())],
  ])("in %s comes out the same", async (_, bytes) => {
    expect(await rowsOf("in/branches.csv", bytes)).toEqual(expected);
  });

  test("rows keep the line they begin on, behind quoted line ends and blank lines", async () => {
    const quoted = 'branch_id,name,region\nB1,"two\nlines, ""quoted""",r\n\n,,\nB2,x,r\n';
    expect(await rowsOf("in/branches.csv", quoted)).toEqual([
      ["B1", 'two\nlines, "quoted"', "r", 2],
      ["B2", "x", "r", 6],
    ]);
  });

  test("rows that can't be cut are rejected with their line, and the next line is read", async () => {
    const broken = 'branch_id,name,region\nB1,x\nB2,x,r,more\nB3,"x" y,r\nB4,x,r,\nB5,"never closed,r\nB6,x,r\n';
    await ingested({ "in/branches.csv": broken }, [branches()], async ({ summary, rows }) => {
      expect(summary.files[0]).toMatchObject({ received: 6, accepted: 2, rejected: 4 });
      expect(await rows("select row, rule, message from staging.rejects order by row")).toEqual([
        {
          row: 2,
          rule: "ragged",
          message:
            "in/branches.csv row 2: 'B1,x' has the wrong number of cells (2 instead of 3); quote cells that hold the separator, or repair the line",
        },
        expect.objectContaining({ row: 3, rule: "ragged" }),
        expect.objectContaining({ row: 4, rule: "unclosed_quote" }),
        expect.objectContaining({ row: 6, rule: "unclosed_quote" }),
      ]);
    });
  });

  const first = ["B1", "x", "r"];
  const second = ["B2", "y", "r"];
  const lines = "B1,x,r\nB2,y,r\n";
  test.each([
    [
      "notes behind a blank line",
      `branch_id,name,region\n${lines}\nBranches 2016\n"Confidential, do not share"\n`,
      {},
      "5-6",
    ],
    ["rows told", `branch_id,name,region\n${lines}T1,t,t\n`, { footer: 1 }, "4"],
    ["lines above told", `x,y,z\nbranch_id,name,region\n${lines}`, { skip: 1 }, undefined],
    ["a header of two rows", `branch,,\nid,name,region\n${lines}`, { headerRows: 2 }, undefined],
    ["no header", lines, { headerRows: 0 }, undefined],
    [
      "a separator of several signs",
      `branch_id,name,region\n${lines}`.replaceAll(",", "<>"),
      { delimiter: "<>" },
      undefined,
    ],
  ])("%s: left out or read as the mapping says, and the manifest says so", async (name, text, csv, footer) => {
    const [id, two, three] = name.startsWith("no header")
      ? ["column_1", "column_2", "column_3"]
      : ["branch_id", "name", "region"];
    const columns = { branch_id: name.includes("two rows") ? "branch id" : id, name: two, region: three };
    await ingested({ "in/b.csv": text }, [branches({ files: "in/b.csv", csv, columns })], async ({ rows, summary }) => {
      expect((await rows(staged)).map((row) => [row.branch_id, row.name, row.region])).toEqual([first, second]);
      expect(summary.files[0]).toMatchObject({ received: 2, accepted: 2 });
      expect(summary.files[0]?.recognised.footer).toBe(footer);
    });
  });

  test("a line drawn below the names is no row, as `read` has it, and the manifest says where it is", async () => {
    const drawn = `branch_id,name,region\n---------,----,------\n${lines}`;
    await ingested({ "in/b.csv": drawn }, [branches({ files: "in/b.csv" })], async ({ rows, summary }) => {
      expect((await rows(staged)).map((row) => [row.branch_id, row.source_row])).toEqual([
        ["B1", 3],
        ["B2", 4],
      ]);
      expect(summary.files[0]).toMatchObject({
        received: 2,
        accepted: 2,
        recognised: { headerRow: "1", ruleLine: "2" },
      });
    });
    for (const settings of [{}, { headerRows: 1 }])
      expect(readDelimited(drawn, settings)).toMatchObject({ rows: [first, second] });
  });

  test("names that come again are rejected, a last row of totals and lines that a quote may have swallowed are warned about", async () => {
    const text = `branch_id,name,region\nbranch_id,name,region\n${lines}branch_id,name,region\nB3,"x,r\nB4,y",r\nTotal,,4\n`;
    await ingested({ "in/b.csv": text }, [branches({ files: "in/b.csv" })], async ({ rows, summary }) => {
      expect(summary.files[0]).toMatchObject({ received: 6, accepted: 4, rejected: 2, warned: 2 });
      expect((await rows(staged)).map((row) => row.branch_id)).toEqual(["B1", "B2", "B3", "Total"]);
      expect(await rows("select row, rule, severity from staging.rejects order by row")).toEqual([
        { row: 2, rule: "repeated_header", severity: "reject" },
        { row: 5, rule: "repeated_header", severity: "reject" },
        { row: 6, rule: "several_rows", severity: "warn" },
        { row: 8, rule: "total_row", severity: "warn" },
      ]);
    });
    expect(readDelimited(text).warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["repeated_header", "several_rows", "total_row"]),
    );
  });

  test("a row in other quotes than the file's is warned about, a quoted text is not", async () => {
    const text = `branch_id,name,region\n'B1','x','r'\nB2,'s Hertogenbosch',r\nB3,"'q'",r\n`;
    await ingested({ "in/b.csv": text }, [branches({ files: "in/b.csv", csv: { quote: '"' } })], async ({ rows }) => {
      expect(await rows("select row, rule, severity from staging.rejects")).toEqual([
        { row: 2, rule: "other_quotes", severity: "warn" },
      ]);
    });
    expect(readDelimited("a,b\n“x”,«y»\n“z”,«u»\n").warnings.map(({ code }) => code)).toContain("other_quotes");
  });

  test("notes below a large file are no rows either, and a last row cut off is no note", async () => {
    const text = "branch_id,name,region\nB1,x,r\n\nReport of 2016\n";
    const read = (content: string) =>
      ingested({ "in/b.csv": content }, [branches({ files: "in/b.csv" })], async ({ summary }) => summary.files[0], {
        plainFrom: 0,
      });
    expect(await read(text)).toMatchObject({ received: 1, accepted: 1, recognised: { footer: "4" } });
    expect(await read("branch_id,name,region\nB1,x,r\nB2\n")).toMatchObject({ received: 2, accepted: 1, rejected: 1 });
  });

  test("rows with too few cells are filled up and warned about where the mapping says so; longer ones are rejected", async () => {
    const text = "branch_id,region,name\nB1,r\nB2,r,y\nB3,r,y,z\n";
    const mapping = branches({ files: "in/b.csv", csv: { ragged: "pad" } });
    await ingested({ "in/b.csv": text }, [mapping], async ({ rows, summary }) => {
      expect((await rows(staged)).map(({ branch_id, name }) => [branch_id, name])).toEqual([
        ["B1", null],
        ["B2", "y"],
      ]);
      expect(summary.files[0]).toMatchObject({ received: 3, accepted: 2, rejected: 1, warned: 1 });
      expect(await rows("select row, rule, severity from staging.rejects order by row")).toEqual([
        { row: 2, rule: "padded", severity: "warn" },
        { row: 4, rule: "ragged", severity: "reject" },
      ]);
    });
  });

  test("several files of one pattern are read in the order of their names", async () => {
    const files = {
      "in/b2.csv": "branch_id,name,region\nB2,b,r\n",
      "in/b1.csv": "branch_id,name,region\nB1,a,r\nB2,z,r\n",
    };
    await ingested(files, [branches({ files: "in/b*.csv" })], async ({ rows, summary }) => {
      expect((await rows(staged)).map(({ branch_id, source_file }) => [branch_id, source_file])).toEqual([
        ["B1", "in/b1.csv"],
        ["B2", "in/b1.csv"],
      ]);
      expect(
        summary.files.map(({ file, received, accepted, rejected }) => [file, received, accepted, rejected]),
      ).toEqual([
        ["in/b1.csv", 2, 2, 0],
        ["in/b2.csv", 1, 0, 1],
      ]);
    });
  });

  test("codes, constants, decimal commas, dates and texts for nothing follow the mapping", async () => {
    const register = {
      source: "register",
      title: "Register",
      register: "actiris",
      tables: [
        {
          table: "jobseekers",
          files: "in/c.csv",
          csv: { delimiter: ";" },
          dates: "DD/MM/YYYY",
          nulls: ["NULL"],
          columns: {
            person_number: "NUMERO",
            birth_on: "NAISSANCE",
            gender: { column: "SEXE", codes: { F: "woman", H: "man" } },
            origin: { constant: "unknown" },
            qualification: { column: "DIPLOME", codes: { "1": "low", "": "unknown" } },
          },
        },
        {
          table: "employment_spells",
          files: "in/e.csv",
          csv: { delimiter: ";", decimal: "," },
          dates: "YYYYMMDD",
          columns: { person_number: "NUMERO", from_on: "DEBUT", contract_months: "MOIS", work_fraction: "TAUX" },
        },
      ],
    };
    const files = {
      "in/c.csv": "NUMERO;NAISSANCE;SEXE;DIPLOME\n7;3/2/1990;F;1\n8;03/02/1991;NULL;\n",
      "in/e.csv": "NUMERO;DEBUT;MOIS;TAUX\n7;20150131;6,0;0,5\n8;20150131;;1\n",
    };
    await ingested(files, [register], async ({ rows }) => {
      expect(
        await rows("select * exclude (source_file, source_row) from staging.jobseekers order by person_number"),
      ).toEqual([
        {
          register: "actiris",
          person_number: "7",
          birth_on: "1990-02-03",
          gender: "woman",
          origin: "unknown",
          qualification: "low",
        },
        {
          register: "actiris",
          person_number: "8",
          birth_on: "1991-02-03",
          gender: null,
          origin: "unknown",
          qualification: "unknown",
        },
      ]);
      expect(
        await rows(
          "select from_on, contract_months, work_fraction from staging.employment_spells order by person_number",
        ),
      ).toEqual([
        { from_on: "2015-01-31", contract_months: 6, work_fraction: 0.5 },
        { from_on: "2015-01-31", contract_months: null, work_fraction: 1 },
      ]);
    });
  });
});

test("a file that a spreadsheet saved again as UTF-8, with its mark, is read as such whatever its mapping says", async () => {
  const mapping = table("branches", "branch_id,name,region", { csv: { encoding: "windows-1252" } });
  await ingested(
    { "in/branches.csv": "\ufeffbranch_id,name,region\r\nB1,Liège,wallonia\r\n" },
    [source("branches", mapping)],
    async ({ rows, summary }) => {
      expect(await rows("select name from staging.branches")).toEqual([{ name: "Liège" }]);
      expect(summary.files[0]?.recognised.encoding).toBe("utf-8");
    },
  );
});
