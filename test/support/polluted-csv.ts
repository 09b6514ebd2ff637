import { cuts, quotes, rowsInOtherDialects, rowsInOtherQuotes } from "./polluted-rows.ts";
import {
  CLEAN,
  COLUMNS,
  type Dialect,
  file,
  line,
  PLAIN,
  type PollutedFile,
  type Row,
  TABLE,
  text,
} from "./polluted-table.ts";

/** Every file spoilt in one way, by kind. Rows with a cell too few end with an empty one. */
export function pollutedFiles(): readonly PollutedFile[] {
  return [
    ...whole(),
    ...headers(),
    ...dialects(),
    ...around(),
    ...cuts(),
    ...quotes(),
    ...rowsInOtherDialects(),
    ...rowsInOtherQuotes(),
  ];
}

function whole(): readonly PollutedFile[] {
  return [
    file("whole", "clean", text(TABLE)),
    file("whole", "no last line end", text(TABLE).replace(/\r\n$/, "")),
    file("whole", "two last line ends", `${text(TABLE)}\r\n`),
    file("whole", "header only", text([COLUMNS]), []),
    file("whole", "one row", text(TABLE.slice(0, 2)), CLEAN.slice(0, 1)),
    file("whole", "BOM", `\ufeff${text(TABLE)}`),
    file("whole", "UTF-16 LE", Buffer.from(`\ufeff${text(TABLE)}`, "utf16le")),
    file("whole", "UTF-16 BE", Buffer.from(`\ufeff${text(TABLE)}`, "utf16le").swap16()),
    file(
      "whole",
      "latin-1",
      Buffer.from(text([COLUMNS, ...CLEAN.map((row) => row.with(5, "Liège"))]), "latin1"),
      CLEAN.map((row) => row.with(5, "Liège")),
    ),
    file(
      "whole",
      "one column",
      text(TABLE.map((row) => [row[3] ?? ""])),
      CLEAN.map((row) => [row[3] ?? ""]),
      ["Article"],
    ),
    file(
      "whole",
      "NUL in a cell",
      text([COLUMNS, ...CLEAN.map((row, i) => (i === 4 ? row.with(5, "a\0b") : row))]),
      CLEAN.map((row, i) => (i === 4 ? row.with(5, "a\0b") : row)),
    ),
    file("whole", "empty lines between rows", text(TABLE).replaceAll(/(remark \d+)\r\n/g, "$1\r\n\r\n")),
  ];
}

function headers(): readonly PollutedFile[] {
  const named = (name: string, columns: Row, rows: readonly Row[] = CLEAN): PollutedFile =>
    file("header", name, text([columns, ...rows]), rows, columns);
  return [
    file(
      "header",
      "no header",
      text(CLEAN),
      CLEAN,
      Array.from({ length: 9 }, (_, i) => `column_${i + 1}`),
    ),
    named("duplicate names", COLUMNS.with(4, "Pieces")),
    named("an empty name", COLUMNS.with(2, "")),
    file(
      "header",
      "a separator more",
      text(TABLE).replace("Hour,", "Hour,,"),
      CLEAN.map((row) => [...row, ""]),
      COLUMNS.toSpliced(2, 0, ""),
    ),
    file("header", "a separator less", text(TABLE).replace("Hour,", "Hour"), CLEAN, [
      ...COLUMNS.toSpliced(1, 2, "HourPieces"),
      "",
    ]),
    named("two empty names", COLUMNS.with(0, "").with(8, "")),
    named("a name of figures", COLUMNS.with(2, "2016")),
    named(
      "names with blanks and signs",
      COLUMNS.map((name) => `${name} (in #)`),
    ),
    named(
      "names over two lines",
      COLUMNS.map((name) => `${name}\nof shop`),
    ),
    file("header", "names quoted, rows not", text([COLUMNS], { ...PLAIN, always: true }) + text(CLEAN)),
    file(
      "header",
      "two rows",
      text([["Sale", "Sale", "Sale", "Good", "Good", "Good", "Good", "Good", "Other"], ...TABLE]),
      CLEAN,
      COLUMNS.map((name, i) => `${i < 3 ? "Sale" : i < 8 ? "Good" : "Other"} ${name}`),
    ),
    file(
      "header",
      "three rows",
      text([
        ["Sale", "Sale", "Sale", "Good", "Good", "Good", "Good", "Good", "Other"],
        COLUMNS,
        ["day", "hour", "n", "text", "euro", "text", "text", "link", "text"],
        ...CLEAN,
      ]),
      CLEAN,
      COLUMNS.map(
        (name, i) =>
          `${i < 3 ? "Sale" : i < 8 ? "Good" : "Other"} ${name} ${["day", "hour", "n", "text", "euro", "text", "text", "link", "text"][i]}`,
      ),
    ),
  ];
}

