import { kish } from "../evaluate/effective-size.ts";
import type { ExitMeaning } from "../evaluate/follow-up.ts";
import { type FollowUp, type ReadExits, readExits } from "../evaluate/follow-up.ts";

export type Arm = "participants" | "controls";

/** How a row leaves a curve: placed, no longer followed, or neither (another exit, or still there at the end). */
type Way = "placed" | "censored" | "other";
const WAYS: readonly Way[] = ["placed", "censored", "other"];

/** Rows that leave in one way from one month to another, both included. */
export type Leaving = readonly [way: Way, from: number, to: number];

/**
 * The effective number of persons, by their weights, whose rows leave an arm's curve so; null where nobody does. No more than
 * there are persons.
 */
export type SizeOf = (arm: Arm, groups: readonly Leaving[]) => number | null;

/** Sums over rows, and over pairs of rows of one person, by arm, way and month: what any number of months then follows from. */
export function curveSizes(
  followUp: FollowUp,
  months: number,
  meanings: Readonly<Record<number, ExitMeaning>>,
): SizeOf {
  const read = readExits(followUp.exits, months, meanings);
  const perArm = WAYS.length * (months + 2);
  const placeOf = placing(followUp, read, perArm);
  const weight = new Float64Array(2 * perArm);
  const squares = new Float64Array((2 * perArm) ** 2);
  const addSquare = (a: number, b: number, product: number): void => {
    const pair = a * 2 * perArm + b;
    squares[pair] = (squares[pair] ?? 0) + product;
  };
  const { exits, weights, recurrence } = followUp;
  const weightAt = (i: number): number => weights[exits.key[i] ?? 0] ?? 0;
  for (let i = 0; i < exits.key.length; i++) {
    const [w, rows, place] = [weightAt(i), exits.rows[i] ?? 0, placeOf(i)];
    weight[place] = (weight[place] ?? 0) + w * rows;
    addSquare(place, place, w * w * rows);
  }
  for (let r = 0; r < (recurrence?.rows.length ?? 0); r++) {
    const [i, j] = [recurrence?.exit1[r] ?? 0, recurrence?.exit2[r] ?? 0];
    addSquare(placeOf(i), placeOf(j), weightAt(i) * weightAt(j) * (recurrence?.rows[r] ?? 0));
  }
  return (arm, groups) => {
    const places = groups.flatMap(([way, from, to]) =>
      Array.from({ length: Math.max(0, to - from + 1) }, (_, m) => at(arm, way, from + m, perArm)),
    );
    const sum = places.reduce((all, place) => all + (weight[place] ?? 0), 0);
    const squared = places.reduce(
      (all, a) => all + places.reduce((own, b) => own + (squares[a * 2 * perArm + b] ?? 0), 0),
      0,
    );
    return kish(sum, squared);
  };
}

const at = (arm: Arm, way: Way, month: number, perArm: number): number =>
  (arm === "participants" ? perArm : 0) + WAYS.length * month + WAYS.indexOf(way);

const placing =
  ({ arm, exits }: FollowUp, { month, cause, months }: ReadExits, perArm: number) =>
  (i: number): number => {
    const [when = 0, why] = [month[i], cause[i]];
    const way = why === 1 ? "placed" : why === 0 && when <= months ? "censored" : "other";
    return at(arm[exits.key[i] ?? 0] === 1 ? "participants" : "controls", way, when, perArm);
  };
