import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeboVerdict } from "../../src/evaluate/placebo.ts";
import type { PlacedEffect } from "../../src/impact/analysis.ts";
import { shownMonths } from "../../src/impact/curve-findings.ts";
import { paymentFindings } from "../../src/impact/payment-findings.ts";
import { packageRoot } from "../../src/package-root.ts";
import { loadContract } from "../../src/protocol/contract.ts";
import { loadProject } from "../../src/protocol/project.ts";
import { UserError } from "../../src/user-error.ts";
import { loadMessages } from "../../src/wording/messages.ts";
import { bracketed, euros } from "../../src/wording/numbers.ts";

const THRESHOLD = 5;
const MONTHS = 12;

describe("months of a curve", () => {
  const placed = fc.array(fc.nat(12), { minLength: MONTHS + 1, maxLength: MONTHS + 1 });
  const by = (counts: readonly number[], month: number): number =>
    counts.slice(0, month + 1).reduce((sum, count) => sum + count, 0);

  it("are told only where no step between them, and nobody left over, is a small count in either arm", () => {
    fc.assert(
      fc.property(placed, placed, fc.nat(20), fc.nat(60), (own, other, left, published) => {
        const arms = [
          { arm: "participants", persons: by(own, MONTHS) + left, placed: own },
          { arm: "controls", persons: by(other, MONTHS) + 50, placed: other },
        ] as const;
        const known = { persons: arms[0].persons, placed: published };
        const shown = shownMonths(arms, [{ participants: known, controls: { persons: 0, placed: 0 } }], {
          months: MONTHS,
          threshold: THRESHOLD,
        });
        for (const { placed: counts, persons } of arms) {
          const totals = [0, ...shown.map(({ month }) => by(counts, month)), persons];
          for (let i = 1; i < totals.length && shown.length > 0; i++)
            expect((totals[i] ?? 0) - (totals[i - 1] ?? 0)).toBeGreaterThanOrEqual(THRESHOLD);
        }
        const distance = Math.abs(by(own, MONTHS) - published);
        if (shown.at(-1)?.month === MONTHS) expect(distance === 0 || distance >= THRESHOLD).toBe(true);
      }),
    );
  });

  it("keep the last one where some must go, each with the persons since the one before", () => {
    const counts = [0, 9, 2, 9, 9, 2, 9, 9, 9, 9, 9, 3, 9];
    const arms = (["participants", "controls"] as const).map((arm) => ({ arm, persons: 200, placed: counts }));
    const shown = shownMonths(arms, [], { months: MONTHS, threshold: THRESHOLD });
    expect(shown.map(({ month }) => month)).toEqual([2, 3, 5, 6, 7, 8, 9, 11, 12]);
    expect(shown.at(-1)?.cells.participants).toEqual({ kind: "rate", numerator: 9, base: 200 - 79 });
  });
});

describe("the placebo test", () => {
  it.each([
    [0, 0.02, "passed"],
    [0.01, 0.02, "passed"],
    [0.03, 0.03, "inconclusive"],
    [0.06, 0.02, "failed"],
    [-0.2, 0.02, "failed"],
    [0.03, 0, "not-informative"],
    [null, null, "not-informative"],
  ] as const)("of a difference of %s with error %s, held against 0.05, is %s", (estimate, se, outcome) => {
    expect(placeboVerdict(estimate, se, 0.05).outcome).toBe(outcome);
  });
});

describe("payment", () => {
  const evaluation = loadProject(`${packageRoot()}/pipelines/sib-evaluation.yaml`).pipeline.evaluation;
  const file = loadContract(`${packageRoot()}/pipelines`, evaluation);
  if (file === undefined) throw new Error("the sample names a contract");
  const context = { region: "brussels", asOf: "2018-03-31", pooled: "2014-2016" };
  const effect = (estimate: number | null, lower: number | null, upper: number | null): PlacedEffect =>
    ({
      definition: "days90",
      after: 0,
      period: "2014-2016",
      dimension: "total",
      level: "total",
      effect: { relative: { estimate, lower, upper } },
      participants: { persons: 322, placed: 135 },
      controls: { persons: 3963, placed: 1500 },
    }) as unknown as PlacedEffect;
  const paid = (of: PlacedEffect, failedVerdicts: readonly string[] = [], overridden = false) =>
    paymentFindings(file, [of], { failedVerdicts, overridden }, context).map(({ metric, value, lower, upper }) => [
      metric,
      value,
      lower,
      upper,
    ]);

  it("gives band, amount and return at the estimate, least and most over the whole interval", () => {
    expect(paid(effect(0.75, 0.4, 0.9))).toEqual([
      ["payment_allowed", 1, null, null],
      ["payment_reading", 0.75, 0.4, 0.9],
      ["payment_band", 3, 2, 3],
      ["payment_amount", 387_519.71, 347_000, 413_282.55],
      ["payment_return", expect.closeTo(0.0375, 6), 0, expect.closeTo(0.06, 6)],
    ]);
  });

  it("is not computed where a verdict failed and no override is recorded", () => {
    expect(paid(effect(0.3, 0.1, 0.5), ["maxSmd"])).toEqual([["payment_allowed", 0, null, null]]);
    expect(paid(effect(0.005, 0.001, 0.009), ["placebo"])).toEqual([["payment_allowed", 0, null, null]]);
    expect(paid(effect(0.3, 0.1, 0.5), ["maxSmd"], true)[3]).toEqual(["payment_amount", 347_000, 347_000, 347_000]);
  });

  it("stops with the contract's line where it says nothing of the result", () => {
    expect(() => paid(effect(0.005, -0.1, 0.2))).toThrow(UserError);
    expect(() => paid(effect(0.005, -0.1, 0.2))).toThrow(
      /^contracts\/sib-2014-example\.yaml:20: bands\.pooled: the result of 2014-2016 0\.5 % lies in no band/,
    );
    expect(() => paid(effect(1.2, 0.9, 1.5))).toThrow(/:18: bands\.pooled: .* 120 % lies in no band/);
  });

  it("falls with its effect: every value rests on the effect's persons, at the effect's place", () => {
    const findings = paymentFindings(file, [effect(0.3, 0.1, 0.5)], { failedVerdicts: [], overridden: false }, context);
    for (const { cell, dimension, level, definition } of findings.slice(1)) {
      expect({ dimension, level, definition }).toEqual({ dimension: "total", level: "total", definition: "days90" });
      expect(cell).toMatchObject({ kind: "payment", base: 4285 });
    }
  });
});

describe("words of money and numbers", () => {
  it.each([
    ["en", "€347,000", "[3.9, 15.1]", "percentage points"],
    ["fr", "347\u202f000\u00a0€", "[3,9\u202f; 15,1]", "point de pourcentage"],
    ["nl", "€\u00a0347.000", "[3,9; 15,1]", "procentpunten"],
  ] as const)("in %s", (language, amount, interval, noun) => {
    const { locale, text } = loadMessages(language);
    const limit = (value: number): string => value.toFixed(1).replace(".", language === "en" ? "." : ",");
    expect(euros(347_000, locale)).toBe(amount);
    expect(bracketed(limit(3.9), limit(15.1), locale)).toBe(interval);
    expect(text("unit.points", { n: 1.8 })).toBe(noun);
  });
});
