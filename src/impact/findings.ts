import type { OutcomeChoice } from "../cohort/settings.ts";
import type { Cell, Finding } from "../disclose/finding.ts";
import type { BalanceEntry } from "../evaluate/balance.ts";
import type { Estimate } from "../evaluate/effect.ts";
import type { EffectiveSize } from "../evaluate/effective-size.ts";
import type { Verdict } from "../evaluate/verdicts.ts";
import type { PlacedEffect } from "./analysis.ts";

/** What every finding of a run shares. */
export interface FindingContext {
  readonly region: string;
  readonly asOf: string;
  readonly pooled: string;
}

/** `[0, 12)` months after the index date. */
export const windowOf = ({ after }: OutcomeChoice): string => `[${after}, ${after + 12}) months`;

const only = (estimate: number | null): Estimate => ({ estimate, lower: null, upper: null });

/** Rates of both arms, contrasts and p-values of one effect, each with the cell of the persons it rests on. */
export function effectFindings(result: PlacedEffect, context: FindingContext): readonly Finding[] {
  const { effect, participants, controls } = result;
  const both = participants.persons + controls.persons;
  const make = (
    metric: string,
    arm: string,
    unit: Finding["unit"],
    at: Estimate,
    n: number,
    cell: Pick<Cell, "kind" | "numerator" | "base">,
  ): Finding => ({
    metric,
    region: context.region,
    period: result.period,
    dimension: result.dimension,
    level: result.level,
    arm,
    value: at.estimate,
    lower: at.lower,
    upper: at.upper,
    n,
    unit,
    definition: result.definition,
    window: windowOf(result),
    as_of: context.asOf,
    cell: {
      ...cell,
      persons: { region: context.region, period: result.period, [result.dimension]: result.level, arm },
    },
  });
  const rate = (arm: "participants" | "controls", at: Estimate, persons: typeof participants): Finding =>
    make("placement_rate", arm, "proportion", at, persons.persons, {
      kind: "rate",
      numerator: persons.placed,
      base: persons.persons,
    });
  const contrast = (metric: string, unit: Finding["unit"], at: Estimate): Finding =>
    make(metric, "both", unit, at, both, { kind: "effect", numerator: null, base: both });
  return [
    rate("participants", effect.rates.treated, participants),
    rate("controls", effect.rates.control, controls),
    make(
      "placements",
      "participants",
      "persons",
      only(estimated(effect.difference, participants.placed)),
      participants.persons,
      {
        kind: "rate",
        numerator: participants.placed,
        base: participants.persons,
      },
    ),
    contrast("effect_difference", "proportion", effect.difference),
    contrast("effect_relative", "proportion", effect.relative),
    contrast("effect_risk_ratio", "ratio", effect.riskRatio),
    contrast("effect_odds_ratio", "ratio", effect.oddsRatio),
    contrast("effect_standard_error", "proportion", only(effect.difference.se)),
    contrast("effect_p_value", "probability", only(effect.difference.p)),
    ...(result.detectable === null
      ? []
      : [contrast("minimum_detectable_difference", "proportion", only(result.detectable))]),
    ...(result.adjusted === null ? [] : [contrast("effect_p_value_holm", "probability", only(result.adjusted))]),
  ];
}

const estimated = (of: Estimate, value: number): number | null => (of.estimate === null ? null : value);

/** Participants (before matching) by covariate and level: what a balance figure could give away. */
export type LevelCounts = (covariate: string, level: string) => { readonly participants: number; readonly all: number };

/** Standardised differences before and after matching, by level. */
export function balanceFindings(
  entries: readonly BalanceEntry[],
  counts: LevelCounts,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  const shown = entries.filter((entry) => entry.measure === "smd");
  const sides = [
    ["smd_before", (entry: BalanceEntry) => entry.before],
    ["smd_after", (entry: BalanceEntry) => entry.after],
  ] as const;
  return sides.flatMap(([metric, value]) =>
    shown.map((entry) => {
      const level = entry.level ?? entry.covariate;
      const { participants, all } = counts(entry.covariate, level);
      return {
        metric,
        region: context.region,
        period: context.pooled,
        dimension: entry.covariate,
        level,
        arm: "both",
        ...numbersOf(only(withoutNoise(value(entry)))),
        n: null,
        unit: "sd" as const,
        definition: choice.definition,
        window: windowOf(choice),
        as_of: context.asOf,
        cell: {
          kind: "balance" as const,
          persons: { region: context.region, period: context.pooled, [entry.covariate]: level },
          numerator: participants,
          base: all,
        },
      };
    }),
  );
}