function dialects(): readonly PollutedFile[] {
  const written = (name: string, how: Partial<Dialect>): PollutedFile =>
    file("dialect", name, text(TABLE, { ...PLAIN, ...how }));
  return [
    ...[
      ";",
      "\t",
      "|",
      " ",
      ", ",
      "; ",
      "||",
      "::",
      ";;",
      "^",
      "~",
      ":",
      "\u0001",
      "\u001f",
      "§",
      "#",
      "&",
      "||~||",
      "<>",
      "-",
      "_",
      "/",
      "\\",
      "+",
      "=",
      "?",
      "\t|\t",
      " | ",
      " ; ",
      " - ",
      "-|-",
      "->",
      "  ",
      "\t\t",
    ].flatMap((delimiter) => [
      written(`separator ${JSON.stringify(delimiter)}`, { delimiter }),
      written(`separator ${JSON.stringify(delimiter)}, all quoted`, { delimiter, always: true }),
    ]),
    ...["'", "`", "$", "|", "~"].flatMap((quote) => [
      written(`quote ${quote}`, { quote, escape: quote }),
      written(`quote ${quote}, all quoted`, { quote, escape: quote, always: true }),
    ]),
    ...["\\", "^", "'", "#", "\0", ""].flatMap((escaping) => [
      written(`escape ${JSON.stringify(escaping)}`, { escape: escaping }),
      written(`escape ${JSON.stringify(escaping)}, all quoted`, { escape: escaping, always: true }),
    ]),
    ...["\n", "\r", "\r\n"].map((lineEnd) => written(`line end ${JSON.stringify(lineEnd)}`, { lineEnd })),
    written("all quoted", { always: true }),
    file(
      "dialect",
      "mixed line ends",
      TABLE.map((row, i) => line(row, PLAIN) + (["\n", "\r\n", "\r"][i % 3] ?? "")).join(""),
    ),
  ];
}

function around(): readonly PollutedFile[] {
  const other = (width: number): readonly Row[] => [
    Array.from({ length: width }, (_, i) => `Field ${i + 1}`),
    ...Array.from({ length: 6 }, (_, i) => Array.from({ length: width }, (_, j) => `cell ${i + 1}.${j + 1}`)),
  ];
  const cut = (row: Row): Row => (row.length < 9 ? [...row, ...Array.from({ length: 9 - row.length }, () => "")] : row);
  return [
    file("around", "preamble and a blank line", `Sales of 2016\r\nall shops, provisional\r\n\r\n${text(TABLE)}`),
    file("around", "preamble without a blank line", `Sales of 2016\r\n${text(TABLE)}`),
    file("around", "preamble filled up with separators", `Sales of 2016,,,,,,,,\r\n,,,,,,,,\r\n${text(TABLE)}`),
    file("around", "preamble of comments", `# Sales of 2016\r\n# all shops, provisional\r\n${text(TABLE)}`),
    file("around", "blank lines above", `\r\n\r\n${text(TABLE)}`),
    file("around", "footer and a blank line", `${text(TABLE)}\r\nTotal of 18 rows\r\nConfidential, do not share\r\n`),
    file("around", "footer without a blank line", `${text(TABLE)}Source: tills\r\n`),
    file("around", "footer filled up with separators", `${text(TABLE)},,,,,,,,\r\nSource: tills,,,,,,,,\r\n`),
    ...[4, 9, 12].flatMap((width) => [
      file(
        "around",
        `a second table of ${width} columns behind a blank line`,
        `${text(TABLE)}\r\n${text(other(width))}`,
        [...CLEAN, ...other(width).map(cut)],
      ),
      file("around", `a second table of ${width} columns`, `${text(TABLE)}${text(other(width))}`, [
        ...CLEAN,
        ...other(width).map(cut),
      ]),
    ]),
  ];
}
