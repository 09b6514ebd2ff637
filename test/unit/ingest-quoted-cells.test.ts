import { expect, test } from "vitest";
import { type ReadSettings, readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

const read = (lines: readonly string[], settings: ReadSettings = {}) => {
  const { columns, rows, warnings } = readDelimited(lines.map((line) => `${line}\n`).join(""), settings);
  return { columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
};

const LINES = ["id,name,town", "1,Ann,Gent", "2,Bob,Mons", "3,Cy,Liège", "4,Di,Namur"];
const ROWS = LINES.slice(1).map((line) => line.split(","));

test.each(["“”", "«»", "„“", "‘’"])("%s around each cell are quotes where they stand around each name", (pair) => {
  const [open = "", close = ""] = pair;
  const wrapped = LINES.map((line) =>
    line
      .split(",")
      .map((cell) => open + cell + close)
      .join(","),
  );
  const comma = wrapped.with(2, `${open}2${close},${open}Bob, "B." Dam${close},${open}Mons${close}`);
  expect(read(comma)).toEqual({
    columns: ["id", "name", "town"],
    rows: ROWS.with(1, ["2", 'Bob, "B." Dam', "Mons"]),
    said: ["other_quotes 1"],
  });
});

test("of one row they are taken off where they stand around all; texts keep theirs, and the separators between", () => {
  expect(read(LINES.with(2, "“2”,“Bob”,“Mons”"))).toMatchObject({ rows: ROWS, said: ["repaired_row 3"] });
  expect(read(LINES.with(1, "«1»,«Ann, A.»,«Gent»")).rows[0]).toEqual(["1", "Ann, A.", "Gent"]);
  expect(read(LINES.with(3, "3,“Cy, C.”,Liège")).rows[2]).toEqual(["3", "“Cy, C.”", "Liège"]);
  expect(read(LINES.with(3, "3,“Cy”,Liège")).rows[2]).toEqual(["3", "“Cy”", "Liège"]);
  expect(read(["title,year", "«Le Soir»,2019", "«De Tijd»,2020"]).rows[0]).toEqual(["«Le Soir»", "2019"]);
});

test("a quote and a separator inside a quoted cell are text where a later quote closes it", () => {
  const found = read([
    "id,size,note",
    '1,"4"", flat","a"',
    '2,"a 3", b","c"',
    '3,"x ""y"", z",d',
    '4,"say "no", now",e',
  ]);
  expect(found.rows).toEqual([
    ["1", '4", flat', "a"],
    ["2", 'a 3", b', "c"],
    ["3", 'x "y", z', "d"],
    ["4", 'say "no", now', "e"],
  ]);
  expect([...found.said].sort()).toEqual(["repaired_row 3", "repaired_row 5"]);
});
