import { distanceSd, type Units } from "./distance.ts";
import { mahalanobisPoints, type Points } from "./distance-mahalanobis.ts";
import { strataOf } from "./exact.ts";
import type { Unfitted } from "./logistic.ts";
import { closestOnLine } from "./nearest-closest.ts";
import { type Line, lineLister, lineOf, lineTaker, participantsByScore } from "./nearest-line.ts";
import { nodesOf } from "./nearest-nodes.ts";
import { add, type Found, nothingFound, type PairedDesign, pairedDesign, roundRobin } from "./nearest-pairs.ts";
import { closestInSpace, spaceTaker, treesOf, withReplacementInSpace } from "./nearest-space.ts";
import type { Patterns } from "./patterns.ts";
import { propensity } from "./propensity.ts";
import type { Term } from "./propensity-design.ts";

/** How far apart two persons are. */
export type Distance =
  /** Difference of the propensity score: the probability (MatchIt's default) or its logit. */
  | { readonly kind: "logit"; readonly scale?: "probability" | "linear"; readonly terms?: readonly Term[] }
  | { readonly kind: "mahalanobis"; readonly terms?: readonly Term[] }
  /** Difference of a given score, one value a pattern. */
  | { readonly kind: "given"; readonly score: Float64Array };

/**
 * Which participant chooses first: by score from above or below, the pair with the least distance of all, or the row
 * that stands first in the file.
 */
export type Order = "largest" | "smallest" | "closest" | "data";

/** Greedy matching's choices, with MatchIt's defaults; each pattern must be one person (`rows` 1). */
export interface NearestSettings {
  readonly distance: Distance;
  /** Controls a participant, 1 by default. */
  readonly ratio?: number;
  /** Whether a control may serve several participants; false by default. */
  readonly replace?: boolean;
  /** Widest difference allowed, in standard deviations of the score over all units; none by default. */
  readonly caliper?: number;
  /** Who chooses first: by default the largest score, or the order of the data where there is no score. */
  readonly order?: Order;
  /** Covariates that a pair shares exactly. */
  readonly exact?: readonly string[];
  /** Persons in the order of their ids, for ties; the order of the data by default. */
  readonly byId?: Int32Array;
}

/**
 * Participants with a match weigh 1; controls share the weight of the participants they serve, 1 / (controls of that
 * participant) each.
 */
export interface NearestDesign extends PairedDesign {
  /** Widest difference allowed, in the score's own unit; null where none was set. */
  readonly caliper: number | null;
  /** What the reader must know of the propensity score. */
  readonly warnings: readonly string[];
}

/**
 * Nearest-neighbour matching of persons (each pattern is one person): greedy, in rounds, so that everyone has a first
 * match before anyone has a second. Ties break by place in the order of score and id (nearest-line.ts; Mahalanobis:
 * distance-tree.ts). On a score the search is linear after a radix sort; Mahalanobis uses a k-d tree. Agrees with MatchIt `nearest` (test/reference/matching/tiefree_*, nearest_*).
 * @returns why there is no answer where a propensity score has none
 * @throws RangeError when a pattern is more than one person (see `matchNearestTieAveraged`), or settings contradict
 */
export function matchNearest(patterns: Patterns, settings: NearestSettings): NearestDesign | Unfitted {
  checkSettings(patterns, settings);
  const units = unitsOf(patterns, settings.exact ?? [], settings.byId);
  if (settings.distance.kind === "mahalanobis") {
    const points = mahalanobisPoints(patterns, settings.distance.terms);
    const found = inSpace(points, units, settings);
    const known = (unit: number) => points.known[unit] === 1;
    return { ...pairedDesign("nearest", units, known, found, settings.replace === true), caliper: null, warnings: [] };
  }
  const score = scoreOf(patterns, settings.distance);
  if (typeof score === "string") return score;
  return matchOnScore(patterns.rows, units, score.values, settings, score.warnings);
}

/** Persons and the blocks in which they are matched. */
export function unitsOf(patterns: Patterns, exact: readonly string[], byId?: Int32Array): Units {
  return { arm: patterns.arm, block: strataOf(patterns, exact).stratum, byId: byId ?? null };
}

/** The score of each pattern, and what to know of it; or why there is none. */
export function scoreOf(patterns: Patterns, distance: Exclude<Distance, { kind: "mahalanobis" }>) {
  if (distance.kind === "given") return { values: distance.score, warnings: [] };
  const scores = propensity(patterns, distance.terms === undefined ? {} : { terms: distance.terms });
  if (typeof scores === "string") return scores;
  return { values: distance.scale === "linear" ? scores.linear : scores.probability, warnings: scores.warnings };
}

function matchOnScore(
  rows: Float64Array,
  units: Units,
  score: Float64Array,
  settings: NearestSettings,
  warnings: readonly string[],
): NearestDesign {
  const sd = settings.caliper === undefined ? null : distanceSd(score, rows);
  const caliper = settings.caliper === undefined ? null : settings.caliper * (sd ?? 0);
  const line = lineOf(units, score);
  const found = onLine(line, units, settings, caliper ?? Number.POSITIVE_INFINITY);
  const known = (unit: number) => (line.place[unit] as number) >= 0;
  return { ...pairedDesign("nearest", units, known, found, settings.replace === true), caliper, warnings };
}

function onLine(line: Line, units: Units, settings: NearestSettings, caliper: number): Found {
  const { ratio = 1, replace = false, order = "largest" } = settings;
  if (replace) {
    const found = nothingFound();
    const list = lineLister(line, units.arm, ratio, caliper);
    for (const unit of participants(units)) list(unit, (control, distance) => add(found, unit, control, distance));
    return found;
  }
  if (order === "closest") return closestOnLine(nodesOf(line, units.arm), units, ratio, caliper);
  const asked = order === "data" ? participants(units) : participantsByScore(line, units.arm, order === "largest");
  return roundRobin(asked, ratio, lineTaker(line, units.arm, caliper));
}

function inSpace(points: Points, units: Units, { ratio = 1, replace = false, order = "data" }: NearestSettings): Found {
  const trees = treesOf(points, units);
  if (replace) return withReplacementInSpace(trees, points, units, ratio);
  if (order === "closest") return closestInSpace(trees, points, units, ratio);
  return roundRobin(participants(units), ratio, spaceTaker(trees, points, units));
}

/** Participants in the order of the data. */
function participants(units: Units): Int32Array {
  const treated: number[] = [];
  units.arm.forEach((arm, unit) => {
    if (arm === 1) treated.push(unit);
  });
  return Int32Array.from(treated);
}

function checkSettings(patterns: Patterns, { distance, ratio = 1, caliper, order = "data" }: NearestSettings): void {
  if (!Number.isInteger(ratio) || ratio < 1) throw new RangeError(`ratio ${ratio} is not a whole number from 1`);
  if (caliper !== undefined && !(caliper >= 0)) throw new RangeError(`caliper ${caliper} is not a number from 0`);
  if (patterns.rows.some((rows) => rows > 1))
    throw new RangeError("patterns stand for several persons: who is matched is not known");
  if (distance.kind !== "mahalanobis") return;
  if (caliper !== undefined) throw new RangeError("a caliper is in units of a score, and Mahalanobis has none");
  if (order !== "data" && order !== "closest")
    throw new RangeError(`order ${order} needs a score, and Mahalanobis has none: use data or closest`);
}
