import type { Population, Results } from "../cohort/results.ts";
import type { OutcomeChoice } from "../cohort/settings.ts";
import type { Cell } from "../disclose/finding.ts";
import type { Effect, SeType } from "../evaluate/effect.ts";
import { effectWith } from "../evaluate/effect-errors.ts";
import { effectiveShares, known } from "../evaluate/effective-shares.ts";
import { type EffectiveSize, effectiveSize } from "../evaluate/effective-size.ts";
import { holmWithin } from "../evaluate/holm.ts";
import type { Match } from "../evaluate/matching.ts";
import type { Covariate, Outcomes, Patterns, Recurrence } from "../evaluate/patterns.ts";
import { minimumDetectableEffect } from "../evaluate/power.ts";

/** The persons of one result: distinct, by arm, and how many of them were placed. */
interface ArmPersons {
  readonly persons: number;
  readonly placed: number;
  /** Of how many persons the weighted share speaks. */
  readonly effective?: Cell["effective"];
}

/** The effect in one period and one level of one dimension (`total` for all), with the persons it rests on. */
export interface PlacedEffect extends OutcomeChoice {
  readonly period: string;
  readonly dimension: string;
  readonly level: string;
  readonly effect: Effect;
  readonly participants: ArmPersons;
  readonly controls: ArmPersons;
  /** p-value after Holm over the family of subgroup levels; null outside it. */
  readonly adjusted: number | null;
  /** The level whose p-value the adjusted one is a multiple of: a smaller one's, where Holm's running maximum is. */
  readonly adjustedFrom: { readonly dimension: string; readonly level: string };
  /** Smallest difference that sizes such as these find with 80 % power, from planning values; null without them. */
  readonly detectable: number | null;
}

/** What of a match is estimated; the planned rate of controls is a fraction, null where none was stated. */
export interface AnalysisSettings {
  /** Each on its own is reported too. */
  readonly years: readonly number[];
  /** The kind of error, where persons recur and where they don't. */
  readonly error: (recurs: boolean) => SeType;
  readonly subgroups: readonly string[];
  readonly minimumPersons: number;
  readonly adjust: "holm" | "none";
  readonly plannedControlRate: number | null;
}

/** One outcome with all that its effects need, the match included. */
export interface MatchedOutcome extends OutcomeChoice {
  readonly patterns: Patterns;
  readonly match: Match;
  readonly outcomes: Outcomes;
  readonly recurrence: Recurrence;
  readonly populations: readonly Population[];
}

/** The tables of one outcome out of all results. */
export function matchedOutcome(
  choice: OutcomeChoice,
  patterns: Patterns,
  match: Match,
  results: Results,
): MatchedOutcome {
  const same = (other: OutcomeChoice): boolean =>
    other.definition === choice.definition && other.after === choice.after;
  const outcomes = results.outcomes.find(same);
  const recurrence = results.recurrence.find(same);
  if (outcomes === undefined || recurrence === undefined)
    throw new Error(`no results of ${choice.definition} after ${choice.after} months`);
  return { ...choice, patterns, match, outcomes, recurrence, populations: results.populations.filter(same) };
}

/** Effects by year and pooled, then pooled by subgroup level; years and levels restrict one and the same match. */
export function analyse(outcome: MatchedOutcome, settings: AnalysisSettings): readonly PlacedEffect[] {
  const pooled = periodOf(settings.years);
  const years = settings.years.length > 1 ? settings.years.map(String) : [];
  const totals = [...years, pooled].map((period) => placedEffect(outcome, settings, period, "total", "total"));
  const levels = settings.subgroups.flatMap((dimension) =>
    levelsOf(outcome, dimension)
      .map((level) => placedEffect(outcome, settings, pooled, dimension, level))
      .map((result) => (isLargeEnough(result, settings) ? result : withoutEstimates(result))),
  );
  return [...totals, ...adjusted(levels, settings.adjust)];
}

/** `2014-2016`, or the one year. */
export function periodOf(years: readonly number[]): string {
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? String(first) : `${first}-${last}`;
}

