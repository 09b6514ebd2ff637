/** One CSV file spoilt in one way, and the table that is in it. */
export interface PollutedFile {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

type Row = readonly string[];

interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  /** Empty: quotes inside quoted cells stand as they are. */
  readonly escape: string;
  readonly lineEnd: string;
  readonly always: boolean;
}

const PLAIN: Dialect = { delimiter: ",", quote: '"', escape: '"', lineEnd: "\r\n", always: false };

const COLUMNS: Row = ["Day", "Hour", "Pieces", "Article", "Price", "Kind", "Description", "Page", "Remarks"];
const KINDS = ["book", "tool", "garden tool", "toy"];
const DESCRIPTIONS = [
  "Hammer, small",
  "A guide to birds",
  'Pipe of 3/4" steel, "new" model',
  "Doll's house",
  "Two lines:\nfirst and second",
  "Rake",
  "",
  "Blue ball (25 cm), for children",
];

/** A table of eighteen sales with what cells of an ordinary export hold: separators, quotes, line ends, gaps. */
export const CLEAN: readonly Row[] = Array.from({ length: 18 }, (_, i) => [
  `${String((i % 28) + 1).padStart(2, "0")}/0${(i % 9) + 1}/2016`,
  `${String(8 + (i % 12)).padStart(2, "0")}:${String((i * 7) % 60).padStart(2, "0")}:00`,
  String((i * 13) % 40),
  `A-${1000 + i * 37}`,
  `${((i * 791) % 90) + 5}.${String((i * 37) % 100).padStart(2, "0")}`,
  KINDS[i % KINDS.length] ?? "",
  DESCRIPTIONS[i % DESCRIPTIONS.length] ?? "",
  `https://shop.example/articles/${i + 1}`,
  i % 3 === 0 ? "" : `remark ${i + 1}`,
]);

function cellText(cell: string, { delimiter, quote, escape: escaping, always }: Dialect): string {
  if (quote === "") return cell;
  const needs = always || cell.includes(delimiter) || cell.includes(quote) || /[\r\n]/.test(cell);
  if (!needs) return cell;
  const inner =
    escaping === "\\"
      ? cell.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)
      : escaping === ""
        ? cell
        : cell.replaceAll(quote, escaping + quote);
  return quote + inner + quote;
}

const line = (row: Row, how: Dialect): string => row.map((cell) => cellText(cell, how)).join(how.delimiter);
const text = (rows: readonly Row[], how: Dialect = PLAIN): string =>
  rows.map((row) => line(row, how) + how.lineEnd).join("");

const TABLE: readonly Row[] = [COLUMNS, ...CLEAN];

const file = (
  kind: string,
  name: string,
  content: string | Buffer,
  rows: readonly Row[] = CLEAN,
  columns: Row = COLUMNS,
): PollutedFile => ({ kind, name, bytes: Buffer.from(content as string), columns, rows });

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

/** Each row and column in turn: a separator more in front of a cell, and one less. */
function cuts(): readonly PollutedFile[] {
  const cells = TABLE.map((row) => row.map((cell) => cellText(cell, PLAIN)));
  const spoilt = (row: number, change: (cells: Row) => string): string =>
    cells.map((own, i) => `${i === row ? change(own) : own.join(",")}\r\n`).join("");
  return CLEAN.flatMap((row, i) =>
    row.flatMap((_, j) => {
      const merged = `${row[j - 1] ?? ""}${row[j] ?? ""}`;
      const isQuoted = [cells[i + 1]?.[j - 1], cells[i + 1]?.[j]].some((cell) => cell?.startsWith('"'));
      const more = file(
        "row with a separator more",
        `row ${i + 1}, column ${j + 1}`,
        spoilt(i + 1, (own) => own.toSpliced(j, 0, "").join(",")),
        CLEAN.with(i, row.toSpliced(j, 0, "")),
      );
      if (j === 0 || isQuoted) return [more];
      return [
        more,
        file(
          "row with a separator less",
          `row ${i + 1}, column ${j + 1}`,
          spoilt(i + 1, (own) => own.toSpliced(j - 1, 2, `${own[j - 1]}${own[j]}`).join(",")),
          CLEAN.with(i, [...row.toSpliced(j - 1, 2, merged), ""]),
        ),
      ];
    }),
  );
}

