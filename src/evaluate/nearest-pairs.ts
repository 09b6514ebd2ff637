import type { MatchedDesign } from "./design.ts";
import type { Units } from "./distance.ts";

/** Who is matched with whom, participants in the order of the data, each one's matches by rank. */
export interface MatchedPairs {
  readonly size: number;
  readonly treated: Int32Array;
  readonly control: Int32Array;
  /** 1 for a participant's first match. */
  readonly rank: Int32Array;
  readonly distance: Float64Array;
}

/** A match of persons: `stratum` numbers the sets, participants in order; -1 throughout with replacement. */
export interface PairedDesign extends MatchedDesign {
  readonly pairs: MatchedPairs;
  readonly replace: boolean;
}

/** Takes the nearest free control of a participant: -1 where there is none near enough. */
export interface Finder {
  take(unit: number): number;
  /** Distance of what was last taken. */
  distance: number;
}

/** Matches in the making; `control` and `distance` in the order they were found. */
export interface Found {
  readonly treated: number[];
  readonly control: number[];
  readonly distance: number[];
}

export const NO_CONTROL_IN_BLOCK = "no control in the participant's block";
export const NONE_NEAR = "no free control near enough";
export const ALL_USED = "every control of the block is already used";
export const NO_DISTANCE = "a covariate or the distance is not known";
export const NOT_CHOSEN = "not the nearest control of any participant";
const REASONS = [NO_CONTROL_IN_BLOCK, NONE_NEAR, ALL_USED, NO_DISTANCE, NOT_CHOSEN] as const;

/** No pair yet: three lists of one length, a pair a place. */
export function nothingFound(): Found {
  return { treated: [], control: [], distance: [] };
}

/** Everyone's first match before anyone's second; who found none in a round is not asked again. */
export function roundRobin(order: Int32Array, ratio: number, finder: Finder): Found {
  const found = nothingFound();
  let asked: Iterable<number> = order;
  for (let round = 1; round <= ratio; round++) {
    const next: number[] = [];
    for (const unit of asked) {
      const control = finder.take(unit);
      if (control < 0) continue;
      add(found, unit, control, finder.distance);
      next.push(unit);
    }
    if (next.length === 0) break;
    asked = next;
  }
  return found;
}

/** Appends a pair of units with its distance, in the unit of the distance matched on. */
export function add(found: Found, treated: number, control: number, distance: number): void {
  found.treated.push(treated);
  found.control.push(control);
  found.distance.push(distance);
}

/**
 * Weights from matches: a matched participant 1, a control the sum over its matches of 1 / m_i, m_i the matches of that
 * participant; so controls' weights sum to the matched participants. On MatchIt's scale: times NC / NT.
 * @param known 1 where the unit has a distance
 */
export function pairedDesign(
  method: string,
  units: Units,
  known: (unit: number) => boolean,
  found: Found,
  replace: boolean,
): PairedDesign {
  const size = units.arm.length;
  const pairs = pairsOf(size, found);
  const weights = new Float64Array(size);
  const stratum = new Int32Array(size).fill(-1);
  let sets = 0;
  for (let from = 0; from < pairs.size; ) {
    const treated = pairs.treated[from] as number;
    let to = from;
    while (to < pairs.size && pairs.treated[to] === treated) to++;
    weights[treated] = 1;
    for (let i = from; i < to; i++) {
      const control = pairs.control[i] as number;
      weights[control] = (weights[control] as number) + 1 / (to - from);
      if (!replace) stratum[control] = sets;
    }
    if (!replace) stratum[treated] = sets;
    sets++;
    from = to;
  }
  let participants = 0;
  for (let unit = 0; unit < size; unit++)
    if (units.arm[unit] === 1 && (units.block[unit] as number) >= 0) participants++;
  const strata = replace ? null : { all: participants, matched: sets };
  return {
    method,
    weights,
    stratum,
    strata,
    reason: reasonsOf(units, known, weights, replace),
    reasons: REASONS,
    pairs,
    replace,
  };
}

/** Sorts matches by participant, keeping their order, which is that of ranks. */
function pairsOf(units: number, found: Found): MatchedPairs {
  const size = found.treated.length;
  const at = new Int32Array(units + 1);
  for (const treated of found.treated) at[treated + 1] = (at[treated + 1] as number) + 1;
  for (let unit = 0; unit < units; unit++) at[unit + 1] = (at[unit + 1] as number) + (at[unit] as number);
  const pairs = {
    size,
    treated: new Int32Array(size),
    control: new Int32Array(size),
    rank: new Int32Array(size),
    distance: new Float64Array(size),
  };
  const taken = new Int32Array(units);
  for (let i = 0; i < size; i++) {
    const treated = found.treated[i] as number;
    const rank = ((taken[treated] as number) + 1) | 0;
    const place = (at[treated] as number) + rank - 1;
    taken[treated] = rank;
    pairs.treated[place] = treated;
    pairs.control[place] = found.control[i] as number;
    pairs.rank[place] = rank;
    pairs.distance[place] = found.distance[i] as number;
  }
  return pairs;
}

function reasonsOf(
  units: Units,
  known: (unit: number) => boolean,
  weights: Float64Array,
  replace: boolean,
): Int32Array {
  let blocks = 0;
  for (let unit = 0; unit < weights.length; unit++) blocks = Math.max(blocks, (units.block[unit] as number) + 1);
  const controls = new Int32Array(blocks);
  const free = new Int32Array(blocks);
  for (let unit = 0; unit < weights.length; unit++) {
    const b = units.block[unit] as number;
    if (b < 0 || units.arm[unit] === 1 || !known(unit)) continue;
    controls[b] = (controls[b] as number) + 1;
    if (replace || weights[unit] === 0) free[b] = (free[b] as number) + 1;
  }
  const reason = (unit: number): number => {
    const b = units.block[unit] as number;
    if (b < 0 || (weights[unit] as number) > 0) return -1;
    if (!known(unit)) return REASONS.indexOf(NO_DISTANCE);
    if (units.arm[unit] !== 1) return REASONS.indexOf(NOT_CHOSEN);
    if (controls[b] === 0) return REASONS.indexOf(NO_CONTROL_IN_BLOCK);
    return REASONS.indexOf(free[b] === 0 ? ALL_USED : NONE_NEAR);
  };
  const reasons = new Int32Array(weights.length);
  for (let unit = 0; unit < reasons.length; unit++) reasons[unit] = reason(unit);
  return reasons;
}
