import { describe, expect, it } from "vitest";
import { conclusion, conclusionRule } from "../../src/wording/interval-sentence.ts";
import { loadMessages } from "../../src/wording/messages.ts";
import { decimal, longDate, percent, points, rounded } from "../../src/wording/numbers.ts";

const en = loadMessages("en");

describe("conclusion", () => {
  it.each([
    [0.036, 0.148, true, "higher", "Between 3.6 and 14.8 percentage points more participants were"],
    [-0.148, -0.036, true, "lower", "Between 3.6 and 14.8 percentage points fewer participants were"],
    [-0.006, 0.19, true, "unclear", "lies between 0.6 percentage points lower and 19.0 higher"],
    [0, 0.19, true, "unclear", "lies between 0.0 percentage points lower and 19.0 higher"],
    [0.036, 0.148, false, "poorMatch", "We draw no conclusion"],
    [null, null, true, "tooFew", "too few people"],
  ] as const)("[%s, %s] with checks %s reads %s", (lower, upper, supported, rule, words) => {
    const result = conclusion({ lower, upper, supported }, en, "days90");
    expect(result.rule).toBe(rule);
    expect(result.headline).toContain(words);
  });

  it("never says that there is no effect", () => {
    const { headline, lead } = conclusion({ lower: -0.01, upper: 0.01, supported: true }, en, "days90");
    expect(`${headline} ${lead}`).toMatch(/does not prove there is no effect/);
    expect(`${headline} ${lead}`).not.toMatch(/had no effect|there was no difference/);
  });

  it("writes more digits where rounding would turn a limit that excludes 0 into 0", () => {
    const { headline } = conclusion({ lower: 0.0003, upper: 0.2, supported: true }, en, "days90");
    expect(headline).toContain("Between 0.03 and 20.00");
  });

  it("does not call a result higher that the family's correction takes back", () => {
    expect(conclusionRule({ lower: 0.01, upper: 0.2, supported: true, significant: false })).toBe("unclear");
  });
});

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
  it("throw for a key that is missing", () => {
    expect(() => en.text("no.such.key")).toThrow(/no\.such\.key is missing/);
  });
});
