import { describe, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

/* Separators, line ends, quotes and escapes that are signs of a text, in files that quote no texts or quote them otherwise. */

const read = (lines: readonly string[]) => {
  const { columns, rows, warnings, dialect } = readDelimited(`${lines.join("\n")}\n`);
  return { columns, rows, dialect, codes: warnings.map(({ code, row }) => `${code} ${row}`) };
};

const NAMES = "id,name,day,remark,visits";
const row = (i: number, remark = "late"): string => `${i},Ann,2016-01-0${i},${remark},${3 * i}`;
const cells = (i: number, remark = "late"): readonly string[] => [`${i}`, "Ann", `2016-01-0${i}`, remark, `${3 * i}`];
const ROWS = [1, 2, 3, 4, 5, 6, 7].map((i) => row(i));
const file = (remark: string): readonly string[] => [NAMES, ...ROWS, row(8, remark), row(9)];

describe("a separator in a text without quotes", () => {
  test.each([
    ["with a blank behind it", "far away, he said", "far away, he said"],
    ["where no other place leaves each figure in its column", "no,but later", "no,but later"],
    ["twice", "a,b, c", "a,b, c"],
    ["behind a backslash", "far\\, away", "far, away"],
    ["between other quotes", "“far, away”", "“far, away”"],
    ["in front of a quote that is text too", 'a 3" pipe, "new"', 'a 3" pipe, "new"'],
  ])("%s is text, and told", (_, written, remark) => {
    const found = read(file(written));
    expect(found.rows).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => cells(i, i === 8 ? remark : "late")));
    expect(found.codes).toEqual(["repaired_row 9"]);
  });

  test("is none where a cell of nothing may be the one too many", () => {
    const found = read([NAMES, ...ROWS, "8,Ann,,2016-01-08,late,24", row(9)]);
    expect(found.rows[7]).toEqual(["8", "Ann", "", "2016-01-08", "late", "24"]);
    expect(found.codes).toEqual(["long_row 9"]);
  });

  test("is none where it may be in one text or in another", () => {
    const found = read([NAMES, ...ROWS, "8,Ann,2016-01-08,late,24,7", row(9)]);
    expect(found.rows[7]).toHaveLength(6);
    expect(found.codes).toEqual(["long_row 9"]);
  });

  test("is told in each row, where most have one and names say how wide the table is", () => {
    const found = read(["id,address,paid", ...[1, 2, 3, 4, 5].map((i) => `${i},Loi ${i}, Gent,${i}.5`)]);
    expect(found.columns).toEqual(["id", "address", "paid"]);
    expect(found.rows).toEqual([1, 2, 3, 4, 5].map((i) => [`${i}`, `Loi ${i}, Gent`, `${i}.5`]));
    expect(found.codes).toEqual([2, 3, 4, 5, 6].map((line) => `repaired_row ${line}`));
  });

  test("makes its rows too wide, not the others too narrow, where names and some rows agree", () => {
    const texts = ["a,b", "c,d", "e", "f,g", "h,i", "k", "l,m", "n"];
    const found = read(["word,from,to", ...texts.map((text) => `${text},x,y`)]);
    expect(found.columns).toEqual(["word", "from", "to"]);
    expect(found.codes.filter((code) => code.startsWith("long_row"))).toEqual(
      [2, 3, 5, 6, 8].map((line) => `long_row ${line}`),
    );
    expect(found.codes.some((code) => code.startsWith("short_row"))).toBe(false);
  });
});

describe("a comma as the decimal sign too", () => {
  const paid = ["12,50", "7,05", "130,20", "8,00", "9,99", "41,70"];
  const rows = paid.map((amount, i) => `${i},Ann,${amount},2016-01-0${i + 1}`);

  test("is text in each row, where one column only has decimals behind it", () => {
    const found = read(["id,name,paid,day", ...rows]);
    expect(found.columns).toEqual(["id", "name", "paid", "day"]);
    expect(found.rows.map((cells) => cells[2])).toEqual(paid);
    expect(found.codes).toEqual(paid.map((_, i) => `repaired_row ${i + 2}`));
  });

  test.each([
    ["two may have them", paid.map((amount, i) => `${i},Ann,${amount},8${i},0${i}`)],
    ["no decimals begin with nought", rows.map((line, i) => line.replace(/,\d\d,/, `,${20 + i},`))],
  ])("is none where %s", (_, lines) => {
    const width = lines[0]?.split(",").length ?? 0;
    const names = Array.from({ length: width - 1 }, (_, i) => `name ${"abcdef"[i]}`).join(",");
    expect(read([names, ...lines]).codes).toEqual(expect.arrayContaining(["header_width 1"]));
    expect(read([names, ...lines]).rows[0]).toHaveLength(width);
  });
});

describe("a line end in a text without quotes", () => {
  test("is text where the two lines are one row by their figures", () => {
    const found = read(file("far\naway"));
    expect(found.rows[7]).toEqual(cells(8, "far\naway"));
    expect(found.codes).toEqual(["repaired_row 9"]);
  });

  test("keeps the form it has in the file", () => {
    const { rows } = readDelimited(file("far\naway").join("\n").replaceAll("\n", "\r\n"));
    expect(rows[7]).toEqual(cells(8, "far\r\naway"));
  });

  test("is none between two rows that lack cells", () => {
    const found = read([NAMES, ...ROWS, "8,Ann,2016-01-08", "9,Ann,2016-01-09", row(9)]);
    expect(found.codes).toEqual(["short_row 9", "short_row 10"]);
  });
});

