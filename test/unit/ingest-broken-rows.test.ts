import { describe, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

const read = (lines: readonly string[]) => {
  const { columns, rows, warnings } = readDelimited(lines.map((line) => `${line}\n`).join(""));
  return { columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
};

const LINES = [
  "id,day,town,paid,remark",
  "1,2020-01-05,Gent,3.5,ok",
  "2,2020-02-06,Mons,4.25,no",
  "3,2020-03-07,Liège,5.5,ok",
  "4,2020-04-08,Namur,6.5,no",
  "5,2020-05-09,Gent,7.75,ok",
];
const [COLUMNS = [], ...ROWS] = LINES.map((line) => line.split(","));
const WORDS = ["fruit,shape,town,land", "pear,long,Gent,Spain", "fig,round,Mons,Peru", "plum,round,Liège,France"];
/** The lines with what stands in the place of one. */
const instead = (at: number, ...own: readonly string[]): readonly string[] => LINES.toSpliced(at, 1, ...own);

describe("rows on two lines", () => {
  test.each([
    ["between two cells", ["2,2020-02-06", "Mons,4.25,no"]],
    ["behind a separator", ["2,2020-02-06,", "Mons,4.25,no"]],
    ["in front of a separator", ["2,2020-02-06", ",Mons,4.25,no"]],
  ])("a line end %s is left out and told", (_, own) => {
    expect(read(instead(2, ...own))).toEqual({ columns: COLUMNS, rows: ROWS, said: ["repaired_row 3"] });
  });

  test("without figures the only two short rows are one, and a last lone cell is none of them", () => {
    const [, ...rows] = WORDS.map((line) => line.split(","));
    expect(read(WORDS.toSpliced(2, 1, "fig,round", "Mons,Peru")).rows).toEqual(rows);
    expect(read([...WORDS, "kiwi,oval,Namur", "Checked"]).rows).toHaveLength(4);
    expect(read([...LINES, "Total: 2, 3, 4, 5", "The end"]).rows).not.toContainEqual(
      expect.arrayContaining(["The end"]),
    );
    expect(read([...LINES, "6,2020-04-08", "7,2020-05-09,Mons"]).rows).toHaveLength(7);
  });
});

describe("two rows on one line", () => {
  test.each([",", " ", "\u2028"])("%j in the place of the line end is told, and both are rows", (end) => {
    const found = read([LINES[0] ?? "", `${LINES[1]}${end}${LINES[2]}`, ...LINES.slice(3)]);
    expect(found.rows).toEqual(ROWS);
    expect(found.said).toEqual(["repaired_row 2"]);
  });

  test("cells too many that are no row stay with their row", () => {
    expect(read(instead(2, `${LINES[2]},a,b,c,d,e`)).said).toEqual(["long_row 3"]);
  });
});

describe("another sign in the place of one separator", () => {
  test.each([";", "\t", "|", ":", " "])("%j parts the cells between which a row has it alone", (sign) => {
    for (const at of [1, 2, 3])
      expect(read(instead(at, (LINES[at] ?? "").replace(/(?<=\d),(?=[A-Z])/, sign)))).toEqual({
        columns: COLUMNS,
        rows: ROWS,
        said: [`repaired_row ${at + 1}`],
      });
  });

  test("names and words are parted by a sign that no other row has", () => {
    expect(read(WORDS.with(0, "fruit;shape,town,land")).columns).toEqual(["fruit", "shape", "town", "land"]);
    expect(read(WORDS.with(2, "fig,round|Mons,Peru")).rows[1]).toEqual(["fig", "round", "Mons", "Peru"]);
  });

  test("signs of texts, of times and of sentences part nothing", () => {
    const texts = [
      "fruit,shape,town,land",
      "pear;fig,long,Gent,Spain",
      "fig,round;oval,Mons",
      "plum,round,Liège,France",
    ];
    expect(read(texts).said).toContain("short_row 3");
    const times = ["id,at,n", "1,2020-01-05 10:20:30,5", "2,2020-01-06 11:21:316", "3,2020-01-07 12:22:32,7"];
    expect(read(times).said).toContain("short_row 3");
    expect(read([...WORDS.slice(0, 3), "These are, as said, wrong; ask"]).said).toContain("short_row 4");
  });
});

test("a row with a rare separator is read by it", () => {
  for (const sign of ["^", "~", ";;", " | ", " ; "])
    expect(read(instead(2, (LINES[2] ?? "").replaceAll(",", sign)))).toMatchObject({
      rows: ROWS,
      said: ["repaired_row 3"],
    });
  expect(read(["a,b", "1,2", "   ", "3,4", "5,6"]).said).toEqual(["blank_line 3"]);
});

test("many rows of a cell too few, and long ones of many separators, cost little time", { timeout: 20_000 }, () => {
  const short = Array.from({ length: 40_000 }, (_, i) => `${i},a b c d e f g h i j k 10:20:30`);
  expect(read(["id,text,n", "1,a,2", ...short, ...short.map((line) => `${line},3`)]).rows.length).toBeGreaterThan(
    79_000,
  );
  const long = `1,"${'a", '.repeat(30_000)}",3`;
  expect(read(["id,text,n", "1,a,2", long, long, "2,b,3"]).rows).toHaveLength(4);
});
