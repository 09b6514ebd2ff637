import { expect, it } from "vitest";
import type { Placebo } from "../../src/cohort/placebo.ts";
import { placeboResult } from "../../src/impact/placebo-findings.ts";

const NO_PAIRS = { key1: new Int32Array(), key2: new Int32Array(), rows: new Float64Array() };

it("tells the share with an observed history as the match weighs rows, like the rate that rests on them", () => {
  const observed = {
    outcomes: {
      ...{ definition: "days90", after: -24, rows: Float64Array.from([8, 5, 30, 0]) },
      ...{ sum: Float64Array.from([3, 2, 12, 0]), sumsq: Float64Array.from([3, 2, 12, 0]) },
    },
    recurrence: { ...NO_PAIRS, sum1: new Float64Array(), sum2: new Float64Array(), sum12: new Float64Array() },
  };
  const placebo = {
    ...{ days: observed, days90: observed, matchedRows: Float64Array.from([10, 20, 40, 0]) },
    history: [{ arm: "both", observedPersons: 43 }],
  } as unknown as Placebo;
  const patterns = {
    ...{ size: 4, arm: Uint8Array.from([1, 0, 0, 0]), month: new Int32Array(4), covariates: [] },
    rows: Float64Array.from([10, 20, 40, 5]),
  };
  const match = { patterns, weights: Float64Array.from([1, 0.3, 0.1, 0]) };
  const { observed: shares } = placeboResult(placebo, match, { outcome: "days90", delta: 0.05 }, false);
  expect(shares.participants).toBeCloseTo(0.8, 12);
  expect(shares.controls).toBeCloseTo((0.3 * 5 + 0.1 * 30) / (0.3 * 20 + 0.1 * 40), 12);
});