describe("quotes and escapes", () => {
  const sayings = [1, 2, 3, 4].map((i) => `${i},"the ""big"" one, ${i}",${i}.5`);

  test("escaped by a slash are found", () => {
    const found = read(["id,saying,paid", ...sayings.map((line) => line.replaceAll('""', '/"'))]);
    expect(found.dialect).toMatchObject({ escape: "/" });
    expect(found.rows[0]).toEqual(["1", 'the "big" one, 1', "1.5"]);
    expect(found.codes).toEqual([]);
  });

  test("doubled in one row of a file that escapes them are that row's, and told", () => {
    const escaped = sayings.map((line) => line.replaceAll('""', '\\"'));
    const found = read(["id,saying,paid", ...escaped, '5,"the ""big"" one, 5",5.5', ...escaped]);
    expect(found.rows[4]).toEqual(["5", 'the "big" one, 5', "5.5"]);
    expect(found.codes).toEqual(["repaired_row 6"]);
  });

  test("that open the last cell and never close it are closed at the line's end", () => {
    const found = read(["id,saying,place", ...sayings, '5,"the big one","Loi 5, Gent', ...sayings]);
    expect(found.rows[4]).toEqual(["5", "the big one", "Loi 5, Gent"]);
    expect(found.codes).toEqual(["repaired_row 6"]);
  });

  test("around every name tell what the quotes are", () => {
    const found = read(["|id|;|n|;|at|;|ref|", ...[1, 2, 3, 4, 5].map((i) => `${i};${2 * i};${3 * i};|A-0${i}|`)]);
    expect(found.dialect).toMatchObject({ delimiter: ";", quote: "|" });
    expect(found.rows[0]).toEqual(["1", "2", "3", "A-01"]);
    expect(found.codes).toEqual([]);
  });

  test("around each line but the names are taken off", () => {
    const lines = sayings.map((line) => `"${line.replaceAll('"', '""')}"`);
    const found = read(["id,saying,paid", ...lines]);
    expect(found.columns).toEqual(["id", "saying", "paid"]);
    expect(found.rows).toEqual([1, 2, 3, 4].map((i) => [`${i}`, `the "big" one, ${i}`, `${i}.5`]));
    expect(found.codes).toEqual(["whole_lines_quoted null"]);
  });

  test("around a few lines are taken off by the separator that most of them have", () => {
    const rows = [1, 2, 3, 4, 5, 6].map((i) => `${i};Loi ${i}, Gent, B;${i},5`);
    const found = read(["id;address;paid", ...rows, '"7;Loi 7;7,5"', '"8;Loi 8, Gent, B;8,5"']);
    expect(found.rows.slice(-2)).toEqual([
      ["7", "Loi 7", "7,5"],
      ["8", "Loi 8, Gent, B", "8,5"],
    ]);
    expect(found.codes).toEqual(["repaired_row 8", "repaired_row 9"]);
  });
});

describe("a clean file gets no warning", () => {
  const TEXTS: ReadonlyArray<readonly [string, readonly string[]]> = [
    ["of quoted cells that a bar parts", [1, 2, 3, 4].map((i) => `"${i}"|"Ann ${i}"|"late"`)],
    ["of codes in single quotes", ["'n';'a';'b';'ref'", ...[1, 2, 3, 4, 5].map((i) => `${i};${i};${i};'A-0${i}'`)]],
    [
      "of blanks, with a text of two lines",
      ["id note at name", ...[1, 2, 3].map((i) => `${i} "he came late\nand left at six" ${i}.5 Ann`)],
    ],
    [
      "whose text of two lines has the separator in each",
      ["name,remark,n", '"Ann","sad, thanks\ncame back, late",1', ...[2, 3, 4, 5].map((i) => `"Bob","late",${i}`)],
    ],
    ["whose rows may have a key only", ["id,a,b", ...[1, 2, 3, 4, 5].map((i) => `${i},,${i % 2 === 0 ? "x" : ""}`)]],
  ];
  test.each(TEXTS)("%s", (_, lines) => {
    const found = read(lines[0]?.startsWith('"1"') === true ? ['"id"|"name"|"state"', ...lines] : lines);
    expect(found.codes.filter((code) => !code.startsWith("unusual_delimiter"))).toEqual([]);
  });

  test("without a last line end, whose last amount is shorter than the others", () => {
    const amounts = Array.from({ length: 12 }, (_, i) => `${i},${10 + i} 345.5${i % 10}`);
    const { warnings } = readDelimited(["id,paid", ...amounts, "12,2 539.83"].join("\n"));
    expect(warnings).toEqual([]);
    expect(readDelimited(["id,paid", ...amounts, "12,2 539.8"].join("\n")).warnings).toMatchObject([
      { code: "cut_off" },
    ]);
  });
});

test("words in the last row, where every other has figures, are told", () => {
  const found = read([
    "name,n,day",
    ...[1, 2, 3, 4, 5, 6, 7].map((i) => `Ann,${i},2016-01-0${i}`),
    "TRAILER,rows,2016-01-08",
  ]);
  expect(found.codes).toContain("note_row 9");
});

test("a title above few rows doesn't tell what parts them", () => {
  const rows = [1, 2, 3, 4].map((i) => `"${i}"|""|"Ann, ${i}"|"the ""big"" one"`);
  const found = read(["Report: visits", "Made: 2024-03-01", "By: Ann", "", '"id"|"a"|"name"|"saying"', ...rows]);
  expect(found.dialect).toMatchObject({ delimiter: "|", headerRow: 5 });
  expect(found.rows).toHaveLength(4);
});

test("names of one column above texts of several words are no title", () => {
  const people = ["Ann Lee", "Bo Van den Berg", "Cy De Smet", "Di Moor", "Ed Roe", "Flo May", "Gil Kay"];
  const found = read(["name", ...people]);
  expect([found.columns, found.rows]).toEqual([["name"], people.map((name) => [name])]);
});
