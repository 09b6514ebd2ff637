import type { Units } from "./distance.ts";
import { mahalanobisPoints, type Points } from "./distance-mahalanobis.ts";
import { squaredDistance } from "./distance-tree.ts";
import type { Unfitted } from "./logistic.ts";
import { type Distance, scoreOf, unitsOf } from "./nearest.ts";
import { lineOf } from "./nearest-line.ts";
import { add, type Found, nothingFound, type PairedDesign, pairedDesign } from "./nearest-pairs.ts";
import { assign } from "./optimal-assignment.ts";
import { assignOnLine } from "./optimal-line.ts";
import type { Patterns } from "./patterns.ts";

/** Blocks are the combinations of `exact`; distances are summed within them only. No replacement, no caliper. */
export interface OptimalSettings {
  readonly distance: Distance;
  /** Controls a participant, 1 by default; fewer in a block that has fewer. */
  readonly ratio?: number;
  /** Covariates that a set shares exactly. */
  readonly exact?: readonly string[];
  /** Persons in the order of their ids, for ties; the order of the data by default. */
  readonly byId?: Int32Array;
}

/** As greedy matching's, with the least total distance; a control serves one participant at most. */
export interface OptimalDesign extends PairedDesign {
  /** Sum of the distances of all pairs, which no other match of as many pairs has less of. */
  readonly total: number;
  readonly warnings: readonly string[];
}

/** A block is too large to compare every participant with every control. */
export interface TooLarge {
  readonly reason: "too large";
  readonly participants: number;
  readonly controls: number;
  /** Comparisons that the largest block needs (participants x ratio x controls), and the most that are made. */
  readonly comparisons: number;
  readonly most: number;
}

/** Most comparisons in a block, for an answer in seconds and less than 100 MB. */
export const MOST_ON_A_SCORE = 5e8;
const MOST_IN_SPACE = 4e6;

/**
 * Optimal matching of persons (each pattern is one person), 1:1 or 1:k within blocks, without replacement: the sets
 * whose sum of distances is least. A block with fewer than `ratio` controls a participant has as many as there are for
 * everybody; one with fewer controls than participants gives each control to the participant that costs least in sum.
 * Agrees with the best of all permutations on small cases (test/property/optimal.test.ts).
 * @returns why there is no answer where a propensity score has none, or a block is too large
 * @throws RangeError when a pattern is more than one person, or ratio isn't a whole number
 */
export function matchOptimal(patterns: Patterns, settings: OptimalSettings): OptimalDesign | Unfitted | TooLarge {
  const { distance, ratio = 1 } = settings;
  if (!Number.isInteger(ratio) || ratio < 1) throw new RangeError(`ratio ${ratio} is not a whole number from 1`);
  if (patterns.rows.some((rows) => rows > 1))
    throw new RangeError("patterns stand for several persons: who is matched is not known");
  const units = unitsOf(patterns, settings.exact ?? [], settings.byId);
  if (distance.kind === "mahalanobis") return inSpace(units, mahalanobisPoints(patterns, distance.terms), ratio);
  const score = scoreOf(patterns, distance);
  return typeof score === "string" ? score : onLine(units, score.values, ratio, score.warnings);
}

function onLine(
  units: Units,
  score: Float64Array,
  ratio: number,
  warnings: readonly string[],
): OptimalDesign | TooLarge {
  const line = lineOf(units, score);
  const blocks = blocksOf(units, line.order);
  const refused = tooLarge(blocks, ratio, MOST_ON_A_SCORE);
  if (refused !== null) return refused;
  const found = nothingFound();
  for (const block of blocks) {
    const { few, many, copies } = rolesOf(block, ratio);
    const repeated = Int32Array.from({ length: few.length * copies }, (_, i) => few[Math.floor(i / copies)] as number);
    const scores = (members: Int32Array) => Float64Array.from(members, (unit) => score[unit] as number);
    const partner = assignOnLine(scores(repeated), scores(many));
    collect(found, units, repeated, many, partner, (a, b) => Math.abs((score[a] as number) - (score[b] as number)));
  }
  return designed(units, (unit) => (line.place[unit] as number) >= 0, found, warnings);
}

