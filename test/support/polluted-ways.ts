import type { ReadSettings } from "../../src/ingest/delimited/read-delimited.ts";
import type { SourceTable } from "./polluted-shapes.ts";
import { cellText, type Dialect, line, PLAIN, type Row, text } from "./polluted-table.ts";

/** A table in a file spoilt in one way, what is in it, and what one who knows the file would say of it. */
export interface SpoiltFile {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly columns: Row;
  readonly rows: readonly Row[];
  readonly said: ReadSettings & { readonly encoding?: string };
}

const SAID: ReadSettings = { delimiter: ",", quote: '"', escape: '"', headerRows: 1 };

/** Every way in turn over one table; of ways that take a row, `each` says which rows. */
export function spoiltFiles(table: SourceTable, rowsOf: (rows: number) => readonly number[]): readonly SpoiltFile[] {
  const make = maker(table);
  return [
    ...wholeFile(table, make),
    ...headers(table, make),
    ...dialects(table, make),
    ...around(table, make),
    ...rowsOf(table.rows.length).flatMap((at) => [...ends(table, make, at), ...row(table, make, at)]),
  ];
}

type Make = (
  kind: string,
  name: string,
  content: string | Buffer,
  truth?: { readonly columns?: Row; readonly rows?: readonly Row[]; readonly said?: SpoiltFile["said"] },
) => SpoiltFile;

const maker =
  (table: SourceTable): Make =>
  (kind, name, content, { columns = table.columns, rows = table.rows, said = {} } = {}) => ({
    kind,
    name: `${table.name}: ${name}`,
    bytes: Buffer.from(content as string),
    columns,
    rows,
    said: { ...SAID, ...said },
  });

const all = ({ columns, rows }: SourceTable): readonly Row[] => [columns, ...rows];

function wholeFile(table: SourceTable, make: Make): readonly SpoiltFile[] {
  const clean = text(all(table));
  return [
    make("whole", "clean", clean),
    make("whole", "no last line end", clean.slice(0, -2)),
    make("whole", "two last line ends", `${clean}\r\n`),
    make("whole", "header only", text([table.columns]), { rows: [] }),
    make("whole", "one row", text([table.columns, ...table.rows.slice(0, 1)]), { rows: table.rows.slice(0, 1) }),
    make("whole", "two rows", text([table.columns, ...table.rows.slice(0, 2)]), { rows: table.rows.slice(0, 2) }),
    make("whole", "BOM", `\ufeff${clean}`),
    make("whole", "UTF-16 LE", Buffer.from(`\ufeff${clean}`, "utf16le")),
    make("whole", "blank line between rows", clean.replace(/\r\n(?=[^\r\n]+\r\n[^\r\n]+\r\n$)/, "\r\n\r\n")),
    make("whole", "everything quoted", text(all(table), { ...PLAIN, always: true })),
    ...["\n", "\r", "\r\n", "\n\r", "\r\r\n"].map((lineEnd) =>
      make("whole", `line end ${JSON.stringify(lineEnd)}`, text(all(table), { ...PLAIN, lineEnd })),
    ),
  ];
}

function headers(table: SourceTable, make: Make): readonly SpoiltFile[] {
  const { columns, rows } = table;
  const named = (name: string, names: Row): SpoiltFile =>
    make("header", name, text([names, ...rows]), { columns: names });
  const groups = columns.map((_, i) => (i < columns.length / 2 ? "Person" : "Figures"));
  const third = columns.map((_, i) => `unit ${i}`);
  const joined = (...levels: readonly Row[]): Row => columns.map((_, i) => levels.map((names) => names[i]).join(" "));
  return [
    make("header", "none", text(rows), { columns: columns.map((_, i) => `column_${i + 1}`), said: { headerRows: 0 } }),
    named("duplicate", columns.with(1, columns[0] ?? "")),
    named(
      "all the same",
      columns.map(() => "name"),
    ),
    named("empty first", columns.with(0, "")),
    named("empty last", columns.with(-1, "")),
    named(
      "all empty but one",
      columns.map((name, i) => (i === 1 ? name : "")),
    ),
    named(
      "long names",
      columns.map((name) => `${name}, being what the person answered to question "${name}"`),
    ),
    named(
      "blanks around",
      columns.map((name) => ` ${name} `),
    ),
    make("header", "two rows", text([groups, columns, ...rows]), {
      columns: joined(groups, columns),
      said: { headerRows: 2 },
    }),
    make("header", "three rows", text([groups, columns, third, ...rows]), {
      columns: joined(groups, columns, third),
      said: { headerRows: 3 },
    }),
    make("header", "a separator more", text([columns, ...rows]).replace(",", ",,"), {
      columns: columns.toSpliced(1, 0, ""),
      rows: rows.map((row) => [...row, ""]),
    }),
  ];
}

