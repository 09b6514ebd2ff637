import type { Row } from "../solver.ts";

/** How far each count may move from its true value, in persons, and what a person's move costs. */
export interface Room {
  readonly rise: Float64Array;
  readonly fall: Float64Array;
  readonly cost: Float64Array;
}

/**
 * Moves of counts, in whole persons, that keep every row and stay within their room; the target's is the one asked for.
 * Null where the search found none, which says nothing of whether there are any.
 */
export type Mender = (room: Room, target: number, move: number) => Int32Array | null;

/** How often one search may choose among several counts before it gives up; more finds little more. */
const MOST_CHOICES = 60;

/** Counts that one search moves at most: longer chains are left to the solver. */
const MOST_MOVED = 500;

/** Persons by which a target is moved one by one, where it can't be moved by all of them at once. */
const MOST_STEPS = 12;

/**
 * Looks for moves without a linear programme: the target is moved, which breaks rows; a broken row is mended by moving
 * another of its counts, which may break further rows, and so on until none is broken. The row with the fewest counts
 * that could mend it goes first; of those, the count that breaks the fewest rows, then the cheapest, then the first.
 * No count moves twice; a row that can't be mended takes the last choice back. Where moving by all persons at once fails
 * the target is moved by one after another, each from where the last one ended.
 * @param changes rows over the moves of `size` counts
 */
export function menderOf(changes: readonly Row[], size: number): Mender {
  const links = changes.flatMap(({ terms }, r) => terms.map(([i, c]) => [r, i, c] as const));
  const countsOf = linked(links, changes.length);
  const rowsOf = linked(
    links.map(([r, i, c]) => [i, r, c] as const),
    size,
  );
  const lower = Float64Array.from(changes, (row) => row.lower);
  const upper = Float64Array.from(changes, (row) => row.upper);
  const sums = new Float64Array(changes.length);
  const by = new Int32Array(size);
  const isTaken = new Uint8Array(size);
  const broken = new Set<number>();
  let room: Room = { rise: new Float64Array(size), fall: new Float64Array(size), cost: new Float64Array(size) };
  let choices = 0;

  /** How far a row's sum is from where it may be. */
  const excess = (r: number, sum: number): number => {
    const [least = 0, most = 0] = [lower[r], upper[r]];
    return sum > most ? sum - most : Math.min(0, sum - least);
  };
  const shift = (i: number, move: number): void => {
    by[i] = (by[i] ?? 0) + move;
    for (let k = rowsOf.from[i] ?? 0, end = rowsOf.from[i + 1] ?? 0; k < end; k++) {
      const r = rowsOf.to[k] ?? 0;
      const sum = (sums[r] ?? 0) + (rowsOf.factor[k] ?? 0) * move;
      sums[r] = sum;
      if (excess(r, sum) === 0) broken.delete(r);
      else broken.add(r);
    }
  };
  /** How many more rows are broken after a move. */
  const harm = (i: number, move: number): number => {
    let more = 0;
    for (let k = rowsOf.from[i] ?? 0, end = rowsOf.from[i + 1] ?? 0; k < end; k++) {
      const r = rowsOf.to[k] ?? 0;
      if (broken.has(r)) more -= 1;
      if (excess(r, (sums[r] ?? 0) + (rowsOf.factor[k] ?? 0) * move) !== 0) more += 1;
    }
    return more;
  };
  /** The move of the count at link k that takes a row's excess away; 0 where it can't. */
  const remedy = (k: number, over: number): number => {
    const i = countsOf.to[k] ?? 0;
    if (isTaken[i] === 1) return 0;
    const move = -over / (countsOf.factor[k] ?? 1);
    if (!Number.isInteger(move)) return 0;
    const ends = (by[i] ?? 0) + move;
    return ends <= (room.rise[i] ?? 0) && -ends <= (room.fall[i] ?? 0) ? move : 0;
  };
  /** The broken row that the fewest counts could mend, and how many could. */
  const hardest = (): readonly [row: number, ways: number] => {
    let [row, fewest] = [-1, Number.POSITIVE_INFINITY];
    for (const r of broken) {
      const over = excess(r, sums[r] ?? 0);
      let ways = 0;
      for (let k = countsOf.from[r] ?? 0, end = countsOf.from[r + 1] ?? 0; k < end && ways < fewest; k++)
        if (remedy(k, over) !== 0) ways += 1;
      if (ways < fewest) [row, fewest] = [r, ways];
      if (fewest < 2) break;
    }
    return [row, fewest];
  };
  const remedies = (r: number): readonly (readonly [count: number, move: number, worth: number])[] => {
    const over = excess(r, sums[r] ?? 0);
    const found: [count: number, move: number, worth: number][] = [];
    for (let k = countsOf.from[r] ?? 0, end = countsOf.from[r + 1] ?? 0; k < end; k++) {
      const i = countsOf.to[k] ?? 0;
      const move = remedy(k, over);
      if (move !== 0) found.push([i, move, harm(i, move) + (room.cost[i] ?? 0)]);
    }
    return found.sort((a, b) => a[2] - b[2] || a[0] - b[0]);
  };
  const mendAll = (moved: number): boolean => {
    if (broken.size === 0) return true;
    if (moved === MOST_MOVED) return false;
    const [row, ways] = hardest();
    if (ways === 0) return false;
    for (const [i, move] of remedies(row)) {
      if (ways > 1 && choices-- <= 0) return false;
      shift(i, move);
      isTaken[i] = 1;
      if (mendAll(moved + 1)) return true;
      isTaken[i] = 0;
      shift(i, -move);
    }
    return false;
  };
  const step = (target: number, move: number): boolean => {
    isTaken.fill(0);
    isTaken[target] = 1;
    choices = MOST_CHOICES;
    shift(target, move);
    if (mendAll(1)) return true;
    shift(target, -move);
    return false;
  };
  return (own, target, move) => {
    room = own;
    sums.fill(0);
    by.fill(0);
    broken.clear();
    const steps = Math.abs(move);
    if (steps > ((move > 0 ? room.rise : room.fall)[target] ?? 0)) return null;
    if (step(target, move)) return by.slice();
    if (steps === 1 || steps > MOST_STEPS) return null;
    for (let k = 0; k < steps; k++) if (!step(target, Math.sign(move))) return null;
    return by.slice();
  };
}

/** Links by where they come from: those of `i` stand at from[i] up to, not including, from[i + 1]. */
interface Links {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly factor: Float64Array;
}

function linked(links: readonly (readonly [from: number, to: number, factor: number])[], size: number): Links {
  const from = new Int32Array(size + 1);
  for (const [i] of links) from[i + 1] = (from[i + 1] ?? 0) + 1;
  for (let i = 0; i < size; i++) from[i + 1] = (from[i + 1] ?? 0) + (from[i] ?? 0);
  const sorted = links.toSorted((a, b) => a[0] - b[0]);
  return {
    from,
    to: Int32Array.from(sorted, ([, to]) => to),
    factor: Float64Array.from(sorted, ([, , factor]) => factor),
  };
}
