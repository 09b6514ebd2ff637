import { matchCoarsened } from "./coarsened.ts";
import { type MatchedDesign, nobodyMatched } from "./design.ts";
import type { SeType } from "./effect.ts";
import { balanceEntropy, entropyInfluences } from "./entropy.ts";
import { matchExact } from "./exact.ts";
import type { LogisticFit } from "./logistic.ts";
import { matchNearestTieAveraged } from "./nearest-patterns.ts";
import { oddsInfluences, weighByOdds } from "./odds.ts";
import type { MeanInfluences } from "./odds-influence.ts";
import { matchOptimalTieAveraged } from "./optimal-patterns.ts";
import type { Outcomes, Patterns } from "./patterns.ts";
import { matchRelaxed, type Rung } from "./relaxed.ts";

/** What the methods that match patterns read; each reads its own part (see `MATCHERS`). */
export interface PatternMatchSettings {
  /** Covariates that participants and their controls share exactly. */
  readonly exact: readonly string[];
  /** Covariates of the propensity score, or whose means are balanced. */
  readonly covariates: readonly string[];
  /** Coarser and coarser sets of covariates for participants without a control. */
  readonly relax?: ReadonlyArray<readonly string[]>;
  /** Where numeric covariates are cut. */
  readonly cutpoints?: Readonly<Record<string, readonly number[]>>;
  /** Levels of categorical covariates to take together. */
  readonly groups?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly ratio?: number;
  readonly replace?: boolean;
  /** In standard deviations of the score over all rows. */
  readonly caliper?: number;
  readonly order?: "largest" | "smallest" | "closest";
  /** Entropy balancing: 1 for means, 2 for squares as well. */
  readonly moments?: 1 | 2;
}

/** A match with what its errors need. */
export interface Match {
  readonly design: MatchedDesign;
  readonly rungs?: readonly Rung[];
  /** Every row's influence on both means of the patterns kept, where weights are fitted; null where an arm is empty. */
  readonly influences?: (outcomes: Outcomes, within?: Uint8Array) => MeanInfluences | null;
  /** Whether the means of `influences` stand in for the weighted ones (AIPW). */
  readonly augmented?: boolean;
  /** The logistic regression that scores come from, where the method fits one. */
  readonly fit?: LogisticFit;
  readonly warnings: readonly string[];
}

/**
 * One method that matches patterns, as `MATCHERS` lists them: what it does, and the errors that its weights may have.
 */
export interface Matcher {
  /** Errors that it may be given; the first without, the second with recurring persons is its own. */
  readonly errors: (settings: PatternMatchSettings) => readonly [SeType, SeType, ...SeType[]];
  readonly match: (patterns: Patterns, settings: PatternMatchSettings) => Match;
}

/** Errors that take weights as fixed and ask no more than rows and their persons. */
export const ROBUST = ["HC0", "HC1", "HC2", "CR0", "CR3"] as const;
const STRATA_ERRORS = ["HC3", "CR1", ...ROBUST, "matched", "stratified"] as const;
const FITTED_ERRORS = ["stacked", "stacked", "HC3", "CR1", ...ROBUST] as const;

/** A method that matches patterns is one entry here, for flat files and for registers. */
export const MATCHERS = {
  exact: {
    errors: ({ relax = [] }) => (relax.length > 0 ? ["HC3", "CR1", ...ROBUST] : STRATA_ERRORS),
    match: exactMatch,
  },
  cem: {
    errors: () => STRATA_ERRORS,
    match: (patterns, { exact, cutpoints = {}, groups = {} }) => {
      const on = [...new Set([...exact, ...Object.keys(cutpoints), ...Object.keys(groups)])];
      return { design: matchCoarsened(patterns, { on, cutpoints, groups }), warnings: [] };
    },
  },
  /** Patterns say how many tie, not who is matched: no sets, so no errors by set. */
  "tie-averaged": { errors: () => ["HC3", "CR1", ...ROBUST], match: tieAveragedMatch },
  "optimal-averaged": { errors: () => ["HC3", "CR1", ...ROBUST], match: optimalAveragedMatch },
  odds: { errors: () => FITTED_ERRORS, match: oddsWeights },
  entropy: { errors: () => FITTED_ERRORS, match: entropyWeights },
} as const satisfies Record<string, Matcher>;

function exactMatch(patterns: Patterns, { exact, relax = [] }: PatternMatchSettings): Match {
  if (relax.length === 0) return { design: matchExact(patterns, { on: exact }), warnings: [] };
  const design = matchRelaxed(patterns, { rungs: [exact, ...relax] });
  return { design, rungs: design.rungs, warnings: [] };
}

function tieAveragedMatch(patterns: Patterns, settings: PatternMatchSettings): Match {
  const { exact, covariates, caliper, order, ratio = 1, replace = false } = settings;
  const found = matchNearestTieAveraged(patterns, {
    distance: { kind: "logit", terms: termsOf(covariates) },
    exact,
    ratio,
    replace,
    ...(caliper === undefined ? {} : { caliper }),
    ...(order === undefined ? {} : { order }),
  });
  return typeof found === "string"
    ? unanswered(patterns, "nearest, tie-averaged", found)
    : { design: found, warnings: found.warnings };
}

function optimalAveragedMatch(patterns: Patterns, { exact, covariates, ratio = 1 }: PatternMatchSettings): Match {
  const method = "optimal, tie-averaged";
  const found = matchOptimalTieAveraged(patterns, {
    distance: { kind: "logit", terms: termsOf(covariates) },
    exact,
    ratio,
  });
  if (typeof found === "string") return unanswered(patterns, method, found);
  if ("weights" in found) return { design: found, warnings: found.warnings };
  const { participants, controls } = found;
  const reason = `a block of ${participants} participants and ${controls} controls is too large to compare everybody`;
  return unanswered(patterns, method, reason);
}

function oddsWeights(patterns: Patterns, { covariates }: PatternMatchSettings): Match {
  const found = weighByOdds(patterns, { terms: termsOf(covariates) });
  if (typeof found === "string") return unanswered(patterns, "odds", found);
  const influences = (outcomes: Outcomes, within?: Uint8Array) => oddsInfluences(patterns, found, outcomes, within);
  return { design: found, influences, fit: found.propensity.fit, warnings: found.warnings };
}

/** Of moments that can't be met, so many are named: where only all together can't, they are all that there are. */
const MOMENTS_NAMED = 5;

function entropyWeights(patterns: Patterns, { covariates, moments = 1 }: PatternMatchSettings): Match {
  const found = balanceEntropy(patterns, { covariates, moments });
  if ("reason" in found && !("weights" in found)) {
    const named = found.moments.slice(0, MOMENTS_NAMED);
    const others = found.moments.length - named.length;
    const which = `${named.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
    return unanswered(patterns, "entropy", named.length === 0 ? found.reason : `${found.reason}: ${which}`);
  }
  const influences = (outcomes: Outcomes, within?: Uint8Array) => entropyInfluences(patterns, found, outcomes, within);
  return { design: found, influences, warnings: [] };
}

const termsOf = (covariates: readonly string[]) => covariates.map((covariate) => ({ covariate }));

/** A match of nobody, for a method that has no answer. */
const unanswered = (patterns: Patterns, method: string, reason: string): Match => ({
  design: nobodyMatched(patterns, method, reason),
  warnings: [],
});
