import { expect, test } from "vitest";
import { sureGroup, sureLines } from "../../src/document/pdf-columns.ts";

const widths = { shares: [0.6, 0.4], hyphenate: [false, false], scale: 1 };

const lines = (...cells: ReadonlyArray<{ readonly text: string; readonly detail?: string }>): number =>
  sureLines({ cells, from: cells.length }, widths, 40);

test("a row of short texts is sure to take one line, with a detail below two", () => {
  expect(lines({ text: "Brussels" }, { text: "12" })).toBe(1);
  expect(lines({ text: "Brussels" }, { text: "" })).toBe(1);
  expect(lines({ text: "Brussels" }, { text: "12 %", detail: "[8, 16]" })).toBe(2);
});

test("texts are judged as they are set: a line's end as a space, and a detail that nothing is left of as none", () => {
  expect(lines({ text: "Brus\nsels" }, { text: "12" })).toBe(1);
  expect(lines({ text: "Brussels" }, { text: "12", detail: "\u2060" })).toBe(1);
});

test("nothing is sure of a row with a long text or detail, a detail alone, or no text", () => {
  expect(lines({ text: "a name that takes more than its column's room" }, { text: "12" })).toBe(0);
  expect(lines({ text: "Brussels" }, { text: "12 %", detail: "from a good deal to very much more than that" })).toBe(0);
  expect(lines({ text: "Brussels" }, { text: "", detail: "[8, 16]" })).toBe(0);
  expect(lines({ text: "" }, { text: " " })).toBe(0);
});

test("words across a row's cells are sure where they fit beside the cells before them, a group's name where it fits the table", () => {
  const withWords = (words: string): number =>
    sureLines({ cells: [{ text: "Brussels" }, { text: "" }], words, from: 1 }, widths, 40);
  expect(withWords("too few")).toBe(1);
  expect(withWords("too few persons of this group to tell of")).toBe(0);
  expect(sureGroup("too few persons to tell of", widths, 40)).toBe(1);
  expect(sureGroup("too few persons to tell of".repeat(4), widths, 40)).toBe(0);
  expect(sureGroup("\u2060", widths, 40)).toBe(0);
});
