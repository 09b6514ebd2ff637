import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { highsSolver, type Solver } from "../../src/disclose/solver.ts";
import { balanceEntropy } from "../../src/evaluate/entropy.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";
import { uniform } from "../support/random.ts";

/*
 * The oracle is a linear programme, which knows nothing of the dual that Newton's method goes down: are there shares of
 * controls, none negative, in which every level has the part that it has of participants?
 */

interface Row {
  readonly arm: 0 | 1;
  readonly codes: readonly number[];
  readonly rows: number;
}

/** Levels a covariate: the first few are rare among participants. */
const LEVELS = [2, 3, 5, 8];

let solve: Solver;
beforeAll(async () => {
  solve = await highsSolver();
});

describe("entropy balancing", () => {
  it("has an answer exactly where a linear programme has one, and it balances every level", () => {
    const seen = { balanced: 0, infeasible: 0 };
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, many, covariates) => {
          const rows = drawn(seed, many, LEVELS.slice(0, covariates));
          const found = balanceEntropy(patternsOf(rows));
          if ("weights" in found) {
            seen.balanced++;
            expectBalanced(rows, found.weights);
          } else {
            seen.infeasible++;
            expect(found).toMatchObject({ reason: "infeasible" });
            expect(leastImbalance(rows)).toBeGreaterThan(1e-7);
          }
        },
      ),
      { numRuns: 400, seed: 51 },
    );
    expect(Math.min(seen.balanced, seen.infeasible)).toBeGreaterThan(60);
  });

  it("finds it in tables of many patterns too, where sums of shares are 1 but for the computer's arithmetic", () => {
    for (let seed = 1; seed <= 6; seed++) {
      const rows = drawn(seed, 9000, [4, 3, 7, 4, 36]);
      const found = balanceEntropy(patternsOf(rows));
      if (!("iterations" in found)) throw new Error(`${found.reason}, seed ${seed}`);
      expect(found.iterations).toBeLessThan(40);
      expectBalanced(rows, found.weights);
    }
  });
});

/** Rows of both arms whose levels are drawn with different odds; `many` of controls, a tenth of it of participants. */
function drawn(seed: number, many: number, levels: readonly number[]): readonly Row[] {
  const next = uniform(seed);
  const one = (arm: 0 | 1): Row => ({
    arm,
    codes: levels.map((of) => Math.floor(of * next() ** (arm === 1 ? 0.6 : 1.2))),
    rows: arm === 1 ? 1 : 1 + Math.floor(4 * next()),
  });
  return [...Array.from({ length: Math.ceil(many / 10) }, () => one(1)), ...Array.from({ length: many }, () => one(0))];
}

function patternsOf(rows: readonly Row[]): Patterns {
  return {
    size: rows.length,
    arm: Uint8Array.from(rows, ({ arm }) => arm),
    month: new Int32Array(rows.length),
    covariates: (rows[0]?.codes ?? []).map((_, c) => ({
      kind: "categorical" as const,
      name: `c${c}`,
      levels: Array.from({ length: Math.max(...rows.map(({ codes }) => codes[c] ?? 0)) + 1 }, (_, level) => `${level}`),
      codes: Int32Array.from(rows, ({ codes }) => codes[c] ?? 0),
    })),
    rows: Float64Array.from(rows, (row) => row.rows),
  };
}

/** Part of an arm's weight that each level of each covariate has. */
function sharesOf(rows: readonly Row[], weightOf: (row: Row, i: number) => number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  let all = 0;
  rows.forEach((row, i) => {
    const weight = weightOf(row, i);
    all += weight;
    row.codes.forEach((code, c) => {
      sums.set(`${c}=${code}`, (sums.get(`${c}=${code}`) ?? 0) + weight);
    });
  });
  return new Map(Array.from(sums, ([level, sum]) => [level, sum / all]));
}

const ofParticipants = (rows: readonly Row[]) => sharesOf(rows, (row) => (row.arm === 1 ? row.rows : 0));

function expectBalanced(rows: readonly Row[], weights: Float64Array): void {
  const controls = sharesOf(rows, (row, i) => (row.arm === 0 ? row.rows * (weights[i] ?? Number.NaN) : 0));
  for (const [level, share] of ofParticipants(rows)) expect(controls.get(level)).toBeCloseTo(share, 8);
  expect(weights.every((weight) => weight >= 0)).toBe(true);
}

/** The least sum of differences between shares that any weights of controls leave. */
function leastImbalance(rows: readonly Row[]): number {
  const controls = rows.filter(({ arm }) => arm === 0);
  const levels = [...ofParticipants(rows)];
  const size = controls.length + 2 * levels.length;
  const { status, objective } = solve({
    sense: "minimize",
    objective: levels.flatMap((_, l) => [0, 1].map((side) => [controls.length + 2 * l + side, 1] as const)),
    rows: [
      { terms: controls.map((_, i) => [i, 1] as const), lower: 1, upper: 1 },
      ...levels.map(([level, share], l) => ({
        terms: [
          ...controls.flatMap(({ codes }, i) =>
            codes.some((code, c) => `${c}=${code}` === level) ? [[i, 1] as const] : [],
          ),
          [controls.length + 2 * l, 1] as const,
          [controls.length + 2 * l + 1, -1] as const,
        ],
        ...{ lower: share, upper: share },
      })),
    ],
    lower: Array.from({ length: size }, () => 0),
    upper: Array.from({ length: size }, () => 2),
    isWhole: false,
  });
  expect(status).toBe("optimal");
  return objective;
}
