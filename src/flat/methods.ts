import { coarsen, matchCoarsened } from "../evaluate/coarsened.ts";
import { type MatchedDesign, nobodyMatched } from "../evaluate/design.ts";
import type { SeType } from "../evaluate/effect.ts";
import { balanceEntropy, entropyInfluences } from "../evaluate/entropy.ts";
import { covariate, matchExact } from "../evaluate/exact.ts";
import type { Unfitted } from "../evaluate/logistic.ts";
import { type Distance, matchNearest, type Order } from "../evaluate/nearest.ts";
import type { MatchedPairs } from "../evaluate/nearest-pairs.ts";
import { oddsInfluences, weighByOdds } from "../evaluate/odds.ts";
import type { MeanInfluences } from "../evaluate/odds-influence.ts";
import type { Covariate, Outcomes, Patterns } from "../evaluate/patterns.ts";
import { matchRelaxed, type Rung } from "../evaluate/relaxed.ts";
import { UserError } from "../user-error.ts";
import { scoreOfPeople } from "./score.ts";

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

export interface Method {
  /** Whether a pattern may stand for several persons. */
  readonly unit: "pattern" | "person";
  /** Settings that mean something to this method, beside `covariates`. */
  readonly reads: ReadonlyArray<keyof MatchSettings>;
  /** What is missing for it to begin. */
  readonly lacks: (settings: MatchSettings) => string | null;
  /** Errors it may be given; the first without, the second with recurring persons is its own. */
  readonly errors: (settings: MatchSettings) => readonly [SeType, SeType, ...SeType[]];
  readonly match: (patterns: Patterns, settings: MatchSettings, byId?: Int32Array) => TableMatch;
}

const ROBUST = ["HC0", "HC1", "HC2", "CR0", "CR3"] as const;
const STRATA_ERRORS = ["HC3", "CR1", ...ROBUST, "matched", "stratified"] as const;

const FITTED_ERRORS = ["stacked", "stacked", "HC3", "CR1", ...ROBUST] as const;

const lacksCovariates =
  (words: string) =>
  ({ covariates }: MatchSettings): string | null =>
    covariates.length === 0 ? words : null;

