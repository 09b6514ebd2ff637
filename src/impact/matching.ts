import type { SeType } from "../evaluate/effect.ts";
import { covariate } from "../evaluate/exact.ts";
import { MATCHERS, type Match, type Matcher, type PatternMatchSettings } from "../evaluate/matching.ts";
import type { Covariate, Patterns } from "../evaluate/patterns.ts";
import { covariatesOf } from "../protocol/covariates.ts";
import type { Alternative, ErrorName, Matching } from "../protocol/matching.ts";

/** The protocol's match of a register's patterns; nearest and optimal are `tie-averaged`, since patterns don't say who is who. */
export function matchPatterns(patterns: Patterns, matching: Matching): Match {
  return matcherOf(matching).match(patterns, settingsOf(patterns, matching));
}

/** The kind of error that a name of the protocol means to a method, where persons recur and where they don't. */
export function errorType(matching: Matching, error: ErrorName, recurs: boolean): SeType {
  if (error === "HC3" || error === "matched") return error;
  if (error === "person-jackknife") return "CR3";
  if (error === "fixed-weights") return recurs ? "CR1" : "HC3";
  return matcherOf(matching).errors(settingsOf(null, matching))[recurs ? 1 : 0];
}

/** The patterns with the covariates whose balance is shown and judged: the method's, matched exactly or not, and others. */
export function comparedPatterns(patterns: Patterns, matching: Alternative, others: readonly string[]): Patterns {
  const shown = new Set<string>([...covariatesOf(matching), ...others]);
  return { ...patterns, covariates: patterns.covariates.filter(({ name }) => shown.has(name)) };
}

function matcherOf({ method }: Matching): Matcher {
  if (method === "nearest") return MATCHERS["tie-averaged"];
  return MATCHERS[method === "optimal" ? "optimal-averaged" : method];
}

/** A protocol's settings in the words of `MATCHERS`; `distance` has one value there. */
function settingsOf(patterns: Patterns | null, matching: Matching): PatternMatchSettings {
  const exact = "on" in matching ? matching.on : [];
  const covariates = "covariates" in matching ? matching.covariates : [];
  if (matching.method === "exact") return { exact, covariates, relax: matching.relax };
  if (matching.method === "cem") return { exact, covariates, ...coarsening(patterns, matching.cutpoints) };
  if (matching.method === "optimal") return { exact, covariates, ratio: matching.ratio };
  if (matching.method !== "nearest") return { exact, covariates };
  const { ratio, replace, caliper, order } = matching;
  return { exact, covariates, ratio, replace, order, ...(caliper === undefined ? {} : { caliper }) };
}

type Cutpoints = Readonly<Record<string, readonly number[] | undefined>>;

/** Numbers are cut; bands, which registers have in their place, are taken together between the cutpoints. */
function coarsening(
  patterns: Patterns | null,
  declared: Cutpoints,
): Pick<PatternMatchSettings, "cutpoints" | "groups"> {
  const cutpoints: Record<string, readonly number[]> = {};
  const groups: Record<string, Readonly<Record<string, readonly string[]>>> = {};
  for (const [name, points = []] of Object.entries(declared)) {
    const of = patterns === null ? null : covariate(patterns, name);
    if (of?.kind === "categorical") groups[name] = bandGroups(of, points);
    else cutpoints[name] = points;
  }
  return { cutpoints, groups };
}

/** Bands `18-21`, `22-25`, `24+` by the number they begin with; a level without one (`unknown`) stays apart. */
function bandGroups({ levels }: Extract<Covariate, { kind: "categorical" }>, points: readonly number[]) {
  const groups: Record<string, string[]> = {};
  for (const level of levels) {
    const from = Number.parseInt(level, 10);
    if (Number.isNaN(from)) continue;
    const below = points.filter((point) => point <= from);
    const name = below.length === 0 ? "below" : `from ${Math.max(...below)}`;
    groups[name] = [...(groups[name] ?? []), level];
  }
  return groups;
}
