import type { Solver } from "../solver.ts";
import { probe } from "../suppression/attack.ts";
import { componentsOf } from "../suppression/component.ts";
import { type Interval, type Knowledge, narrow } from "../suppression/narrow.ts";
import { EARLIER } from "../system/builder.ts";
import type { Registered } from "../system/cells.ts";
import { type Count, isHidden, type System } from "../system/system.ts";

/** What an edition with rounded counts shows. */
export interface RoundedTable {
  /** Counts by name with the multiples told of them. */
  readonly multiples: ReadonlyMap<string, number>;
  readonly base: number;
  /** Units whose figures rest on exact counts: shown, or hidden as without rounding. */
  readonly exact: { readonly shown: ReadonlySet<string>; readonly hidden: ReadonlySet<string> };
  readonly threshold: number;
}

/**
 * The small counts of which somebody who knows how they were rounded, every equation, what stands on exact counts and
 * all that earlier editions showed would know more than their multiple tells: whose interval over all whole numbers that
 * agree is narrower than threshold - 1, as wide as that of a count from 0 to 4. What an earlier edition showed itself
 * is known already.
 */
export function knownTooWell(
  { system, numbers }: Registered,
  { multiples, base, exact, threshold }: RoundedTable,
  solver: Solver,
): readonly number[] {
  const { counts, rows } = system;
  const lower = Float64Array.from(counts, ({ least, value }) => Math.min(least, value));
  const upper = new Float64Array(counts.length).fill(Number.POSITIVE_INFINITY);
  // persons that go by one name on purpose, such as all mentors who went on to a step, are no find
  const named = narrow({ rows, lower, upper });
  for (const [name, multiple] of multiples) {
    const i = numbers.get(name);
    const count = i === undefined ? undefined : counts[i];
    if (i === undefined || count === undefined || isOnlyExact(count, exact.hidden)) continue;
    // a multiple may have moved by a whole base
    const reach = Math.abs(multiple - count.value) < base ? base - 1 : base;
    lower[i] = Math.max(0, multiple - reach);
    upper[i] = multiple + reach;
  }
  for (const [i, { value, units }] of counts.entries())
    if (units.some((unit) => unit === EARLIER || exact.shown.has(unit))) {
      lower[i] = value;
      upper[i] = value;
    }
  const targets = counts.flatMap(({ reach, value }, i) =>
    reach !== null && value < threshold && lower[i] !== upper[i] && named.lower[i] !== named.upper[i] ? [i] : [],
  );
  return narrowOnes(system, { lower, upper }, new Set(targets), threshold - 1, solver);
}

/** Whether a count is told nowhere but with figures that are hidden: its multiple isn't told either. */
const isOnlyExact = (count: Count, hidden: ReadonlySet<string>): boolean =>
  count.units.length > 0 && isHidden(count, hidden);

/** Targets whose intervals are narrower than `width`, part by part. */
function narrowOnes(
  system: System,
  { lower, upper }: Pick<Knowledge, "lower" | "upper">,
  targets: ReadonlySet<number>,
  width: number,
  solver: Solver,
): readonly number[] {
  return componentsOf(system).flatMap(({ system: { rows }, at, truth }) => {
    const own = at.flatMap((i, k) => (targets.has(i) ? [k] : []));
    if (own.length === 0) return [];
    const ends = (of: ArrayLike<number>) => Float64Array.from(at, (i) => of[i] ?? 0);
    const asked = probe({ rows, lower: ends(lower), upper: ends(upper) }, truth, [], solver);
    asked.stir(own, (_, [least]) => least + width);
    const isWide = ([from, to]: Interval): boolean => to - from >= width;
    const narrow = own.filter((target) => {
      if (isWide(asked.seen(target))) return false;
      return !isWide(asked.bounds(target)) || !isWide(asked.interval(target));
    });
    return narrow.flatMap((k) => at[k] ?? []);
  });
}
