import { PATTERNS } from "./patterns.ts";
import { RISK } from "./risk.ts";

const { keyed: _keyed, members: _members, start_day_counts: _days, pattern_counts: _counts, ...aggregated } = PATTERNS;

/**
 * The tables that evaluation reads, by name: counts and sums of patterns, never a row a person. They are what may be
 * handed over in the place of a register (method.md §2); with cells of one person they stay restricted.
 */
export const MAY_CROSS: ReadonlySet<string> = new Set(
  [...Object.values(aggregated), RISK.attrition, RISK.maturity].map(({ name }) => name),
);
