import { describe, expect, test } from "vitest";
import { textWidth, wrap } from "../../src/chart/metrics.ts";
import { plotScale, position, roundTicks, tickText } from "../../src/chart/plot-scale.ts";

const ANY = [-Infinity, Infinity] as const;

describe("plotScale", () => {
  test("places the outermost values the inset away from the ends", () => {
    const scale = plotScale([30, 50], [100, 300], { left: 40, right: 20 });
    expect(position(scale, 30)).toBeCloseTo(140, 9);
    expect(position(scale, 50)).toBeCloseTo(280, 9);
  });

  test("gives one value, equal values and no value a scale too", () => {
    for (const values of [[], [3], [0, 0]]) {
      const { domain } = plotScale(values, [0, 100], { left: 10, right: 10 });
      expect(domain[0]).toBeLessThan(domain[1]);
    }
  });
});

describe("roundTicks", () => {
  const scale = (from: number, to: number) => ({ domain: [from, to] as const, range: [0, 100] as const });

  test("steps by 1, 2 or 5 times a power of ten, no closer than the gap", () => {
    expect(roundTicks(scale(-7, 23), 30, ANY)).toEqual([0, 10, 20]);
    expect(roundTicks(scale(0, 100), 25, ANY)).toEqual([0, 50, 100]);
    expect(roundTicks(scale(0, 0.43), 20, ANY)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  });

  test("stays within its bounds: no rate below 0 or above 100", () => {
    expect(roundTicks(scale(-8, 12), 20, [0, 100])).toEqual([0, 5, 10]);
    expect(roundTicks(scale(85, 108), 20, [0, 100])).toEqual([85, 90, 95, 100]);
  });
});

describe("tickText", () => {
  test("writes a true minus, and a plus where values are differences", () => {
    expect(tickText(-10, "en-GB", true)).toBe("\u221210");
    expect(tickText(10, "en-GB", true)).toBe("+10");
    expect(tickText(0, "en-GB", true)).toBe("0");
    expect(tickText(0.2, "fr-BE", false)).toBe("0,2");
  });
});

describe("textWidth", () => {
  test("agrees with the font's tables: tabular digits of Inter are equally wide", () => {
    expect(textWidth("1111", 13)).toBeCloseTo(textWidth("8888", 13), 9);
    expect(textWidth("WWWW", 13)).toBeGreaterThan(3 * textWidth("llll", 13));
    expect(textWidth("Points", 26)).toBeCloseTo(2 * textWidth("Points", 13), 9);
  });
});

describe("wrap", () => {
  test("breaks at spaces and keeps lines within the width", () => {
    const lines = wrap("Not published, so that a smaller group cannot be worked out.", 160, 14);
    expect(lines.length).toBeGreaterThan(1);
    expect(Math.max(...lines.map((line) => textWidth(line, 14)))).toBeLessThanOrEqual(160);
    expect(lines.join(" ")).toBe("Not published, so that a smaller group cannot be worked out.");
  });

  test("leaves a word whole that is wider than the width, and keeps line breaks", () => {
    expect(wrap("Arbeitsmarktintegrationsprogramm", 20, 14)).toEqual(["Arbeitsmarktintegrationsprogramm"]);
    expect(wrap("Points\n[95% interval]", 500, 13)).toEqual(["Points", "[95% interval]"]);
  });
});
