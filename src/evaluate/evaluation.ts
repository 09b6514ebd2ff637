import { type BalanceEntry, balance, largest } from "./balance.ts";
import { type ArmCounts, designCounts, type MatchedDesign } from "./design.ts";
import {
  type Difference,
  type Effect,
  type EffectSettings,
  type Estimate,
  estimateEffect,
  isBinary,
} from "./effect.ts";
import { effectiveSize } from "./effective-size.ts";
import type { Sample } from "./errors.ts";
import type { Outcomes, Patterns, Recurrence } from "./patterns.ts";
import { judge, type Verdict, type VerdictSettings } from "./verdicts.ts";

/** Weights, outcomes and pairs of recurring persons are by pattern, in the order of `patterns`. */
export interface EvaluationInputs {
  readonly patterns: Patterns;
  readonly design: MatchedDesign;
  readonly outcomes: Outcomes;
  /** Where rows are not persons: their pairs among matched patterns, and distinct matched persons. */
  readonly recurring?: {
    readonly recurrence: Recurrence;
    readonly persons: { readonly both: number } & ArmCounts;
  };
  /** Made by the caller where the method has an error of its own; by default HC3, or CR1 where persons recur. */
  readonly effect?: Effect;
  readonly verdicts?: VerdictSettings;
}

/** All of one evaluation. Proportions, not points; null where statistics has no answer, and a verdict says why. */
export interface Evaluation {
  readonly method: string;
  readonly n: {
    readonly treated: number;
    readonly control: number;
    readonly matchedTreated: number;
    readonly matchedControl: number;
    /** Strata that hold both arms; null where the method has none. */
    readonly strata: number | null;
  };
  /** Effective sample sizes: of persons where they recur, else of rows. */
  readonly ess: { readonly treated: number | null; readonly control: number | null };
  readonly rates: { readonly treated: number | null; readonly control: number | null };
  readonly rateIntervals: Effect["rates"];
  readonly difference: Difference;
  readonly relative: Estimate;
  readonly riskRatio: Estimate;
  readonly oddsRatio: Estimate;
  readonly balance: ReadonlyArray<Omit<BalanceEntry, "denominator">>;
  /** Participants without a match, by reason; they sum to treated - matchedTreated. */
  readonly unmatched: ReadonlyArray<{ readonly reason: string; readonly persons: number }>;
  readonly verdicts: readonly Verdict[];
}

/** What is asked of an evaluation where nothing else is declared. */
export const DEFAULT_VERDICTS: VerdictSettings = {
  matchedShare: 0.9,
  maxSmd: 0.1,
  minimumPersons: 50,
  minimumPlacements: 5,
  essControlPersons: 100,
};

/**
 * Counts, balance, effect and verdicts of one match. Errors: HC3, or CR1 by person where persons recur.
 * Agrees with test/reference/matching/exact_cem_summary.csv.
 */
export function evaluation(inputs: EvaluationInputs): Evaluation {
  const { patterns, design, outcomes, recurring } = inputs;
  const counts = designCounts(patterns, design);
  const ess = effectiveSize(patterns, design.weights, recurring?.recurrence);
  const entries = balance(patterns, design.weights);
  const effect = inputs.effect ?? estimateEffect(sampleOf(inputs), effectSettings(inputs));
  const declared = judge(inputs.verdicts ?? DEFAULT_VERDICTS, {
    participants: counts.rows.treated,
    matchedParticipants: counts.matched.treated,
    maxSmd: largest(entries, "smd"),
    persons: recurring?.persons ?? counts.matched,
    placements: isBinary({ outcomes }) ? { sums: effect.sums, rows: effect.rows } : null,
    essControlPersons: ess.control,
  });
  return {
    method: design.method,
    n: {
      ...counts.rows,
      matchedTreated: counts.matched.treated,
      matchedControl: counts.matched.control,
      strata: design.strata?.matched ?? null,
    },
    ess,
    rates: { treated: effect.rates.treated.estimate, control: effect.rates.control.estimate },
    rateIntervals: effect.rates,
    difference: effect.difference,
    relative: effect.relative,
    riskRatio: effect.riskRatio,
    oddsRatio: effect.oddsRatio,
    balance: entries.map(({ denominator: _, ...entry }) => entry),
    unmatched: counts.unmatched.map(({ reason, rows }) => ({ reason, persons: rows })),
    verdicts: [...effect.verdicts, ...declared],
  };
}

/** What every estimate of an evaluation is made from. */
export function sampleOf({ patterns, design, outcomes, recurring }: EvaluationInputs): Sample {
  const sample = { patterns, weights: design.weights, outcomes };
  return recurring === undefined ? sample : { ...sample, recurrence: recurring.recurrence };
}

/** Distinct persons where rows recur, and effective sizes. */
export function effectSettings({ patterns, design, recurring }: EvaluationInputs): EffectSettings {
  const effective = effectiveSize(patterns, design.weights, recurring?.recurrence);
  return recurring === undefined ? { effective } : { effective, persons: recurring.persons.both };
}
