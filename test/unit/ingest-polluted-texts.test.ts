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

test.each(["\u0085", "\u2028", "\u2029"])("rows that end with %j are told, since they are one line here", (end) => {
  const { columns, codes } = read([FIGURES.join(end)]);
  expect(columns).toHaveLength(10);
  expect(codes.filter((code) => code === "other_line_end 1")).toHaveLength(2);
});

test("a sign around every cell is not taken for the separator", () => {
  const wrapped = TEXTS.map((line) => line.replaceAll(/[^,]+/g, "`$&`"));
  const [names = "", ...rows] = TEXTS;
  const found = read(wrapped);
  expect([found.columns, found.rows]).toEqual([names.split(","), cells(rows)]);
});
