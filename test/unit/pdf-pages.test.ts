import { describe, expect, test } from "vitest";
import type { Block, Table } from "../../src/document/document.ts";
import { renderPdf } from "../../src/document/pdf.ts";
import { pdfWords } from "../../src/publish/pdf-words.ts";
import { pageCount, pdfSource } from "../support/pdf-structure.ts";
import { sampleDocument, sampleFurniture } from "../support/sample-document.ts";

const ROW_OF_TWO_LINES = 25;
const PAGE = 708;

const table = (rows: number, id = "t"): Table => ({
  id,
  title: `Table ${id}`,
  columns: [
    { id: "name", header: `Header of ${id}`, kind: "name" },
    { id: "n", header: "Persons", kind: "number" },
  ],
  rows: Array.from({ length: rows }, (_, i) => ({
    cells: [{ text: `row ${id}${i}`, detail: `under ${id}${i}` }, { text: String(i) }],
  })),
});

const tableBlock = (rows: number, id: string): Block => ({ kind: "table", table: table(rows, id) });

const figure = (id: string): Block => ({
  ...{ kind: "figure", id, title: `Figure ${id}`, subtitle: "What is measured", alt: `A bar ${id}`, source: "" },
  graphic: { wide: {}, narrow: {} },
  table: table(1, `of_${id}`),
});

/** A drawing that takes this many points of a page's height. */
const drawing = (points: number): string => {
  const height = (points * 760) / 493.2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="${height}" viewBox="0 0 760 ${height}"><rect width="760" height="${height}" fill="#12436D"/></svg>`;
};

async function pdfOf(blocks: readonly Block[], heights: Readonly<Record<string, number>> = {}) {
  const drawings = new Map(
    Object.entries(heights).map(([id, points]) => [id, { wide: drawing(points), narrow: drawing(points) }]),
  );
  const first: Block = { kind: "heading", level: 2, id: "first", text: "First" };
  return renderPdf(sampleDocument({ blocks: [first, ...blocks], furniture: sampleFurniture }), drawings);
}

const pages = async (...given: Parameters<typeof pdfOf>): Promise<number> =>
  pageCount(pdfSource(await pdfOf(...given)));

describe("pages on paper", () => {
  test("a table that doesn't fit in what is left of a page is broken, not pushed to the next", async () => {
    const rows = Math.floor((PAGE * 0.55) / ROW_OF_TWO_LINES);
    const blocks = Array.from({ length: 6 }, (_, i) => tableBlock(rows, `t${i}`));
    expect(await pages(blocks)).toBeLessThanOrEqual(6);
  });

  test("a short table is broken only where much of a page would else stay empty", async () => {
    const headers = async (rows: number, a: number): Promise<number> =>
      pdfWords(await pdfOf([figure("a"), tableBlock(rows, "t")], { a })).match(/Header of t\b/g)?.length ?? 0;
    expect(await headers(8, 520)).toBe(1);
    expect(await headers(9, 520)).toBe(2);
    expect(await headers(8, 380)).toBe(2);
  });

  test("a sentence between a heading and its table stands on the table's page", async () => {
    const chapter: readonly Block[] = [
      { kind: "heading", level: 2, id: "h", text: "Chapter" },
      { kind: "text", text: "What the table is about." },
    ];
    const pageOf = async (...after: readonly Block[]): Promise<string | undefined> =>
      pdfWords(await pdfOf([figure("a"), ...chapter, ...after], { a: 555 })).match(/(\d+)\s+Chapter/)?.[1];
    expect(await pageOf()).toBe("2");
    expect(await pageOf(tableBlock(12, "t"))).toBe("3");
  });

  test("R5: a table that is broken has its headers again and all its rows once", async () => {
    const words = pdfWords(await pdfOf([tableBlock(40, "long")]));
    expect(words.match(/Header of long/g)?.length).toBe(2);
    for (let i = 0; i < 40; i++) expect(words.match(new RegExp(`\\brow long${i}\\b`, "g"))).toHaveLength(1);
  });

  test("a drawing that is a little too high gets smaller, so that its page isn't left half empty", async () => {
    const blocks = ["a", "b", "c", "d"].map(figure);
    const low = await pages(blocks, { a: 300, b: 200, c: 300, d: 200 });
    expect(await pages(blocks, { a: 300, b: 270, c: 300, d: 270 })).toBe(low);
    expect(await pages(blocks, { a: 300, b: 360, c: 300, d: 360 })).toBeGreaterThan(low);
  });

  test("a drawing higher than a page is set on one", async () => {
    expect(await pages([figure("a")], { a: 2000 })).toBe(await pages([figure("a")], { a: 560 }));
  });

  test("facts stand below the drawing behind them where it would else leave a page half empty", async () => {
    const facts: Block = {
      ...{ kind: "facts", id: "f", title: "How far" },
      facts: Array.from({ length: 6 }, (_, i) => ({ label: `Fact ${i}`, text: "What it says." })),
    };
    const order = async (b: number): Promise<number> => {
      const words = pdfWords(await pdfOf([facts, figure("b")], { b }));
      return words.lastIndexOf("Fact 0") - words.lastIndexOf("What is measured");
    };
    expect(await order(560)).toBeGreaterThan(0);
    expect(await order(200)).toBeLessThan(0);
  });

  test("statements go over two pages rather than leave one half empty, with their titles again and each once", async () => {
    const items = (side: string): readonly string[] =>
      Array.from({ length: 12 }, (_, i) => `The ${side} sentence ${i}.`);
    const statements: Block = {
      kind: "statements",
      can: { title: "Sayable", items: items("first") },
      cannot: { title: "Unsayable", items: items("second").slice(0, 3) },
    };
    const words = pdfWords(await pdfOf([figure("a"), statements], { a: 380 }));
    for (const text of [...items("first"), ...items("second").slice(0, 3)])
      expect(words.split(text).length - 1, text).toBe(1);
    const said = (title: string): number => words.split(title).length - 1;
    expect(said("Sayable") - said("Unsayable")).toBe(1);
  });

  test("contents that don't fit below the headline list chapters only", async () => {
    const blocks = Array.from({ length: 30 }, (_, i): readonly Block[] => [
      ...(i % 3 === 0 ? [{ kind: "heading", level: 2, id: `h${i}`, text: `Chapter ${i}` } as const] : []),
      tableBlock(1, `t${i}`),
    ]).flat();
    const words = pdfWords(await pdfOf(blocks));
    expect(words.match(/\bChapter 3\b/g)?.length).toBeGreaterThan(words.match(/\bTable t3\b/g)?.length ?? 0);
  });
});
