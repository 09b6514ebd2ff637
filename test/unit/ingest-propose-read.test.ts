import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import exceljs from "exceljs";
import { zipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { proposeMapping } from "../../src/ingest/mapping/propose-mapping.ts";
import { ingested, source, table, withProject } from "../support/ingest-project.ts";

const HEADER = ["mentor_id", "branch_id", "birth_on", "gender", "former_sector"];
const ROWS = [
  ["M1", "B1", "1950-01-31", "woman", "care, home"],
  ["M2", "B1", "1951-02-01", "man", 'the "post"'],
  ["M3", "B1", "1952-03-04", "man", ""],
];

const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
const csv = (delimiter: string, day = (text: string): string => text): string =>
  [HEADER, ...ROWS]
    .map((row) => `${row.map((cell, i) => quoted(i === 2 ? day(cell) : cell, delimiter)).join(delimiter)}\n`)
    .join("");
const objects = ROWS.map((row) => Object.fromEntries(row.map((cell, i) => [HEADER[i] ?? "", cell])));
const lines = objects.map((one) => `${JSON.stringify(one)}\n`).join("");
const zip = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)])));

const made: { workbook: Uint8Array; parquet: Uint8Array } = { workbook: Buffer.of(), parquet: Buffer.of() };
beforeAll(async () => {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet("Mentors 2016");
  sheet.addRows([["Mentors of 2016"], [], HEADER]);
  for (const row of ROWS) sheet.addRow(row.map((cell, i) => (i === 2 ? new Date(`${cell}T00:00:00Z`) : cell)));
  book.addWorksheet("other").addRow(["x"]);
  made.workbook = new Uint8Array(await book.xlsx.writeBuffer());
  made.parquet = await withProject({ "in.jsonl": lines }, async (folder) => {
    const engine = await openDuckDb();
    const select = `select * replace (cast(birth_on as date) as birth_on) from read_json('${folder}/in.jsonl')`;
    await engine.execute({ name: "file", text: `copy (${select}) to '${folder}/out.parquet'` });
    await engine.close();
    return (await import("node:fs")).readFileSync(`${folder}/out.parquet`);
  });
});

const FILES: ReadonlyArray<{
  readonly name: string;
  readonly content: () => string | Uint8Array;
  readonly member?: string;
}> = [
  { name: "m.csv", content: () => csv(",") },
  { name: "m.tsv", content: () => csv("\t") },
  { name: "m.txt", content: () => csv("||") },
  { name: "titled.csv", content: () => `Mentors of 2016\n\n${csv(";")}\nSource: office\n` },
  { name: "days.csv", content: () => csv(";", (day) => day.split("-").reverse().join("/")) },
  { name: "latin.csv", content: () => Buffer.from(csv(";").replace("care", "Liège"), "latin1") },
  { name: "wide.csv", content: () => Buffer.from(`\ufeff${csv(";")}`, "utf16le") },
  { name: "m.xlsx", content: () => made.workbook },
  { name: "m.parquet", content: () => made.parquet },
  { name: "m.json", content: () => JSON.stringify(objects) },
  { name: "m.jsonl", content: () => lines },
  { name: "m.csv.gz", content: () => gzipSync(csv(";")) },
  { name: "m.xlsx.gz", content: () => gzipSync(made.workbook) },
  { name: "m.parquet.gz", content: () => gzipSync(made.parquet) },
  { name: "m.jsonl.gz", content: () => gzipSync(lines) },
  { name: "csv.zip", content: () => zip({ "m.csv": csv(";") }) },
  { name: "xlsx.zip", content: () => zip({ "m.xlsx": made.workbook }) },
  { name: "parquet.zip", content: () => zip({ "m.parquet": made.parquet }) },
  { name: "json.zip", content: () => zip({ "m.json": JSON.stringify(objects) }) },
  { name: "several.zip", content: () => zip({ "m.csv": csv(";"), "readme.txt": "hello" }), member: "m.csv" },
];

test.each(FILES)(
  "the mapping proposed for $name reads it, once its folder and title are named",
  async ({ name, content, member }) => {
    const file = content();
    const proposal = await withProject({}, async (folder) => {
      writeFileSync(`${folder}/${name}`, file);
      const read = await readTable(`${folder}/${name}`, member === undefined ? {} : { member });
      return proposeMapping(name, read, member);
    });
    const mapping = parse(proposal.replace("CHOOSE/", "in/").replace("title: CHOOSE", "title: Mentors"));
    const branches = source("branches", table("branches", "branch_id,region"));
    const files = { "in/branches.csv": "branch_id,region\nB1,brussels\n", [`in/${name}`]: file };
    await ingested(files, [branches, mapping], async ({ rows, summary }) => {
      expect(summary.files.map(({ received, rejected, warned }) => [received, rejected, warned])).toEqual([
        [1, 0, 0],
        [3, 0, 0],
      ]);
      const days = "cast(birth_on as varchar) as birth_on";
      const found = await rows(`select * replace (${days}) from staging.mentors order by source_row`);
      const expected = ROWS.map((row) =>
        row.map((cell) => (name === "latin.csv" ? cell.replace("care", "Liège") : cell)),
      );
      expect(found.map((row) => HEADER.map((column) => row[column] ?? ""))).toEqual(expected);
    });
  },
);
