import { type MatchedDesign, nobodyMatched } from "../evaluate/design.ts";
import type { Order } from "../evaluate/nearest.ts";
import type { MatchedPairs } from "../evaluate/nearest-pairs.ts";
import type { MeanInfluences } from "../evaluate/odds-influence.ts";
import type { Outcomes, Patterns } from "../evaluate/patterns.ts";
import type { Rung } from "../evaluate/relaxed.ts";

/** `logit` is the difference of propensity scores, `logit-linear` that of their logits. */
export type DistanceChoice = "logit" | "logit-linear" | "mahalanobis" | { readonly column: string };

export interface MatchSettings {
  readonly exact: readonly string[];
  readonly covariates: readonly string[];
  /** Coarser and coarser sets of covariates for participants without a control. */
  readonly relax?: ReadonlyArray<readonly string[]>;
  readonly cutpoints?: Readonly<Record<string, readonly number[]>>;
  readonly distance?: DistanceChoice;
  readonly ratio?: number;
  readonly replace?: boolean;
  readonly caliper?: number;
  readonly order?: Order;
  /** Entropy balancing: 1 for means, 2 for squares as well. */
  readonly moments?: 1 | 2;
}

/** A match of a flat table, with what the files and the text say of it. */
export interface TableMatch {
  readonly design: MatchedDesign;
  /** What was matched on, in words. */
  readonly title: string;
  /** The words for a pattern's stratum, matched or not. */
  readonly label: (pattern: number) => string;
  readonly pairs?: MatchedPairs;
  readonly rungs?: readonly Rung[];
  /** Every row's influence on both means, where weights are fitted; null where an arm is empty. */
  readonly influences?: (outcomes: Outcomes) => MeanInfluences | null;
  readonly warnings: readonly string[];
}

/** A match of nobody, for a method that has no answer. */
export const unanswered = (patterns: Patterns, method: string, title: string, reason: string): TableMatch => ({
  design: nobodyMatched(patterns, method, reason),
  title,
  label: () => "",
  warnings: [],
});
