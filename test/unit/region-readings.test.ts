import { describe, expect, it } from "vitest";
import { readingsOf, type Told } from "../../src/disclose/region-readings.ts";
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
  reading?.blocks.filter(({ before, now }) => before.join() !== now.join());

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