/** A method is one entry here. */
export const METHODS = {
  exact: {
    unit: "pattern",
    reads: ["exact", "relax"],
    lacks: ({ exact }) =>
      exact.length === 0 ? "name at least one column to match on, e.g. --exact gender,qualification" : null,
    errors: ({ relax = [] }) => (relax.length > 0 ? ["HC3", "CR1", ...ROBUST] : STRATA_ERRORS),
    match: exactMatch,
  },
  cem: {
    unit: "pattern",
    reads: ["exact", "cutpoints"],
    lacks: ({ exact, cutpoints = {} }) =>
      exact.length + Object.keys(cutpoints).length === 0
        ? "cem matches on columns cut at points and on exact ones, e.g. --cutpoints age=20:25:30 --exact gender"
        : null,
    errors: () => STRATA_ERRORS,
    match: coarsenedMatch,
  },
  nearest: {
    unit: "person",
    reads: ["exact", "distance", "ratio", "replace", "caliper", "order"],
    lacks: ({ covariates, distance = "logit" }) =>
      covariates.length === 0 && typeof distance === "string"
        ? "nearest matches on the distance over --covariates, or on a given score: --distance column:NAME"
        : null,
    errors: ({ replace = false }) =>
      replace ? ["two-way", "two-way", "HC3", "CR1", ...ROBUST] : ["set", "two-way", "HC3", "CR1", ...ROBUST],
    match: nearestMatch,
  },
  odds: {
    unit: "pattern",
    reads: [],
    lacks: lacksCovariates("odds weighs by the propensity score over --covariates; name at least one"),
    errors: () => FITTED_ERRORS,
    match: oddsWeights,
  },
  entropy: {
    unit: "pattern",
    reads: ["moments"],
    lacks: lacksCovariates("entropy balances the means of --covariates; name at least one"),
    errors: () => FITTED_ERRORS,
    match: entropyWeights,
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;

/** The columns that a match reads, in the order in which patterns hold them. */
export function columnsOf(settings: MatchSettings): readonly string[] {
  const score = typeof settings.distance === "object" ? [settings.distance.column] : [];
  const rungs = (settings.relax ?? []).flat();
  const cut = Object.keys(settings.cutpoints ?? {});
  return [...new Set([...settings.exact, ...cut, ...rungs, ...settings.covariates, ...score])];
}

function exactMatch(patterns: Patterns, { exact, relax = [] }: MatchSettings): TableMatch {
  const label = labelOf(exact.map((name) => covariate(patterns, name)));
  const title = `exact matching on ${exact.join(", ")}`;
  if (relax.length === 0) return { design: matchExact(patterns, { on: exact }), title, label, warnings: [] };
  const design = matchRelaxed(patterns, { rungs: [exact, ...relax] });
  const ladder = relax.map((on) => `then ${on.join(", ")}`).join(", ");
  return { design, title: `${title}, ${ladder}`, label, rungs: design.rungs, warnings: [] };
}

function coarsenedMatch(patterns: Patterns, { exact, cutpoints = {} }: MatchSettings): TableMatch {
  const on = [...new Set([...exact, ...Object.keys(cutpoints)])];
  const design = matchCoarsened(patterns, { on, cutpoints });
  const label = labelOf(on.map((name) => coarsen(covariate(patterns, name), { cutpoints })));
  const named = on.map((name) => {
    const points = cutpoints[name];
    return points === undefined ? name : `${name} (cut at ${points.join(", ")})`;
  });
  return { design, title: `coarsened exact matching on ${named.join(", ")}`, label, warnings: [] };
}

function nearestMatch(patterns: Patterns, settings: MatchSettings, byId?: Int32Array): TableMatch {
  const { exact, ratio = 1, replace = false, distance = "logit", caliper, order } = settings;
  const on = typeof distance === "string" ? DISTANCES[distance] : `\`${distance.column}\``;
  const within = exact.length > 0 ? ` within ${exact.join(", ")}` : "";
  const title = `nearest matching 1:${ratio}${replace ? " with replacement" : ""} on ${on}${within}`;
  const score = scoreOf(patterns, distance, settings.covariates);
  const found =
    typeof score === "string"
      ? score
      : matchNearest(patterns, {
          distance: score.distance,
          ratio,
          replace,
          exact,
          ...(caliper === undefined ? {} : { caliper }),
          ...(order === undefined ? {} : { order }),
          ...(byId === undefined ? {} : { byId }),
        });
  if (typeof score === "string" || typeof found === "string")
    return unanswered(patterns, "nearest", title, String(found));
  const label = (p: number): string => ((found.stratum[p] ?? -1) < 0 ? "" : String((found.stratum[p] ?? 0) + 1));
  return { design: found, title, label, pairs: found.pairs, warnings: [...score.warnings, ...found.warnings] };
}

function oddsWeights(patterns: Patterns, { covariates }: MatchSettings): TableMatch {
  const title = `weights by the odds of the propensity score over ${covariates.join(", ")}`;
  const found = weighByOdds(patterns, { terms: covariates.map((name) => ({ covariate: name })) });
  if (typeof found === "string") return unanswered(patterns, "odds", title, found);
  const influences = (outcomes: Outcomes) => oddsInfluences(patterns, found, outcomes);
  return { design: found, title, label: () => "", influences, warnings: found.warnings };
}

function entropyWeights(patterns: Patterns, { covariates, moments = 1 }: MatchSettings): TableMatch {
  const title = `entropy balancing of ${moments === 2 ? "means and squares" : "means"} of ${covariates.join(", ")}`;
  const found = balanceEntropy(patterns, { covariates, moments });
  if ("reason" in found && !("weights" in found)) {
    const which = found.moments.length > 0 ? `: ${found.moments.join(", ")}` : "";
    return unanswered(patterns, "entropy", title, `${found.reason}${which}`);
  }
  const influences = (outcomes: Outcomes) => entropyInfluences(patterns, found, outcomes);
  return { design: found, title, label: () => "", influences, warnings: [] };
}

const unanswered = (patterns: Patterns, method: string, title: string, reason: string): TableMatch => ({
  design: nobodyMatched(patterns, method, reason),
  title,
  label: () => "",
  warnings: [],
});

const DISTANCES = {
  logit: "the propensity score",
  "logit-linear": "the logit of the propensity score",
  mahalanobis: "Mahalanobis distance",
} as const;

/** The distance to match by, and what to know of it; or why there is none. */
function scoreOf(
  patterns: Patterns,
  choice: DistanceChoice,
  covariates: readonly string[],
): { distance: Distance; warnings: readonly string[] } | Unfitted {
  if (choice === "mahalanobis")
    return { distance: { kind: "mahalanobis", terms: covariates.map((name) => ({ covariate: name })) }, warnings: [] };
  if (typeof choice === "string") {
    const fitted = scoreOfPeople(patterns, covariates, choice === "logit" ? "probability" : "linear");
    if (typeof fitted === "string") return fitted;
    return { distance: { kind: "given", score: fitted.values }, warnings: fitted.warnings };
  }
  const score = covariate(patterns, choice.column);
  if (score.kind !== "numeric")
    throw new UserError(`--distance column:${choice.column}: not all of its values are numbers`);
  return { distance: { kind: "given", score: score.values }, warnings: [] };
}

/** Values of the matched covariates, joined by |. */
function labelOf(covariates: readonly Covariate[]): (pattern: number) => string {
  return (p) =>
    covariates.map((c) => (c.kind === "numeric" ? String(c.values[p]) : (c.levels[c.codes[p] ?? -1] ?? ""))).join("|");
}
