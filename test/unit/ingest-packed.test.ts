import { gzipSync } from "node:zlib";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { ingested, source, table, withProject } from "../support/ingest-project.ts";
import { read, workbook } from "../support/workbook-bytes.ts";

const csv = "branch_id,name,region\nB1,Liège,r\n";

/** A zip as old Windows packs: the name in the code page of DOS (éè where é was, of as many bytes), not marked as UTF-8. */
function nameWithoutUtf8(zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip);
  const accent = Buffer.from("é");
  for (let at = bytes.indexOf(accent); at >= 0; at = bytes.indexOf(accent, at + 1)) bytes.set([0x82, 0x8a], at);
  bytes.writeUInt16LE(bytes.readUInt16LE(6) & ~(1 << 11), 6);
  const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  bytes.writeUInt16LE(bytes.readUInt16LE(directory + 8) & ~(1 << 11), directory + 8);
  return bytes;
}

describe("packed files", () => {
  test.each([
    ["b.csv.gz", gzipSync(csv)],
    ["b.csv.zip", zipSync({ "folder/b.csv": strToU8(csv), "__MACOSX/b.csv": strToU8("x") })],
    ["dots.zip", zipSync({ "./.b.csv": strToU8("x"), "../b.csv": strToU8(csv) })],
    ["windows.zip", nameWithoutUtf8(zipSync({ "Données.csv": strToU8(csv) }))],
  ])("%s is read as what is in it", async (name, bytes) => {
    expect(await read(name, bytes)).toMatchObject({
      columns: ["branch_id", "name", "region"],
      rows: [["B1", "Liège", "r"]],
    });
    const mapping = source("programme", table("branches", "branch_id,name,region", { files: `in/${name}` }));
    await ingested({ [`in/${name}`]: bytes }, [mapping], async ({ summary }) =>
      expect(summary.files[0]).toMatchObject({ received: 1, accepted: 1 }),
    );
  });

  test.each([
    ["two.zip", zipSync({ "a.csv": strToU8(csv), "b.csv": strToU8(csv) }), "holds 2 files (a.csv, b.csv)"],
    ["cut.zip", zipSync({ "a.csv": strToU8(csv.repeat(2000)) }).subarray(0, 150), "is not a whole zip file"],
    [
      "cut.xlsx",
      workbook(
        `<row><c><v>${Array.from({ length: 900 }, (_, i) => (i * 7919) % 9973).join("")}</v></c></row>`,
      ).subarray(0, 1000),
      "is not a readable XLSX workbook",
    ],
    ["none.zip", zipSync({}), "holds 0 files"],
    ["cut.csv.gz", gzipSync(csv.repeat(100)).subarray(0, 40), "is not a whole gzip file"],
    ["no.csv.gz", strToU8(csv), "is not a whole gzip file"],
    ["no.xlsx", strToU8(csv), "is text, not a workbook (.xlsx); name it .csv"],
    ["broken.xlsx", strToU8("PK\u0003\u0004 and no more\n"), "is not a readable XLSX workbook"],
    ["renamed.csv", zipSync({ "a.csv": strToU8(csv) }), "is a zip file, not delimited text; name it .zip"],
  ])("%s is refused", async (name, bytes, reason) => {
    await expect(read(name, bytes)).rejects.toThrow(reason);
  });

  test("one file of several is read by its name or pattern, others are named", async () => {
    const several = zipSync({
      "x/a1.csv": strToU8(csv),
      "b.csv": strToU8("branch_id,name,region\nB9,n,r\n"),
      "a2.csv": strToU8(csv),
    });
    const member = (name: string) =>
      withProject({ "s.zip": several }, (folder) => readTable(`${folder}/s.zip`, { member: name }));
    expect((await member("b.*")).rows).toEqual([["B9", "n", "r"]]);
    expect((await member("a1.csv")).rows).toEqual([["B1", "Liège", "r"]]);
    await expect(member("a?.csv")).rejects.toThrow("holds 2 files (x/a1.csv, b.csv, a2.csv) like 'a?.csv'");
    await expect(member("c.csv")).rejects.toThrow("holds no file 'c.csv'; it holds x/a1.csv, b.csv, a2.csv");
    const mapping = source(
      "programme",
      table("branches", "branch_id,name,region", { files: "in/s.zip", zip: { member: "b.csv" } }),
    );
    await ingested({ "in/s.zip": several }, [mapping], async ({ rows }) =>
      expect(await rows("select branch_id from staging.branches")).toEqual([{ branch_id: "B9" }]),
    );
  });

  test("a zip or a workbook whose bytes changed on the way is refused by its checksum", async () => {
    const zip = zipSync({ "a.csv": strToU8(csv) }, { level: 0 });
    const book = zipSync(
      Object.fromEntries(Object.entries(unzipSync(workbook('<row r="1"><c><v>123</v></c></row>')))),
      { level: 0 },
    );
    const spoilt = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
      Buffer.from(Buffer.from(bytes).toString("latin1").replace(from, to), "latin1");
    await expect(read("a.zip", spoilt(zip, "B1", "B7"))).rejects.toThrow("is not a whole zip file");
    await expect(read("a.xlsx", spoilt(book, "123", "124"))).rejects.toThrow("is not a readable XLSX workbook");
    expect((await read("a.xlsx", book)).columns.length + (await read("a.xlsx", book)).rows.length).toBe(2);
  });

  test("X4: bombs are refused by the sizes they state, or while they grow, under 64 MiB of growth", async () => {
    const zeros = new Uint8Array(1 << 26).fill(48);
    const rows = '<row r="1"><c t="inlineStr"><is><t>a</t></is></c></row>'.repeat(600_000);
    const zip = zipSync({ "a.csv": zeros });
    const lying = Buffer.from(zip);
    lying.writeUInt32LE(1000, lying.indexOf(Buffer.from("PK\x01\x02", "latin1")) + 24);
    const bombs = [
      ["bomb.csv.gz", gzipSync(zeros), "grows to more than it can honestly hold"],
      ["bomb.zip", zip, "grows to more than it can honestly hold"],
      ["bomb.xlsx", workbook(rows), "grows to more than it can honestly hold"],
      ["lying.zip", lying, "is not a whole zip file"],
    ] as const;
    const before = process.memoryUsage().rss;
    for (const [name, bytes, reason] of bombs) await expect(read(name, bytes)).rejects.toThrow(reason);
    expect(process.memoryUsage().rss - before).toBeLessThan(1 << 26);
  });
});
