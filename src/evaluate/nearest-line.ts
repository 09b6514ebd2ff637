import type { Units } from "./distance.ts";
import { groupedBy, sortedBy } from "./distance-sort.ts";
import type { Finder } from "./nearest-pairs.ts";

/**
 * Units side by side in the order of block, score and id: the place of each is what ties break by. Of two controls as
 * near, the one fewer places away is taken, and the one below where both are as many away, as MatchIt does.
 */
export interface Line {
  /** Units by place. */
  readonly order: Int32Array;
  /** Place of each unit; -1 without a score or a block. */
  readonly place: Int32Array;
  readonly score: Float64Array;
  readonly block: Int32Array;
}

/** Sorts the units that have a score; linear in their number. */
export function lineOf(units: Units, score: Float64Array): Line {
  const taking = new Int32Array(units.arm.length);
  let size = 0;
  let blocks = 0;
  for (let i = 0; i < taking.length; i++) {
    const unit = units.byId === null ? i : (units.byId[i] as number);
    const b = units.block[unit] as number;
    if (b < 0 || !Number.isFinite(score[unit])) continue;
    blocks = Math.max(blocks, b + 1);
    taking[size++] = unit;
  }
  const sorted = sortedBy(score, taking.subarray(0, size));
  const order = blocks > 1 ? groupedBy(units.block, sorted, blocks) : sorted;
  const place = new Int32Array(units.arm.length).fill(-1);
  for (let i = 0; i < size; i++) place[order[i] as number] = i;
  return { order, place, score, block: units.block };
}

/** Participants in descending or ascending order of score, those with the same score in the order of ids. */
export function participantsByScore({ order, score }: Line, arm: Uint8Array, descending: boolean): Int32Array {
  const treated = order.filter((unit) => arm[unit] === 1);
  if (!descending) return treated;
  const out = new Int32Array(treated.length);
  let size = 0;
  for (let to = treated.length; to > 0; ) {
    let from = to - 1;
    while (from > 0 && score[treated[from - 1] as number] === score[treated[to - 1] as number]) from--;
    for (let i = from; i < to; i++) out[size++] = treated[i] as number;
    to = from;
  }
  return out;
}

/** Finds and takes the nearest free control in nearly constant time: union-find over the places no longer free. */
export function lineTaker(line: Line, arm: Uint8Array, caliper: number): Finder {
  const size = line.order.length;
  const after = new Int32Array(size + 1);
  const before = new Int32Array(size + 1);
  after[size] = size;
  for (let place = 0; place < size; place++) {
    const control = arm[line.order[place] as number] !== 1;
    after[place] = control ? place : place + 1;
    before[place + 1] = control ? place + 1 : place;
  }
  const finder = { distance: 0, take };
  function take(unit: number): number {
    const at = line.place[unit] as number;
    if (at < 0) return -1;
    const place = nearer(line, unit, rootOf(before, at) - 1, rootOf(after, at));
    const control = line.order[place];
    if (control === undefined) return -1;
    const distance = gap(line, unit, place);
    if (!(distance <= caliper)) return -1;
    after[place] = place + 1;
    before[place + 1] = place;
    finder.distance = distance;
    return control;
  }
  return finder;
}

/**
 * Finds the `ratio` controls nearest to a participant, free or not, nearest first.
 * The result calls `found` with each control and its distance.
 */
export function lineLister(line: Line, arm: Uint8Array, ratio: number, caliper: number) {
  const size = line.order.length;
  const isControl = (place: number) => arm[line.order[place] as number] !== 1;
  const after = new Int32Array(size + 1).fill(size);
  const before = new Int32Array(size + 1).fill(-1);
  for (let place = size - 1; place >= 0; place--)
    after[place] = isControl(place) ? place : (after[place + 1] as number);
  for (let place = 0; place < size; place++) before[place + 1] = isControl(place) ? place : (before[place] as number);
  return (unit: number, found: (control: number, distance: number) => void): void => {
    const at = line.place[unit] as number;
    if (at < 0) return;
    let above = after[at] as number;
    let below = before[at] as number;
    for (let wanted = ratio; wanted > 0; wanted--) {
      const place = nearer(line, unit, below, above);
      const distance = gap(line, unit, place);
      if (place < 0 || place >= size || !(distance <= caliper)) return;
      found(line.order[place] as number, distance);
      if (place === above) above = after[place + 1] as number;
      else below = before[place] as number;
    }
  };
}

/** The nearer of the places below and above; one out of reach where neither is in the unit's block. */
function nearer(line: Line, unit: number, below: number, above: number): number {
  const toBelow = gap(line, unit, below);
  const toAbove = gap(line, unit, above);
  if (toBelow === Number.POSITIVE_INFINITY && toAbove === Number.POSITIVE_INFINITY) return -1;
  if (toBelow !== toAbove) return toBelow < toAbove ? below : above;
  const at = line.place[unit] as number;
  return at - below <= above - at ? below : above;
}

/** Distance to the unit at a place; infinite where there is none in the same block. */
function gap({ order, score, block }: Line, unit: number, place: number): number {
  const other = order[place];
  if (other === undefined || block[other] !== block[unit]) return Number.POSITIVE_INFINITY;
  return Math.abs((score[other] as number) - (score[unit] as number));
}

/** The end of a run of closed places, halving the way to it. */
export function rootOf(parent: Int32Array, from: number): number {
  let at = from;
  while (parent[at] !== at) {
    const up = parent[parent[at] as number] as number;
    parent[at] = up;
    at = up;
  }
  return at;
}
