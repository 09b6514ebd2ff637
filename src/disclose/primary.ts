import type { Regrouped } from "./earlier/declared-groups.ts";
import type { Cell, Finding } from "./finding.ts";
import { ROLES, type Role } from "./place.ts";

/** Rules of one audience (method.md §9); counts are of distinct persons. */
export interface DisclosureRules {
  readonly audience: "public" | "funder" | "internal";
  /** Smallest count that may be shown or derived; never below 4. */
  readonly threshold: number;
  /** Hides what tells too much (also where absent), or rounds counts. */
  readonly method?: "suppression" | "rounding" | undefined;
  /** What counts are rounded to multiples of; at least the threshold, 5 where absent. */
  readonly base?: number | undefined;
  /** Which groups of earlier editions became which; guessed from figures and names where absent. */
  readonly regrouped?: Regrouped | undefined;
}

/** What counts are rounded to multiples of; null where they are told as they are. */
export const roundingBase = ({
  method,
  base = DEFAULT_BASE,
}: Pick<DisclosureRules, "method" | "base">): number | null => (method === "rounding" ? base : null);

const DEFAULT_BASE = 5;

/** Smallest base of a rate, a mean or a net promoter score by audience; where it is lower, the threshold holds. */
const MINIMUM_BASE: Readonly<Record<DisclosureRules["audience"], number>> = { public: 10, funder: 5, internal: 4 };
/** Largest share of a sum that one person may have where its mean is shown. */
export const DOMINANCE = 0.5;

/** Smallest base of a finding's rate, mean or score: the audience's, or what its own settings ask beyond it. */
export const minimumBase = (
  { audience, threshold }: DisclosureRules,
  { minimumBase: own = 0 }: Pick<Cell, "minimumBase"> = {},
) => Math.max(threshold, MINIMUM_BASE[audience], own);

/** A count too small to show; zero tells of nobody. */
export const isSmall = (count: number, threshold: number): boolean => count > 0 && count < threshold;

/**
 * Whether a finding is confidential by itself: too small a base; a rate whose numerator or complement is too small or
 * nobody (a whole group shares one answer), by their weights too; a mean that one person dominates; a level that is small, or all but a few.
 */
export function isPrimary({ cell }: Finding, rules: DisclosureRules): boolean {
  const { base, numerator, kind } = cell;
  const { threshold } = rules;
  if (base === null || base === 0) return false;
  if (kind === "balance" && numerator !== null)
    return isSmall(base, threshold) || isSmall(numerator, threshold) || isSmall(base - numerator, threshold);
  if (kind === "mean") return base < minimumBase(rules, cell) || (cell.largestShare ?? 0) > DOMINANCE;
  if (kind !== "rate" || numerator === null) return isSmall(base, Math.max(threshold, cell.minimumBase ?? 0));
  return ROLES.some((role) => restsOnFew(cell, role, rules));
}

/** Fewest persons that one role of a rate may rest on. */
export const leastOf = (cell: Cell, role: Role, rules: DisclosureRules): number =>
  role === "base" ? minimumBase(rules, cell) : rules.threshold;

/** Whole persons that one role of a rate rests on; of a share whose persons have unequal weights, no more than speak by them. */
export function restingOn({ base, numerator, effective }: Cell, role: Role): number {
  const all = base ?? 0;
  const some = numerator ?? 0;
  const size = { base: all, numerator: some, complement: all - some }[role];
  return Math.min(size, Math.floor((effective?.[role] ?? size) + 1e-9));
}

/** Whether one role of a rate rests on too few, as if those who hardly count weren't there. */
export const restsOnFew = (cell: Cell, role: Role, rules: DisclosureRules): boolean =>
  restingOn(cell, role) < leastOf(cell, role, rules);