const DELIMITERS = [";", "\t", "|", " ", ":", ", ", "; ", "||", "::", "~", "^", "\u001f", "#"];

function dialects(table: SourceTable, make: Make): readonly SpoiltFile[] {
  const written = (name: string, how: Partial<Dialect>, said: ReadSettings): SpoiltFile =>
    make("dialect", name, text(all(table), { ...PLAIN, ...how }), { said });
  return [
    ...DELIMITERS.flatMap((delimiter) =>
      [false, true].map((always) =>
        written(
          `separator ${JSON.stringify(delimiter)}${always ? ", all quoted" : ""}`,
          { delimiter, always },
          { delimiter },
        ),
      ),
    ),
    ...["'", "`", "|", "~"].flatMap((quote) =>
      [false, true].map((always) =>
        written(
          `quote ${quote}${always ? ", all quoted" : ""}`,
          { quote, escape: quote, always },
          { quote, escape: quote },
        ),
      ),
    ),
    ...["\\", "'", "#", "\0"].flatMap((sign) =>
      [false, true].map((always) =>
        written(
          `escape ${JSON.stringify(sign)}${always ? ", all quoted" : ""}`,
          { escape: sign, always },
          { escape: sign },
        ),
      ),
    ),
  ];
}

function around(table: SourceTable, make: Make): readonly SpoiltFile[] {
  const { columns, rows } = table;
  const clean = text(all(table));
  const width = columns.length;
  const fill = (first: string, more = 0): string => `${first}${",".repeat(width - 1 + more)}\r\n`;
  const other = (wide: number): readonly Row[] => [
    Array.from({ length: wide }, (_, i) => `Other ${i + 1}`),
    ...Array.from({ length: Math.min(4, rows.length) }, (_, i) =>
      Array.from({ length: wide }, (_, j) => (j % 2 === 0 ? `cell ${i}.${j}` : String(i * 10 + j))),
    ),
  ];
  const cut = (row: Row): Row => [...row, ...Array.from({ length: Math.max(0, width - row.length) }, () => "")];
  return [
    make("around", "title and blank line", `Extract of January\r\n\r\n${clean}`, { said: { skip: 2 } }),
    make("around", "title", `Extract of January\r\n${clean}`, { said: { skip: 1 } }),
    make("around", "title of several lines", `Extract\r\nby: the office\r\non: 31/01/2017\r\n${clean}`, {
      said: { skip: 3 },
    }),
    make("around", "title with a comma", `Extract of January, all services\r\n\r\n${clean}`, { said: { skip: 2 } }),
    make("around", "key and value lines", `Made on,31/01/2017\r\nBy,the office\r\n\r\n${clean}`, { said: { skip: 3 } }),
    make("around", "title filled up", `${fill("Extract of January")}${clean}`, { said: { skip: 1 } }),
    make("around", "comments", `# Extract\r\n# of January\r\n${clean}`, { said: { skip: 2 } }),
    make("around", "blank lines above", `\r\n\r\n\r\n${clean}`, { said: { skip: 3 } }),
    make("around", "note", `${clean}Source: the services\r\n`, { said: { footerRows: 1 } }),
    make("around", "note behind a blank line", `${clean}\r\nSource: the services\r\n`, { said: { footerRows: 1 } }),
    make("around", "notes with commas", `${clean}\r\nSource: the services, 2017\r\nNot final\r\n`, {
      said: { footerRows: 2 },
    }),
    ...[Math.max(2, width - 1), width, width + 2].flatMap((wide) =>
      ["", "\r\n"].map((gap) =>
        make(
          "around",
          `a second table of ${wide - width} columns more${gap === "" ? "" : ", blank line"}`,
          `${clean}${gap}${text(other(wide))}`,
          {
            rows: [...rows, ...other(wide).map(cut)],
          },
        ),
      ),
    ),
  ];
}

