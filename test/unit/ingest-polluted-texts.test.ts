import { expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

/** A table without a figure, in which nothing but their place tells names from rows. */
const TEXTS = [
  "question,answer,remark",
  "How was it?,Very good,thanks",
  "And before?,Long ago,none",
  "Why?,No idea,sorry",
];
/** A table that has figures. */
const FIGURES = ["person,from,to,kind", "0001,01/03/2016,11/11/2017,CDI", "0002,02/03/2016,12/11/2017,CDD"];

const read = (lines: readonly string[]) => {
  const { columns, rows, warnings } = readDelimited(`${lines.join("\n")}\n`);
  return { columns, rows, codes: warnings.map(({ code, row }) => `${code} ${row}`) };
};
const cells = (lines: readonly string[]): readonly (readonly string[])[] => lines.map((line) => line.split(","));

test("names with a separator too many, or too few, stay the names of a table of texts", () => {
  const [names = "", ...rows] = TEXTS;
  for (const lines of [
    [`${names},`, ...rows],
    [names, ...rows.map((row) => `${row},`)],
  ]) {
    const found = read(lines);
    expect(found.columns).toEqual(names.split(","));
    expect(found.rows).toEqual(cells(rows));
  }
});

test("names that come again make no row of the first ones", () => {
  const [names = "", ...rows] = TEXTS;
  const found = read([names, ...rows, names]);
  expect(found.columns).toEqual(names.split(","));
  expect(found.codes).toContain("repeated_header 5");
});

test("a line drawn below the names is left out and reported, cells of one dash are a row", () => {
  const [names = "", ...rows] = FIGURES;
  const drawn = read([names, "------,----,--,----", ...rows]);
  expect([drawn.columns, drawn.rows]).toEqual([names.split(","), cells(rows)]);
  expect(drawn.codes).toEqual(["rule_line 2"]);
  expect(read([names, "-,-,-,-", ...rows]).rows).toHaveLength(3);
});

test("a first row in other quotes is not joined to the names", () => {
  const [names = "", ...rows] = FIGURES;
  const quoted = "'0000','01/02/2016','10/11/2017','CDI'";
  expect(read([names, quoted, ...rows, ...rows]).columns).toEqual(names.split(","));
});

test("a last row of one cell, names that begin as a remark does and a tab inside a cell are reported", () => {
  const [names = "", ...rows] = FIGURES;
  expect(read([names, ...rows, "Source: the office,,,"]).codes).toContain("note_row 4");
  expect(read([`#${names}`, ...rows]).codes).toEqual(["comment_header 1"]);
  expect(read([...TEXTS, "What\telse,Nothing,none"]).codes).toContain("other_delimiter 5");
});

test.each(["\u0085", "\u2028", "\u2029", "\v", "\f", "\u001e"])("rows that end with %j are read, and told", (end) => {
  const [names = "", ...rows] = FIGURES;
  const found = read([FIGURES.join(end)]);
  expect([found.columns, found.rows]).toEqual([names.split(","), cells(rows)]);
  expect(found.codes).toEqual(["line_ends null"]);
});

test("a separator of other files at every line's end is left out, and told", () => {
  const [names = "", ...rows] = TEXTS;
  const found = read(TEXTS.map((line) => `${line};`));
  expect([found.columns, found.rows]).toEqual([names.split(","), cells(rows)]);
  expect(found.codes).toContain("line_ends null");
  expect(read(["a,b;c;", "1,5;2;", "2,5;3;"]).codes).not.toContain("line_ends null");
});

test("blanks around one separator, or those of the names only, are told with their line", () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${i},2016-01-01,x${i},y`);
  const among = (at: number, line: string): readonly string[] => ["id,day,name,kind", ...rows].with(at, line);
  expect(read(among(7, "6,2016-01-01 , x6,y")).codes).toEqual(["leading_blanks 8"]);
  expect(read(among(0, "id , day , name , kind")).codes).toEqual(["leading_blanks 1"]);
  expect(read(among(7, "6,2016-01-01,x6 ,y")).codes).toEqual([]);
});

test("signs around every name, and quotes that are doubled in no quotes, are told with their line", () => {
  const rows = Array.from({ length: 9 }, (_, i) => `${i},2016-01-01,"a ""b"" ${i}"`);
  expect(read(["$id$,$day$,$name$", ...rows]).codes).toEqual(["other_quotes 1"]);
  expect(read(["id,day,name", ...rows, '9,2016-01-01,a ""b"" 9']).codes).toEqual(["kept_quote 11"]);
});

test("a cell that is quoted with another sign, and cut at the separators in it, is put together", () => {
  const rows = Array.from({ length: 9 }, (_, i) => `${i},2016-01-01,"a, b ${i}",$3.50`);
  const found = read(["id,day,name,price", ...rows, "9,2016-01-01,$a, b$,$$1,003.50$"]);
  expect(found.rows.at(-1)).toEqual(["9", "2016-01-01", "a, b", "$1,003.50"]);
  expect(found.codes).toEqual(["repaired_row 11"]);
});

test("names stay the names where the first rows have cells too many", () => {
  const rows = ["1,9,234,4,a", "2,1,234,5,b", "3,5,6,c", "4,2,345,7,d", "5,3,456,8,e", "6,4,567,9,f", "7,1,2,3,4,g"];
  const found = read(["id,price,paid,name", "0,1,2,3,4,5,h", ...rows]);
  expect(found.columns.slice(0, 4)).toEqual(["id", "price", "paid", "name"]);
  expect(found.rows).toHaveLength(rows.length + 1);
  expect(found.rows[0]).toEqual(["0", "1", "2", "3", "4", "5", "h"]);
});

test("a sign around every cell is not taken for the separator", () => {
  const wrapped = TEXTS.map((line) => line.replaceAll(/[^,]+/g, "`$&`"));
  const [names = "", ...rows] = TEXTS;
  const found = read(wrapped);
  expect([found.columns, found.rows]).toEqual([names.split(","), cells(rows)]);
});
