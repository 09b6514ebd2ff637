import type { ObservedHistory, Placebo } from "../cohort/placebo.ts";
import type { OutcomeChoice } from "../cohort/settings.ts";
import type { Cell, Finding } from "../disclose/finding.ts";
import { type Effect, estimateEffect } from "../evaluate/effect.ts";
import { effectiveShares, known } from "../evaluate/effective-shares.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import { type PlaceboVerdict, placeboVerdict } from "../evaluate/placebo.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";

interface PlaceboSettings {
  readonly outcome: "days90" | "days";
  readonly delta: number;
}

/** The placebo's effect by the same weights, restricted to rows with observed history, and what it says. */
export interface PlaceboResult {
  readonly verdict: PlaceboVerdict;
  readonly effect: Effect;
  /** Of how many persons each arm's figure speaks. */
  readonly effective: Readonly<Record<"participants" | "controls", Cell["effective"]>>;
  /** Each arm's weight on rows with observed history, as a share of its weight; null where it has none. */
  readonly observed: Readonly<Record<"participants" | "controls", number | null>>;
}

/**
 * The placebo test of a match.
 * @param historyMatched whether this match used work before the index date, which makes the placebo agree by itself
 */
export function placeboResult(
  placebo: Placebo,
  match: { readonly patterns: Patterns; readonly weights: Float64Array },
  settings: PlaceboSettings,
  historyMatched: boolean,
): PlaceboResult {
  const { outcomes, recurrence } = placebo[settings.outcome];
  const clustered = recurrence.rows.length > 0;
  const sample = { patterns: match.patterns, weights: match.weights, outcomes, recurrence };
  const effect = estimateEffect(sample, {
    errors: clustered ? "CR1" : "HC3",
    persons: historyOf(placebo, "both").observedPersons,
  });
  const { estimate, se } = effect.difference;
  // who worked 90 days is what the cell counts, also where days are told
  const shares = effectiveShares({ ...sample, ...placebo.days90 });
  const effective = { participants: known(shares.treated), controls: known(shares.control) };
  const observed = { participants: shareObserved(placebo, match, 1), controls: shareObserved(placebo, match, 0) };
  return { effect, effective, observed, verdict: placeboVerdict(historyMatched ? null : estimate, se, settings.delta) };
}

function shareObserved(
  { days90, matchedRows }: Placebo,
  { patterns, weights }: { readonly patterns: Patterns; readonly weights: Float64Array },
  arm: 0 | 1,
): number | null {
  let [observed, all] = [0, 0];
  for (let p = 0; p < patterns.size; p++) {
    if (patterns.arm[p] !== arm) continue;
    observed += (weights[p] ?? 0) * (days90.outcomes.rows[p] ?? 0);
    all += (weights[p] ?? 0) * (matchedRows[p] ?? 0);
  }
  return all > 0 ? observed / all : null;
}

const historyOf = ({ history }: Placebo, arm: ObservedHistory["arm"]): ObservedHistory => {
  const found = history.find((own) => own.arm === arm);
  if (found === undefined) throw new Error(`no history of ${arm}`);
  return found;
};

/** Rates or days of both arms, their difference with its 90 % interval, the share observed, and the verdict. */
export function placeboFindings(
  placebo: Placebo,
  { verdict, effect, effective, observed }: PlaceboResult,
  settings: PlaceboSettings,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  const unit = settings.outcome === "days" ? "days" : "proportion";
  const place = { dimension: "placebo", level: settings.outcome };
  // both arms' persons, whoever is in both counted twice: distinct persons would tell how many those are
  const both = historyOf(placebo, "participants").observedPersons + historyOf(placebo, "controls").observedPersons;
  const cellOf = (arm: "participants" | "controls"): Omit<Cell, "persons"> => {
    const { personsWorked, observedPersons } = historyOf(placebo, arm);
    const own = effective[arm];
    return {
      ...{ kind: "rate", numerator: personsWorked, base: observedPersons },
      ...(own === undefined ? {} : { effective: own }),
    };
  };
  const arms = (["participants", "controls"] as const).flatMap((arm) => {
    const { persons, observedPersons } = historyOf(placebo, arm);
    const mean = arm === "participants" ? effect.rates.treated : effect.rates.control;
    return [
      findingOf(choice, context, {
        ...place,
        metric: settings.outcome === "days" ? "placebo_days" : "placebo_rate",
        arm,
        unit,
        value: mean.estimate,
        n: observedPersons,
        cell: cellOf(arm),
      }),
      findingOf(choice, context, {
        dimension: "placebo",
        level: "observed",
        metric: "placebo_observed_share",
        arm,
        unit: "proportion",
        value: observed[arm],
        n: persons,
        cell: { kind: "balance", numerator: observedPersons, base: persons },
      }),
    ];
  });
  const judged = { kind: "verdict", numerator: null, base: null } as const;
  const verdictPlace = { dimension: "verdict", level: "placebo", unit: "ratio" } as const;
  const told = verdict.outcome === "passed" ? 1 : verdict.outcome === "failed" ? 0 : null;
  const { lower, upper } = verdict;
  return [
    ...arms,
    findingOf(choice, context, {
      ...place,
      metric: "placebo_difference",
      unit,
      value: { estimate: lower === null ? null : effect.difference.estimate, lower, upper },
      n: both,
      cell: { kind: "effect", numerator: null, base: both },
    }),
    findingOf(choice, context, {
      ...verdictPlace,
      metric: "verdict_value",
      unit,
      value: verdict.reach,
      cell: cellOf("participants"),
    }),
    findingOf(choice, context, {
      ...verdictPlace,
      metric: "verdict_threshold",
      unit,
      value: settings.delta,
      cell: judged,
    }),
    findingOf(choice, context, { ...verdictPlace, metric: "verdict_passed", value: told, cell: judged }),
  ];
}
