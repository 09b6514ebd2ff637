import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { type ReadSettings, readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { withProject } from "../support/ingest-project.ts";

const COLUMNS = ["id", "name", "born", "amount"];
const ROWS = [
  ["1", "Ann", "1990-01-02", "3.5"],
  ["2", "Bob", "1991-01-02", "4.5"],
  ["3", "Cy", "1992-02-03", "5"],
];
const text = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join(",")}\n`).join("");
const CLEAN = text([COLUMNS, ...ROWS]);
/** The clean table with another first row. */
const first = (...cells: string[]) => [cells, ...ROWS.slice(1)];

const read = (file: string, settings: ReadSettings = {}) => {
  const { columns, rows, warnings } = readDelimited(file, settings);
  return { columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
};
const SAID = { delimiter: ",", quote: '"' };

describe("tiny polluted files, with the separator and quote said and found", () => {
  const CASES: ReadonlyArray<readonly [string, string, readonly (readonly string[])[], readonly string[]]> = [
    ["no last line end", CLEAN.slice(0, -1), ROWS, []],
    ["carriage returns only", CLEAN.replaceAll("\n", "\r"), ROWS, []],
    ["blank lines behind", `${CLEAN}\n\n`, ROWS, []],
    [
      "a line end in quotes",
      text([COLUMNS, ...first("1", '"A\nnn"', "1990-01-02", "3.5")]),
      first("1", "A\nnn", "1990-01-02", "3.5"),
      [],
    ],
    [
      "lines in quotes that look like rows",
      text([COLUMNS, ...first("1", '"a,b,c,d\ne,f,g,h"', "1990-01-02", "3.5")]),
      first("1", "a,b,c,d\ne,f,g,h", "1990-01-02", "3.5"),
      [],
    ],
    [
      "a quoted cell of 250,000 signs and many lines, above all other rows",
      text([COLUMNS, ...first("1", `"${"x, \n".repeat(50_000)}"`, "1990-01-02", "3.5")]),
      first("1", "x, \n".repeat(50_000), "1990-01-02", "3.5"),
      [],
    ],
    [
      "blanks around quotes",
      text([COLUMNS, ...first("1", ' "A, nn" ', "1990-01-02", "3.5")]),
      first("1", "A, nn", "1990-01-02", "3.5"),
      ["space_after_quote 2", "space_before_quote 2"],
    ],
    [
      "blanks before a quote that is text",
      text([COLUMNS, ...first("1", ' "A" nn', "1990-01-02", "3.5")]),
      first("1", ' "A" nn', "1990-01-02", "3.5"),
      [],
    ],
    ["comment lines above", `# made by a till\n# in 2016\n${CLEAN}`, ROWS, ["preamble 1", "preamble 2"]],
    [
      "a header that comes again",
      CLEAN + text([COLUMNS, ["4", "Di", "1993-02-03", "6"]]),
      [...ROWS, COLUMNS, ["4", "Di", "1993-02-03", "6"]],
      ["repeated_header 5"],
    ],
    ["a total", `${CLEAN}Total,,,13\n`, [...ROWS, ["Total", "", "", "13"]], ["total_row 5"]],
    [
      "a row of another separator",
      `${text([COLUMNS, ...ROWS.slice(0, 2)])}3;Cy;1992-02-03;5\n`,
      ROWS,
      ["repaired_row 4"],
    ],
    [
      "a backslash at a cell's end",
      text([COLUMNS, ...first("1", '"C:\\d\\"', "1990-01-02", "3.5")]),
      first("1", "C:\\d\\", "1990-01-02", "3.5"),
      [],
    ],
  ];
  test.each(CASES)("%s", (_, file, rows, said) => {
    for (const settings of [{}, SAID]) {
      const found = read(file, settings);
      expect(found).toMatchObject({ columns: COLUMNS, rows });
      expect(found.said.toSorted()).toEqual(said);
    }
  });
});

