import { writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { type ReadSettings, readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { UserError } from "../../src/user-error.ts";
import { withProject } from "../support/ingest-project.ts";
import { pollutedFiles } from "../support/polluted-csv.ts";
import { loaded } from "../support/polluted-score.ts";

const read = (text: string, settings: ReadSettings = {}) => {
  const { dialect, columns, rows, warnings } = readDelimited(text, settings);
  return { dialect, columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
};

const header = "id,name,born,amount\n";
const clean = "1,Ann,1990-01-02,3.5\n2,Bob,1991-01-02,4.5\n3,Cy,1992-02-03,5\n";
const cleanRows = [
  ["1", "Ann", "1990-01-02", "3.5"],
  ["2", "Bob", "1991-01-02", "4.5"],
  ["3", "Cy", "1992-02-03", "5"],
];

describe("polluted CSV", () => {
  test("a clean file has nothing to report", () => {
    expect(read(header + clean)).toMatchObject({
      columns: ["id", "name", "born", "amount"],
      rows: cleanRows,
      said: [],
    });
  });

  test("lines above and below the table are left out and each is reported", () => {
    const found = read(`Report of 2016\n\n${header}${clean}\nTotal: 3\n`);
    expect(found).toMatchObject({ rows: cleanRows, said: ["blank_line 2", "blank_line 7", "preamble 1", "footer 8"] });
    expect(found.dialect.headerRow).toBe(3);
  });

  test.each([
    ["semicolons beside decimal commas", "id;amount\n1;3,5\n2;4,5\n3;1,0\n", ";", ["3", "1,0"]],
    ["tabs beside commas", "a\tb c\n1\tx, y\n2\tz\n", "\t", ["2", "z"]],
    [
      "a separator with a blank behind it",
      'id, name, born\n1, "a, b", 1990-01-01\n2, c, 1990-01-02\n',
      ", ",
      ["2", "c", "1990-01-02"],
    ],
    [
      "a separator with a blank behind it, beside commas in numbers",
      "id, price, paid, at\n1, $1,234.50, 2,100, 10:35\n2, $2,001.10, 1,345, 11:20\n3, $3.10, 7,200, 9:05\n",
      ", ",
      ["3", "$3.10", "7,200", "9:05"],
    ],
    [
      "names parted by commas above times",
      `id,price,paid,at\n${["1,2,3", "5", "6,7", "9,9,9,9", "2,1,0,0,0", "3"].map((paid, i) => `${i},${paid},$1,11:1${i}:43 PM\n`).join("")}`,
      ",",
      ["5", "3", "$1", "11:15:43 PM"],
    ],
    ["Excel's sep= line", "sep=;\na;b\n1;2\n", ";", ["1", "2"]],
    ["a doubled separator", "a||b\n1||2\n3||4\n", "||", ["3", "4"]],
  ])("%s: the separator is found", (_, text, delimiter, last) => {
    const found = read(text);
    expect(found.dialect.delimiter).toBe(delimiter);
    expect(found.rows.at(-1)).toEqual(last);
  });

  test("single quotes and backslashes are recognised", () => {
    expect(read("id,name\n1,'a, b'\n2,'it''s'\n").rows).toEqual([
      ["1", "a, b"],
      ["2", "it's"],
    ]);
    expect(read('id,name\n1,"a \\"q\\", b"\n2,"c"\n').rows).toEqual([
      ["1", 'a "q", b'],
      ["2", "c"],
    ]);
  });

  test("one row's backslashes are its own escape, not the file's", () => {
    const doubled = Array.from({ length: 4 }, (_, i) => `${i},"a 3"" pipe, ""new""",${i}.5\n`).join("");
    const found = read(`id,name,price\n9,"a 3\\" pipe, \\"new\\"",2.5\n${doubled}`);
    expect(found.rows[4]).toEqual(["3", 'a 3" pipe, "new"', "3.5"]);
    expect(found.rows[0]).toEqual(["9", 'a 3" pipe, "new"', "2.5"]);
    expect(found.said).toEqual(["repaired_row 2"]);
  });

  test("a row that lost its line end doesn't change what the file is cut by", () => {
    const row = "https://a.org/x?q=1,04:00,12:27:38 PM,7";
    const found = read(`link,time,at,n${row}\n${`${row}\n`.repeat(30)}`);
    expect(found).toMatchObject({ dialect: { delimiter: "," }, rows: { length: 30 } });
  });

  test("a quote that is never closed costs its own line only", () => {
    const found = read(`${header}1,"Ann,1990-01-02,3.5\n2,"Bob",1991-01-02,4.5\n3,Cy,1992-02-03,5\n`);
    expect(found.rows.slice(1)).toEqual(cleanRows.slice(1));
    expect(found.said).toEqual(["unclosed_quote 2"]);
  });

  test("a stray quote that closes in another row doesn't swallow the rows between", () => {
    const found = read(
      `${header}1,"Ann,1990-01-02,3.5\n2,Bob,1991-01-02,4.5\n3,Cy",1992-02-03,5\n4,Di,1990-01-01,1\n5,Ed,1990-01-01,1\n`,
    );
    expect(found.rows.map(([id]) => id)).toEqual(["1", "2", "3", "4", "5"]);
    expect(found.said).toEqual(["repaired_row 2"]);
  });

  test("rows with other quotes or another separator are read by them and reported", () => {
    const found = read(`${header}${clean}4;Di;1992-02-03;5\n5,'a,b',1990-01-01,1\n"6","Fy",1990-01-01,1\n`);
    expect(found.rows.slice(3, 5)).toEqual([
      ["4", "Di", "1992-02-03", "5"],
      ["5", "a,b", "1990-01-01", "1"],
    ]);
    expect(found.said).toEqual(["repaired_row 5", "repaired_row 6"]);
  });

  test("short rows are filled, long rows kept whole, and both are reported", () => {
    const found = read(`${header}${clean}4,Di\n5,Ed,1990-01-01,1,more\n${clean}`);
    expect(found.rows.slice(3, 5)).toEqual([
      ["4", "Di", "", ""],
      ["5", "Ed", "1990-01-01", "1", "more"],
    ]);
    expect(found.said).toEqual(["short_row 5", "long_row 6"]);
  });

  test("a separator at the end of every row is one remark", () => {
    expect(read("a,b\n1,2,\n3,4,\n5,6,\n")).toMatchObject({
      columns: ["a", "b"],
      rows: [
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
      ],
      said: ["trailing_delimiter 2"],
    });
  });

  test("duplicate, missing and absent headers are reported", () => {
    expect(read("a,b,a,\n1,2,3,4\n5,6,7,8\n")).toMatchObject({
      columns: ["a", "b", "a", ""],
      said: ["duplicate_header 1", "missing_header 1"],
    });
    expect(read(clean)).toMatchObject({
      columns: ["column_1", "column_2", "column_3", "column_4"],
      rows: cleanRows,
      said: ["no_header 1"],
    });
    expect(read("a,b\n1,2,9\n3,4,9\n")).toMatchObject({
      columns: ["a", "b", ""],
      said: ["missing_header 1", "header_width 1"],
    });
    expect(read("x,group,group\nid,from,to\n1,2,3\n2,3,4\n3,4,5\n")).toMatchObject({
      columns: ["x id", "group from", "group to"],
      said: ["header_rows 1"],
    });
  });

  test("one column stays one column, whatever its texts hold", () => {
    expect(read("t\n10:20\n11:30\n")).toMatchObject({ columns: ["t"], rows: [["10:20"], ["11:30"]] });
    expect(read("full name\nAnn Smith\nBob Jones\n").rows).toEqual([["Ann Smith"], ["Bob Jones"]]);
    expect(read("amount\n3,5\n4,5\n").rows).toEqual([["3,5"], ["4,5"]]);
  });

  test("what is said is not guessed", () => {
    expect(read(clean, { headerRows: 0 })).toMatchObject({ rows: cleanRows, said: [] });
    expect(read(`${clean}the end\n`, { headerRows: 1, footerRows: 1, delimiter: "," }).rows).toEqual(
      cleanRows.slice(1),
    );
    expect(read("a;b,c\n1;2,3\n", { delimiter: ";" }).rows).toEqual([["1", "2,3"]]);
  });
});

describe("files", () => {
  const fromBytes = (bytes: Uint8Array, encoding?: string) =>
    withProject({ "a.csv": bytes }, (folder) =>
      readTable(`${folder}/a.csv`, encoding === undefined ? {} : { encoding }),
    );

  test("lines in another encoding than the others are read and reported", async () => {
    const bytes = Buffer.concat([
      Buffer.from("id,name\n1,Liège\n"),
      iconv.encode("2,Liège\n", "windows-1252"),
      Buffer.from("3,é\n"),
    ]);
    const found = await fromBytes(bytes);
    expect(found.rows).toEqual([
      ["1", "Liège"],
      ["2", "Liège"],
      ["3", "é"],
    ]);
    expect(found.warnings).toEqual([expect.objectContaining({ code: "mixed_encoding", row: 3 })]);
  });

  test("a guessed encoding is reported, a declared one is held to the bytes", async () => {
    const bytes = iconv.encode("id,name\n1,Liège €\n", "windows-1252");
    const found = await fromBytes(bytes);
    expect(found.rows).toEqual([["1", "Liège €"]]);
    expect(found.warnings).toEqual([expect.objectContaining({ code: "encoding_guessed", row: 2 })]);
    const [{ message = "" } = {}] = found.warnings;
    expect(message).toContain("('Liège')");
    expect((await fromBytes(bytes, "windows-1252")).warnings).toEqual([]);
    await expect(fromBytes(bytes, "utf-8")).rejects.toThrow(UserError);
    await expect(fromBytes(bytes, "klingon")).rejects.toThrow("is not an encoding");
  });

  test.each(["cp850", "macroman"])(
    "letters of %s are doubted by what they turn into, and read when said",
    async (own) => {
      const bytes = iconv.encode("id,name\n1,Zoë n°3\n", own);
      const [guessed] = (await fromBytes(bytes)).warnings;
      expect(guessed).toMatchObject({ code: "encoding_guessed", row: 2 });
      expect(guessed?.message).toContain("if that is no word, say e.g. `--encoding cp850`");
      expect((await fromBytes(bytes, own)).rows).toEqual([["1", "Zoë n°3"]]);
    },
  );

  test("an empty file and one of blanks are refused", async () => {
    await expect(fromBytes(Buffer.from(""))).rejects.toThrow("is empty");
    await expect(fromBytes(Buffer.from(" \n\n"))).rejects.toThrow("nothing but blanks");
  });
});

describe("X1: one table spoilt in every way", () => {
  const files = pollutedFiles();
  const whole = { precision: 1, recall: 1 };
  /** Say no more than what was recognised, and is right. */
  const certain = new Set(["header_assumed", "unusual_delimiter", "blank_line"]);

  test.each([...new Set(files.map(({ kind }) => kind))])(
    "%s: header, rows and cells come back exactly, and repairs are reported with their line",
    async (kind) => {
      const own = files.filter((file) => file.kind === kind);
      const differing = await withProject({}, async (folder) => {
        const names: string[] = [];
        for (const file of own) {
          writeFileSync(`${folder}/a.csv`, file.bytes);
          const read = await readTable(`${folder}/a.csv`);
          const found = loaded(file, read);
          if (!isDeepStrictEqual(found, { header: whole, rows: whole, cells: whole })) names.push(file.name);
          else if (/^row /.test(kind) && !read.warnings.some(({ code, row }) => row !== null && !certain.has(code)))
            names.push(`${file.name}: silent`);
        }
        return names;
      });
      expect(own.length).toBeGreaterThan(5);
      expect(differing).toEqual([]);
    },
  );

  test("what is lost or invented lowers recall or precision", () => {
    const [clean] = files;
    if (clean === undefined) throw new Error("no files");
    const half = loaded(clean, { columns: clean.columns, rows: clean.rows.slice(0, 9) });
    expect(half).toMatchObject({ header: whole, rows: { precision: 1, recall: 0.5 } });
    const twice = loaded(clean, { columns: [...clean.columns, "x"], rows: [...clean.rows, ...clean.rows] });
    expect(twice).toMatchObject({ header: { precision: 0.9, recall: 1 }, rows: { precision: 0.5, recall: 1 } });
  });
});
