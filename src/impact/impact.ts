import { type Design, patternsFor } from "../cohort/design.ts";
import type { Results } from "../cohort/results.ts";
import type { OutcomeChoice } from "../cohort/settings.ts";
import type { Finding } from "../disclose/finding.ts";
import { type BalanceEntry, balance, largest } from "../evaluate/balance.ts";
import { designCounts, type MatchedDesign } from "../evaluate/design.ts";
import { effectiveSize } from "../evaluate/effective-size.ts";
import type { Match } from "../evaluate/matching.ts";
import type { Patterns, Recurrence } from "../evaluate/patterns.ts";
import { judge } from "../evaluate/verdicts.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import { canonicalJson, sha256 } from "../publish/hash.ts";
import { type AnalysisSettings, analyse, matchedOutcome, type PlacedEffect, periodOf } from "./analysis.ts";
import { attritionFindings, attritionSteps, linkage, withoutSmallExits } from "./attrition.ts";
import { effectFindings } from "./effect-findings.ts";
import type { FindingContext } from "./finding-of.ts";
import { heterogeneityFindings } from "./heterogeneity.ts";
import { balanceFindings, type FollowUpFigures, followUpFindings, matchFindings } from "./match-findings.ts";
import { comparedPatterns, errorType, matchPatterns } from "./matching.ts";

/** One outcome's match with its balance, made before that outcome was read. */
export interface OutcomeMatch extends OutcomeChoice {
  readonly patterns: Patterns;
  readonly design: MatchedDesign;
  /** The whole match, with its rungs and with what errors of fitted weights need. */
  readonly match: Match;
  readonly balance: readonly BalanceEntry[];
  /** Keys of the matched patterns, ascending. */
  readonly keys: readonly number[];
}

/** The matches of all outcomes under study and the hash that fixes them. */
export interface MatchedStudy {
  readonly matches: readonly OutcomeMatch[];
  /** sha256 over the weights and the balance of every match. */
  readonly hash: string;
}

/** The primary outcome first, then the secondary ones. */
export const outcomesOf = (evaluation: Evaluation): readonly OutcomeChoice[] =>
  [evaluation.outcome, ...evaluation.secondary].map(({ definition, after }) => ({ definition, after }));

/** Matches every outcome's mature population and measures its balance; no outcome column exists yet. */
export function matchStudy(design: Design, evaluation: Evaluation): MatchedStudy {
  const { matching } = evaluation;
  const matches = outcomesOf(evaluation).map((choice) => {
    const patterns = patternsFor(design, choice);
    const match = matchPatterns(patterns, matching);
    const matched = match.design;
    const compared = comparedPatterns(patterns, matching, evaluation.balance.report);
    return {
      ...choice,
      patterns,
      design: matched,
      match,
      balance: balance(compared, matched.weights),
      keys: matchedKeys(matched),
    };
  });
  const fixed = matches.map(({ definition, after, design: { weights }, balance: entries }) => ({
    definition,
    after,
    weights: [...weights],
    balance: entries,
  }));
  return { matches, hash: sha256(canonicalJson(fixed)) };
}

const matchedKeys = ({ weights }: MatchedDesign): readonly number[] =>
  [...weights.keys()].filter((key) => (weights[key] ?? 0) > 0);

interface ImpactInputs {
  readonly design: Design;
  readonly study: MatchedStudy;
  /** One entry a match, in the same order. */
  readonly results: readonly Results[];
  readonly evaluation: Evaluation;
  readonly region: string;
  readonly threshold: number;
  readonly rejectedDuos: number;
}

/**
 * The same numbers twice: effects with their covariances for what is computed from them, findings with their cells for
 * disclosure.
 */
export interface Impact {
  readonly effects: readonly PlacedEffect[];
  readonly findings: readonly Finding[];
}

/**
 * Every number of the evaluation with its cell. Subgroups, balance and attrition are told of the primary outcome only:
 * the populations of two outcomes differ by those who are mature for one of them, and the same table of both would
 * let a reader subtract.
 */
export function impactFindings(inputs: ImpactInputs): Impact {
  const { evaluation, results, study } = inputs;
  const context = {
    region: inputs.region,
    asOf: evaluation.register.extraction,
    pooled: periodOf(evaluation.cohorts.years),
  };
  const perOutcome = study.matches.map((match, i) => {
    const own = results[i];
    if (own === undefined) throw new Error(`no results of ${match.definition} after ${match.after} months`);
    const outcome = matchedOutcome(match, match.patterns, match.match, own);
    const isPrimary = i === 0;
    const settings = settingsOf(evaluation);
    const effects = analyse(outcome, isPrimary ? settings : { ...settings, subgroups: [] });
    const told = [
      ...effects.flatMap((effect) => effectFindings(effect, context)),
      ...matchQuality(inputs, match, outcome.recurrence, effects, context),
    ];
    if (!isPrimary) return { effects, findings: told };
    const findings = [
      ...told,
      ...heterogeneityFindings(outcome, effects, context),
      ...balanceFindings(match.balance, levelCounts(match.patterns), match, context),
      ...followUpFindings(followUp(inputs.design, match, own), match, context),
      ...attrition(inputs, match, context),
    ];
    return { effects, findings };
  });
  return {
    effects: perOutcome.flatMap(({ effects }) => effects),
    findings: perOutcome.flatMap(({ findings }) => findings),
  };
}

