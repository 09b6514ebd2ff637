import { aipw } from "../evaluate/aipw.ts";
import { aipwFits } from "../evaluate/aipw-fits.ts";
import { balance, largest } from "../evaluate/balance.ts";
import type { DeletedSums } from "../evaluate/delete-one-person.ts";
import { type ArmCounts, designCounts, nobodyMatched } from "../evaluate/design.ts";
import { armMeans, type Effect } from "../evaluate/effect.ts";
import { effectWith } from "../evaluate/effect-errors.ts";
import { effectiveSize } from "../evaluate/effective-size.ts";
import type { Match } from "../evaluate/matching.ts";
import { weighByOdds } from "../evaluate/odds.ts";
import type { Outcomes, Patterns, Recurrence } from "../evaluate/patterns.ts";
import type { Propensity } from "../evaluate/propensity.ts";
import { judge, type Verdict, type VerdictSettings } from "../evaluate/verdicts.ts";
import type { Alternative, ErrorName } from "../protocol/matching.ts";
import { comparedPatterns, errorType, matchPatterns } from "./matching.ts";

/** One specification, ready to be matched: plain data and typed arrays only, so that a worker can be handed it. */
export interface SpecificationTask {
  readonly matching: Alternative;
  readonly error: ErrorName;
  /** Covariates whose balance is judged beside those of the method. */
  readonly compared: readonly string[];
  readonly verdicts: VerdictSettings;
  readonly patterns: Patterns;
}

/** A match, made before its outcomes are read. */
export interface MatchedSpecification {
  /** Weight of one row of each pattern. */
  readonly weights: Float64Array;
  /** Matched patterns, ascending. */
  readonly keys: Int32Array;
}

/** What the engine reads of the matched patterns. */
export interface SpecificationOutcomes {
  readonly outcomes: Outcomes;
  readonly recurrence: Recurrence;
  /** Distinct matched persons. */
  readonly persons: { readonly both: number } & ArmCounts;
  /** The second pass over persons, for the jackknife. */
  readonly deleted: DeletedSums | null;
}

/** Proportions; null where statistics has no answer, and a failed verdict says why. */
export interface SpecificationAnswer {
  readonly difference: Pick<Effect["difference"], "estimate" | "lower" | "upper" | "se" | "seType">;
  readonly rates: { readonly treated: number | null; readonly control: number | null };
  readonly matchedShare: number | null;
  readonly largestSmd: number | null;
  /** Effective persons. */
  readonly effectivePersons: { readonly treated: number | null; readonly control: number | null };
  readonly verdicts: readonly Verdict[];
  readonly unmatched: ReadonlyArray<{ readonly reason: string; readonly rows: number }>;
  readonly rungs: ReadonlyArray<{ readonly on: readonly string[]; readonly participants: number }>;
  readonly warnings: readonly string[];
}

/** A match that waits for its outcomes. */
export interface OpenSpecification {
  readonly matched: MatchedSpecification;
  readonly conclude: (found: SpecificationOutcomes) => SpecificationAnswer;
}

interface Weighed extends Match {
  /** Kept for AIPW only. */
  readonly propensity?: Propensity;
}

/** Matches one specification; its outcomes are read between this and `conclude`. */
export function openSpecification(task: SpecificationTask): OpenSpecification {
  const match = matchOf(task);
  const { weights } = match.design;
  const keys = Int32Array.from([...weights.keys()].filter((key) => (weights[key] ?? 0) > 0));
  return { matched: { weights, keys }, conclude: (found) => conclude(task, match, found) };
}

/** AIPW matches nobody: balance and effective sizes are those of its weights by the odds. */
function matchOf({ matching, patterns }: SpecificationTask): Weighed {
  if (matching.method !== "aipw") return matchPatterns(patterns, matching);
  const found = weighByOdds(patterns, { terms: matching.covariates.map((covariate) => ({ covariate })) });
  if (typeof found === "string") return { design: nobodyMatched(patterns, "aipw", found), warnings: [] };
  return { design: found, propensity: found.propensity, warnings: found.warnings };
}

function conclude(task: SpecificationTask, match: Weighed, found: SpecificationOutcomes): SpecificationAnswer {
  const { patterns } = task;
  const { weights } = match.design;
  const effect = effectOf(task, match, found);
  const counts = designCounts(patterns, match.design);
  const entries = balance(comparedPatterns(patterns, task.matching, task.compared), weights);
  const effectivePersons = effectiveSize(patterns, weights, found.recurrence);
  const largestSmd = largest(entries, "smd");
  const declared = judge(task.verdicts, {
    participants: counts.rows.treated,
    matchedParticipants: counts.matched.treated,
    maxSmd: largestSmd,
    persons: found.persons,
    placements: { sums: effect.sums, rows: effect.rows },
    essControlPersons: effectivePersons.control,
  });
  return {
    difference: effect.difference,
    rates: effect.rates,
    matchedShare: counts.rows.treated > 0 ? counts.matched.treated / counts.rows.treated : null,
    largestSmd,
    effectivePersons,
    verdicts: [...effect.verdicts, ...declared],
    unmatched: counts.unmatched,
    rungs: match.rungs ?? [],
    warnings: match.warnings,
  };
}

type AnsweredEffect = Pick<SpecificationAnswer, "difference" | "rates"> & Pick<Effect, "sums" | "rows" | "verdicts">;

function effectOf(task: SpecificationTask, match: Weighed, found: SpecificationOutcomes): AnsweredEffect {
  const { matching, error, patterns } = task;
  const { outcomes, recurrence, persons, deleted } = found;
  const sample = { patterns, weights: match.design.weights, outcomes, recurrence };
  if (matching.method === "aipw") return doublyRobust(match, sample);
  const effect = effectWith(errorType(matching, error, recurrence.rows.length > 0), {
    sample,
    match,
    settings: { persons: persons.both },
    ...(deleted === null ? {} : { deleted }),
  });
  const { rates } = effect;
  return { ...effect, rates: { treated: rates.treated.estimate, control: rates.control.estimate } };
}

type SampleOf = { patterns: Patterns; weights: Float64Array; outcomes: Outcomes; recurrence: Recurrence };

function doublyRobust({ propensity }: Weighed, sample: SampleOf): AnsweredEffect {
  const { patterns, outcomes, recurrence } = sample;
  const means = armMeans(sample);
  const counts = {
    rows: { treated: means.rows[0] ?? 0, control: means.rows[1] ?? 0 },
    sums: { treated: means.sum[0] ?? 0, control: means.sum[1] ?? 0 },
  };
  const none = { estimate: null, lower: null, upper: null, se: null, seType: "stacked" } as const;
  const failed = { name: "anyoneMatched", value: 0, threshold: 1, passed: false };
  if (propensity === undefined)
    return { ...counts, difference: none, rates: { treated: null, control: null }, verdicts: [failed] };
  const answer = aipw(patterns, outcomes, aipwFits(patterns, propensity, outcomes), recurrence);
  const { estimate, lower, upper, se } = answer.effect;
  return {
    ...counts,
    difference: { estimate, lower, upper, se, seType: "stacked" },
    rates: { treated: answer.participants, control: answer.counterfactual },
    verdicts: estimate === null ? [failed] : [],
  };
}
