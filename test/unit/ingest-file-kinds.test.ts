import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { ingested, source, table, withProject } from "../support/ingest-project.ts";

const signs = (text: string): Buffer => Buffer.from(text, "latin1");
const packed = (name: string): Uint8Array => zipSync({ [name]: strToU8("x") });

const KINDS: ReadonlyArray<readonly [file: string, bytes: Uint8Array, is: string, remedy: string]> = [
  ["a.csv", signs("%PDF-1.7\n1 0 obj"), "a PDF document, not delimited text", "ask for the table itself"],
  ["a.csv", signs("\x89PNG\r\n\x1a\n\0"), "a picture", "send the table that it shows"],
  ["a.xls", signs("\xd0\xcf\x11\xe0\xa1\xb1"), "a workbook of Excel before 2007", "save it as .xlsx"],
  ["a.xlsx", signs("\xd0\xcf\x11\xe0\xa1\xb1"), "protected by a password", "without a password"],
  ["a.csv", signs("PAR1\0\0"), "Parquet", "--format parquet"],
  ["a.csv", signs("\x1f\x8b\x08\0"), "packed by gzip", "name it .gz"],
  ["a.csv", signs("$FL2@(#) SPSS"), "an SPSS file", "save it as CSV"],
  ["a.csv", signs("SQLite format 3\0"), "an SQLite database", "export the table"],
  ["a.ods", packed("content.xml"), "an OpenDocument file", "save it as .xlsx or CSV"],
  ["a.xlsx", packed("content.xml"), "an OpenDocument file (.ods), not a workbook (.xlsx)", "save it as .xlsx or CSV"],
  ["a.csv", packed("xl/workbook.xml"), "an Excel workbook", "--format xlsx"],
  ["a.xlsx", packed("word/document.xml"), "a text document (Word)", "save the table in it"],
  ["a.xlsx", packed("xl/workbook.bin"), "a binary workbook", "save it as .xlsx"],
  ["a.json", packed("a.csv"), "a zip file, not JSON", "name it .zip"],
  ["a.xls", signs("\n<table border=1><tr><td>1</td></tr></table>"), "a web page", "save it as .xlsx or CSV"],
  ["a.xls", signs("\xef\xbb\xbf<!-- saved -->\n<html></html>"), "a web page", "open it in a spreadsheet program"],
  ["a.json", signs("<!DOCTYPE html><html></html>"), "a web page, not JSON", "save it as .xlsx or CSV"],
  ["a.xls", signs('<?xml version="1.0"?>\n<Workbook/>'), "XML", "save it as .xlsx or CSV"],
  ["a.csv", signs('ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"a"\r\nE\r\n'), "a SYLK file", "save it as .xlsx or CSV"],
  ["a.xls", signs("\t\x04\x06\0\0\0\x10\0"), "a workbook of Excel before 1997", "save it as .xlsx or CSV"],
  ["a.xlsx", signs("a;b\r\n1;2\r\n"), "text, not a workbook (.xlsx)", "--format csv"],
  ["a.csv", signs(`${"a.csv".padEnd(257, "\0")}ustar\x0000`), "a tar archive", "unpack it"],
  [
    "a.csv",
    signs("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n"),
    "a pointer of Git LFS",
    "git lfs pull",
  ],
  [
    "a.csv",
    Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * i * 7 + i * 31) % 256)),
    "not text",
    "export it as CSV",
  ],
];

test.each(KINDS)("%s: what it is and what to do are told (%#)", async (name, bytes, is, remedy) => {
  await withProject({ [name]: bytes }, async (folder) => {
    await expect(readTable(`${folder}/${name}`)).rejects.toThrow(is);
    await expect(readTable(`${folder}/${name}`)).rejects.toThrow(remedy);
  });
});

test.each(["ID;POSTCODE\nB;Gent\nC;Luik\n", "ID;P\nC;3\nF;4\n", "<b>Name</b>,n\nAnn,1\nBob,2\n"])(
  "a table that begins nearly as another kind is read: %j",
  async (text) => {
    await withProject({ "a.csv": text }, async (folder) =>
      expect((await readTable(`${folder}/a.csv`)).rows).toHaveLength(2),
    );
  },
);

test("what is no number in JSON is told, a text of that name is none", async () => {
  await withProject({ "a.json": '[{"a": NaN, "b": "NaN"}, {"a": 2, "b": -Infinity}]' }, async (folder) => {
    const { rows, warnings } = await readTable(`${folder}/a.json`);
    expect(rows).toEqual([
      ["NaN", "NaN"],
      ["2", "-Infinity"],
    ]);
    expect(warnings.map(({ code, row, column }) => [code, row, column])).toEqual([
      ["not_finite", 1, 1],
      ["not_finite", 2, 2],
    ]);
  });
});

test("a run's sources are refused in the same words", async () => {
  const mapping = source("programme", table("branches", "branch_id,name,region", { files: "in/a.csv" }));
  const run = ingested({ "in/a.csv": signs("%PDF-1.7\n1 0 obj") }, [mapping], async () => undefined);
  await expect(run).rejects.toThrow("in/a.csv is a PDF document, not delimited text");
});

test("of a file too large for memory the beginning is read where that is enough, else it is refused", async () => {
  const text = `a,b\n${`1,${"x".repeat(1000)}\n`.repeat(5000)}${"\n".repeat(2_000_001)}`;
  await withProject({ "a.csv": text }, async (folder) => {
    await expect(readTable(`${folder}/a.csv`)).rejects.toThrow("are read by a pipeline only, which takes any size");
    const { columns, rows, warnings } = await readTable(`${folder}/a.csv`, { beginning: true });
    expect(columns).toEqual(["a", "b"]);
    expect(rows.length).toBeGreaterThan(4000);
    expect(rows.every(([first, second]) => first === "1" && second?.length === 1000)).toBe(true);
    expect(warnings[0]).toMatchObject({ code: "beginning_only", row: null });
  });
});

test.each([
  ["a.json", "", "is empty"],
  ["a.zip", zipSync({ "b.zip": zipSync({ "c.csv": strToU8("a") }) }), "a.zip (b.zip in it) is a zip file"],
])("%s: %j is refused", async (name, content, reason) => {
  await withProject({ [name]: content }, (folder) => expect(readTable(`${folder}/${name}`)).rejects.toThrow(reason));
});

test("a table that is a part of a JSON object is pointed to", async () => {
  await withProject({ "a.json": '{"data": [{"a": 1}], "count": 1}' }, async (folder) => {
    const { warnings } = await readTable(`${folder}/a.json`);
    expect(warnings[0]).toMatchObject({ code: "nested", row: 1, column: 1 });
    expect(warnings[0]?.message).toContain("if it is the table, send the list alone");
  });
});

test("UTF-16 that was said to be UTF-8 is refused by its mark", async () => {
  await withProject({ "a.csv": Buffer.from("\ufeffa,b\n1,2\n", "utf16le") }, (folder) =>
    expect(readTable(`${folder}/a.csv`, { encoding: "utf-8" })).rejects.toThrow(
      "begins with the mark of utf-16le, but you say utf-8",
    ),
  );
});