/** Each cell in turn: a quote that should not be there, in front, in the middle, at the end. */
function quotes(): readonly PollutedFile[] {
  const spoilt = (row: number, column: number, change: (cell: string) => string): string =>
    TABLE.map(
      (cells, i) =>
        `${cells.map((cell, j) => (i === row && j === column ? change(cellText(cell, PLAIN)) : cellText(cell, PLAIN))).join(",")}\r\n`,
    ).join("");
  return CLEAN.flatMap((row, i) =>
    row.flatMap((cell, j) => {
      if (cell === "") return [];
      const quoted = cellText(cell, PLAIN) !== cell;
      const half = Math.ceil(cell.length / 2);
      const ways: ReadonlyArray<readonly [string, (written: string) => string, string]> = quoted
        ? [
            [
              "inside a quoted cell",
              (written) => `${written.slice(0, 2)}"${written.slice(2)}`,
              `${cell.slice(0, 1)}"${cell.slice(1)}`,
            ],
          ]
        : [
            ["in front", (written) => `"${written}`, `"${cell}`],
            [
              "in the middle",
              (written) => `${written.slice(0, half)}"${written.slice(half)}`,
              `${cell.slice(0, half)}"${cell.slice(half)}`,
            ],
            ["at the end", (written) => `${written}"`, `${cell}"`],
            ["around one cell only", (written) => `"${written}"`, cell],
          ];
      return ways.map(([where, change, truth]) =>
        file(
          `quote ${where}`,
          `row ${i + 1}, column ${j + 1}`,
          spoilt(i + 1, j, change),
          CLEAN.with(i, row.with(j, truth)),
        ),
      );
    }),
  );
}

/** Each row in turn, the header too: written with another separator or another quote than the file. */
function rowsInOtherDialects(): readonly PollutedFile[] {
  return [";", " ", "\t", "|", ":"].flatMap((delimiter) =>
    TABLE.map((_, i) =>
      file(
        `row separated by ${JSON.stringify(delimiter)}`,
        `row ${i}`,
        TABLE.map((row, at) => `${line(row, at === i ? { ...PLAIN, delimiter } : PLAIN)}\r\n`).join(""),
      ),
    ),
  );
}

function rowsInOtherQuotes(): readonly PollutedFile[] {
  return ["'", "`"].flatMap((quote) =>
    TABLE.map((_, i) =>
      file(
        `row quoted with ${quote}`,
        `row ${i}`,
        TABLE.map(
          (row, at) => `${line(row, at === i ? { ...PLAIN, quote, escape: quote, always: true } : PLAIN)}\r\n`,
        ).join(""),
      ),
    ),
  );
}

/** Precision and recall of header, rows and cells of what was read, each a share of 0-1. */
export interface Loaded {
  readonly header: Score;
  readonly rows: Score;
  readonly cells: Score;
}

export interface Score {
  readonly precision: number;
  readonly recall: number;
}

/** Holds what was read against what is in the file; order counts within a row only. */
export function loaded(truth: PollutedFile, read: Pick<PollutedFile, "columns" | "rows">): Loaded {
  return {
    header: score(truth.columns, read.columns),
    rows: score(
      truth.rows.map((row) => JSON.stringify(row)),
      read.rows.map((row) => JSON.stringify(row)),
    ),
    cells: score(truth.rows.flat(), read.rows.flat()),
  };
}

function score(truth: readonly string[], read: readonly string[]): Score {
  const left = new Map<string, number>();
  for (const item of truth) left.set(item, (left.get(item) ?? 0) + 1);
  let found = 0;
  for (const item of read) {
    const count = left.get(item) ?? 0;
    if (count === 0) continue;
    left.set(item, count - 1);
    found++;
  }
  const share = (total: number): number => (total === 0 ? 1 : found / total);
  return { precision: share(read.length), recall: share(truth.length) };
}
