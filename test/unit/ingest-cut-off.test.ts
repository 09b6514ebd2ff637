import { describe, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";

const codes = (text: string): readonly string[] => readDelimited(text).warnings.map(({ code }) => code);
const file = (cells: readonly string[]): string =>
  ["id,last", ...cells.map((cell, i) => `${i + 1},${cell}`)].join("\n");

describe("a file without a line end at its end", () => {
  const CUT: ReadonlyArray<readonly [string, readonly string[]]> = [
    ["a date", ["2016-01-31", "2016-02-01", "2016-03-02", "2016-0"]],
    ["decimals", ["10.50", "12.25", "7.30", "11.2"]],
    ["an address", ["a@example.org", "b@example.org", "c@example.org", "d@exa"]],
    ["one of few words", ["open", "late", "open", "open", "late", "op"]],
    ["a sign behind figures", ["10 %", "20 %", "7 %", "30"]],
    ["a bracket", ["a (1)", "b (2"]],
    ["a cell that no other row lacks", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "1", ""]],
    ["words with a separator of other files behind them", ["late", "open", "gone", "new", "late;"]],
    ["nothing but a blank", ["late", "open", "gone", "", " "]],
    ["a sentence", ["It is.", "It was.", "No!", "Why?", "It may be.", "It will b"]],
    ["a code of one length", ["AB-12-X", "AB-13-X", "AB-14-Y", "AB-1"]],
  ];
  test.each(CUT)("%s that is cut off is told", (_, cells) => {
    expect(codes(file(cells))).toContain("cut_off");
    expect(codes(`${file(cells)}\n`)).not.toContain("cut_off");
  });

  test("a row whose last cell has lost its quotes is told", () => {
    const lines = ["x", "a", "b", "c", ""].map((cell, i) => (cell === "" ? '"4",' : `"${i}","${cell}"`));
    expect(codes(lines.join("\n"))).toContain("cut_off");
  });

  const WHOLE: ReadonlyArray<readonly [string, readonly string[]]> = [
    ["like the others", ["2016-01-31", "2016-02-01", "2016-03-02", "2016-04-01"]],
    ["of decimals that are not filled up", ["10.55", "12.25", "7.35", "11.2"]],
    ["a smaller number", ["100", "250", "731", "46"]],
    ["a word that stands once", ["open", "late", "open", "open", "late", "gone"]],
    ["nothing among gaps", ["1", "2", "", "4", "5", "6", "7", ""]],
    ["in words that say there is nothing", ["1.50", "2.50", "3.00", "n/a"]],
    ["in quotes", ["2016-01-31", "2016-02-01", "2016-03-02", '"2016"']],
  ];
  test.each(WHOLE)("a last cell %s is whole", (_, cells) => {
    expect(codes(file(cells))).not.toContain("cut_off");
  });
});
