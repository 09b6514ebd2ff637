import { nobodyMatched } from "../evaluate/design.ts";
import type { Match, PatternMatchSettings } from "../evaluate/matching.ts";
import type { Order } from "../evaluate/nearest.ts";
import type { MatchedPairs } from "../evaluate/nearest-pairs.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import type { Cuts } from "./cut-rules.ts";

/** `logit` is the difference of propensity scores, `logit-linear` that of their logits. */
export type DistanceChoice = "logit" | "logit-linear" | "mahalanobis" | { readonly column: string };

/**
 * How a flat file is matched: what needs each person may be asked for too. Calipers are in standard deviations of the
 * score.
 */
export interface MatchSettings extends Omit<PatternMatchSettings, "groups" | "order" | "cutpoints"> {
  readonly cutpoints?: Cuts;
  readonly distance?: DistanceChoice;
  readonly order?: Order;
  /** Columns for whose levels the effect is told apart. */
  readonly subgroups?: readonly string[];
}

/** A match of a flat table, with what the files and the text say of it. */
export interface TableMatch extends Match {
  /** What was matched on, in words. */
  readonly title: string;
  /** The words for a pattern's stratum, matched or not. */
  readonly label: (pattern: number) => string;
  readonly pairs?: MatchedPairs;
}

/** A match of nobody, for a method that has no answer. */
export const unanswered = (patterns: Patterns, method: string, title: string, reason: string): TableMatch => ({
  design: nobodyMatched(patterns, method, reason),
  title,
  label: () => "",
  warnings: [],
});
