import { expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { type ReadCommandOptions, readFileText } from "../../src/ingest/files/read-command.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { proposeMapping } from "../../src/ingest/mapping/propose-mapping.ts";
import { withProject } from "../support/ingest-project.ts";

const read = (name: string, content: string | Uint8Array, options: ReadCommandOptions = {}) =>
  withProject({ [name]: content }, async (folder) => {
    const mapping = options.mapping === undefined ? {} : { mapping: `${folder}/m.yaml` };
    if (options.mapping !== undefined) (await import("node:fs")).writeFileSync(`${folder}/m.yaml`, options.mapping);
    return JSON.parse(await readFileText(`${folder}/${name}`, { ...options, ...mapping, json: true }));
  });

test.each([
  ["--delimiter ||", "a||b\n1||x\n", { delimiter: "||" }, [["1", "x"]]],
  ["--delimiter tab", "a;b\tc\n1;2\tx\n", { delimiter: "tab" }, [["1;2", "x"]]],
  ["--delimiter \\x1f", "a\x1fb\n1\x1fx\n", { delimiter: "\\x1f" }, [["1", "x"]]],
  ["--quote none", 'a,b\n"1,2\n', { quote: "none" }, [['"1', "2"]]],
  ["--quote |", "a,b\n|1,2|,3\n", { quote: "|" }, [["1,2", "3"]]],
  ["--escape ^", 'a,b\n"1^"2",3\n', { escape: "^" }, [['1"2', "3"]]],
  ["--escape none", 'a,b\n"1""2",3\n', { escape: "none" }, [['1"2', "3"]]],
  ["--encoding", Buffer.from("a,b\n\x80,1\n", "latin1"), { encoding: "windows-1252" }, [["€", "1"]]],
  ["--header-row", "x,y\na,b\n1,2\n", { headerRow: "2" }, [["1", "2"]]],
  ["--header-rows", "x,y\na,b\n1,2\n", { headerRows: "2" }, [["1", "2"]]],
  [
    "--no-header",
    "a,b\n1,2\n",
    { header: false },
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["--skip", 'an "odd, line\na,b\n1,2\n', { skip: "1" }, [["1", "2"]]],
  ["--footer", "a,b\n1,2\n3,4\n\n", { footer: "1" }, [["1", "2"]]],
  [
    "--footer 0",
    "a,b,c\n1,2,3\nend\n",
    { footer: "0" },
    [
      ["1", "2", "3"],
      ["end", "", ""],
    ],
  ],
  [
    "--nulls",
    "a,b\nNULL,2\n#N/A,3\n",
    { nulls: "NULL,#N/A" },
    [
      ["", "2"],
      ["", "3"],
    ],
  ],
  ["--format", '{"a": 1}\n', { format: "json" }, [["1"]]],
])("%s is obeyed", async (_, content, options, rows) => {
  expect((await read("t.dat", content, options)).rows).toEqual(rows);
});

test("--header-row makes a line the header that looks like a row", async () => {
  const found = await read("t.csv", "a,b\n1,2\n3,4\n", { headerRow: "2" });
  expect(found).toMatchObject({ columns: ["1", "2"], rows: [["3", "4"]], dialect: { headerRow: 2 } });
});

test("--decimal and what the numbers prove are told; cells stay as they are", async () => {
  expect(await read("t.csv", "a;b\n1,5;x\n", {})).toMatchObject({ dialect: { decimal: "," }, rows: [["1,5", "x"]] });
  expect(await read("t.csv", "a;b\n1,500;x\n", {})).toMatchObject({ dialect: { decimal: null } });
  expect(await read("t.csv", "a;b\n1,500;x\n", { decimal: "," })).toMatchObject({
    dialect: { decimal: "," },
    rows: [["1,500", "x"]],
  });
});

test.each([
  [{ delimiter: "" }, "--delimiter is empty"],
  [{ quote: "ab" }, "--quote: 'ab' is more than one sign"],
  [{ footer: "x" }, "--footer: 'x' is not a whole number of 0 or more"],
  [{ decimal: "x" }, "--decimal: 'x' is none of . ,"],
  [{ encoding: "utf-16le" }, "can't be utf-16le, as you say"],
  [{ headerRow: "9" }, "isn't so long"],
  [{ skip: "9" }, "isn't so long"],
  [{ footer: "9" }, "isn't so long"],
  [{ headerRow: "1", headerRows: "0" }, "say one"],
  [{ header: false, headerRows: "2" }, "say one"],
  [{ sheet: "A" }, "is read as csv: --sheet is for xlsx only"],
])("%j is refused", async (options, reason) => {
  await expect(read("t.csv", "a,b,c\n1,2\n", options)).rejects.toThrow(reason);
});

test("a mapping's settings are those of the file", async () => {
  const mapping = (settings: string): string =>
    `source: s\ntitle: t\ntables:\n  - table: branches\n    files: in/*.csv\n    nulls: ["-"]\n${settings}    columns: {branch_id: a, region: b}\n`;
  const csv = "    csv: {delimiter: '::', skip: 1, footer: 1}\n";
  expect(await read("t.csv", "x\na::b\n1::-\nend::\n", { mapping: mapping(csv) })).toMatchObject({
    columns: ["a", "b"],
    rows: [["1", ""]],
  });
});

test("JSON, JSON lines and Parquet are read and described too", async () => {
  const objects = '[{"branch_id": "B1", "region": {"x": 1}}, {"branch_id": "B2", "region": "r"}, 7]';
  const found = await read("t.json", objects);
  expect(found).toMatchObject({
    columns: ["branch_id", "region"],
    rows: [
      ["B1", '{"x":1}'],
      ["B2", "r"],
    ],
  });
  expect(found.warnings.map(({ code, row }: { code: string; row: number }) => [code, row])).toEqual([
    ["not_json", 3],
    ["nested", 1],
  ]);
  expect((await read("t.jsonl", '{"a": 1}\n{"a": 2}\n')).rows).toEqual([["1"], ["2"]]);
  for (const bytes of [Buffer.from('\ufeff[{"a": 1}]'), Buffer.from('\ufeff[{"a": 1}]', "utf16le")])
    expect((await read("t.json", bytes)).rows).toEqual([["1"]]);
  await expect(read("t.json", Buffer.from('[{"a": "Liège"}]', "latin1"))).rejects.toThrow("is not UTF-8");
  const mixed = await read("t.json", '[{"a": " x ", "b": 1}, {"a": true, "a": 2}, {"b": "y", "a": null}]');
  expect(mixed).toMatchObject({
    rows: [
      [" x ", "1"],
      ["", "y"],
    ],
    warnings: [{ code: "not_json", row: 2 }],
  });
  await expect(read("t.jsonl", '{"a": 1}\n{"a": \n')).rejects.toThrow("is not readable JSON");
  await withProject({}, async (folder) => {
    const engine = await openDuckDb();
    await engine.execute({
      name: "t",
      text: `copy (select 'B1' as branch_id, 'r' as region) to '${folder}/t.parquet'`,
    });
    await engine.close();
    const table = await readTable(`${folder}/t.parquet`);
    expect(table.rows).toEqual([["B1", "r"]]);
    expect(proposeMapping("t.parquet", table)).toContain("branch_id: branch_id");
  });
});

test("a folder is named as what it is", async () => {
  await withProject({ "a/b.csv": "x,y\n1,2\n" }, async (folder) => {
    await expect(readTable(`${folder}/a`)).rejects.toThrow("is a folder; name one file in it");
  });
});
