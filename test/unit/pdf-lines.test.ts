import { afterEach, describe, expect, test, vi } from "vitest";
import type { Block } from "../../src/document/document.ts";
import { renderPdf } from "../../src/document/pdf.ts";
import { sureGroup, sureHeader, sureLines } from "../../src/document/pdf-lines.ts";
import { uniform } from "../support/random.ts";
import { sampleDocument, sampleFurniture } from "../support/sample-document.ts";

const widths = { shares: [0.6, 0.4], hyphenate: [false, false], scale: 1 };

const lines = (...cells: ReadonlyArray<{ readonly text: string; readonly detail?: string }>) =>
  sureLines({ cells, from: cells.length }, widths, 40);

test("a row of short texts is sure to take one line, with a detail below one more", () => {
  expect(lines({ text: "Brussels" }, { text: "12" })).toEqual([[1, 0]]);
  expect(lines({ text: "Brussels" }, { text: "" })).toEqual([[1, 0]]);
  expect(lines({ text: "Brussels" }, { text: "12 %", detail: "[8, 16]" })).toEqual([[1, 1]]);
});

test("a long text takes as many lines as its words fill, however wide they are set", () => {
  expect(lines({ text: "a name that takes a good deal more than the room of its own column" }, { text: "12" })).toEqual(
    [[2, 0]],
  );
  const long = "words and words ".repeat(6);
  expect(lines({ text: long }, { text: "12 %", detail: "[8, 16]" })).toEqual([
    [3, 0],
    [1, 1],
  ]);
});

test("texts are judged as they are set: a line's end as a space, and a detail that nothing is left of as none", () => {
  expect(lines({ text: "Brus\nsels" }, { text: "12" })).toEqual([[1, 0]]);
  expect(lines({ text: "Brussels" }, { text: "12", detail: "\u2060" })).toEqual([[1, 0]]);
});

test("nothing is sure of a word that is broken, a line that is nearly full, a detail alone, or no text", () => {
  expect(lines({ text: "data-sample/programme/duos/brussels-and-flanders.csv" }, { text: "12" })).toEqual([]);
  expect(lines({ text: `${"m".repeat(13)} ${"m".repeat(13)}` }, { text: "12" })).toEqual([]);
  expect(lines({ text: "Brussels" }, { text: "", detail: "[8, 16]" })).toEqual([]);
  expect(lines({ text: "" }, { text: " " })).toEqual([]);
});

test("words across a row's cells are sure beside the cells before them, a group's name and headers in smaller letters", () => {
  const withWords = (words: string) =>
    sureLines({ cells: [{ text: "Brussels" }, { text: "" }], words, from: 1 }, widths, 40);
  expect(withWords("too few")).toEqual([[1, 0]]);
  expect(withWords("too few persons of this group to tell of")).toEqual([[2, 0]]);
  expect(sureGroup("too few persons to tell of", widths, 40)).toEqual([[1, 0]]);
  expect(sureGroup("too few persons to tell of ".repeat(4), widths, 40)).toEqual([[2, 0]]);
  expect(sureGroup("\u2060", widths, 40)).toEqual([]);
  expect(sureHeader(["Group", "Persons"], widths, 40)).toBe(1);
  expect(sureHeader(["Group", "Participants who were matched with others"], widths, 40)).toBe(2);
  expect(sureHeader(["Group", "\u00ADx".repeat(60)], widths, 40)).toBe(0);
});

describe("what is sure of lines", () => {
  // test files share their modules
  afterEach(() => {
    vi.doUnmock("../../src/document/pdf-lines.ts");
    vi.resetModules();
  });

  test("changes no byte of a PDF in which all rows are measured instead", async () => {
    const document = sampleDocument({ blocks: randomTables(), furniture: sampleFurniture });
    const sure = await renderPdf(document, new Map());
    vi.doMock("../../src/document/pdf-lines.ts", () => ({
      sureLines: () => [],
      sureGroup: () => [],
      sureHeader: () => 0,
    }));
    vi.resetModules();
    const { renderPdf: measured } = await import("../../src/document/pdf.ts");
    expect(Buffer.compare(sure, await measured(document, new Map()))).toBe(0);
  });
});

/** Tables of one to seven columns with words of all lengths. */
function randomTables(): readonly Block[] {
  const random = uniform(20261128);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const words = (most: number) =>
    Array.from({ length: Math.floor(random() * most) + 1 }, () => pick(WORDS)).join(
      pick([" ", " ", " ", " – ", "/", "\u00a0"]),
    );
  return Array.from({ length: 24 }, (_, t): Block => {
    const columns = Array.from({ length: 1 + (t % 7) }, (_, c) => ({
      ...{ id: `c${c}`, header: words(t % 5 === 0 ? 9 : 3) },
      kind: c === 0 ? ("name" as const) : pick(["number", "text"] as const),
    }));
    const rows = Array.from({ length: 12 }, (_, r) => ({
      ...(r % 5 === 0 ? { group: words(14) } : {}),
      ...(r === 11 ? { sum: true } : {}),
      cells: columns.map(({ kind }) => ({
        text: kind === "number" ? pick(NUMBERS) : words(8),
        ...(random() < 0.2 ? { detail: pick([...NUMBERS, words(5)]) } : {}),
      })),
    }));
    return { kind: "table", table: { id: `t${t}`, title: `Table ${t}`, columns, rows } };
  });
}

const WORDS =
  "of a AVA Tout participants qualification l’emploi (personnes) demandeuses, 12-mois 33\u202f477 «\u00a0oui\u00a0» arbeidsbemiddelingsdienst data-sample/programme/duos.csv 2014–2016 … % wat? zo: tewerkstelling".split(
    " ",
  );
const NUMBERS = [
  "1",
  "33\u202f477",
  "[−8.4, 32.2]",
  "12,5 %",
  "€ 1.931",
  "nearly all; too few are unmatched to publish",
  "",
];
