import fc from "fast-check";
import { expect, test } from "vitest";
import { contractProblems } from "../../src/evaluate/contract-problems.ts";
import type { Band, Contract, Pays } from "../../src/evaluate/payment.ts";
import { settle } from "../../src/evaluate/payment.ts";

const rate = fc.integer({ min: 0, max: 20 });
const accrual = fc.constantFrom("compound" as const, "simple" as const, "once" as const);
const pays = (from: number, to: number): fc.Arbitrary<Pays> =>
  fc.oneof(
    fc.constant<Pays>({ kind: "nothing" }),
    fc.record({ kind: fc.constant("principal" as const), share: fc.constantFrom(0.5, 1) }),
    fc.tuple(accrual, rate, rate, rate).map(
      ([how, first, second, third]): Pays => ({
        kind: "premium",
        premium: {
          shape: "linear",
          accrual: how,
          points: [
            { at: from, rate: first },
            { at: (from + to) / 2, rate: second },
            { at: to, rate: third },
          ],
        },
      }),
    ),
    fc.tuple(accrual, rate, rate).map(
      ([how, first, second]): Pays => ({
        kind: "premium",
        premium: {
          shape: "steps",
          accrual: how,
          steps: [
            { from, rate: first },
            { from: (from + to) / 2, rate: second },
          ],
        },
      }),
    ),
  );

/** Up to five bands between -20 and 30 per cent, some of them left out, whose payments rise and fall. */
const contract: fc.Arbitrary<Contract> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: -40, max: 60 }), { minLength: 2, maxLength: 6 }),
    fc.infiniteStream(fc.boolean()),
    fc.constantFrom("none" as const, "half-up" as const, "truncate" as const),
    fc.constantFrom("increase" as const, "decrease" as const),
  )
  .chain(([cuts, left, mode, direction]) => {
    const bounds = cuts.map((cut) => cut / 2).sort((one, other) => one - other);
    const bands = bounds.slice(1).map((to, i) => {
      const from = bounds[i] ?? to;
      return pays(from, to).map((paying): Band => ({ name: `${from} to ${to}`, from, below: to, pays: paying }));
    });
    return fc.tuple(...bands).map(
      (all): Contract => ({
        name: "drawn",
        currency: "EUR",
        principal: 1000,
        dates: { invested: "2014-02-01", repaid: "2017-02-01" },
        dayCount: "30/360",
        metric: { kind: "relative-uplift", definition: "days90", after: 0, months: 12 },
        direction,
        rounding: { mode, decimals: 1 },
        bands: { pooled: all.filter(() => left.next().value === true) },
      }),
    );
  });

const interval = fc.tuple(fc.integer({ min: -250, max: 350 }), fc.integer({ min: 0, max: 200 }));

test("no reading within the interval pays less than the least or more than the most, and both are attained", () => {
  fc.assert(
    fc.property(contract, interval, (drawn, [start, width]) => {
      const [lower, upper] = [start / 1000, (start + width) / 1000];
      const settlement = settle(drawn, "pooled", { estimate: lower, lower, upper });
      const readings = Array.from({ length: width + 1 }, (_, i) => (start + i) / 1000);
      const payments = readings.map(
        (metric) => settle(drawn, "pooled", { estimate: metric, lower: null, upper: null }).point,
      );
      const amounts = payments.flatMap((payment) => (payment.kind === "payment" ? [payment.amount] : []));
      if (payments.some((payment) => payment.kind === "undefined")) expect(settlement.undefinedWithin).toBe(true);
      if (amounts.length === 0) return;
      const { least, most } = settlement;
      if (least === null || most === null) throw new Error("a payment within, and neither least nor most");
      expect(least).toBeLessThanOrEqual(Math.min(...amounts));
      expect(most).toBeGreaterThanOrEqual(Math.max(...amounts));
      // With readings of one decimal the thousandths above are all there are, so the extremes are attained.
      if (drawn.rounding.mode === "none") return;
      expect(least).toBe(Math.min(...amounts));
      expect(most).toBe(Math.max(...amounts));
      expect(settlement.undefinedWithin).toBe(payments.some((payment) => payment.kind === "undefined"));
    }),
  );
});

test("a payment is an amount between nothing and the cap, or a reason", () => {
  fc.assert(
    fc.property(contract, fc.double({ min: -0.5, max: 0.5, noNaN: true }), (drawn, metric) => {
      expect(contractProblems(drawn)).toEqual([]);
      const { point } = settle({ ...drawn, cap: 1100 }, "pooled", { estimate: metric, lower: null, upper: null });
      if (point.kind === "undefined") {
        expect(point.reason).toBe("no-band");
        return;
      }
      expect(point.amount).toBeGreaterThanOrEqual(0);
      expect(point.amount).toBeLessThanOrEqual(1100);
      expect(Number.isFinite(point.irr)).toBe(true);
    }),
  );
});