function ends(table: SourceTable, make: Make, at: number): readonly SpoiltFile[] {
  const with_ = (usual: string, own: string): string =>
    all(table)
      .map((row, i) => line(row, PLAIN) + (i === at + 1 ? own : usual))
      .join("");
  return [
    ["\r\n", "\n"],
    ["\r\n", "\r"],
    ["\n", "\r\n"],
    ["\n", "\r"],
    ["\r\n", "\r\n\r\n"],
    ["\n", "\n\n"],
    ["\n", "\r\r\n"],
  ].map(([usual = "", own = ""]) =>
    make("end of one row", `row ${at + 1}: ${JSON.stringify(own)} among ${JSON.stringify(usual)}`, with_(usual, own)),
  );
}

function row(table: SourceTable, make: Make, at: number): readonly SpoiltFile[] {
  const { rows } = table;
  const own = rows[at] ?? [];
  const written = (how: Dialect): string =>
    all(table)
      .map((cells, i) => `${line(cells, i === at + 1 ? how : PLAIN)}\r\n`)
      .join("");
  const replaced = (line_: string): string =>
    all(table)
      .map((cells, i) => `${i === at + 1 ? line_ : line(cells, PLAIN)}\r\n`)
      .join("");
  const cells = own.map((cell) => cellText(cell, PLAIN));
  const where = `row ${at + 1}`;
  return [
    ...[";", "\t", "|", " ", ":", ", ", "||"].map((delimiter) =>
      make("separator of one row", `${where}: ${JSON.stringify(delimiter)}`, written({ ...PLAIN, delimiter })),
    ),
    ...["'", "`"].map((quote) =>
      make("quotes of one row", `${where}: ${quote}`, written({ ...PLAIN, quote, escape: quote, always: true })),
    ),
    make("quotes of one row", `${where}: quoted as a whole`, written({ ...PLAIN, always: true })),
    ...cells.flatMap((cell, j) => cellsOf(make, own, cells, rows, at, j, cell, replaced)),
  ];
}

function cellsOf(
  make: Make,
  own: Row,
  cells: Row,
  rows: readonly Row[],
  at: number,
  j: number,
  cell: string,
  replaced: (line: string) => string,
): readonly SpoiltFile[] {
  const where = `row ${at + 1}, column ${j + 1}`;
  const raw = own[j] ?? "";
  const isQuoted = cell !== raw;
  const truth = (value: string): { rows: readonly Row[] } => ({ rows: rows.with(at, own.with(j, value)) });
  const put = (kind: string, name: string, written: string, value: string): SpoiltFile =>
    make(kind, `${where}: ${name}`, replaced(cells.with(j, written).join(",")), truth(value));
  const half = Math.ceil(raw.length / 2);
  const split = `${raw.slice(0, half)}"${raw.slice(half)}`;
  const found: SpoiltFile[] = [
    make("a separator more", where, replaced(cells.toSpliced(j, 0, "").join(",")), {
      rows: rows.with(at, own.toSpliced(j, 0, "")),
    }),
    put("blanks", "in front", ` ${cell}`, isQuoted ? raw : ` ${raw}`),
    put("blanks", "behind", `${cell} `, isQuoted ? raw : `${raw} `),
  ];
  if (j > 0 && !isQuoted && cells[j - 1] === own[j - 1])
    found.push(
      make("a separator less", where, replaced(cells.toSpliced(j - 1, 2, `${own[j - 1]}${raw}`).join(",")), {
        rows: rows.with(at, [...own.toSpliced(j - 1, 2, `${own[j - 1]}${raw}`), ""]),
      }),
    );
  if (raw === "") return found;
  if (isQuoted) {
    if (!raw.includes("\n"))
      found.push(
        put(
          "quote of one cell",
          "in the middle, quoted",
          `${cell.slice(0, 2)}"${cell.slice(2)}`,
          `${raw.slice(0, 1)}"${raw.slice(1)}`,
        ),
      );
    if (!raw.includes("\n") && !raw.includes('"'))
      found.push(
        put("quote of one cell", "single ones", `'${raw}'`, raw),
        put("quote of one cell", "doubled around", `""${raw}""`, raw),
      );
  } else
    found.push(
      put("quote of one cell", "in front", `"${raw}`, `"${raw}`),
      put("quote of one cell", "in the middle", split, split),
      put("quote of one cell", "at the end", `${raw}"`, `${raw}"`),
      put("quote of one cell", "around", `"${raw}"`, raw),
    );
  return found;
}
