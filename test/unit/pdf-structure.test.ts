import { beforeAll, describe, expect, test } from "vitest";
import type { Document } from "../../src/document/document.ts";
import { renderPdf } from "../../src/document/pdf.ts";
import { alternatives, bookmarks, pdfSource, tagCounts } from "../support/pdf-structure.ts";
import { sampleDocument, sampleDrawings } from "../support/sample-document.ts";

const render = (document: Document): Promise<Uint8Array> => renderPdf(document, sampleDrawings(document));

describe("R11: a report as PDF", () => {
  const document = sampleDocument();
  let bytes = new Uint8Array();
  let source = "";
  beforeAll(async () => {
    bytes = new Uint8Array(await render(document));
    source = pdfSource(bytes);
  });

  test("states that it conforms to PDF/UA-1, is tagged and shows its title", () => {
    expect(source).toContain("<pdfuaid:part>1</pdfuaid:part>");
    expect(source).toMatch(/\/MarkInfo <<\s+\/Marked true/);
    expect(source).toMatch(/\/StructTreeRoot \d+ 0 R/);
    expect(source).toMatch(/\/DisplayDocTitle true/);
  });

  test("names its title, language, organisation and keywords", () => {
    expect(source).toContain("/Lang (en-GB)");
    expect(Buffer.from(source, "latin1").toString("utf8")).toContain(`>${document.title}</rdf:li>`);
    expect(source).toContain(`<rdf:li>${document.organisation}</rdf:li>`);
    expect(source).toContain("/Keywords (impact evaluation, placement rate)");
  });

  test("gives every figure its alternative text", () => {
    const wanted = document.blocks.flatMap((block) => {
      if (block.kind === "keyFigures")
        return block.figures.flatMap(({ trend }) => (trend === undefined ? [] : [trend.alt]));
      return block.kind === "figure" ? [block.alt] : [];
    });
    expect(tagCounts(source).get("Figure")).toBe(wanted.length);
    expect(new Set(alternatives(source))).toEqual(new Set(wanted));
  });

  test("has one first heading, the headline, and a bookmark for every heading in order", () => {
    const titles = bookmarks(source);
    const wanted = document.blocks.flatMap((block) => (block.kind === "heading" ? [block.text] : []));
    expect(tagCounts(source).get("H1")).toBe(1);
    expect(titles[0]).toBe(document.headline);
    expect(titles.filter((title) => wanted.includes(title))).toEqual(wanted);
  });

  test("marks each column's header and repeats headers only in sight, not in structure", () => {
    const headers = document.blocks.flatMap((block) =>
      "table" in block ? block.table.columns.filter((column) => column.where !== "sheet") : [],
    );
    expect(tagCounts(source).get("TH")).toBe(headers.length);
    expect([...source.matchAll(/\/Scope \/Column/g)]).toHaveLength(headers.length);
  });

  test("holds no font but Inter", () => {
    const fonts = [...source.matchAll(/\/BaseFont \/[A-Z]+\+(\S+)/g)].map(([, name]) => name);
    expect(new Set(fonts)).toEqual(new Set(["Inter-Regular", "Inter-SemiBold"]));
  });

  test("is dated by the document, not by the clock", () => {
    expect(source).toContain("/CreationDate (D:20181231000000Z)");
    expect(source).toContain("<xmp:ModifyDate>2018-12-31T00:00:00Z</xmp:ModifyDate>");
  });

  test("is the same to the byte when made again in another time zone", async () => {
    const zone = process.env.TZ;
    process.env.TZ = "Pacific/Auckland";
    const again = await render(sampleDocument());
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(Buffer.compare(Buffer.from(again), Buffer.from(bytes))).toBe(0);
  });
});

describe("what a PDF needs", () => {
  test("a figure without alternative text is refused by name", async () => {
    const blocks = sampleDocument().blocks.map((block) => (block.kind === "figure" ? { ...block, alt: " " } : block));
    await expect(render(sampleDocument({ blocks }))).rejects.toThrow("figure cohorts has no alternative text");
  });

  test("a figure without a drawing is refused by name", async () => {
    await expect(renderPdf(sampleDocument(), new Map())).rejects.toThrow("figure cohorts has no drawing");
  });

  test("the language and region of each of the three languages are in the file", async () => {
    for (const [language, locale] of [
      ["fr", "fr-BE"],
      ["nl", "nl-BE"],
    ] as const)
      expect(pdfSource(await render(sampleDocument({ language, locale })))).toContain(`/Lang (${locale})`);
  });

  test("without a name for the annex each table follows its figure", async () => {
    const { annex: _, ...furniture } = sampleDocument().furniture;
    const source = pdfSource(await render(sampleDocument({ furniture })));
    expect(bookmarks(source)).not.toContain("Tables behind the figures");
    expect(tagCounts(source).get("Table")).toBe(5);
  });

  test("a document of a headline alone is a page", async () => {
    const { notice: _, margin: __, ...bare } = sampleDocument({ blocks: [], facts: [], lead: "", keywords: [] });
    const source = pdfSource(await render(bare));
    expect(bookmarks(source)).toEqual([bare.headline]);
  });

  test("a chapter that opens with a smaller heading gets no gap in its levels", async () => {
    const blocks = [{ kind: "heading", level: 3, id: "small", text: "Small first" }] as const;
    const source = pdfSource(await render(sampleDocument({ blocks })));
    expect(tagCounts(source).get("H2")).toBe(1);
    expect(tagCounts(source).get("H3")).toBeUndefined();
  });
});
