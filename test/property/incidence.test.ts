import fc from "fast-check";
import { expect, test } from "vitest";
import type { FollowUp } from "../../src/evaluate/follow-up.ts";
import { type CurveSettings, placementCurves } from "../../src/evaluate/incidence.ts";
import { expectClose } from "../support/reference-values.ts";

interface Row {
  readonly person: number;
  readonly arm: 0 | 1;
  readonly weight: number;
  readonly month: number;
  readonly cause: number;
}

const months = 6;
const row = (causes: number): fc.Arbitrary<Row> =>
  fc.record({
    person: fc.integer({ min: 0, max: 5 }),
    arm: fc.constantFrom(0 as const, 1 as const),
    weight: fc.constantFrom(1, 1, 0.5, 2.25),
    month: fc.integer({ min: 1, max: 8 }),
    cause: fc.integer({ min: 0, max: causes }),
  });
const rows = (causes: number) => fc.array(row(causes), { minLength: 2, maxLength: 25 });

test("variances are those of re-weighting each person a little, in a slow and plain estimator", () => {
  fc.assert(
    fc.property(rows(3), (sample) => {
      const curves = placementCurves(followUp(sample), { months });
      for (const [month, point] of curves.difference.entries()) {
        if (point.se === null) continue;
        const slow = (weights: readonly number[]) =>
          plainIncidence(sample, weights, 1, month) - plainIncidence(sample, weights, 0, month);
        expectClose(point.estimate, slow(sample.map(({ weight }) => weight)), `month ${month}`, 1e-9);
        expect(Math.abs(point.se ** 2 - jackknife(sample, slow))).toBeLessThan(1e-7);
      }
      const { restrictedMean } = curves.participants;
      if (restrictedMean.se === null) return;
      const mean = (weights: readonly number[]) =>
        Array.from({ length: months }, (_, month) => 1 - plainIncidence(sample, weights, 1, month)).reduce(
          (sum, s) => sum + s,
        );
      expectClose(restrictedMean.estimate, mean(sample.map(({ weight }) => weight)), "mean", 1e-9);
      expect(Math.abs(restrictedMean.se ** 2 - jackknife(sample, mean))).toBeLessThan(1e-6);
    }),
  );
});

test("without censoring the curve is the weighted share placed so far, with its HC0 error", () => {
  fc.assert(
    fc.property(rows(1), (sample) => {
      const followed = sample.map((one, person) => ({
        ...one,
        person,
        month: one.cause === 0 ? months + 1 : one.month,
      }));
      const arm = followed.filter((one) => one.arm === 1);
      fc.pre(arm.length > 0);
      const total = arm.reduce((sum, { weight }) => sum + weight, 0);
      for (const { month, estimate, se } of placementCurves(followUp(followed), { months }).participants.placement) {
        const placed = (one: Row) => (one.cause === 1 && one.month <= month ? 1 : 0);
        const share = arm.reduce((sum, one) => sum + one.weight * placed(one), 0) / total;
        const variance = arm.reduce((sum, one) => sum + (one.weight * (placed(one) - share)) ** 2, 0) / total ** 2;
        expect(Math.abs((estimate ?? Number.NaN) - share)).toBeLessThan(1e-12);
        expect(Math.abs((se ?? Number.NaN) ** 2 - variance)).toBeLessThan(1e-12);
      }
    }),
  );
});

test("rows of one pattern in one entry, or in many, give the same curves; and the order of rows says nothing", () => {
  fc.assert(
    fc.property(rows(2), (sample) => {
      const apart = sample.map((one, person) => ({ ...one, person }));
      const once = placementCurves(followUp(apart), { months });
      const twice = placementCurves(followUp([...apart].reverse()), { months });
      expect(rounded(twice)).toEqual(rounded(once));
      expect(rounded(placementCurves(grouped(apart), { months }))).toEqual(rounded(once));
    }),
  );
});

test("an exit that is ignored counts as not placed, one that is censoring leaves the risk set, one that competes does neither", () => {
  const sample: Row[] = [
    { person: 0, arm: 1, weight: 1, month: 1, cause: 2 },
    { person: 1, arm: 1, weight: 1, month: 2, cause: 1 },
    { person: 2, arm: 1, weight: 1, month: 6, cause: 0 },
  ];
  const at = (exits: CurveSettings["exits"] = {}) =>
    placementCurves(followUp(sample), { months, exits }).participants.placement.at(2)?.estimate;
  expectClose(at({ 2: "ignored" }), 1 / 3, "ignored", 1e-14);
  expectClose(at({ 2: "competing" }), 1 / 3, "competing", 1e-14);
  expectClose(at({ 2: "censoring" }), 1 / 2, "censoring", 1e-14);
});

