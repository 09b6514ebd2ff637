import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { withProject } from "../support/ingest-project.ts";

const read = (bytes: Uint8Array, encoding?: string) =>
  withProject({ "a.csv": bytes }, async (folder) => {
    const { columns, rows, warnings } = await readTable(`${folder}/a.csv`, encoding === undefined ? {} : { encoding });
    return { columns, rows, said: warnings.map(({ code, row }) => (row === null ? code : `${code} ${row}`)) };
  });

const FAR = ["名前,都市,年齢", "山田太郎,東京,31", "佐藤花子,大阪,28", "李小龙,القاهرة,44"];
const ROWS = FAR.slice(1).map((line) => line.split(","));

test.each(["utf-16le", "utf-16be"])(
  "letters beyond Latin in %s are text, with a mark, without and as said",
  async (encoding) => {
    const text = `${FAR.join("\n")}\n`;
    const marked = iconv.encode(text, encoding, { addBOM: true });
    const bare = iconv.encode(text, encoding, { addBOM: false });
    for (const found of [await read(marked), await read(bare), await read(bare, encoding)])
      expect(found).toMatchObject({ columns: ["名前", "都市", "年齢"], rows: ROWS });
    expect((await read(bare)).said).toContain("encoding_guessed");
  },
);

test("a byte that stands behind the last line of UTF-16 is left out and told; where one is missing, nothing is read", async () => {
  const bytes = iconv.encode("a,b\n1,2\n", "utf-16le", { addBOM: true });
  expect(await read(Buffer.concat([bytes, Buffer.from("\n")]))).toMatchObject({
    columns: ["a", "b"],
    rows: [["1", "2"]],
    said: expect.arrayContaining(["undecodable"]),
  });
  await expect(read(Buffer.concat([bytes.subarray(0, 5), bytes.subarray(6)]))).rejects.toThrow("its bytes are not");
});

test("a mark of UTF-8 that was read as another encoding is no part of the first name", async () => {
  expect(await read(Buffer.from("ï»¿id,name\n1,Ann\n2,Bob\n"))).toMatchObject({
    columns: ["id", "name"],
    said: ["second_mark 1"],
  });
});

test("each line whose accents were encoded twice is told", async () => {
  expect((await read(Buffer.from("id,name\n1,ZoÃ«\n2,Bob\n3,NoÃ«l\n"))).said).toEqual([
    "encoded_twice 2",
    "encoded_twice 4",
  ]);
});
