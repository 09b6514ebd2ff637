import { describe, expect, it } from "vitest";
import { loadMessages } from "../../src/wording/messages.ts";
import { decimal, longDate, percent, points, rounded } from "../../src/wording/numbers.ts";

const en = loadMessages("en");

describe("numbers", () => {
  it("write a true minus and no negative zero", () => {
    expect(points(-0.006, "en-GB")).toBe("\u22120.6");
    expect(points(-0.0004, "en-GB")).toBe("0.0");
    expect(Object.is(rounded(-0.0001, 1), 0)).toBe(true);
  });

  it("round halves away from zero as the decimal reads, negative ones as a workbook does", () => {
    expect(rounded(1.005, 2)).toBe(1.01);
    expect([rounded(-0.265, 2), rounded(-1.005, 2), rounded(-14.5, 0)]).toEqual([-0.27, -1.01, -15]);
    expect([rounded(3e-8, 2), rounded(-3e-8, 2)]).toEqual([0, 0]);
    expect(rounded(14.5, 0)).toBe(15);
    expect(rounded(0.145 * 100, 0)).toBe(15);
  });

  it("follow the locale", () => {
    expect(percent(0.123, "en-GB")).toBe("12.3%");
    expect(percent(0.123, "fr-BE")).toBe("12,3\u00a0%");
    expect(percent(0.123, "nl-BE")).toBe("12,3%");
    expect(decimal(1234.5, 1, "fr-BE")).toBe("1\u202f234,5");
    expect(decimal(1234.5, 1, "nl-BE")).toBe("1.234,5");
    expect(longDate("2026-03-01", "fr-BE")).toBe("1er mars 2026");
    expect(longDate("2026-03-05", "nl-BE")).toBe("5 maart 2026");
  });
});

describe("messages", () => {
  it("know their keys at the type check", () => {
    // @ts-expect-error a key that no language has
    expect(() => en.text("investor.no_such_key")).toThrow(/missing/);
  });

  it("throw for a key that is missing", () => {
    expect(() => en.named("covariate", "no_such_key")).toThrow(/covariate\.no_such_key is missing/);
  });
});