function placedEffect(
  outcome: MatchedOutcome,
  settings: AnalysisSettings,
  period: string,
  dimension: string,
  level: string,
): PlacedEffect {
  const { patterns, match, outcomes, recurrence } = outcome;
  const { weights } = match.design;
  const within = maskOf(patterns, period, dimension, level);
  const effective = effectiveShares({ patterns, weights, outcomes, recurrence }, within);
  const persons = (arm: Population["arm"]): ArmPersons => {
    const found = outcome.populations.find(
      (row) => row.period === period && row.dimension === dimension && row.level === level && row.arm === arm,
    );
    return { persons: found?.persons ?? 0, placed: found?.personsPlaced ?? 0 };
  };
  const size = effectiveSize(patterns, weights, recurrence, within);
  const effect = effectWith(settings.error(recurrence.rows.length > 0), {
    sample: { patterns, weights, outcomes, recurrence },
    match,
    settings: { within, persons: persons("both").persons, effective: size },
  });
  return {
    definition: outcome.definition,
    after: outcome.after,
    period,
    dimension,
    level,
    effect,
    participants: { ...persons("participants"), effective: known(effective.treated) },
    controls: { ...persons("controls"), effective: known(effective.control) },
    adjusted: null,
    adjustedFrom: { dimension, level },
    detectable: detectable(settings, size),
  };
}

function detectable({ plannedControlRate }: AnalysisSettings, size: EffectiveSize): number | null {
  if (plannedControlRate === null || size.treated === null || size.control === null) return null;
  return minimumDetectableEffect(plannedControlRate, { participants: size.treated, controls: size.control });
}

/** 1 for the patterns of a period and level. */
function maskOf(patterns: Patterns, period: string, dimension: string, level: string): Uint8Array {
  const [first = "0", last = first] = period.split("-");
  const [from, until] = [Number(first) * 12, Number(last) * 12 + 11];
  const covariate = dimension === "total" ? undefined : patterns.covariates.find((c) => c.name === dimension);
  return Uint8Array.from({ length: patterns.size }, (_, p) => {
    const month = patterns.month[p] ?? 0;
    return month >= from && month <= until && hasLevel(covariate, p, level) ? 1 : 0;
  });
}

function hasLevel(covariate: Covariate | undefined, p: number, level: string): boolean {
  if (covariate === undefined) return true;
  if (covariate.kind === "numeric") return String(covariate.values[p]) === level;
  return covariate.levels[covariate.codes[p] ?? -1] === level;
}

function levelsOf({ patterns }: MatchedOutcome, dimension: string): readonly string[] {
  const covariate = patterns.covariates.find((c) => c.name === dimension);
  if (covariate === undefined || covariate.kind === "numeric") throw new Error(`no levels of ${dimension}`);
  const seen = new Set<string>();
  for (let p = 0; p < patterns.size; p++)
    if (patterns.arm[p] === 1 && (patterns.rows[p] ?? 0) > 0)
      seen.add(covariate.levels[covariate.codes[p] ?? -1] ?? "");
  return covariate.levels.filter((level) => seen.has(level));
}

const isLargeEnough = (result: PlacedEffect, { minimumPersons }: AnalysisSettings): boolean =>
  result.participants.persons >= minimumPersons && result.controls.persons >= minimumPersons;

const NONE = { estimate: null, lower: null, upper: null };

/** A group below the reliability minimum keeps its place and its counts, and has no estimate. */
function withoutEstimates(result: PlacedEffect): PlacedEffect {
  const { effect } = result;
  const difference = { ...effect.difference, ...NONE, se: null, p: null };
  const rates = { treated: NONE, control: NONE };
  return {
    ...result,
    detectable: null,
    effect: { ...effect, rates, difference, relative: NONE, riskRatio: NONE, oddsRatio: NONE, covariance: null },
  };
}

function adjusted(levels: readonly PlacedEffect[], adjust: AnalysisSettings["adjust"]): readonly PlacedEffect[] {
  if (adjust === "none") return levels;
  return holmWithin(levels, ({ effect }) => effect.difference.p).map(({ one, p, source: { dimension, level } }) => ({
    ...one,
    adjusted: p,
    adjustedFrom: { dimension, level },
  }));
}
