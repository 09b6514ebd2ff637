import { groupBy } from "../group-by.ts";
import type { PublishedEdition, PublishedRow } from "./published.ts";
import type { Recovered } from "./recover.ts";

/**
 * Participants lost to follow-up, from the steps of their curve: those placed in a month over those still followed in it. All
 * whole numbers that give a step are tried; where each says that a few were lost since the month before, that is a find.
 */
export function curveFinds({ name, rows, threshold, base }: PublishedEdition): readonly Recovered[] {
  if (base !== null) return [];
  const points = rows.filter(({ metric, arm, value }) => {
    return metric === "placed_by_month" && arm === "participants" && value !== null;
  });
  const curves = groupBy(points, ({ region, period, definition, window }) =>
    [name, region, period, definition, window].join(" / "),
  );
  return [...curves].flatMap(([place, own]) => findsOf(place, own, threshold));
}

function findsOf(place: string, points: readonly PublishedRow[], threshold: number): readonly Recovered[] {
  const found: Recovered[] = [];
  let followed = points[0]?.n ?? 0;
  let [month, placed] = [0, 0];
  for (const point of points.toSorted((a, b) => Number(a.level) - Number(b.level))) {
    // of several months together nobody knows when those lost had left
    if (Number(point.level) !== month + 1) break;
    month += 1;
    const step = ((point.value ?? 0) - placed) / (1 - placed);
    placed = point.value ?? 0;
    const ways = waysOf(step, followed);
    const lost = ways.map(({ all }) => followed - all);
    if (lost.length > 0 && lost.every((count) => count > 0 && count < threshold))
      found.push({ what: `lost before month ${month} / ${place}`, least: Math.min(...lost), most: Math.max(...lost) });
    const [only, ...more] = ways;
    if (only === undefined || more.length > 0) break;
    followed = only.all - only.some;
  }
  return found;
}

/** Those followed, and those of them placed, of whom a step is the share; the most first. */
function waysOf(step: number, most: number) {
  return Array.from({ length: most }, (_, i) => most - i)
    .map((all) => ({ all, some: Math.round(step * all) }))
    .filter(({ all, some }) => some > 0 && Math.abs(step * all - some) < 1e-9 * all);
}
