import { describe, expect, it } from "vitest";
import type { Row } from "../../src/disclose/solver.ts";
import { menderOf } from "../../src/disclose/suppression/mend.ts";
import { uniform } from "../support/random.ts";

const row = (terms: readonly (readonly [number, number])[], lower = 0, upper = 0): Row => ({ terms, lower, upper });
const roomOf = (rise: readonly number[], fall: readonly number[], cost: readonly number[] = rise.map(() => 0)) => ({
  rise: Float64Array.from(rise),
  fall: Float64Array.from(fall),
  cost: Float64Array.from(cost),
});
const moved = (by: Int32Array | null): readonly number[] | null => by && [...by];

describe("moves of counts that keep every row", () => {
  // a two-by-two table whose lines all keep their sums
  const square = [
    row([
      [0, 1],
      [1, 1],
    ]),
    row([
      [2, 1],
      [3, 1],
    ]),
    row([
      [0, 1],
      [2, 1],
    ]),
    row([
      [1, 1],
      [3, 1],
    ]),
  ];

  it("goes round a circle", () => {
    expect(moved(menderOf(square, 4)(roomOf([3, 3, 3, 3], [3, 3, 3, 3]), 0, 2))).toEqual([2, -2, -2, 2]);
  });

  it("finds none where a count on the way is shown", () => {
    expect(menderOf(square, 4)(roomOf([3, 3, 3, 0], [3, 3, 3, 0]), 0, 1)).toBeNull();
  });

  it("takes the cheaper of two counts that break as many rows", () => {
    const sum = [
      row([
        [0, 1],
        [1, 1],
        [2, 1],
      ]),
    ];
    const room = [
      [5, 5, 5],
      [5, 5, 5],
    ] as const;
    expect(moved(menderOf(sum, 3)(roomOf(...room, [0, 0.2, 0.1]), 0, 1))).toEqual([1, 0, -1]);
    expect(moved(menderOf(sum, 3)(roomOf(...room, [0, 0.1, 0.2]), 0, 1))).toEqual([1, -1, 0]);
  });

  it("moves by one person after another where no single count has room for all", () => {
    const sum = [
      row([
        [0, 1],
        [1, 1],
        [2, 1],
      ]),
    ];
    expect(moved(menderOf(sum, 3)(roomOf([9, 0, 0], [0, 2, 1]), 0, 3))).toEqual([3, -2, -1]);
  });

  it("leaves a row that may be more than one number as it is within its limits", () => {
    expect(
      moved(
        menderOf(
          [
            row(
              [
                [0, 1],
                [1, 1],
              ],
              -1,
              2,
            ),
          ],
          2,
        )(roomOf([9, 9], [9, 9]), 0, 3),
      ),
    ).toEqual([3, -1]);
  });

  it("finds only what trying all moves finds, and mostly finds it", () => {
    const seen = { possible: 0, found: 0 };
    for (let seed = 0; seed < 400; seed++) {
      const random = uniform(seed);
      const below = (end: number): number => Math.floor(random() * end);
      const size = 5;
      const rows = Array.from({ length: 1 + below(3) }, () => {
        const terms = Array.from({ length: size }, (_, i) => [i, [-1, 1, 2][below(3)] ?? 1] as const);
        const [lower, upper] = random() < 0.8 ? [0, 0] : [-below(3), below(3)];
        return row(
          terms.filter(() => random() < 0.6),
          lower,
          upper,
        );
      });
      const ends = (): readonly number[] => Array.from({ length: size }, () => below(4));
      const [rise, fall] = [ends(), ends()];
      const [target, move] = [below(size), [-2, -1, 1, 2][below(4)] ?? 1];
      const isFit = (by: readonly number[]): boolean =>
        by[target] === move &&
        by.every((one, i) => one <= (rise[i] ?? 0) && -one <= (fall[i] ?? 0)) &&
        rows.every(({ terms, lower, upper }) => {
          const sum = terms.reduce((all, [i, c]) => all + c * (by[i] ?? 0), 0);
          return sum >= lower && sum <= upper;
        });
      const isPossible = everyMove(rise, fall).some(isFit);
      const found = moved(menderOf(rows, size)(roomOf(rise, fall), target, move));
      if (found !== null) expect(isFit(found), `seed ${seed}`).toBe(true);
      seen.possible += Number(isPossible);
      seen.found += Number(found !== null);
    }
    expect(seen.possible).toBeGreaterThan(100);
    expect(seen.found).toBeGreaterThan(0.9 * seen.possible);
  });
});

const everyMove = (rise: readonly number[], fall: readonly number[]): readonly (readonly number[])[] =>
  rise.reduce<readonly (readonly number[])[]>(
    (moves, up, i) => {
      const down = fall[i] ?? 0;
      const own = Array.from({ length: up + down + 1 }, (_, k) => k - down);
      return moves.flatMap((move) => own.map((one) => [...move, one]));
    },
    [[]],
  );
