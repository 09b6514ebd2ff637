import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { numberTokens } from "../../src/verify/number-tokens.ts";
import { type Pack, readPack } from "../../src/verify/pack.ts";
import { verifyStaged } from "../../src/verify/staged.ts";
import { traceCheck } from "../../src/verify/trace.ts";
import { temporaryFolder } from "../support/cli.ts";
import { sampleEdition } from "../support/sample-edition.ts";

const folder = `${sampleEdition().out}/sib-evaluation/2016.1`;
const pack = readPack(folder);
const PAGE = "reports/investor-brussels-en.html";
const BOOK = "reports/investor-brussels-en.xlsx";
const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true });
});

const withFile = (file: string, content: string | Uint8Array): Pack => ({
  ...pack,
  files: new Map([...pack.files, [file, Buffer.from(content)]]),
});
const untraced = async (changed: Pack): Promise<readonly string[]> =>
  (await traceCheck.run(changed, {})).unequal.map(({ file, what }) => `${file}: ${what}`);
const page = pack.files.get(PAGE)?.toString("utf8") ?? "";

describe("R8 every number in pages, PDFs and workbooks is found in the metrics", () => {
  it("holds for the sample in three languages, over thousands of numbers", async () => {
    const { compared, unequal } = await traceCheck.run(pack, {});
    expect(unequal).toEqual([]);
    expect(compared).toBeGreaterThan(4000);
  });

  it("a number of a table, of the text or of a chart that isn't a released one is named with its place", async () => {
    const cell = page.replace("<span>42.9%</span>", "<span>47.4%</span>");
    expect(await untraced(withFile(PAGE, cell))).toContain(`${PAGE}: 47.4 in a table ("47.4%") is no released number`);
    const text = page.replace("Between 3.9 and", "Between 37.6 and");
    expect((await untraced(withFile(PAGE, text))).join("\n")).toContain('37.6 in the text ("Between 37.6 and');
    const chart = page.replace(/(<text[^>]*>)29\.2%/, "$171.77%");
    expect((await untraced(withFile(PAGE, chart))).join("\n")).toContain("71.77 in a chart");
  });

  it("what a PDF says must stand in its page", async () => {
    const found = await untraced(withFile(PAGE, page.replaceAll("14.1", "14.2").replaceAll("13.5", "13.6")));
    expect(found.filter((what) => what.startsWith(PAGE.replace("html", "pdf"))).join("\n")).toContain("14.1");
  });

  it("each number of a workbook is told from the one that is next to it", async () => {
    const parts = unzipSync(pack.files.get(BOOK) ?? new Uint8Array());
    const [name = "", bytes] =
      Object.entries(parts).find(([, part]) => strFromU8(part).includes("0.42857142857142855")) ?? [];
    const sheet = strFromU8(bytes ?? new Uint8Array()).replace("0.42857142857142855", "0.42857143");
    const changed = zipSync({ ...parts, [name]: strToU8(sheet) });
    expect(await untraced(withFile(BOOK, changed))).toEqual([
      expect.stringMatching(/xlsx: sheet\d+ \w+: 0.42857143 is no released number/),
    ]);
  });

  it("numbers are read as each language writes them, and hashes are none", () => {
    const read = (text: string, language: "en" | "fr" | "nl") => numberTokens(text, language).map(({ value }) => value);
    expect(read("1,754 of 3,963; −0.5 (p = 0.062) 968b40cfd884", "en")).toEqual([1754, 3963, 0.5, 0.062]);
    expect(read("1\u202f754 sur 3\u202f963 ; −0,5 [3,8\u202f; 22,3]", "fr")).toEqual([1754, 3963, 0.5, 3.8, 22.3]);
    expect(read("1.754 van 3.963; −0,5 [3,8; 22,3]", "nl")).toEqual([1754, 3963, 0.5, 3.8, 22.3]);
  });
});

describe("an edition before it is published", () => {
  const copied = (change: (to: string) => void): string => {
    const to = temporaryFolder("staged");
    copies.push(to);
    cpSync(folder, to, { recursive: true });
    change(to);
    return to;
  };
  const options = { audit: true, tracing: true, earlier: [] };

  it("is verified number by number and attacked", async () => {
    expect(await verifyStaged(folder, options)).toMatch(/^\d{4,} numbers verified, \d+ hidden numbers attacked, none recovered$/);
  });

  it("is refused where a page says what no metric does", async () => {
    const staged = copied((to) => writeFileSync(join(to, PAGE), page.replace("<span>42.9%</span>", "<span>47.4%</span>")));
    await expect(verifyStaged(staged, options)).rejects.toThrow(/contradicts itself[\s\S]*47.4 in a table/);
    // its hash still tells of the change
    await expect(verifyStaged(staged, { ...options, tracing: false })).rejects.toThrow(/was changed: sha256/);
  });
});