export interface MatchFigures {
  readonly participants: number;
  readonly matchedParticipants: number;
  readonly matchedControls: number;
  readonly essPersons: EffectiveSize;
  readonly essRows: EffectiveSize;
  readonly placedParticipants: number;
  readonly verdicts: readonly Verdict[];
}

/** How good the match is: share matched, effective sizes, and each verdict with its figure and threshold. */
export function matchFindings(
  figures: MatchFigures,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  const { participants, matchedParticipants, matchedControls } = figures;
  const make = (
    metric: string,
    dimension: string,
    level: string,
    arm: string,
    unit: Finding["unit"],
    value: number | null,
    cell: Cell,
  ): Finding => ({
    metric,
    region: context.region,
    period: context.pooled,
    dimension,
    level,
    arm,
    ...numbersOf(only(value)),
    n: cell.base,
    unit,
    definition: choice.definition,
    window: windowOf(choice),
    as_of: context.asOf,
    cell,
  });
  const persons = { region: context.region, period: context.pooled };
  const cell = (base: number | null, numerator: number | null = null, kind: Cell["kind"] = "effect"): Cell => ({
    kind,
    persons,
    numerator,
    base,
  });
  const share = participants > 0 ? matchedParticipants / participants : null;
  const matched: Cell = cell(participants, matchedParticipants, "balance");
  const ess = (metric: string, size: EffectiveSize, unit: "persons" | "rows"): readonly Finding[] => [
    make(metric, "total", "total", "participants", unit, size.treated, cell(matchedParticipants)),
    make(metric, "total", "total", "controls", unit, size.control, cell(matchedControls)),
  ];
  const verdictCell = (name: string): Cell => (name === "matchedShare" ? matched : cell(null, null, "verdict"));
  const verdict = (item: Verdict): readonly Finding[] => [
    make("verdict_value", "verdict", item.name, "both", "ratio", item.value, verdictCell(item.name)),
    make("verdict_threshold", "verdict", item.name, "both", "ratio", item.threshold, cell(null, null, "verdict")),
    make("verdict_passed", "verdict", item.name, "both", "ratio", item.passed ? 1 : 0, cell(null, null, "verdict")),
  ];
  return [
    make("matched_share", "matching", "matched", "participants", "proportion", share, matched),
    ...ess("effective_sample_size", figures.essPersons, "persons"),
    ...ess("effective_sample_size_rows", figures.essRows, "rows"),
    ...figures.verdicts.flatMap(verdict),
  ];
}

/** Weighted figures on what the register could not see, and on controls who became participants. */
export interface FollowUpFigures {
  readonly unknownPersons: { readonly participants: number; readonly controls: number };
  /** Rates if none, or all, of the unknown were placed. */
  readonly lowest: { readonly participants: number | null; readonly controls: number | null };
  readonly highest: { readonly participants: number | null; readonly controls: number | null };
  readonly startsLaterShare: number | null;
  readonly startsLaterRows: number;
  readonly controlRows: number;
}

/** Unknown follow-up by arm with its bounds, and the weighted share of controls who start a duo within the window. */
export function followUpFindings(
  figures: FollowUpFigures,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  const make = (
    metric: string,
    level: string,
    arm: string,
    unit: Finding["unit"],
    value: number | null,
    cell: Cell,
  ): Finding => ({
    metric,
    region: context.region,
    period: context.pooled,
    dimension: "follow_up",
    level,
    arm,
    ...numbersOf(only(value)),
    n: null,
    unit,
    definition: choice.definition,
    window: windowOf(choice),
    as_of: context.asOf,
    cell,
  });
  const persons = { region: context.region, period: context.pooled, follow_up: "unknown" };
  const arms = ["participants", "controls"] as const;
  const unknown = arms.flatMap((arm) => {
    const base = figures.unknownPersons[arm];
    const cell: Cell = { kind: "count", persons: { ...persons, arm }, numerator: null, base };
    return [
      make("unknown_follow_up", "unknown", arm, "persons", base, cell),
      make("placement_rate_lowest", "unknown", arm, "proportion", figures.lowest[arm], cell),
      make("placement_rate_highest", "unknown", arm, "proportion", figures.highest[arm], cell),
    ];
  });
  const later: Cell = {
    kind: "balance",
    persons: { ...persons, follow_up: "starts_later" },
    numerator: figures.startsLaterRows,
    base: figures.controlRows,
  };
  return [
    ...unknown,
    make("starts_later_share", "starts_later", "controls", "proportion", figures.startsLaterShare, later),
  ];
}

/** Sums of thousands of weights leave 1e-16 where the arms are equal by construction. */
const withoutNoise = (smd: number | null): number | null => (smd !== null && Math.abs(smd) < 1e-12 ? 0 : smd);

const numbersOf = (at: Estimate) => ({ value: at.estimate, lower: at.lower, upper: at.upper });
