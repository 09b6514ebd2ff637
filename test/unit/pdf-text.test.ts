import { describe, expect, test } from "vitest";
import { renderPdf } from "../../src/document/pdf.ts";
import { columnWidths } from "../../src/document/pdf-columns.ts";
import { pdfContent } from "../../src/document/pdf-content.ts";
import { printable, printableSvg } from "../../src/document/pdf-font.ts";
import { NAUGHTY } from "../support/naughty-strings.ts";
import { bookmarks, pdfSource } from "../support/pdf-structure.ts";
import { sampleDocument, sampleDrawings } from "../support/sample-document.ts";
import { everywhere } from "../support/texts-everywhere.ts";

describe("text on paper", () => {
  test("keeps what the font can set: accents, minus, narrow spaces, Greek and Cyrillic", () => {
    const text = "Évaluation d’impact : −3,2 % [−0,4, 5 000 €] œuvre, Δ и Ж";
    expect(printable(text)).toBe(text);
  });

  test("shows one square for each sign that the font lacks", () => {
    expect(printable("a 👩‍👩‍👧‍👦 b 🇧🇪 c 中")).toBe("a □ b □ c □");
  });

  test("drops controls and turns line ends into spaces", () => {
    expect(printable("a\u0000b\u0007c\u202Ed\uFEFFe\r\nf\tg")).toBe("abcde f g");
  });

  test("gives a word without end places to break and leaves its letters", () => {
    const broken = printable("x".repeat(95));
    expect(broken.replaceAll("\u200B", "")).toBe("x".repeat(95));
    expect(broken).toContain("\u200B");
  });

  test("changes the words of a drawing and nothing else of it", () => {
    const svg = `<svg><path d="M0,0${"L1,1".repeat(40)}"/><text>👍 ok &amp; fine</text>\n</svg>`;
    expect(printableSvg(svg)).toBe(svg.replace("👍", "□"));
  });

  test("is never read as markup", async () => {
    const text = '#panic("no") *bold* _slanted_ $x^2$ `raw` @ref <label> // comment \\';
    const blocks = [{ kind: "heading", level: 2, id: "h", text }] as const;
    const document = sampleDocument({ blocks });
    expect(bookmarks(pdfSource(await renderPdf(document, new Map())))).toContain(text);
  });

  test.each([0, 5, 13])("may be a naughty string in any field (turned by %i)", async (turn) => {
    const document = everywhere([...NAUGHTY.slice(turn), ...NAUGHTY.slice(0, turn)]);
    const source = pdfSource(await renderPdf(document, sampleDrawings(document)));
    expect(bookmarks(source).length).toBeGreaterThan(5);
    expect(source).toContain("<pdfuaid:part>1</pdfuaid:part>");
  });
});

test.each([
  ["too few", 4],
  ["Too few people to publish", 2],
])(
  "hidden figures at a row's end say %j in each cell where it is short, across them where it is long",
  (text, count) => {
    const hidden = { text, marker: "[c]" };
    const table = {
      ...{ id: "t", title: "T" },
      columns: ["name", "a", "b", "c"].map((id, i) => ({ id, header: id, kind: i === 0 ? "name" : "number" }) as const),
      rows: [{ cells: [{ text: "row" }, { text: "1", value: 1 }, hidden, hidden] }],
    };
    const { blocks } = pdfContent(sampleDocument({ blocks: [{ kind: "table", table }] }), new Map());
    expect(blocks).toMatchObject([{ table: { rows: [{ cells: { length: count } }] } }]);
  },
);

describe("widths of a table's columns", () => {
  const column = (id: string, header: string, kind: "name" | "number") => ({ id, header, kind });
  const row = (...texts: string[]) => ({ cells: texts.map((text) => ({ text })), from: texts.length });

  test("share the whole width", () => {
    const columns = [column("a", "Group", "name"), column("b", "Persons", "number"), column("c", "Share", "number")];
    const { shares, scale } = columnWidths(columns, [row("Women", "120", "12.0%")], 50);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(scale).toBe(1);
  });

  test("shrink the text where even single words are too wide", () => {
    const columns = Array.from({ length: 12 }, (_, index) => column(`c${index}`, "Unemployment", "number"));
    const { shares, scale } = columnWidths(columns, [row(...columns.map(() => "1,234,567"))], 50);
    expect(scale).toBeLessThan(1);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test("break a long word only where the column cannot hold it", () => {
    const columns = [
      column("a", "Naam", "name"),
      ...["b", "c", "d"].map((id) => column(id, "Betrouwbaarheidsinterval", "number")),
    ];
    const rows = [row("Gent", "1", "2", "3")];
    expect(columnWidths(columns, rows, 60).hyphenate).toEqual([false, false, false, false]);
    expect(columnWidths(columns, rows, 30).hyphenate).toEqual([false, true, true, true]);
  });

  test("leave room for the words of a row that is not published", () => {
    const columns = [column("a", "Group", "name"), column("b", "n", "number")];
    const words = "Not published, so that a smaller group cannot be worked out.";
    const { shares } = columnWidths(columns, [row("Women", "120"), { ...row("Men", ""), words, from: 1 }], 55);
    expect(shares[1]).toBeGreaterThan(0.5);
  });
});
