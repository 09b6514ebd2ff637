import { describe, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

const read = (lines: readonly string[]) => {
  const { columns, rows, warnings } = readDelimited(`${lines.join("\n")}\n`);
  return { columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
};

describe("separators", () => {
  test.each(["→", "•", "·", "\u0006"])("%j parts cells where each line has it as often", (sign) => {
    const lines = ["id·town·amount", "1·Gent·3.5", "2·Mons·7.25", "3·Liège·1.5"].map((line) =>
      line.replaceAll("·", sign),
    );
    expect(read(lines)).toEqual({
      columns: ["id", "town", "amount"],
      rows: [
        ["1", "Gent", "3.5"],
        ["2", "Mons", "7.25"],
        ["3", "Liège", "1.5"],
      ],
      said: ["unusual_delimiter"],
    });
  });
});

describe("lines that stand in quotes as a whole", () => {
  test("a few of them are read without", () => {
    expect(read(["id;name;town", "1;Ann;Gent", '"2;""Bob; B."";Mons"', "3;Cy;Liège"])).toEqual({
      columns: ["id", "name", "town"],
      rows: [
        ["1", "Ann", "Gent"],
        ["2", "Bob; B.", "Mons"],
        ["3", "Cy", "Liège"],
      ],
      said: ["repaired_row 3"],
    });
  });

  test("all of them are, though one has another width", () => {
    const rows = ["1;Ann;Gent", "2;Bob;Mons", "3;Cy;;Liège", "4;Di;Namur", "5;Ed;Gent"];
    const { columns, said } = read(["id;name;town", ...rows].map((line) => `"${line}"`));
    expect(columns).toEqual(["id", "name", "town"]);
    expect(said).toContain("whole_lines_quoted");
  });
});

describe("lines of the only column", () => {
  const TOWNS = ["Gent", "Mons", "Liège", "Namur", "Gent", "Mons", "Brugge", "Leuven", "Gent"];
  const CASES: ReadonlyArray<readonly [string, readonly string[], string]> = [
    ["a line drawn below the name", ["town", "------", ...TOWNS], "rule_line 2"],
    ["the name again", ["town", "Gent", "town", "Mons"], "repeated_header 3"],
    ["a remark without a blank", ["town", ...TOWNS.slice(0, 2), "#done", ...TOWNS], "note_row 4"],
    ["a separator at the end", ["town", "Gent", "Mons;", "Namur"], "other_delimiter 3"],
    ["a source below", ["town", ...TOWNS, "Source: the office"], "note_row 11"],
    ["facts above", ["Version=2", "Period: 2023", "town", ...TOWNS], "note_row 2"],
    ["a title", ["Table 1. Towns, by size, 2022", "town", ...TOWNS], "note_row 1"],
  ];
  test.each(CASES)("%s is told", (_, lines, said) => {
    expect(read(lines).said).toContain(said);
  });

  test("nothing is told of plain words", () => {
    expect(read(["town", ...TOWNS]).said).toEqual(["header_assumed 1"]);
  });
});

describe("quotes and names", () => {
  test("a quote that opens a figure, or a cell where none is known, is told", () => {
    expect(read(["a;b", "1;'5.922", "2;6.1"]).said).toEqual(["kept_quote 2"]);
    const { warnings } = readDelimited('a;b\n1;"x\n2;y\n', { quote: "" });
    expect(warnings.map(({ code }) => code)).toContain("kept_quote");
  });

  test("units below the names are told among columns of words too", () => {
    const rows = ["r;ERROR;10.0.1.1;a", "s;WARN;10.0.1.2;b", "t;INFO;10.0.1.3;c"];
    expect(read(["time;level;address;text", ";kg;;%", ...rows]).said).toContain("second_header 2");
  });

  test("units in one of two columns, and a cell in curly quotes that was cut in two, are told", () => {
    const towns = ["land,town", ",(n)", "België,Mons", "België,Gent", "France,Paris"];
    expect(read(towns).said).toContain("second_header 2");
    expect(read(towns.with(1, ",Oostende")).said).not.toContain("second_header 2");
    expect(read(["id;a;b;c", "1;x;y;z", "2;“left;right”;z"]).said).toContain("other_quotes 3");
  });

  test("years are names where the rows end with a separator more", () => {
    expect(read(["town,2019,2020,2021", "Gent,8,5,3,", "Mons,4,1,7,", "Namur,6,2,9,"]).columns).toEqual([
      "town",
      "2019",
      "2020",
      "2021",
    ]);
  });
});

describe("rows that a quote or a blank hides", () => {
  test("most lines of a quoted cell that may be rows are told, in a wide table and in one column", () => {
    const rows = ["1,a,b,2", '2,"c,d,3', "3,e,f,g,4", "4,h,i,5", "5,j,k,6", '6,l",m,7', "7,n,o,8"];
    expect(read(["id,x,y,n", ...rows]).said).toContain("several_rows 3");
    expect(read(["town", "Gent", '"Mons', 'Liège"', "Gent", "Liège"]).said).toContain("several_rows 3");
    expect(read(["text", "a b c", '"two\nlines of a text"', "d e"]).said).not.toContain("several_rows 3");
  });

  test("a note of as many words as columns is told where blanks part them", () => {
    expect(
      read(["name town job", "Ann Gent baker", "Bob Mons cook", "Cy Namur smith", "Source: the office"]).said,
    ).toContain("note_row 5");
  });

  test("a short row in a tiny file parted by blanks leaves the separator uncertain", () => {
    expect(read(["id name", "1 Ann", "2"]).said).toContain("dialect_uncertain");
    expect(read(["postal town", "Gent", "La Louvière"]).said).toEqual(["header_assumed 1"]);
  });
});

describe("lines that nothing parts", () => {
  const MAILS = ["ann", "bob", "cy", "di"].map((name) => `${name}@example.org`);
  const rows = MAILS.map((mail) => [mail]);

  test("signs of addresses part none, whatever stands in the first row, in quotes or without", () => {
    expect(read(["mail", "ann@exam ple.org\\", ...MAILS]).rows).toEqual([["ann@exam ple.org\\"], ...rows]);
    expect(read(["mail", ...MAILS].map((line) => `"${line}"`))).toEqual({ columns: ["mail"], rows, said: [] });
  });

  test("a quote that is said is obeyed", () => {
    const text = ["mail", ...MAILS].map((line) => `%${line}%\n`).join("");
    expect(readDelimited(text, { quote: "%" })).toMatchObject({ columns: ["mail"], rows });
  });

  test("a sign that every line has as often is told", () => {
    expect(read(["a…b", "1…2", "3…4"]).said).toContain("dialect_uncertain");
    expect(read(["a¤b¤c", "1¤2¤3", "4¤5¤6"]).columns).toEqual(["a", "b", "c"]);
  });
});

test("lines above a header that is said to stand lower tell nothing of separators", () => {
  const lines = [1, 2, 3, 4, 5, 6].map((i) => `Line ${i} of the note`);
  const found = readDelimited(`${[...lines, "id,name", '1,"a, b"', "2,c"].join("\n")}\n`, { headerRow: 7 });
  expect(found).toMatchObject({
    columns: ["id", "name"],
    rows: [
      ["1", "a, b"],
      ["2", "c"],
    ],
  });
});

test("blanks that fill cells up are no pieces of the separator", () => {
  expect(read(["name ,age ,city  ", "Ann  ,31  ,Ghent ", "Bob  ,28  ,Liège "])).toMatchObject({
    columns: ["name ", "age ", "city  "],
    rows: [
      ["Ann  ", "31  ", "Ghent "],
      ["Bob  ", "28  ", "Liège "],
    ],
  });
  expect(read(["name ,age ,city", "Ann ,31 ,Ghent", "Bob ,28 ,Liège"]).rows[0]).toEqual(["Ann", "31", "Ghent"]);
});

describe("rows that may be none", () => {
  const WORDS = ["pear,long,Gent", "fig,round,Mons", "plum,oval,Namur", "kiwi,oval,Gent"];
  test.each([
    ["units", ["fruit,shape,town", "(kg),(text),(name)", ...WORDS]],
    ["kinds of values", ["fruit,shape,town", "varchar(20),text,char", ...WORDS]],
    ["names below figures that count", ["1,2,3", "fruit,shape,town", ...WORDS]],
    ["names below letters that count", ["A,B,C", "fruit,shape,town", ...WORDS]],
  ])("%s among columns of words are told", (_, lines) => {
    expect(read(lines).said).toContain("second_header 2");
  });

  test("lines drawn by signs are told among rows and in one column; brackets in every row and plain words aren't", () => {
    expect(read(["fruit,shape,town", ...WORDS, "=====,=====,====="]).said).toContain("note_row 6");
    expect(read(["town", "Gent", "Mons", "----------", "Namur"]).said).toContain("note_row 4");
    expect(read(["fruit,shape,town", ...WORDS]).said).toEqual(["header_assumed 1"]);
    expect(read(["a,b,c", "(x),(y),(z)", "(u),(v),(w)", "(p),(q),(r)"]).said).toEqual(["header_assumed 1"]);
  });

  test("a row that stands in quotes of another kind, none of them doubled, is told", () => {
    const lines = ["fruit,shape,town", ...WORDS, "'fig,l'ovale,Gent'"];
    expect(read(lines).said).toContain("other_quotes 6");
    expect(read(["fruit,shape,town", ...WORDS, "'fig','oval','Gent'"]).rows.at(-1)).toEqual(["fig", "oval", "Gent"]);
  });

  test("blanks behind the separators of the names only are told, of two names too", () => {
    expect(read(["town, people", "Gent,9", "Mons,8", "Liège,7"]).said).toContain("leading_blanks 1");
  });
});
