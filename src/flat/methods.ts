import { coarsen, matchCoarsened } from "../evaluate/coarsened.ts";
import type { SeType } from "../evaluate/effect.ts";
import { balanceEntropy, entropyInfluences } from "../evaluate/entropy.ts";
import { covariate, matchExact } from "../evaluate/exact.ts";
import { oddsInfluences, weighByOdds } from "../evaluate/odds.ts";
import type { Covariate, Outcomes, Patterns } from "../evaluate/patterns.ts";
import { matchRelaxed } from "../evaluate/relaxed.ts";
import { type MatchSettings, type TableMatch, unanswered } from "./match.ts";
import { nearestMatch, optimalMatch } from "./pair-methods.ts";

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

const lacksDistance =
  (method: string) =>
  ({ covariates, distance = "logit" }: MatchSettings): string | null =>
    covariates.length === 0 && typeof distance === "string"
      ? `${method} matches on the distance over --covariates, or on a given score: --distance column:NAME`
      : null;

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
    lacks: lacksDistance("nearest"),
    errors: ({ replace = false }) =>
      replace ? ["two-way", "two-way", "HC3", "CR1", ...ROBUST] : ["set", "two-way", "HC3", "CR1", ...ROBUST],
    match: nearestMatch,
  },
  optimal: {
    unit: "person",
    reads: ["exact", "distance", "ratio"],
    lacks: lacksDistance("optimal"),
    errors: () => ["set", "two-way", "HC3", "CR1", ...ROBUST],
    match: optimalMatch,
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

/** Values of the matched covariates, joined by |. */
function labelOf(covariates: readonly Covariate[]): (pattern: number) => string {
  return (p) =>
    covariates.map((c) => (c.kind === "numeric" ? String(c.values[p]) : (c.levels[c.codes[p] ?? -1] ?? ""))).join("|");
}
