import { expect, test } from "vitest";
import { minimumDetectableEffect, powerOf, requiredSizes } from "../../src/evaluate/power.ts";
import { expectClose } from "../support/reference-values.ts";

// The published placement rates of the 2014 and 2016 cohorts; sizes as in the method's own figures.
const rates2014 = { participants: 0.429, controls: 0.337 };
const rates2016 = { participants: 0.387, controls: 0.334 };

test("at 80 % power and one control each, the 2014 gap needs 437 an arm and the 2016 gap 1,287", () => {
  expect(Math.round(requiredSizes(rates2014, 1, { error: "pooled" })?.participants ?? 0)).toBe(437);
  expect(Math.round(requiredSizes(rates2016, 1, { error: "pooled" })?.participants ?? 0)).toBe(1287);
});

test("with twelve controls each, about 245 and 715 participants", () => {
  expect(Math.ceil(requiredSizes(rates2014, 12)?.participants ?? 0)).toBe(245);
  expect(Math.ceil(requiredSizes(rates2016, 12)?.participants ?? 0)).toBe(715);
});

test("the required size has the power asked for, and the gap is its minimum detectable effect", () => {
  for (const error of ["pooled", "unpooled"] as const) {
    for (const controlsEach of [0.5, 1, 12]) {
      const sizes = requiredSizes(rates2014, controlsEach, { error, power: 0.9 });
      if (sizes === null) throw new Error("no size");
      expectClose(powerOf(rates2014, sizes, { error }), 0.9, `power ${error} ${controlsEach}`);
      expectClose(minimumDetectableEffect(0.337, sizes, { error, power: 0.9 }), 0.092, `effect ${error} ${controlsEach}`);
    }
  }
});

test("more persons detect a smaller effect", () => {
  const effects = [50, 500, 5000].map((n) => minimumDetectableEffect(0.3, { participants: n, controls: n }) ?? 0);
  expect(effects).toEqual([...effects].sort((one, other) => other - one));
});

test("no gap, empty arms and rates out of range have no answer", () => {
  expect(requiredSizes({ participants: 0.3, controls: 0.3 })).toBeNull();
  expect(requiredSizes({ participants: 1.3, controls: 0.3 })).toBeNull();
  expect(minimumDetectableEffect(0.3, { participants: 0, controls: 10 })).toBeNull();
  expect(minimumDetectableEffect(0.9, { participants: 3, controls: 3 }, { error: "pooled" })).toBeNull();
  expect(powerOf(rates2014, { participants: 0, controls: 1 })).toBeNull();
  expect(powerOf({ participants: 1, controls: 0 }, { participants: 5, controls: 5 })).toBe(1);
});
