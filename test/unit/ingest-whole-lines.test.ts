import { describe, expect, test } from "vitest";
import { type ReadSettings, readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

const read = (text: string, settings: ReadSettings = {}) => {
  const { columns, rows, warnings } = readDelimited(text, settings);
  return { columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
};

const LINES = ["id,name,paid", "1,Ann,3.5", "2,Bob,4.25", "3,Cy,5.5", "4,Di,6.75"];
const TABLE = LINES.map((line) => line.split(","));
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
const [COLUMNS = [], ...ROWS] = TABLE;

describe("quotes around whole rows", () => {
  test("single ones are taken off all rows, and off a few", () => {
    expect(read(text(LINES.map((line) => `'${line}'`)))).toEqual({
      columns: COLUMNS,
      rows: ROWS,
      said: ["whole_lines_quoted"],
    });
    for (const at of [0, 1, 4])
      expect(read(text(LINES.with(at, `'${LINES[at]}'`)))).toEqual({
        columns: COLUMNS,
        rows: ROWS,
        said: [`repaired_row ${at + 1}`],
      });
  });

  test("they are taken off rows that hold line ends", () => {
    const wrapped = ['"1,""An\nna"",3.5"', '"2,""Bob"",4.25"', '"3,Cy,5.5"'];
    const rows = [
      ["1", "An\nna", "3.5"],
      ["2", "Bob", "4.25"],
      ["3", "Cy", "5.5"],
    ];
    expect(read(text([`"${LINES[0]}"`, ...wrapped]))).toEqual({ columns: COLUMNS, rows, said: ["whole_lines_quoted"] });
    const few = read(text([LINES[0] ?? "", wrapped[0] ?? "", ...LINES.slice(2, 4), wrapped[1] ?? ""]));
    expect(few.rows[0]).toEqual(["1", "An\nna", "3.5"]);
    expect(few.said).toEqual(["repaired_row 2", "repaired_row 6"]);
  });

  test("a row of two columns is read without, where all others have two", () => {
    const towns = ["town,people", "Gent,9", "Mons,8", "Liège,7", "Brugge,3", "Aalst,2", "Dinant,1"];
    expect(read(text([...towns, '"Namur,6"'])).rows.at(-1)).toEqual(["Namur", "6"]);
    expect(read(text([...towns, '"Source: a, b"'])).rows).toHaveLength(6);
  });

  test("cells in single quotes are no rows in them", () => {
    expect(read("id,name\n1,'a, b'\n2,'c'\n'3','d'\n").rows).toEqual([
      ["1", "a, b"],
      ["2", "c"],
      ["3", "d"],
    ]);
    expect(read("who;says;of\nAnn;'tis so;Bob\n'tis;he;says'\nCy;no;Di\nEd;yes;Fy\n").rows).toHaveLength(4);
  });
});

describe("signs around each line", () => {
  const AROUND: ReadonlyArray<readonly [string, string]> = [
    ["[", "]"],
    ["(", "),"],
    ["{", "}"],
  ];
  test.each(AROUND)("%s and %s are left out and told", (open, close) => {
    expect(read(text(LINES.map((line) => open + line + close)))).toEqual({
      columns: COLUMNS,
      rows: ROWS,
      said: ["line_ends"],
    });
  });

  test("bars are left out, with the blanks beside them", () => {
    const bars = LINES.map((line) => `|${line.replaceAll(",", "|")}|`);
    const spaced = bars.map((line) => line.replaceAll("|", " | ").trim());
    for (const lines of [bars, spaced])
      expect(read(text(lines))).toEqual({ columns: COLUMNS, rows: ROWS, said: ["line_ends"] });
  });

  test("they stay where they stand around cells, or are said to be quotes or no separator", () => {
    const cells = (open: string, close: string): string =>
      text(TABLE.map((row) => row.map((cell) => open + cell + close).join(",")));
    expect(read(cells("[", "]").replace("[1]", "1")).rows[1]).toEqual(["[2]", "[Bob]", "[4.25]"]);
    expect(read(cells("|", "|")).rows[0]).toEqual(["1", "Ann", "3.5"]);
    expect(read(cells("|", "|"), { quote: "|", delimiter: "," }).rows[0]).toEqual(["1", "Ann", "3.5"]);
    expect(read("|a,b|\n|1,2|\n|3,4|\n", { delimiter: "," }).columns).toEqual(["|a", "b|"]);
  });
});

describe("ends of lines", () => {
  test("one blank behind each line is left out and told, behind quoted cells too; those that fill cells up stay", () => {
    expect(read(text(LINES.map((line) => `${line} `)))).toEqual({ columns: COLUMNS, rows: ROWS, said: ["line_ends"] });
    const quoted = text(["id,note ", '1,"a, b" ', '2,"c\nd" ', "3,e "]);
    expect(read(quoted)).toMatchObject({
      columns: ["id", "note"],
      rows: [
        ["1", "a, b"],
        ["2", "c\nd"],
        ["3", "e"],
      ],
    });
    expect(read(text(["id ,name  ", "1  ,Ann   ", "2  ,Bob   "])).rows[0]?.at(-1)).toMatch(/ $/);
  });

  test("a separator that ends lines of two columns, or rows of several lines, is left out", () => {
    expect(read("town,people;\nGent,9;\nMons,8;\n").rows).toEqual([
      ["Gent", "9"],
      ["Mons", "8"],
    ]);
    expect(read('id,note,n;\n1,"a\nb",5;\n2,c,6;\n').rows).toEqual([
      ["1", "a\nb", "5"],
      ["2", "c", "6"],
    ]);
  });

  test("rare signs end lines though quoted cells hold usual ones", () => {
    for (const end of ["\u001e", "\u2028", "\\n"]) {
      const rare = ["id,note,n", '1,"a\nb",5', "2,c,6", "3,d,7"].map((line) => line + end).join("");
      expect(read(rare).rows).toEqual([
        ["1", "a\nb", "5"],
        ["2", "c", "6"],
        ["3", "d", "7"],
      ]);
    }
  });

  test("a quote that nothing closes keeps lines apart, and costs no time", () => {
    expect(read(`a,b;\n"x,1;\n${"2,3;\n".repeat(50_000)}`).rows.length).toBeGreaterThan(49_000);
  });
});
