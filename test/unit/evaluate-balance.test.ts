import { describe, expect, it } from "vitest";
import { balance, largest } from "../../src/evaluate/balance.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";

const patterns: Patterns = {
  size: 4,
  arm: Uint8Array.of(1, 1, 0, 0),
  month: new Int32Array(4),
  covariates: [
    { kind: "numeric", name: "age", values: Float64Array.of(20, 30, 20, 40) },
    { kind: "numeric", name: "flag", values: Float64Array.of(1, 0, 0, 0) },
    { kind: "numeric", name: "constant", values: Float64Array.of(5, 5, 5, 6) },
    { kind: "numeric", name: "partly", values: Float64Array.of(1.5, Number.NaN, 2.5, Number.NaN) },
    { kind: "categorical", name: "gender", codes: Int32Array.of(0, 1, 0, 0), levels: ["man", "woman", "other"] },
  ],
  rows: Float64Array.of(2, 2, 3, 1),
};
const entries = balance(patterns, Float64Array.of(1, 1, 0, 1));
const of = (covariate: string, measure: string, level: string | null = null) =>
  entries.find((e) => e.covariate === covariate && e.measure === measure && e.level === level);

describe("balance on patterns", () => {
  it("counts a pattern as often as it has rows", () => {
    const sd = Math.sqrt(100 / 3);
    expect(of("age", "difference")).toMatchObject({ before: 0, after: -15 });
    expect(of("age", "smd")?.after).toBeCloseTo(-15 / sd, 12);
    expect(of("age", "smd")?.denominator).toBeCloseTo(sd, 12);
    expect(of("age", "ecdfMax")).toMatchObject({ before: 0.25, after: 1 });
  });

  it("divides 0/1 and levels by sqrt(p(1-p)) and has no variance ratio for them", () => {
    expect(of("flag", "smd")).toMatchObject({ before: 1, denominator: 0.5 });
    expect(of("gender", "smd", "woman")).toMatchObject({ before: 1, after: 1, denominator: 0.5 });
    expect(of("gender", "varianceRatio", "woman")).toMatchObject({ before: null, after: null });
  });

  it("shows the raw difference where participants don't vary", () => {
    expect(of("constant", "smd")).toMatchObject({ before: -0.25, after: -1, denominator: 0 });
    expect(of("gender", "smd", "other")).toMatchObject({ before: 0, after: 0 });
  });

  it.each([0.1, 1234.567, 1 / 3])("finds no difference in a number that is %s for everybody", (value) => {
    const constant: Patterns = {
      ...patterns,
      covariates: [{ kind: "numeric", name: "constant", values: new Float64Array(4).fill(value) }],
      rows: Float64Array.of(3, 4, 6, 11),
    };
    const told = balance(constant, Float64Array.of(1, 1, 0.3, 0.7));
    const pairs = (measure: string) =>
      told.filter((e) => e.measure === measure).map(({ before, after }) => [before, after]);
    expect([pairs("smd"), pairs("difference")]).toEqual([[[0, 0]], [[0, 0]]]);
    expect(pairs("varianceRatio")).toEqual([[null, null]]);
  });

  it("leaves unknown numbers out of their own row", () => {
    expect(of("partly", "difference")).toMatchObject({ before: -1, after: null });
  });

  it("is null, never NaN, when an arm is empty", () => {
    const none = balance(patterns, new Float64Array(4));
    expect(none.every((entry) => entry.after === null)).toBe(true);
    expect(largest(none, "smd")).toBeNull();
    const alone = balance({ ...patterns, arm: new Uint8Array(4) }, new Float64Array(4));
    expect(alone.every((entry) => entry.before === null && entry.after === null)).toBe(true);
  });
});
