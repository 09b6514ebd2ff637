import fc from "fast-check";
import { expect, test } from "vitest";
import { aipw } from "../../src/evaluate/aipw.ts";
import type { Outcomes, Patterns, Recurrence } from "../../src/evaluate/patterns.ts";

interface Row {
  readonly person: number;
  readonly arm: 0 | 1;
  readonly stratum: number;
  readonly placed: 0 | 1;
}

const strata = 3;
const row: fc.Arbitrary<Row> = fc.record({
  person: fc.integer({ min: 0, max: 30 }),
  arm: fc.constantFrom(0 as const, 1 as const),
  stratum: fc.integer({ min: 0, max: strata - 1 }),
  placed: fc.constantFrom(0 as const, 1 as const),
});
/** At least one control in every stratum, so that both models can be saturated. */
const rows = fc
  .array(row, { minLength: 5, maxLength: 40 })
  .map((drawn) => [
    ...drawn,
    ...Array.from({ length: strata }, (_, stratum): Row => ({ person: 100 + stratum, arm: 0, stratum, placed: 1 })),
    { person: 200, arm: 1, stratum: 0, placed: 0 } as const,
  ]);

test("with saturated models it is the exactly matched difference", () => {
  fc.assert(
    fc.property(rows, (sample) => {
      const participants = sample.filter(({ arm }) => arm === 1);
      const matched = participants.reduce((sum, one) => sum + one.placed - controlShare(sample, one.stratum), 0);
      const { effect } = aipw(patternsOf(), outcomesOf(sample), saturated(sample));
      expect(Math.abs((effect.estimate ?? Number.NaN) - matched / participants.length)).toBeLessThan(1e-12);
    }),
  );
});

test("from patterns the estimate and the person-clustered error are those of the rows one by one", () => {
  fc.assert(
    fc.property(rows, fc.double({ min: 0.1, max: 0.8, noNaN: true }), (sample, shift) => {
      const fits = {
        propensity: Float64Array.from({ length: 2 * strata }, (_, p) => shift / (1 + (p % strata) / 2)),
        controlMean: Float64Array.from({ length: 2 * strata }, (_, p) => shift - (p % strata) / 10),
      };
      const { effect } = aipw(patternsOf(), outcomesOf(sample), fits, recurrenceOf(sample));
      const n = sample.filter(({ arm }) => arm === 1).length;
      const gap = (one: Row) => one.placed - (fits.controlMean[one.stratum] ?? 0);
      const odds = (one: Row) => {
        const e = fits.propensity[one.stratum] ?? 0;
        return e / (1 - e);
      };
      const tau = sample.reduce((sum, one) => sum + (one.arm === 1 ? gap(one) : -odds(one) * gap(one)), 0) / n;
      const influence = (one: Row) => (one.arm === 1 ? gap(one) - tau : -odds(one) * gap(one)) / n;
      const persons = [...new Set(sample.map(({ person }) => person))];
      const variance = persons.reduce((sum, person) => {
        const own = sample.filter((one) => one.person === person);
        return sum + own.reduce((total, one) => total + influence(one), 0) ** 2;
      }, 0);
      expect(Math.abs((effect.estimate ?? Number.NaN) - tau)).toBeLessThan(1e-12);
      expect(Math.abs((effect.se ?? 0) ** 2 - variance)).toBeLessThan(1e-12);
    }),
  );
});

test("it is right when either model is: a wrong outcome model with the right propensity, and the reverse", () => {
  const sample = Array.from({ length: 600 }, (_, i): Row => {
    const stratum = i % 3;
    const arm = i % 10 < 2 + stratum ? 1 : 0;
    return { person: i, arm, stratum, placed: (i * 7) % 11 < 3 + stratum + 2 * arm ? 1 : 0 };
  });
  const right = saturated(sample);
  const wrong = new Float64Array(2 * strata).fill(0.37);
  const tau = aipw(patternsOf(), outcomesOf(sample), right).effect.estimate ?? Number.NaN;
  for (const fits of [
    { ...right, controlMean: wrong },
    { ...right, propensity: wrong },
  ])
    expect(aipw(patternsOf(), outcomesOf(sample), fits).effect.estimate).toBeCloseTo(tau, 12);
  const both = aipw(patternsOf(), outcomesOf(sample), { propensity: wrong, controlMean: wrong }).effect.estimate;
  expect(Math.abs((both ?? tau) - tau)).toBeGreaterThan(0.005);
});

test("an empty arm, and a control who was certain to take part, have no estimate but a reason", () => {
  const one: Row = { person: 0, arm: 1, stratum: 0, placed: 1 };
  const fits = { propensity: new Float64Array(6).fill(0.5), controlMean: new Float64Array(6).fill(0.5) };
  expect(aipw(patternsOf(), outcomesOf([]), fits).effect.reason).toBe("empty-arm");
  expect(aipw(patternsOf(), outcomesOf([one]), fits).effect.reason).toBe("empty-arm");
  const certain = { ...fits, propensity: new Float64Array(6).fill(1) };
  expect(aipw(patternsOf(), outcomesOf([one, { ...one, arm: 0 }]), certain).effect.reason).toBe("impossible-input");
});

const patternOf = ({ arm, stratum }: Row): number => arm * strata + stratum;

function patternsOf(): Patterns {
  return {
    size: 2 * strata,
    arm: Uint8Array.from({ length: 2 * strata }, (_, p) => (p < strata ? 0 : 1)),
    month: new Int32Array(2 * strata),
    covariates: [],
    rows: new Float64Array(2 * strata),
  };
}

function outcomesOf(sample: readonly Row[]): Outcomes {
  const rows = new Float64Array(2 * strata);
  const sum = new Float64Array(2 * strata);
  for (const one of sample) {
    rows[patternOf(one)] = (rows[patternOf(one)] ?? 0) + 1;
    sum[patternOf(one)] = (sum[patternOf(one)] ?? 0) + one.placed;
  }
  return { definition: "days90", after: 0, rows, sum, sumsq: sum };
}

function recurrenceOf(sample: readonly Row[]): Recurrence {
  const pairs = sample.flatMap((one, i) =>
    sample.flatMap((other, j) => (i !== j && one.person === other.person ? [[one, other] as const] : [])),
  );
  return {
    key1: Int32Array.from(pairs, ([one]) => patternOf(one)),
    key2: Int32Array.from(pairs, ([, other]) => patternOf(other)),
    rows: Float64Array.from(pairs, () => 1),
    sum1: Float64Array.from(pairs, ([one]) => one.placed),
    sum2: Float64Array.from(pairs, ([, other]) => other.placed),
    sum12: Float64Array.from(pairs, ([one, other]) => one.placed * other.placed),
  };
}

function controlShare(sample: readonly Row[], stratum: number): number {
  const controls = sample.filter((one) => one.arm === 0 && one.stratum === stratum);
  return controls.reduce((sum, one) => sum + one.placed, 0) / controls.length;
}

function saturated(sample: readonly Row[]) {
  const share = (stratum: number) => {
    const here = sample.filter((one) => one.stratum === stratum);
    return here.filter(({ arm }) => arm === 1).length / here.length;
  };
  return {
    propensity: Float64Array.from({ length: 2 * strata }, (_, p) => share(p % strata)),
    controlMean: Float64Array.from({ length: 2 * strata }, (_, p) => controlShare(sample, p % strata)),
  };
}