describe("names and last rows spoilt as any row may be", () => {
  const figures = [
    ["2012", "14"],
    ["2013", "230"],
    ["2014", "322"],
  ];
  const pairs = text(figures);
  test("names that come twice stand once", () => {
    expect(read(text([["year", "count"], ["year", "count"], ...figures]))).toMatchObject({
      columns: ["year", "count"],
      rows: figures,
      said: ["header_rows 1"],
    });
  });
  test("a quote too few in the names", () => {
    const quoted = text([COLUMNS, ...ROWS].map((row) => row.map((cell) => `"${cell}"`)));
    expect(read(quoted.replace('"id"', '"id'))).toMatchObject({
      columns: ['"id', ...COLUMNS.slice(1)],
      rows: ROWS,
      said: ["repaired_row 1"],
    });
  });
  test("names separated otherwise than whole numbers, which are no decimals then", () => {
    expect(read(`year;count\n${pairs}`)).toMatchObject({ columns: ["year", "count"], rows: figures });
  });
  test.each([
    ["a title", "Sales of 2016\n", ["preamble 1"]],
    ["a title filled up", "Sales of 2016,\n", ["preamble 1"]],
    ["a title and separators", "Sales of 2016,\n,\n", ["preamble 1", "blank_line 2"]],
  ])("%s above two columns of whole numbers", (_, title, said) => {
    expect(read(`${title}year,count\n${pairs}`)).toEqual({ columns: ["year", "count"], rows: figures, said });
  });
  test("a key directly below the rows is a row cut off, words and what stands apart are notes", () => {
    expect(read(`year,count\n${pairs}2015\n`)).toMatchObject({
      rows: [...figures, ["2015", ""]],
      said: ["short_row 5"],
    });
    for (const note of ["\n2015\n", "the end\n"]) expect(read(`year,count\n${pairs}${note}`).rows).toEqual(figures);
  });
  test("a last row of one filled cell of two is told", () => {
    expect(read(`year,count\n${pairs}the end,\n`).said).toEqual(["note_row 5"]);
  });
  test("a row in other quotes is not cut by the ones of a name", () => {
    const file = `id,name,town,amount\n1,"Ann",Gent,"3,5"\n2,"Maria O'Neil"Gent,"120,75"\n3,"Cy",Gent,"5"\n`;
    const { rows, said } = read(file);
    expect(rows[1]?.slice(-2)).not.toContain('75"');
    expect(said.join()).toMatch(/(short_row|repaired_row|stray_quote) 3/);
  });
});

test("notes behind a blank line hide no short table, however many they are", () => {
  const report = '"Id","Day","Score","Remarks"\n"a01","5/13/2016","4","fine"\n"a02","5/14/2016","#N/A","#N/A"\n';
  const notes = ["Answers 2016", "Copyright (c) 2016", "Confidential", "Generated By: X 6/1/2016", "DUO"];
  const { columns, rows, said } = read(`${report}\n${notes.map((note) => `"${note}"\n`).join("")}`);
  expect(columns).toEqual(["Id", "Day", "Score", "Remarks"]);
  expect(rows).toHaveLength(2);
  expect(said).toEqual(["blank_line 4", ...notes.map((_, i) => `footer ${i + 5}`)]);
});

describe("one column stays one", () => {
  test.each([
    [
      "sentences",
      "remark\nShe came, saw and left\nNothing\nHe said: no; never\n",
      ["She came, saw and left", "Nothing", "He said: no; never"],
    ],
    ["names of several words", "naam\nBob\nVan den Berg\n", ["Bob", "Van den Berg"]],
    ["quoted names", '"naam"\n"Zoë"\n"Van den Berg"\n"De Smet, Jan"\n', ["Zoë", "Van den Berg", "De Smet, Jan"]],
    ["quoted quotes", 'naam\n"Jan ""Jef"" X"\nBob\n', ['Jan "Jef" X', "Bob"]],
    ["quoted nothing", '"naam"\n""\n"Bob"\n""\n', ["", "Bob", ""]],
    ["decimal commas", "amount\n3,5\n4,5\n1,2\n", ["3,5", "4,5", "1,2"]],
  ])("%s", (_, file, cells) => {
    const { columns, rows } = read(file);
    expect(columns).toHaveLength(1);
    expect(rows).toEqual(cells.map((cell) => [cell]));
  });

  test("blank lines around it are reported, since they may be rows", () => {
    expect(read("naam\nBob\n\n")).toMatchObject({ rows: [["Bob"]], said: ["blank_line 3", "header_assumed 1"] });
  });

  test("two columns of whole numbers are two, however many rows there are", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [String(2000 + i), String(i)]);
    expect(read(text([["jaar", "aantal"], ...rows]))).toEqual({ columns: ["jaar", "aantal"], rows, said: [] });
    expect(read(text(rows)).said).toContain("dialect_uncertain");
  });
});

describe("two columns parted by a sign that cells are full of", () => {
  const SIGNS = [" ", "-", "_", "/", "\\", "+", "=", "?"];
  const duos = [
    ["Brussels", "120"],
    ["Gent", "45"],
    ["Antwerp", "67"],
  ];
  test.each(SIGNS)("%j: figures below names, or quotes, prove them to be two", (sign) => {
    const lines = [["town", "duos"], ...duos].map((row) => `${row.join(sign)}\n`).join("");
    const quoted = [["town", "duos"], ...duos].map((row) => `${row.map((cell) => `"${cell}"`).join(sign)}\n`).join("");
    for (const file of [lines, quoted]) expect(read(file)).toMatchObject({ columns: ["town", "duos"], rows: duos });
  });
  test.each(SIGNS)("%j: two words may be one cell, which is reported", (sign) => {
    const file = ["full name", "Ann Smith", "Bob Jones", "Cy Fox"].map((line) => line.replace(" ", sign)).join("\n");
    expect(read(file).columns).toHaveLength(1);
    expect(read(file).said).toContain("dialect_uncertain");
  });
  test("days, numbers and codes of one column are not cut", () => {
    for (const cells of [
      ["2016-01-31", "2016-02-01", "2016-02-02"],
      ["31/01/2016", "01/02/2016", "02/02/2016"],
      ["3.5", "4.5", "1.2"],
      ["A-1", "B-2", "C-3"],
    ])
      expect(read(`kind\n${cells.join("\n")}\n`).rows).toEqual(cells.map((cell) => [cell]));
  });
});

