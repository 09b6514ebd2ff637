import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveShares } from "../../src/evaluate/effective-shares.ts";

/** Rows of persons of either arm, each with its pattern's weight; persons may have several. */
const rows = fc.array(
  fc.record({ person: fc.nat(5), pattern: fc.nat(3), placed: fc.boolean(), arm: fc.constantFrom(0, 1) }),
  { minLength: 1, maxLength: 14 },
);
const weights = fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: 8, maxLength: 8 });

const kish = (sizes: readonly number[]): number | null => {
  const squares = sizes.reduce((sum, w) => sum + w * w, 0);
  return squares > 0 ? sizes.reduce((sum, w) => sum + w, 0) ** 2 / squares : null;
};

describe("effective numbers of persons of a share", () => {
  it("are those of each person's weights, of all rows, of rows with the outcome, and of the others", () => {
    fc.assert(
      fc.property(rows, weights, (drawn, given) => {
        // patterns 0 to 3 are controls', 4 to 7 participants'; a person of one arm is none of the other
        const own = drawn.map((row) => ({
          ...row,
          pattern: row.pattern + 4 * row.arm,
          person: row.person + 6 * row.arm,
        }));
        const w = given.map((value) => Math.round(value * 8) / 8);
        const columns = { rows: new Float64Array(8), sum: new Float64Array(8) };
        for (const { pattern, placed } of own) {
          columns.rows[pattern] = (columns.rows[pattern] ?? 0) + 1;
          columns.sum[pattern] = (columns.sum[pattern] ?? 0) + (placed ? 1 : 0);
        }
        const pairs = own.flatMap((one, i) =>
          own.flatMap((other, j) => (i !== j && one.person === other.person ? [[one, other] as const] : [])),
        );
        const numbers = (of: (pair: (typeof pairs)[number]) => number) => Float64Array.from(pairs, of);
        const found = effectiveShares({
          patterns: {
            ...{ size: 8, arm: Uint8Array.from([0, 0, 0, 0, 1, 1, 1, 1]), month: new Int32Array(8), covariates: [] },
            rows: columns.rows,
          },
          weights: Float64Array.from(w),
          outcomes: { definition: "", after: 0, ...columns, sumsq: columns.sum },
          recurrence: {
            key1: Int32Array.from(pairs, ([one]) => one.pattern),
            key2: Int32Array.from(pairs, ([, other]) => other.pattern),
            rows: numbers(() => 1),
            sum1: numbers(([one]) => (one.placed ? 1 : 0)),
            sum2: numbers(([, other]) => (other.placed ? 1 : 0)),
            sum12: numbers(([one, other]) => (one.placed && other.placed ? 1 : 0)),
          },
        });
        for (const [arm, name] of [
          [0, "control"],
          [1, "treated"],
        ] as const) {
          const expected = (isKept: (placed: boolean) => boolean): number | null => {
            const kept = own.filter((row) => row.arm === arm && isKept(row.placed));
            const persons = [...new Set(kept.map(({ person }) => person))];
            return kish(
              persons.map((person) =>
                kept.reduce((sum, row) => sum + (row.person === person ? (w[row.pattern] ?? 0) : 0), 0),
              ),
            );
          };
          const { base, numerator, complement } = found[name];
          for (const [value, truth] of [
            [base, expected(() => true)],
            [numerator, expected((placed) => placed)],
            [complement, expected((placed) => !placed)],
          ] as const)
            if (truth === null) expect(value).toBeNull();
            else expect(value).toBeCloseTo(truth, 9);
        }
      }),
    );
  });
});