function settingsOf({ cohorts, effect, matching, subgroups }: Evaluation): AnalysisSettings {
  return {
    years: cohorts.years,
    error: (recurs) => errorType(matching, effect.error, recurs),
    subgroups: subgroups.by,
    minimumPersons: subgroups.minimumPersons,
    adjust: subgroups.adjust,
    plannedControlRate: effect.plannedControlRate ?? null,
  };
}

function matchQuality(
  { evaluation, design }: ImpactInputs,
  match: OutcomeMatch,
  recurrence: Recurrence,
  effects: readonly PlacedEffect[],
  context: FindingContext,
): readonly Finding[] {
  const pooled = effects.find((effect) => effect.period === context.pooled && effect.dimension === "total");
  if (pooled === undefined) return [];
  const counts = designCounts(match.patterns, match.design);
  const essPersons = effectiveSize(match.patterns, match.design.weights, recurrence);
  const verdicts = judge(evaluation.verdicts, {
    participants: counts.rows.treated,
    matchedParticipants: counts.matched.treated,
    linkage: linkageOf(design, match),
    maxSmd: largest(match.balance, "smd"),
    persons: { treated: pooled.participants.persons, control: pooled.controls.persons },
    placements: { sums: pooled.effect.sums, rows: pooled.effect.rows },
    essControlPersons: essPersons.control,
  });
  const figures = {
    participants: counts.rows.treated,
    matchedParticipants: counts.matched.treated,
    matchedControls: pooled.controls.persons,
    essPersons,
    essRows: effectiveSize(match.patterns, match.design.weights),
    verdicts,
    unmatched: counts.unmatched,
    rungs: match.match.rungs ?? [],
  };
  return matchFindings(figures, match, context);
}

/** Duos that started in the cohorts, and those whose participant the register knows. */
function linkageOf({ attrition: rows }: Design, { definition, after }: OutcomeMatch) {
  const own = rows.filter((row) => row.arm === "participants" && row.definition === definition && row.after === after);
  return linkage(own);
}

/** What is unknown after the index date, and who of the controls becomes a participant, with the match's weights. */
function followUp(design: Design, match: OutcomeMatch, { outcomes: [sums], populations }: Results): FollowUpFigures {
  const counts = design.counts.find((own) => own.definition === match.definition && own.after === match.after);
  if (sums === undefined || counts === undefined) throw new Error(`no sums of ${match.definition}`);
  const { patterns, design: matched } = match;
  const weighted = (arm: 0 | 1, of: (p: number) => number): number =>
    matched.weights.reduce((total, weight, p) => (patterns.arm[p] === arm ? total + weight * of(p) : total), 0);
  const share = (arm: 0 | 1, of: (p: number) => number): number | null => {
    const all = weighted(arm, (p) => patterns.rows[p] ?? 0);
    return all > 0 ? weighted(arm, of) / all : null;
  };
  const seen = (p: number): number => (sums.sum[p] ?? 0) - (sums.unknownSum[p] ?? 0);
  const possible = (p: number): number => seen(p) + (sums.unknownRows[p] ?? 0);
  const unknown = (arm: string): number =>
    populations.find((row) => row.arm === arm && row.dimension === "total" && row.period.includes("-"))
      ?.unknownPersons ??
    populations.find((row) => row.arm === arm && row.dimension === "total")?.unknownPersons ??
    0;
  const matchedRows = (of: (p: number) => number): number =>
    matched.weights.reduce((total, weight, p) => (weight > 0 && patterns.arm[p] === 0 ? total + of(p) : total), 0);
  return {
    unknownPersons: { participants: unknown("participants"), controls: unknown("controls") },
    lowest: { participants: share(1, seen), controls: share(0, seen) },
    highest: { participants: share(1, possible), controls: share(0, possible) },
    startsLaterShare: share(0, (p) => counts.startsLater[p] ?? 0),
    startsLaterRows: matchedRows((p) => counts.startsLater[p] ?? 0),
    controlRows: matchedRows((p) => patterns.rows[p] ?? 0),
  };
}

/** Rows of participants by level, before matching. */
function levelCounts(patterns: Patterns): (covariate: string, level: string) => { participants: number; all: number } {
  const all = patterns.arm.reduce((sum, arm, p) => sum + (arm === 1 ? (patterns.rows[p] ?? 0) : 0), 0);
  const counts = new Map<string, number>();
  for (const covariate of patterns.covariates) {
    if (covariate.kind === "numeric") continue;
    for (let p = 0; p < patterns.size; p++) {
      if (patterns.arm[p] !== 1) continue;
      const key = `${covariate.name}\u0000${covariate.levels[covariate.codes[p] ?? -1]}`;
      counts.set(key, (counts.get(key) ?? 0) + (patterns.rows[p] ?? 0));
    }
  }
  return (covariate, level) => ({ participants: counts.get(`${covariate}\u0000${level}`) ?? 0, all });
}

function attrition(inputs: ImpactInputs, match: OutcomeMatch, context: FindingContext): readonly Finding[] {
  const counts = designCounts(match.patterns, match.design);
  const rows = inputs.design.attrition.filter(
    (row) => row.definition === match.definition && row.after === match.after,
  );
  const steps = {
    rows,
    rejectedDuos: inputs.rejectedDuos,
    // a match that is averaged over ties may keep a part of a pattern's rows
    unmatchedParticipants: Math.round(counts.rows.treated - counts.matched.treated),
    unmatchedControlRows: counts.rows.control - counts.matched.control,
  };
  return (["participants", "controls"] as const).flatMap((arm) =>
    attritionFindings(arm, withoutSmallExits(attritionSteps(arm, steps), inputs.threshold), match, context),
  );
}
