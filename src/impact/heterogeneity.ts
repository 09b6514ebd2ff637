import type { Finding } from "../disclose/finding.ts";
import { heterogeneity } from "../evaluate/subgroups.ts";
import type { MatchedOutcome, PlacedEffect } from "./analysis.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";

/**
 * By dimension, the p-value of the test that its levels have one effect (method.md §5). Levels too small for an estimate
 * take no part. Weights count as fixed; persons are clustered where they recur.
 */
export function heterogeneityFindings(
  outcome: MatchedOutcome,
  effects: readonly PlacedEffect[],
  context: FindingContext,
): readonly Finding[] {
  const { patterns, match, outcomes, recurrence } = outcome;
  const sample = { patterns, weights: match.design.weights, outcomes, recurrence };
  return [...new Set(effects.map(({ dimension }) => dimension))].flatMap((dimension) => {
    const covariate = patterns.covariates.find(({ name }) => name === dimension);
    if (covariate === undefined || covariate.kind === "numeric") return [];
    const estimated = effects.filter((one) => one.dimension === dimension && one.effect.difference.se !== null);
    const names = estimated.map(({ level }) => level);
    const places = covariate.levels.map((level) => names.indexOf(level));
    const of = covariate.codes.map((code) => places[code] ?? -1);
    const tested = heterogeneity(
      sample,
      { names, of },
      { persons: personsIn(outcome, context.pooled, dimension, names) },
    );
    const base = estimated.reduce((sum, one) => sum + one.participants.persons + one.controls.persons, 0);
    return [
      findingOf(outcome, context, {
        metric: "heterogeneity_p",
        dimension,
        level: "total",
        unit: "probability",
        value: tested.p,
        // as a function of every level's effect it is a check on any guess at a hidden one
        cell: { kind: "effect", numerator: null, base, alongside: names.map((level) => ({ level })) },
      }),
    ];
  });
}

/**
 * Distinct persons of both arms in these levels: a control who starts a duo later is one. Where a level is left out and
 * persons pass from one to another (in age), who is in several is counted in each, up to all matched persons.
 */
function personsIn(
  { populations }: MatchedOutcome,
  pooled: string,
  dimension: string,
  levels: readonly string[],
): number {
  const both = populations.filter(({ arm, period }) => arm === "both" && period === pooled);
  const among = both.filter((row) => row.dimension === dimension && levels.includes(row.level));
  const all = both.find((row) => row.dimension === "total")?.persons ?? 0;
  return Math.min(
    all,
    among.reduce((sum, { persons }) => sum + persons, 0),
  );
}