function inSpace(units: Units, points: Points, ratio: number): OptimalDesign | TooLarge {
  const order = (units.byId ?? Int32Array.from(units.arm.keys())).filter(
    (unit) => (units.block[unit] as number) >= 0 && points.known[unit] === 1,
  );
  const blocks = blocksOf(units, order);
  const refused = tooLarge(blocks, ratio, MOST_IN_SPACE);
  if (refused !== null) return refused;
  const found = nothingFound();
  for (const block of blocks) {
    const { few, many, copies } = rolesOf(block, ratio);
    const distance = (a: number, b: number) => Math.sqrt(squaredDistance(points, a, b));
    const table = new Float64Array(few.length * many.length);
    few.forEach((a, i) => {
      many.forEach((b, j) => {
        table[i * many.length + j] = distance(a, b);
      });
    });
    const cost = (i: number, j: number) => table[Math.floor(i / copies) * many.length + j] as number;
    const repeated = Int32Array.from({ length: few.length * copies }, (_, i) => few[Math.floor(i / copies)] as number);
    collect(found, units, repeated, many, assign(repeated.length, many.length, cost), distance);
  }
  return designed(units, (unit) => points.known[unit] === 1, found, []);
}

interface Block {
  readonly treated: Int32Array;
  readonly control: Int32Array;
}

/** The members of each block that has both arms, in the order given. */
function blocksOf(units: Units, order: Int32Array): Block[] {
  const members = new Map<number, { treated: number[]; control: number[] }>();
  for (const unit of order) {
    const b = units.block[unit] as number;
    const block = members.get(b) ?? { treated: [], control: [] };
    members.set(b, block);
    (units.arm[unit] === 1 ? block.treated : block.control).push(unit);
  }
  return [...members.values()]
    .filter(({ treated, control }) => treated.length > 0 && control.length > 0)
    .map(({ treated, control }) => ({ treated: Int32Array.from(treated), control: Int32Array.from(control) }));
}

/** Who chooses (each of them `copies` times), and among whom. */
function rolesOf({ treated, control }: Block, ratio: number) {
  if (control.length < treated.length) return { few: control, many: treated, copies: 1 };
  return { few: treated, many: control, copies: Math.min(ratio, Math.floor(control.length / treated.length)) };
}

function tooLarge(blocks: readonly Block[], ratio: number, most: number): TooLarge | null {
  let largest: TooLarge | null = null;
  for (const block of blocks) {
    const { few, many, copies } = rolesOf(block, ratio);
    const comparisons = few.length * copies * many.length;
    if (comparisons <= Math.max(most, largest?.comparisons ?? 0)) continue;
    const [participants, controls] = [block.treated.length, block.control.length];
    largest = { reason: "too large", participants, controls, comparisons, most };
  }
  return largest;
}

/** Adds a block's pairs, nearest first, so that ranks go by distance. */
function collect(
  found: Found,
  units: Units,
  few: Int32Array,
  many: Int32Array,
  partner: Int32Array,
  distance: (a: number, b: number) => number,
): void {
  const pairs = Array.from(partner, (j, i) => {
    const [a, b] = [few[i] as number, many[j] as number];
    const [treated, control] = units.arm[a] === 1 ? [a, b] : [b, a];
    return { treated, control, distance: distance(a, b) };
  });
  pairs.sort((a, b) => a.distance - b.distance);
  for (const pair of pairs) add(found, pair.treated, pair.control, pair.distance);
}

function designed(
  units: Units,
  known: (unit: number) => boolean,
  found: Found,
  warnings: readonly string[],
): OptimalDesign {
  const design = pairedDesign("optimal", units, known, found, false);
  return { ...design, total: design.pairs.distance.reduce((sum, distance) => sum + distance, 0), warnings };
}
