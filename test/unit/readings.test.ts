import { describe, expect, it } from "vitest";
import { checkDeclared } from "../../src/disclose/earlier/declared-groups.ts";
import { readingsOf, type Told } from "../../src/disclose/earlier/readings.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { rate } from "../support/regional-tables.ts";

const at = (region: string) => ({ region, period: "2022" });
const finding = (region: string, size: number) =>
  rate(
    at(region),
    Array.from({ length: size }, (_, i) => ({ region, year: 2022, isPlaced: i % 2 === 0 })),
  );

const shown = (region: string, size: number): Told => {
  const place = finding(region, size);
  return { place, base: size, numerator: place.cell.numerator };
};
const hidden = (region: string): Told => ({ place: finding(region, 1), base: null });

const mergedIn = (reading: ReturnType<typeof readingsOf>[number] | undefined) =>
  reading?.regions.filter(({ before, now }) => before.join() !== now.join());

describe("what the regions of an earlier edition are in a later one", () => {
  it("is nothing else where both tell of the same", () => {
    const now = [finding("network", 30), finding("a", 20), finding("b", 10)];
    expect(readingsOf(now, [shown("network", 33), shown("a", 20), hidden("b")])).toEqual([]);
  });

  it("is part of another, or gone, where the network has lost as many", () => {
    const before = [shown("network", 40), shown("gone", 10), hidden("a"), shown("b", 25)];
    const now = [finding("network", 30), finding("a", 5), finding("b", 25)];
    const left = { before: ["gone"], now: [] };
    expect(readingsOf(now, before).map(mergedIn)).toContainEqual([left]);
  });

  it("is part of another only, where the network is what it was", () => {
    const before = [shown("network", 40), shown("gone", 10), hidden("a"), shown("b", 25)];
    const now = [finding("network", 40), finding("a", 15), finding("b", 25)];
    expect(readingsOf(now, before).map(mergedIn)).toEqual([[{ before: ["gone", "a"], now: ["a"] }]]);
  });

  it("goes by names where figures leave it open", () => {
    const before = [shown("network", 40), hidden("a"), hidden("b"), hidden("north"), hidden("south")];
    const now = [finding("network", 40), finding("a", 10), finding("b", 10), finding("north and south", 20)];
    expect(readingsOf(now, before).map(mergedIn)).toEqual([[{ before: ["north", "south"], now: ["north and south"] }]]);
  });

  it("isn't what a name says where many persons speak against it", () => {
    const before = [shown("network", 140), shown("north", 100), shown("south", 40)];
    const now = [finding("network", 140), finding("upper", 100), finding("north city", 40)];
    expect(mergedIn(readingsOf(now, before)[0])).toEqual([
      { before: ["north"], now: ["upper"] },
      { before: ["south"], now: ["north city"] },
    ]);
  });
});

const ofLevel = (level: string, size: number): Finding => ({
  ...finding("a", size),
  ...(level === "total" ? {} : { dimension: "qualification", level }),
});
const sized = (levels: Readonly<Record<string, number>>): readonly Finding[] =>
  Object.entries(levels).map(([level, size]) => ofLevel(level, size));
const toldOfLevels = (levels: Readonly<Record<string, number>>, hiddenOnes: readonly string[] = []): readonly Told[] =>
  Object.entries(levels).map(([level, size]) => {
    const place = ofLevel(level, size);
    if (hiddenOnes.includes(level)) return { place, base: null };
    return { place, base: size, numerator: place.cell.numerator };
  });

const regroupedIn = (reading: ReturnType<typeof readingsOf>[number] | undefined) =>
  reading?.levels.get("qualification")?.filter(({ before, now }) => before.join() !== now.join());

describe("what the levels of an earlier edition are in a later one", () => {
  const merged = sized({ total: 60, low: 30, upper: 30 });
  const before = toldOfLevels({ total: 60, low: 30, medium: 27, high: 3 }, ["high"]);

  it("is nothing else where both tell of the same, or one of a level of nobody besides", () => {
    const now = sized({ total: 60, low: 30, medium: 27, high: 3, none: 0 });
    expect(readingsOf(now, before)).toEqual([]);
  });

  it("is the level that all that is shown of them fits", () => {
    expect(readingsOf(merged, before).map(regroupedIn)).toEqual([[{ before: ["medium", "high"], now: ["upper"] }]]);
  });

  it("is a level that kept its name, where that has taken others in", () => {
    const now = sized({ total: 60, low: 30, medium: 30 });
    const shownBefore = toldOfLevels({ total: 60, low: 30, medium: 20, high: 10 });
    const taken = { before: ["high", "medium"], now: ["medium"] };
    expect(readingsOf(now, shownBefore).map(regroupedIn)).toEqual([[taken]]);
    expect(readingsOf(now, before).map(regroupedIn)).toContainEqual([taken]);
  });

  it("is nothing any more too, where the total has lost as many", () => {
    const now = sized({ total: 57, low: 30, medium: 27 });
    const gone = { before: ["high"], now: [] };
    expect(readingsOf(now, before).map(regroupedIn)).toContainEqual([gone]);
  });

  it("is what is declared, whatever figures say", () => {
    const declared = { qualification: { upper: ["low", "high"], low: ["medium"] } };
    expect(readingsOf(merged, before, declared).map(regroupedIn)).toEqual([
      [
        { before: ["low", "high"], now: ["upper"] },
        { before: ["medium"], now: ["low"] },
      ],
    ]);
  });

  it("is guessed where what is declared is no group of this edition", () => {
    const declared = { qualification: { uper: ["medium", "high"] } };
    expect(readingsOf(merged, before, declared)).toEqual(readingsOf(merged, before));
  });

  it("can't be declared of a group that no earlier edition told of", () => {
    expect(() =>
      checkDeclared({ qualification: { upper: ["medium", "high"] }, region: { b: ["a"] } }, before),
    ).not.toThrow();
    expect(() => checkDeclared({ qualification: { upper: ["medum", "high"] } }, before)).toThrow(
      "disclosure.regrouped.qualification.upper: no earlier edition tells of 'medum'",
    );
  });
});
