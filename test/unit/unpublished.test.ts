import { describe, expect, it } from "vitest";
import { drawingsOf } from "../../reports/drawings.ts";
import { regionReport } from "../../reports/region.ts";
import { NETWORK } from "../../reports/year/place.ts";
import { END_REASONS } from "../../src/catalogue/staging.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Block, Document } from "../../src/document/document.ts";
import { renderHtml } from "../../src/document/html.ts";
import { pageRows } from "../../src/document/page-rows.ts";
import { pdfContent } from "../../src/document/pdf-content.ts";
import { bookOf } from "../../src/document/xlsx-content.ts";
import { releasedValue, yearInput } from "../support/year-values.ts";

const YEARS = ["2022", "2023", "2024"];
const ended = { metric: "duos_ended", arm: "duos", dimension: "end_reason", unit: "rows" } as const;

const everyYear = (level: string, hidden: "A" | "D"): readonly Released[] =>
  YEARS.map((period) => releasedValue({ ...ended, level, period, hidden }));

const reasons = (hidden: (index: number) => "A" | "D"): readonly Released[] =>
  [...END_REASONS, "unknown"].flatMap((level, i) => everyYear(level, hidden(i)));

const persons = (dimension: string, level: string, values: ReadonlyArray<number | "A" | "D">): readonly Released[] =>
  values.map((value, i) =>
    releasedValue({
      ...{ metric: "persons_in_duos", arm: "mentors", dimension, level, period: YEARS[i] ?? "", unit: "persons" },
      ...(typeof value === "number" ? { value, n: value } : { hidden: value }),
    }),
  );

const report = (values: readonly Released[], language: "en" | "fr" | "nl" = "en"): Document =>
  regionReport(yearInput(values, language));
type Of<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;
const named = ({ blocks }: Document): readonly Of<"unpublished">[] =>
  blocks.flatMap((block) => (block.kind === "unpublished" ? [block] : []));
const tableBlock = ({ blocks }: Document, id: string): Of<"table"> | undefined =>
  blocks.flatMap((block) => (block.kind === "table" && block.table.id === id ? [block] : []))[0];
const sheetOf = (document: Document, title: string) =>
  bookOf(document).sheets.find(({ lines }) => lines[0]?.text === title);

describe("a table of which nothing is published", () => {
  it.each([
    ["en", "Not published here", "Why duos ended", "Ran its course"],
    ["fr", "Non publié ici", "Pourquoi les duos se terminent", "Accompagnement achevé"],
    ["nl", "Hier niet getoond", "Waarom duo’s eindigden", "Begeleiding afgerond"],
  ] as const)(
    "is named on the page and on paper with each of its rows in %s, and kept in the workbook",
    async (language, title, table, row) => {
      const document = report(
        reasons(() => "A"),
        language,
      );
      const [block] = named(document);
      expect(block).toMatchObject({ title, facts: [{ label: table }] });
      expect(block?.facts[0]?.text.split("; ")).toHaveLength(END_REASONS.length + 1);
      expect(block?.facts[0]?.text).toContain(row);
      const drawings = await drawingsOf(document);
      for (const output of [renderHtml(document, drawings), JSON.stringify(pdfContent(document, drawings))]) {
        for (const text of [title, table]) expect(output).toContain(text);
        expect(output.split(row)).toHaveLength(2);
      }
      const markers = sheetOf(document, table)?.table?.rows.flatMap((cells) =>
        cells.slice(1).map((cell) => ("text" in cell ? cell.text : "")),
      );
      expect(markers).toEqual(Array.from({ length: 3 * (END_REASONS.length + 1) }, () => "[c]"));
    },
  );

  it("says the same whatever each figure is hidden for, so less than its cells did", () => {
    const [few, mixed] = [report(reasons(() => "A")), report(reasons((i) => (i % 2 === 0 ? "A" : "D")))];
    expect(named(mixed).map(({ tables: _, ...said }) => said)).toEqual(
      named(few).map(({ tables: _, ...said }) => said),
    );
  });

  it("stands at its chapter's end, with the others of its chapter", () => {
    const { blocks } = report(reasons(() => "A"));
    const at = blocks.findIndex(({ kind }) => kind === "unpublished");
    expect(blocks[at + 1]).toMatchObject({ kind: "heading", level: 2, id: "outcomes" });
  });

  it("stays a table where any figure of the region's own is told, or a row has nothing to hide", () => {
    const one = releasedValue({ ...ended, level: "moved", period: "2024", value: 7, n: 7 });
    const others = reasons(() => "A").filter(({ level, period }) => level !== "moved" || period !== "2024");
    expect(named(report([...others, one]))).toEqual([]);
    expect(named(report(others.filter(({ level }) => level !== "moved")))).toEqual([]);
  });

  it("is one whatever the network tells beside it", () => {
    const share = { metric: "duos_completed", arm: "duos" } as const;
    const own = ["2022", "2023", "2024", "2022-2024"].map((period) =>
      releasedValue({ ...share, period, hidden: "A" as const }),
    );
    const network = releasedValue({ ...share, region: NETWORK, value: 0.9, lower: 0.8, upper: 0.95, n: 90 });
    const [first] = named(report([...own, network]));
    expect(first?.facts).toMatchObject([{ label: "Duos by year", text: expect.stringContaining("Completed (%)") }]);
  });
});

describe("rows of which nothing is published, where they are most of a table", () => {
  const values = [
    ...persons("gender", "man", [9, 11, 8]),
    ...persons("age_band", "50-54", ["A", "A", "A"]),
    ...persons("age_band", "60-64", ["A", 7, 8]),
    ...persons("former_sector", "Health", ["D", "A", "A"]),
    ...persons("former_sector", "Industry", ["A", "A", "D"]),
  ];

  it("are named under it by their groups, and are rows of the workbook alone", () => {
    const document = report(values);
    const block = tableBlock(document, "profile_mentors");
    const shown = pageRows(block?.table.rows ?? []).map(({ group, cells }) => [group, cells[0]?.text]);
    expect(shown).toEqual([
      ["Gender", "Men"],
      ["Age", "60–64 years"],
    ]);
    expect(block?.margin).toEqual([
      {
        lead: "Not published:",
        text: "Age: 50–54 years. Former sector: Health; Industry. There are too few people, or a smaller group could be worked out.",
      },
    ]);
    expect(block?.cellNotes).toBe("“Too few”: too few people to publish, those counted or those left over.");
    expect(sheetOf(document, "Mentors")?.table?.rows).toHaveLength(5);
    const above = sheetOf(document, "Mentors")?.lines.map(({ text }) => text) ?? [];
    expect(above).toContain("Source: synthetic sample data.");
    expect(above.join(" ")).not.toContain("“Too few”");
  });

  it("stay in their place where they are fewer", () => {
    const block = tableBlock(report(values.filter(({ level }) => level !== "Industry")), "profile_mentors");
    expect(pageRows(block?.table.rows ?? [])).toHaveLength(4);
    expect(block?.margin).toBeUndefined();
  });
});

it("a word for a figure that isn't published is explained where it stands, and no other", () => {
  const values = [...persons("gender", "man", [9, "D", 8]), ...persons("gender", "woman", [9, 8])];
  expect(tableBlock(report(values), "profile_mentors")?.cellNotes).toBe(
    "“Withheld”: not published, so that a smaller group cannot be worked out. “No value”: nothing to count or to compute.",
  );
});
