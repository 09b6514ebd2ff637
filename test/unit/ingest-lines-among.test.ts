import { describe, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { withProject } from "../support/ingest-project.ts";

/* Lines above, among and below the rows of a table that are none, or rows that look as if they were. */

const read = (text: string) => {
  const { columns, rows, warnings, dialect } = readDelimited(text);
  return { columns, rows, dialect, codes: warnings.map(({ code, row }) => `${code} ${row}`) };
};
const lines = (...all: readonly string[]) => read(`${all.join("\n")}\n`);

const NAMES = "id,name,day,visits";
const ROWS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((i) => `${i},Ann,2016-01-${10 + i},${3 * i}`);

describe("names", () => {
  test("of years above others are joined with them", () => {
    const found = lines(
      ",2023,2023,2024,2024",
      "id,paid,late,paid too,late too",
      ...[1, 2, 3, 4].map((i) => `${i},1,2,3,4`),
    );
    expect(found.columns).toEqual(["id", "2023 paid", "2023 late", "2024 paid too", "2024 late too"]);
    expect(found.rows).toHaveLength(4);
    expect(found.codes).toEqual(["header_rows 1"]);
  });

  test("of years alone stay the names", () => {
    const found = lines("place,2023,2024,2025", ...["a", "b", "c", "d"].map((place) => `${place},5,1,9`));
    expect(found.columns).toEqual(["place", "2023", "2024", "2025"]);
  });

  test("with a line end and no quotes are put together", () => {
    const found = lines("id,name", "in full,day,visits", ...ROWS);
    expect(found.columns).toEqual(["id", "name\nin full", "day", "visits"]);
    expect(found.rows).toHaveLength(ROWS.length);
    expect(found.codes).toEqual(["repaired_row 1"]);
  });

  test("stand below a sentence that has as many separators, and blanks behind them", () => {
    const found = lines("This file, like others, was made, by hand", NAMES, ...ROWS);
    expect(found.columns).toEqual(NAMES.split(","));
    expect(found.codes).toEqual(["preamble 1"]);
  });
});

describe("a last row", () => {
  test("that is cut off in the middle stays a row, and is told", () => {
    const found = read([NAMES, ...ROWS, "12,Ann"].join("\n"));
    expect(found.rows.at(-1)).toEqual(["12", "Ann", "", ""]);
    expect(found.codes).toEqual(["short_row 13"]);
  });

  test("of few cells that isn't like those above is a note", () => {
    const wide = [`${NAMES},paid,late`, ...ROWS.map((row) => `${row},1.5,0`)];
    expect(lines(...wide, "Total,12").codes).toEqual(["footer 13"]);
    expect(lines(...wide, "Source,Ann").codes).toEqual(["footer 13"]);
    expect(lines(...wide, "12,Ann").codes).toEqual(["short_row 13"]);
  });

  test("of a key that counts on is a row, of another figure is told", () => {
    expect(lines(NAMES, ...ROWS, "12,,,").codes).toEqual([]);
    expect(lines(NAMES, ...ROWS, "11,,,").codes).toEqual(["note_row 13"]);
  });
});

test("words alone in a row among others are told, keys and rows that are often empty aren't", () => {
  const among = (...more: readonly string[]) => lines(NAMES, ...ROWS.slice(0, 5), ...more, ...ROWS.slice(5)).codes;
  expect(among("Page 1,,,")).toEqual(["note_row 7"]);
  expect(among("55,,,")).toEqual([]);
  const texts = [
    "ann,b,c,d",
    "bo,,,d",
    "cy,b,,",
    "di,,,",
    "ed,b,c,d",
    "flo,b,c,d",
    "gil,b,c,d",
    "hal,b,c,d",
    "ivo,b,c,d",
    "jo,b,c,d",
    "kim,b,c,d",
  ];
  expect(lines("who,first,second,third", ...texts).codes.filter((code) => code.startsWith("note_row"))).toEqual([]);
});

test("marks of the encoding in front of further lines are dropped and told", () => {
  const found = lines('"id","name"', '"1","Ann"', '\ufeff"2","Bob"', '"3","\ufeffCy"');
  expect(found.rows).toEqual([
    ["1", "Ann"],
    ["2", "Bob"],
    ["3", "\ufeffCy"],
  ]);
  expect(found.codes).toEqual(["second_mark 3", "control_sign 4"]);
});

test("accents that were encoded twice are told, and no other letters", async () => {
  const files = {
    "twice.csv": "id,name\n1,Ann\n2,ZoÃ«\n",
    "once.csv": "id,name\n1,Ann\n2,Zoë Ånäs, «SÃO Âge»\n".replace(", «", " «"),
  };
  const found = await withProject(files, async (folder) =>
    Promise.all(["twice", "once"].map((name) => readTable(`${folder}/${name}.csv`))),
  );
  expect(found.map(({ warnings }) => warnings.map(({ code, row }) => `${code} ${row}`))).toEqual([
    ["encoded_twice 3"],
    [],
  ]);
});

test("of quoted rows in CR LF the beginning tells no more than the whole what ends a line", () => {
  const row = (i: number): string =>
    `"${i}"\t"a+b - c: ${i}/2; #1 @2 *3 %4 & ! ^ ~ |,"\t"he came late;\nand left"\t"x_y = ${i}%"`;
  const rows = Array.from({ length: 130 }, (_, i) => row(i));
  for (const times of [1, 4, 7, 11]) {
    const found = read(`"id"\t"sum"\t"${"remark".repeat(times)}"\t"share"\r\n${rows.join("\r\n")}\r\n`);
    expect([found.rows.length, found.codes]).toEqual([rows.length, []]);
  }
});

test("a sign in front of every number is no piece of the separator", () => {
  const found = lines(...[1, 2, 3, 4].map((i) => `100${i}\t+32 8 467 13 5${i}\tKerkstraat ${i}, 6377 Gent`));
  expect(found.dialect).toMatchObject({ delimiter: "\t" });
  expect(found.rows[0]).toEqual(["1001", "+32 8 467 13 51", "Kerkstraat 1, 6377 Gent"]);
});

describe("a table that is drawn with bars", () => {
  const DRAWN: ReadonlyArray<readonly [string, readonly string[], readonly string[]]> = [
    ["markdown", ["| id | name | day |", "|---:|:----|---|", "| 1 | Ann | 2016-01-11 |", "| 2 | Bob |  |"], []],
    [
      "a database",
      [" id | name | day", "----+------+-----------", "  1 | Ann  | 2016-01-11", "  2 | Bob  |", "(2 rows)"],
      ["footer 5"],
    ],
    [
      "bars and crosses",
      [
        "+----+------+-----+",
        "| id | name | day |",
        "+----+------+-----+",
        "| 1  | Ann  | 2016-01-11 |",
        "| 2  | Bob  |     |",
        "+----+------+-----+",
      ],
      ["preamble 1", "footer 6"],
    ],
  ];
  test.each(DRAWN)("as %s is read without them", (_, drawn, more) => {
    const found = lines(...drawn);
    expect(found.columns).toEqual(["id", "name", "day"]);
    expect(found.rows).toEqual([
      ["1", "Ann", "2016-01-11"],
      ["2", "Bob", ""],
    ]);
    const names = more.length > 1 ? 2 : 1;
    expect(found.codes).toEqual(expect.arrayContaining([`drawn_table ${names}`, `rule_line ${names + 1}`, ...more]));
  });

  test("has a drawn line and as many bars in each row", () => {
    expect(lines("|id|name|", "|1|Ann|", "|2|Bob|").codes).not.toContain("drawn_table 1");
    expect(lines("id|name|day", "--|-- ----|--", "1|Ann", "2|Bob|x").codes).not.toContain("drawn_table 1");
  });
});

test("names and lines that one separator cuts alike show that another is a text's", () => {
  const streets = ["avenue Louise", "rue de la Loi", "chaussée d’Ixelles", "Kerkstraat"];
  const rows = Array.from(
    { length: 10 },
    (_, i) => `${1000 + i}\t${i % 6 === 0 ? "" : 20 + i}\t${streets[i % 4]} ${i}, 10${20 + i} Saint-Étienne`,
  );
  const found = lines(
    "number\tprice\taddress",
    ...rows,
    "",
    "Notes",
    "1) amounts in euro",
    "2) dates\t as they were told",
  );
  expect(found.dialect).toMatchObject({ delimiter: "\t" });
  expect(found.columns).toEqual(["number", "price", "address"]);
});
