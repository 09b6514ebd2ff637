import fc from "fast-check";
import { expect, test } from "vitest";
import { proportionIntervals } from "../../src/evaluate/proportions.ts";
import { restrictedRates } from "../../src/evaluate/score-intervals.ts";
import { fisherTest, scoreTest, yatesTest } from "../../src/evaluate/two-proportion-tests.ts";
import {
  type ContrastInterval,
  differenceIntervals,
  oddsRatio,
  ratioIntervals,
  riskDifference,
  riskRatio,
} from "../../src/evaluate/two-proportions.ts";

const arm = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
  .map(([one, other]) => ({ events: Math.min(one, other), size: Math.max(one, other) }));
const arms = fc.record({ participants: arm, controls: arm });
const contrasts: readonly ContrastInterval[] = [
  ...Object.values(differenceIntervals),
  ...Object.values(ratioIntervals),
];

test("no table of counts gives NaN or an infinity: a limit is a number, or null with a reason", () => {
  fc.assert(
    fc.property(arms, (table) => {
      for (const interval of contrasts) expectSound(interval(table));
      for (const interval of Object.values(proportionIntervals)) expectSound(interval(table.participants));
      for (const estimate of [riskDifference(table), riskRatio(table), oddsRatio(table)]) expectSound(estimate);
      for (const { statistic, p, reason } of [scoreTest(table), yatesTest(table), fisherTest(table)]) {
        for (const value of [statistic, p]) expect(value === null || Number.isFinite(value)).toBe(true);
        expect(statistic !== null && p !== null).toBe(reason === null);
      }
    }),
  );
});

test("counts that can't be are refused by every interval", () => {
  for (const size of [Number.NaN, -3, 4, Infinity]) {
    const table = { participants: { events: 5, size }, controls: { events: 1, size: 2 } };
    for (const interval of contrasts) expect(interval(table).reason).toBe("impossible-input");
  }
});

test("exchanging the arms mirrors each interval of the difference", () => {
  fc.assert(
    fc.property(arms, ({ participants, controls }) => {
      for (const interval of Object.values(differenceIntervals)) {
        const plain = interval({ participants, controls });
        const mirrored = interval({ participants: controls, controls: participants });
        if (plain.lower === null || plain.upper === null) continue;
        expect(mirrored.upper).toBeCloseTo(-plain.lower, 9);
        expect(mirrored.lower).toBeCloseTo(-plain.upper, 9);
      }
    }),
  );
});

test("the restricted rates are those that a plain search for the greatest likelihood finds", () => {
  fc.assert(
    fc.property(arms, fc.double({ min: -0.999, max: 0.999, noNaN: true }), ({ participants, controls }, difference) => {
      fc.pre(participants.size > 0 && controls.size > 0);
      const slope = (p: number) =>
        part(participants.events, participants.size, p + difference) + part(controls.events, controls.size, p);
      let [low, high] = [Math.max(0, -difference), Math.min(1, 1 - difference)];
      for (let step = 0; step < 100; step++) {
        const middle = (low + high) / 2;
        if (slope(middle) > 0) low = middle;
        else high = middle;
      }
      expect(restrictedRates(participants, controls, difference)[1]).toBeCloseTo((low + high) / 2, 6);
    }),
  );
});

test("the score interval of the difference holds just the values that the score test doesn't reject", () => {
  fc.assert(
    fc.property(arms, fc.integer({ min: -990, max: 990 }), (table, thousandths) => {
      const difference = thousandths / 1000 + 0.0003;
      const { participants: one, controls: two } = table;
      const { lower, upper } = differenceIntervals.mee(table);
      fc.pre(
        lower !== null && upper !== null && Math.min(Math.abs(difference - lower), Math.abs(difference - upper)) > 1e-6,
      );
      const [p1, p2] = restrictedRates(one, two, difference);
      const variance = (p1 * (1 - p1)) / one.size + (p2 * (1 - p2)) / two.size;
      const gap = one.events / one.size - two.events / two.size - difference;
      const kept = gap === 0 || Math.abs(gap / Math.sqrt(variance)) < 1.959963984540054;
      expect(kept).toBe(difference > lower && difference < upper);
    }),
  );
});

function part(events: number, size: number, rate: number): number {
  return (events === 0 ? 0 : events / rate) - (events === size ? 0 : (size - events) / (1 - rate));
}

function expectSound({ lower, upper, reason }: { lower: number | null; upper: number | null; reason: string | null }) {
  for (const limit of [lower, upper]) expect(limit === null || Number.isFinite(limit)).toBe(true);
  expect(lower !== null && upper !== null).toBe(reason === null);
  if (lower !== null && upper !== null) expect(lower).toBeLessThanOrEqual(upper);
}