test("after the last person followed the curve has no value, unless everybody had left before", () => {
  const censored = placementCurves(followUp([{ person: 0, arm: 1, weight: 1, month: 3, cause: 0 }]), { months });
  expect(censored.participants.placement.at(3)).toMatchObject({ estimate: 0, se: 0 });
  expect(censored.participants.placement.at(4)).toMatchObject({ estimate: null, reason: "not-followed" });
  expect(censored.participants.restrictedMean.reason).toBe("not-followed");
  const placed = placementCurves(followUp([{ person: 0, arm: 1, weight: 1, month: 3, cause: 1 }]), { months });
  expect(placed.participants.placement.at(6)).toMatchObject({ estimate: 1, lower: null, reason: "no-variation" });
  expect(placed.participants.restrictedMean.estimate).toBe(3);
});

test("nobody at all, or weights of nothing, give reasons and never NaN", () => {
  const weightless = followUp([{ person: 0, arm: 1, weight: 0, month: 3, cause: 1 }]);
  for (const empty of [followUp([]), weightless]) {
    const curves = placementCurves(empty, { months });
    expect(
      curves.participants.placement.every(({ estimate, reason }) => estimate === null && reason === "empty-arm"),
    ).toBe(true);
    expect(curves.restrictedMeanDifference.estimate).toBeNull();
  }
  fc.assert(
    fc.property(rows(3), (sample) => {
      const text = JSON.stringify(placementCurves(followUp(sample), { months }), (_, value) =>
        typeof value === "number" && !Number.isFinite(value) ? "not finite" : value,
      );
      expect(text).not.toContain("not finite");
    }),
  );
});

/** Each row as its own pattern. */
function followUp(sample: readonly Row[]): FollowUp {
  const pairs = sample.flatMap((one, i) =>
    sample.flatMap((other, j) => (i !== j && one.person === other.person ? [[i, j] as const] : [])),
  );
  return {
    arm: Uint8Array.from(sample, ({ arm }) => arm),
    weights: Float64Array.from(sample, ({ weight }) => weight),
    exits: {
      key: Int32Array.from(sample, (_, i) => i),
      month: Int32Array.from(sample, ({ month }) => month),
      cause: Uint8Array.from(sample, ({ cause }) => cause),
      rows: Float64Array.from(sample, () => 1),
    },
    recurrence: {
      exit1: Int32Array.from(pairs, ([one]) => one),
      exit2: Int32Array.from(pairs, ([, other]) => other),
      rows: Float64Array.from(pairs, () => 1),
    },
  };
}

/** Rows of one arm and weight as one pattern. */
function grouped(sample: readonly Row[]): FollowUp {
  const keys = [...new Set(sample.map(({ arm, weight }) => `${arm} ${weight}`))];
  const exits = new Map<string, number>();
  for (const { arm, weight, month, cause } of sample) {
    const entry = `${keys.indexOf(`${arm} ${weight}`)} ${month} ${cause}`;
    exits.set(entry, (exits.get(entry) ?? 0) + 1);
  }
  const column = (at: number) => [...exits.keys()].map((entry) => Number(entry.split(" ")[at]));
  return {
    arm: Uint8Array.from(keys, (key) => Number(key.split(" ")[0])),
    weights: Float64Array.from(keys, (key) => Number(key.split(" ")[1])),
    exits: {
      key: Int32Array.from(column(0)),
      month: Int32Array.from(column(1)),
      cause: Uint8Array.from(column(2)),
      rows: Float64Array.from(exits.values()),
    },
  };
}

/** F(month) of an arm, straight from the definition: placed, or out for another reason, one month after the other. */
function plainIncidence(sample: readonly Row[], weights: readonly number[], arm: number, month: number): number {
  const sum = (keep: (one: Row) => boolean) =>
    sample.reduce((total, one, i) => total + (one.arm === arm && keep(one) ? (weights[i] ?? 0) : 0), 0);
  let [survival, incidence] = [1, 0];
  for (let now = 1; now <= month; now++) {
    const risk = sum((one) => one.month >= now);
    if (risk === 0) break;
    incidence += (survival * sum((one) => one.month === now && one.cause === 1)) / risk;
    survival *= 1 - sum((one) => one.month === now && one.cause > 0) / risk;
  }
  return incidence;
}

/** Sum over persons of the squared change when all of a person's rows weigh a little more. */
function jackknife(sample: readonly Row[], of: (weights: readonly number[]) => number): number {
  const step = 1e-5;
  const shifted = (person: number, by: number) =>
    of(sample.map((one) => one.weight * (one.person === person ? 1 + by : 1)));
  const persons = [...new Set(sample.map(({ person }) => person))];
  return persons.reduce((sum, person) => sum + ((shifted(person, step) - shifted(person, -step)) / (2 * step)) ** 2, 0);
}

/** All numbers to twelve digits after the point. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === "number" ? Math.round(part * 1e9) / 1e9 + 0 : part)),
  );
}
