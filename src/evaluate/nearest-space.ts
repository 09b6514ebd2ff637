import { idRanks, type Units } from "./distance.ts";
import type { Points } from "./distance-mahalanobis.ts";
import { nearestInTree, type Tree, takeFromTree, treeOf } from "./distance-tree.ts";
import { candidateHeap } from "./nearest-heap.ts";
import { lineOf } from "./nearest-line.ts";
import { add, type Finder, type Found, nothingFound } from "./nearest-pairs.ts";

/** One tree of controls a block. */
export function treesOf(points: Points, units: Units): readonly Tree[] {
  const { dimensions, coordinates } = points;
  const last = units.arm.length === 0 || dimensions === 0 ? null : dimensions - 1;
  const axis = Float64Array.from(units.arm, (_, unit) =>
    points.known[unit] !== 1 ? Number.NaN : last === null ? 0 : (coordinates[unit * dimensions + last] as number),
  );
  const { place } = lineOf(units, axis);
  const members: number[][] = [];
  units.block.forEach((block, unit) => {
    if (block < 0 || units.arm[unit] === 1 || points.known[unit] !== 1) return;
    const others = members[block];
    if (others === undefined) members[block] = [unit];
    else others.push(unit);
  });
  return Array.from(members, (block) => treeOf(points, Int32Array.from(block ?? []), place));
}

/** Takes the nearest free control in space. */
export function spaceTaker(trees: readonly Tree[], points: Points, units: Units): Finder {
  const finder = { distance: 0, take };
  function take(unit: number): number {
    const tree = trees[units.block[unit] as number];
    if (tree === undefined || points.known[unit] !== 1) return -1;
    const { units: controls, squares, places } = nearestInTree(tree, unit, 1, Number.POSITIVE_INFINITY);
    const [control, square, place] = [controls[0], squares[0], places[0]];
    if (control === undefined || square === undefined || place === undefined) return -1;
    takeFromTree(tree, place);
    finder.distance = Math.sqrt(square);
    return control;
  }
  return finder;
}

/** Every participant's `ratio` nearest controls, free or not. */
export function withReplacementInSpace(trees: readonly Tree[], points: Points, units: Units, ratio: number): Found {
  const found = nothingFound();
  units.arm.forEach((arm, unit) => {
    const tree = trees[units.block[unit] as number];
    if (arm !== 1 || tree === undefined || points.known[unit] !== 1) return;
    const nearest = nearestInTree(tree, unit, ratio, Number.POSITIVE_INFINITY);
    nearest.units.forEach((control, i) => {
      add(found, unit, control, Math.sqrt(nearest.squares[i] as number));
    });
  });
  return found;
}

/**
 * The closest pair of all first, in rounds: each participant waits in a heap with its nearest control, and asks again
 * when another has taken it (its distance can only have grown).
 */
export function closestInSpace(trees: readonly Tree[], points: Points, units: Units, ratio: number): Found {
  const found = nothingFound();
  const ranks = idRanks(units);
  const idOf = (unit: number) => (ranks === null ? unit : (ranks[unit] as number));
  let asked = Array.from(units.arm.keys()).filter((unit) => units.arm[unit] === 1 && points.known[unit] === 1);
  for (let round = 1; round <= ratio && asked.length > 0; round++) {
    const before = found.treated.length;
    closestRound(trees, units, asked, idOf, found);
    asked = found.treated.slice(before);
  }
  return found;
}

function closestRound(
  trees: readonly Tree[],
  units: Units,
  asked: readonly number[],
  idOf: (unit: number) => number,
  found: Found,
): void {
  const heap = candidateHeap();
  const offer = (unit: number) => {
    const tree = trees[units.block[unit] as number];
    if (tree === undefined) return;
    const nearest = nearestInTree(tree, unit, 1, Number.POSITIVE_INFINITY);
    const [control, distance, to] = [nearest.units[0], nearest.squares[0], nearest.places[0]];
    if (control === undefined || distance === undefined || to === undefined) return;
    heap.push({ distance, treatedId: idOf(unit), controlId: idOf(control), from: unit, to });
  };
  asked.forEach(offer);
  for (let best = heap.pop(); best !== undefined; best = heap.pop()) {
    const tree = trees[units.block[best.from] as number] as Tree;
    if (tree.taken[best.to] === 1) offer(best.from);
    else {
      takeFromTree(tree, best.to);
      add(found, best.from, tree.units[best.to] as number, Math.sqrt(best.distance));
    }
  }
}
