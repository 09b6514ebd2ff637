import { aipwFits } from "../evaluate/aipw-fits.ts";
import { aipwInfluences } from "../evaluate/aipw-influence.ts";
import { coarsen } from "../evaluate/coarsened.ts";
import type { SeType } from "../evaluate/effect.ts";
import { covariate } from "../evaluate/exact.ts";
import { MATCHERS, type PatternMatchSettings, ROBUST } from "../evaluate/matching.ts";
import { weighByOdds } from "../evaluate/odds.ts";
import type { Covariate, Outcomes, Patterns } from "../evaluate/patterns.ts";
import { cutpointsOf } from "./cut-rules.ts";
import { type MatchSettings, type TableMatch, unanswered } from "./match.ts";
import { nearestMatch, optimalMatch } from "./pair-methods.ts";

/** A method on a flat file: an entry of `METHODS`, which options, help and checks read. */
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
    errors: (settings) => MATCHERS.exact.errors(patternPart(settings)),
    match: exactMatch,
  },
  cem: {
    unit: "pattern",
    reads: ["exact", "cutpoints"],
    lacks: ({ exact, cutpoints = {} }) =>
      exact.length + Object.keys(cutpoints).length === 0
        ? "cem matches on columns cut at points and on exact ones, e.g. --cutpoints age=20:25:30 --exact gender (age=sturges cuts as MatchIt does)"
        : null,
    errors: MATCHERS.cem.errors,
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
    errors: MATCHERS.odds.errors,
    match: oddsWeights,
  },
  aipw: {
    unit: "pattern",
    reads: [],
    lacks: lacksCovariates("aipw models the arm and the outcome by --covariates; name at least one"),
    errors: () => ["stacked", "stacked"],
    match: doublyRobust,
  },
  entropy: {
    unit: "pattern",
    reads: ["moments"],
    lacks: lacksCovariates("entropy balances the means of --covariates; name at least one"),
    errors: MATCHERS.entropy.errors,
    match: entropyWeights,
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;

/** The columns that a match reads, in the order in which patterns hold them. */
export function columnsOf(settings: MatchSettings): readonly string[] {
  const score = typeof settings.distance === "object" ? [settings.distance.column] : [];
  const rungs = (settings.relax ?? []).flat();
  const cut = Object.keys(settings.cutpoints ?? {});
  return [
    ...new Set([...settings.exact, ...cut, ...rungs, ...settings.covariates, ...score, ...(settings.subgroups ?? [])]),
  ];
}

function exactMatch(patterns: Patterns, settings: MatchSettings): TableMatch {
  const { exact, relax = [] } = settings;
  const label = labelOf(exact.map((name) => covariate(patterns, name)));
  const ladder = relax.map((on) => `, then ${on.join(", ")}`).join("");
  const title = `exact matching on ${exact.join(", ")}${ladder}`;
  return { ...MATCHERS.exact.match(patterns, patternPart(settings)), title, label };
}

function coarsenedMatch(patterns: Patterns, settings: MatchSettings): TableMatch {
  const { exact } = settings;
  const cutpoints = cutpointsOf(patterns, settings.cutpoints ?? {});
  const on = [...new Set([...exact, ...Object.keys(cutpoints)])];
  const label = labelOf(on.map((name) => coarsen(covariate(patterns, name), { cutpoints })));
  const named = on.map((name) => {
    const points = cutpoints[name];
    return points === undefined ? name : `${name} (cut at ${points.map(short).join(", ") || "nothing"})`;
  });
  const title = `coarsened exact matching on ${named.join(", ")}`;
  const match = MATCHERS.cem.match(patterns, { ...patternPart(settings), cutpoints });
  const warnings = [...match.warnings, ...exact.flatMap((name) => uncut(covariate(patterns, name), cutpoints))];
  return { ...match, title, label, warnings };
}

/** Who comes from MatchIt expects numbers to be cut without being told where. */
function uncut(of: Covariate, cutpoints: Readonly<Record<string, unknown>>): readonly string[] {
  if (of.kind !== "numeric" || cutpoints[of.name] !== undefined || isTwofold(of.values)) return [];
  const { name } = of;
  return [`\`${name}\` has no cutpoints and is matched exactly; --cutpoints ${name}=sturges cuts it as MatchIt does`];
}

function isTwofold(values: Float64Array): boolean {
  const other = values.find((value) => value !== values[0]);
  return values.every((value) => value === values[0] || value === other);
}

function oddsWeights(patterns: Patterns, settings: MatchSettings): TableMatch {
  const title = `weights by the odds of the propensity score over ${settings.covariates.join(", ")}`;
  return { ...MATCHERS.odds.match(patterns, patternPart(settings)), title, label: () => "" };
}

/** Balance and effective sizes are those of the weights by the odds, which the outcome's model corrects. */
function doublyRobust(patterns: Patterns, { covariates }: MatchSettings): TableMatch {
  const title = `augmented inverse-probability weighting (AIPW) over ${covariates.join(", ")}`;
  const found = weighByOdds(patterns, { terms: covariates.map((name) => ({ covariate: name })) });
  if (typeof found === "string") return unanswered(patterns, "aipw", title, found);
  const influences = (outcomes: Outcomes, within?: Uint8Array) =>
    aipwInfluences(patterns, aipwFits(patterns, found.propensity, outcomes), outcomes, within);
  const design = { ...found, method: "aipw" };
  return {
    design,
    influences,
    augmented: true,
    fit: found.propensity.fit,
    title,
    label: () => "",
    warnings: found.warnings,
  };
}

function entropyWeights(patterns: Patterns, settings: MatchSettings): TableMatch {
  const { covariates, moments = 1 } = settings;
  const title = `entropy balancing of ${moments === 2 ? "means and squares" : "means"} of ${covariates.join(", ")}`;
  return { ...MATCHERS.entropy.match(patterns, patternPart(settings)), title, label: () => "" };
}

const short = (point: number): string => String(Number(point.toPrecision(6)));

/** What the methods on patterns read: no order, which is for persons, and cutpoints as numbers only. */
function patternPart({ order: _, subgroups: __, cutpoints: ___, ...settings }: MatchSettings): PatternMatchSettings {
  return settings;
}

/** Values of the matched covariates, joined by |. */
function labelOf(covariates: readonly Covariate[]): (pattern: number) => string {
  return (p) =>
    covariates.map((c) => (c.kind === "numeric" ? String(c.values[p]) : (c.levels[c.codes[p] ?? -1] ?? ""))).join("|");
}