describe("what is said against the file", () => {
  test.each([";", "\t", "|"])("a file separated by %j is doubted when the comma is said", (delimiter) => {
    const found = read(CLEAN.replaceAll(",", delimiter), SAID);
    expect(found.said).toContain("dialect_doubtful");
  });
  test("a wrong quote is doubted", () => {
    const quoted = text([COLUMNS, ...ROWS].map((row) => row.map((cell) => `'${cell}, x'`)));
    expect(read(quoted, SAID).said).toEqual(expect.arrayContaining(["other_quotes 1", "other_quotes 4"]));
    expect(read(CLEAN, SAID).said).toEqual([]);
  });
});

test.each([
  ["150,000 blank lines", `a,b\n${"1,2\n\n".repeat(150_000)}`, 150_000],
  ["150,000 rows wider than the header", `a,b\n${"1,2,3\n".repeat(150_000)}`, 150_000],
  ["130,000 short rows", `a,b,c\n${"1,2,3\n1,2\n".repeat(130_000)}`, 260_000],
  [
    "150,000 rows behind a stray quote",
    `a,b,c,d\n1,2,3,4\n1,"x,3,4\n${"1,2,3,4\n".repeat(150_000)}1,2,3,"y"\n`,
    150_003,
  ],
])("%s are read and reported", (_, file, count) => {
  expect(readDelimited(file).rows).toHaveLength(count);
});

test.each([
  ["signs of nothing", "\0".repeat(100), "nothing but blanks"],
  ["a web page", "<!DOCTYPE html><table><tr><td>1</td></tr></table>", "is a web page"],
  ["XML", '<?xml version="1.0"?><a/>', "is XML"],
  ["JSON", '[{"a": 1, "b": 2}]', "is JSON"],
  ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), "is UTF-32"],
  ["UTF-32 without a mark, its highest byte first", iconv.encode("id,name\n1,Zoë 😀\n", "utf-32be"), "is UTF-32"],
  ["UTF-32 without a mark", iconv.encode("id,name\n1,Zoë 😀\n", "utf-32le", { addBOM: false }), "is UTF-32"],
])("%s named .csv is refused for what it is", async (_, content, reason) => {
  await withProject({ "a.csv": content }, (folder) => expect(readTable(`${folder}/a.csv`)).rejects.toThrow(reason));
});

test("a text is told to be no table, and none of its signs is taken for what parts its lines", async () => {
  const { rows, warnings } = await readTable("README.md");
  expect(warnings.map(({ code }) => code)).toContain("one_column");
  expect(warnings.map(({ code }) => code)).not.toContain("unusual_delimiter");
  expect(rows.every(({ length }) => length === 1)).toBe(true);
  expect(read("name\nAnn\nBob\nCy\n").said).not.toContain("one_column");
});

test("a line of more cells than any table has columns is refused at once", async () => {
  await withProject({ "a.csv": `${"1,".repeat(100_001)}\n` }, (folder) =>
    expect(readTable(`${folder}/a.csv`)).rejects.toThrow("a.csv: its rows have 100002 cells"),
  );
});

test("a cell of several lines in a row of a cell too many is not cut into rows", () => {
  const file = `n,question,answer,size\n1,"How, in all?","Two\nlines, more",,"3/4"""\n2,b,c,d\n3,b,c,d\n`;
  const { rows, said } = read(file);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toEqual(["1", "How, in all?", "Two\nlines, more", "", '3/4"']);
  expect(said).toContain("long_row 2");
});

test("lines are counted as an editor does where lone line feeds are text", () => {
  const { rows, said } = read(`id,text,n\r\n${"1,one\ntwo,3\r\n".repeat(20)}2,x\r\n`);
  expect(rows[0]).toEqual(["1", "one\ntwo", "3"]);
  expect(said).toContain("short_row 42");
});

test("notes behind a blank line are notes whatever separators they hold, rows of another table are not", () => {
  const clean = "service,year,duos\nA,2016,3\nB,2016,4\n";
  expect(read(`${clean}\nSource: the services, 2017\nNot final\n`)).toMatchObject({
    rows: [
      ["A", "2016", "3"],
      ["B", "2016", "4"],
    ],
    said: ["blank_line 4", "footer 5", "footer 6"],
  });
  const other = read(`${clean}\nTable 2\ntown,duos\nGent,7\n`);
  expect(other.rows).toContainEqual(["Gent", "7", ""]);
});
