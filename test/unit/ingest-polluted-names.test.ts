import { describe, expect, test } from "vitest";
import { type ReadSettings, readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { withProject } from "../support/ingest-project.ts";

const read = (file: string, settings: ReadSettings = {}) => {
  const { columns, rows, warnings } = readDelimited(file, settings);
  return { columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
};
const lines = (...rows: readonly string[]): string => rows.map((row) => `${row}\n`).join("");
const PAIRS = ["alpha,1", "beta,22", "gamma,333", "delta,4"];
const pairs = PAIRS.map((row) => row.split(","));
const WORDS = ["red,cat,oak", "blue,dog,elm", "green,cow,fir"];

describe("names that are figures", () => {
  test.each([
    ["years over figures", "country,2014,2015,2016", ["Belgium,5,7,8", "France,4,6,9"]],
    ["two years", "country,2015,2014", ["Belgium,5,7", "France,4,6"]],
    ["years over words", "town,2014,2015", ["Gent,good,poor", "Luik,poor,good"]],
    ["places, counted from none", "0,1,2,3", ["a,b,5,6", "c,d,7,8"]],
    ["places behind a name", "id,1,2,3", ["7,5,5,6", "8,3,7,8"]],
  ])("%s", (_, names, rows) => {
    expect(read(lines(names, ...rows))).toEqual({
      columns: names.split(","),
      rows: rows.map((row) => row.split(",")),
      said: ["header_assumed 1"],
    });
  });

  test.each([
    ["rows of years", ["a,2014,2015", "b,2015,2016", "c,2010,2011"]],
    ["rows of figures", ["7,3,9", "4,4,1", "8,2,6"]],
  ])("%s without names stay rows", (_, rows) => {
    expect(read(lines(...rows))).toMatchObject({ rows: rows.map((row) => row.split(",")), said: ["no_header 1"] });
  });

  test("codes of one form are rows, and what stands above them in another form is a name", () => {
    expect(read(lines("x1,y1", "x2,y2", "x3,y3", "x4,y4")).said).toEqual(["no_header 1"]);
    expect(read(lines("Q1,Q2", "A1,A3", "A4,A1", "A2,A2"))).toMatchObject({ columns: ["Q1", "Q2"], said: [] });
  });
});

describe("names over several lines", () => {
  test("units below the names, some of them missing, are joined to them", () => {
    expect(read(lines("no,height,weight", ",m,kg", "1,1.8,80", "2,1.7,65", "3,1.6,58"))).toMatchObject({
      columns: ["no", "height m", "weight kg"],
      rows: [
        ["1", "1.8", "80"],
        ["2", "1.7", "65"],
        ["3", "1.6", "58"],
      ],
      said: ["header_rows 1"],
    });
  });

  test.each([
    ["under one of two names", ["name,amount,count", ",EUR,", "Ann,1,2", "Bob,2,3", "Cy,4,5"]],
    ["in the one column of figures", ["name,town,amount", ",,(EUR)", "Ann,Gent,1", "Bob,Luik,2"]],
    ["with kinds below the other names", ["name,amount,day", "text,EUR,", "Ann,1,2016-01-02", "Bob,2,2016-01-02"]],
  ])("units %s are told, since they may be a row", (_, rows) => {
    const found = read(lines(...rows));
    expect(found.columns).toEqual(rows[0]?.split(","));
    expect(found.said).toContain("second_header 2");
  });

  test("a first row that says that nothing is known stays a row", () => {
    const { columns, rows } = read(lines("name,may,june", "Ann,n/a,n/a", "Bob,2,3", "Cy,4,5", "Di,6,7"));
    expect(columns).toEqual(["name", "may", "june"]);
    expect(rows).toHaveLength(4);
  });

  test("words over one column of figures are told, in one of the first rows only", () => {
    const found = read(lines("key,value", "Label 1,Label 2", ...PAIRS));
    expect(found).toEqual({
      columns: ["key", "value"],
      rows: [["Label 1", "Label 2"], ...pairs],
      said: ["second_header 2"],
    });
    expect(read(lines("key,value", ...PAIRS, "eta,absent", "zeta,6")).said).toEqual([]);
    expect(read(lines("key,value", "eta,unknown", ...PAIRS)).said).toEqual([]);
  });

  test.each([
    ["one more", "extra,colour,animal,plant", 4],
    ["one less", "colour,animal", 3],
    ["a separator more", "colour,,animal,plant", 4],
  ])("%s than rows of words have cells", (_, names, width) => {
    const { columns, rows, said } = read(lines(names, ...WORDS));
    expect(columns.slice(0, names.split(",").length)).toEqual(names.split(","));
    expect(columns).toHaveLength(width);
    expect(rows.map((row) => row.slice(0, 3).join(","))).toEqual(WORDS);
    expect(said).toContain("header_width 1");
  });

  test("a title with a comma above rows of words is none", () => {
    expect(read(lines("Colours, all", "colour,animal,plant", ...WORDS))).toMatchObject({
      columns: ["colour", "animal", "plant"],
      said: ["preamble 1", "header_assumed 2"],
    });
  });
});

describe("lines about the file above its names", () => {
  test.each([
    ["a sentence with the separator", "Overview, all\n"],
    ["a sentence and a blank line", "Overview, all\n\n"],
    ["facts and a blank line", "made,2020-01-01\nby,us\n\n"],
    ["facts behind colons", "Report: A\nDate: 2020-01-01\nBy: B\n\n"],
  ])("%s", (_, above) => {
    const { columns, rows, said } = read(above + lines("key,value", ...PAIRS));
    expect({ columns, rows }).toEqual({ columns: ["key", "value"], rows: pairs });
    expect(said).toContain("preamble 1");
  });

  test("rows that a blank line parts from others are no title", () => {
    expect(read(lines("key,value", "alpha,1", "", ...PAIRS.slice(1))).rows).toEqual(pairs);
  });
});

describe("one quote too few where every cell is quoted", () => {
  const rows = ['"1","yes, often","a"', '"2","no","b"', '"3","","c"'];
  const cells = [
    ["1", "yes, often", "a"],
    ["2", "no", "b"],
    ["3", "", "c"],
  ];
  test.each([
    ["before a name", '"no",How often, in all?","by"'],
    ["behind a name", '"no","How often, in all?,"by"'],
  ])("%s", (_, names) => {
    for (const settings of [{}, { delimiter: ",", quote: '"' }])
      expect(read(lines(names, ...rows), settings)).toEqual({
        columns: ["no", "How often, in all?", "by"],
        rows: cells,
        said: ["repaired_row 1"],
      });
  });

  test("in a name without a separator is told", () => {
    expect(read(lines('no","How often?","by"', ...rows))).toMatchObject({
      columns: ['no"', "How often?", "by"],
      said: ["lone_quote 1"],
    });
  });

  test("in a row", () => {
    const spoilt = rows.with(0, '"1",yes, often","a"');
    expect(read(lines('"no","How often, in all?","by"', ...spoilt))).toMatchObject({
      rows: cells,
      said: ["repaired_row 2"],
    });
  });
});

describe("last rows", () => {
  test("a row of few figures, each where its column has its like, is a row", () => {
    const { rows } = read(lines("no,may,june,july", "1,5,,7", "2,,6,", "3,1,,2", ",,,", "4,,,"));
    expect(rows.at(-1)).toEqual(["4", "", "", ""]);
  });

  test("a sentence with the separator is told", () => {
    expect(read(lines("key,value", ...PAIRS, "Source: us, them")).said).toEqual(["note_row 6"]);
  });
});

test("signs that can't be seen are told, a mark of the encoding that stands twice is dropped", async () => {
  const found = await withProject({ "a.csv": "\ufeff\ufeffid,name\n1,A\u200bnn\n2,\ufeffBob\n" }, (folder) =>
    readTable(`${folder}/a.csv`),
  );
  expect(found.columns).toEqual(["id", "name"]);
  expect(found.rows[0]).toEqual(["1", "A\u200bnn"]);
  expect(found.warnings.map(({ code, row }) => `${code} ${row}`)).toEqual([
    "second_mark 1",
    "control_sign 2",
    "control_sign 3",
  ]);
});
