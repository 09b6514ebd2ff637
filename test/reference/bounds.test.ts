import { expect, test } from "vitest";
import { eValue, rosenbaumBounds, tippingGamma } from "../../src/evaluate/sensitivity-bounds.ts";
import { expectClose, number, referenceRows, text } from "../support/reference-values.ts";

// Expected values: R 4.2.2 (pbinom and the formulas of VanderWeele and Ding), see /test/reference.

test("E-values of a ratio and of its interval agree with the published and computed ones", () => {
  for (const row of referenceRows("effects/evalues.csv")) {
    const value = eValue(number(row, "rr"), { lower: number(row, "lo"), upper: number(row, "hi") });
    expectClose(value?.point, number(row, "evalue_point"), `${row.case} point`);
    expectClose(value?.limit, number(row, "evalue_ci"), `${row.case} limit`);
  }
});

test("Rosenbaum bounds agree with P(X >= D) of R's binomial", () => {
  for (const row of referenceRows("effects/rosenbaum_counts.csv")) {
    const pairs = { participantOnly: number(row, "n10"), controlOnly: number(row, "n01") };
    const [bound] = rosenbaumBounds(pairs, [number(row, "gamma")]);
    expectClose(bound?.upper, number(row, "p_upper"), `${row.n10} ${row.n01} ${row.gamma} upper`);
    expectClose(bound?.lower, number(row, "p_lower"), `${row.n10} ${row.n01} ${row.gamma} lower`);
  }
});

test("Rosenbaum bounds of the lalonde pairs agree, and rbounds is one pair too far", () => {
  for (const row of referenceRows("effects/rosenbaum_mcnemar.csv")) {
    const pairs = { participantOnly: number(row, "n10"), controlOnly: number(row, "n01") };
    expect(pairs.participantOnly + pairs.controlOnly).toBe(number(row, "discordant"));
    expect(pairs.participantOnly > pairs.controlOnly ? "treated" : "control").toBe(text(row, "favour"));
    const gamma = number(row, "gamma");
    const [bound] = rosenbaumBounds(pairs, [gamma]);
    expectClose(bound?.upper, number(row, "p_upper"), `${row.case} ${gamma} upper`);
    expectClose(bound?.lower, number(row, "p_lower"), `${row.case} ${gamma} lower`);
    const further = { participantOnly: pairs.participantOnly + 1, controlOnly: pairs.controlOnly - 1 };
    const printed = Number((rosenbaumBounds(further, [gamma])[0]?.upper ?? 0).toFixed(5));
    expectClose(printed, number(row, "rbounds_p_upper"), `${row.case} ${gamma} rbounds`, 1e-9);
  }
});

test("at the tipping gamma the upper bound is the level", () => {
  const pairs = { participantOnly: 60, controlOnly: 30 };
  const gamma = tippingGamma(pairs) ?? 0;
  expectClose(rosenbaumBounds(pairs, [gamma])[0]?.upper, 0.025, "p", 1e-6);
  expect(tippingGamma({ participantOnly: 6, controlOnly: 5 })).toBeNull();
});

test("no ratio has no E-value, and no discordant pairs have no bounds", () => {
  expect(eValue(null, { lower: null, upper: null })).toBeNull();
  expect(eValue(0, { lower: null, upper: null })).toBeNull();
  expect(eValue(2, { lower: null, upper: null })).toEqual({ point: 2 + Math.SQRT2, limit: null });
  expect(rosenbaumBounds({ participantOnly: 0, controlOnly: 0 }, [1, 2])).toEqual([]);
  expect(tippingGamma({ participantOnly: 0, controlOnly: 0 })).toBeNull();
});
