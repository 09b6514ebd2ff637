import type { OutcomeChoice } from "../cohort/settings.ts";
import type { Cell, Finding } from "../disclose/finding.ts";
import type { BalanceEntry } from "../evaluate/balance.ts";
import type { DesignCounts } from "../evaluate/design.ts";
import type { EffectiveSize } from "../evaluate/effective-size.ts";
import type { Rung } from "../evaluate/relaxed.ts";
import type { Verdict } from "../evaluate/verdicts.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";

/** Participants (before matching) by covariate and level: what a balance figure could give away. */
type LevelCounts = (covariate: string, level: string) => { readonly participants: number; readonly all: number };

/** Standardised differences before and after matching, by level. */
export function balanceFindings(
  entries: readonly BalanceEntry[],
  counts: LevelCounts,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  const smd = entries.filter((entry) => entry.measure === "smd");
  const side = (metric: string, of: (entry: BalanceEntry) => number | null): readonly Finding[] =>
    smd.map((entry) => {
      const level = entry.level ?? entry.covariate;
      const { participants, all } = counts(entry.covariate, level);
      return findingOf(choice, context, {
        metric,
        dimension: entry.covariate,
        level,
        unit: "sd",
        value: withoutNoise(of(entry)),
        cell: { kind: "balance", numerator: participants, base: all },
      });
    });
  return [...side("smd_before", (entry) => entry.before), ...side("smd_after", (entry) => entry.after)];
}

/** Sums of thousands of weights leave 1e-16 where the arms are equal by construction. */
const withoutNoise = (smd: number | null): number | null => (smd !== null && Math.abs(smd) < 1e-12 ? 0 : smd);

interface MatchFigures {
  readonly participants: number;
  readonly matchedParticipants: number;
  readonly matchedControls: number;
  readonly essPersons: EffectiveSize;
  readonly essRows: EffectiveSize;
  readonly verdicts: readonly Verdict[];
  /** Participants without a match, by reason. */
  readonly unmatched: DesignCounts["unmatched"];
  /** The ladder's rungs, where the match has one. */
  readonly rungs: readonly Rung[];
}

/** How good the match is: share matched (on each rung too), who is not and why, effective sizes, and each verdict with its figure and threshold. */
export function matchFindings(
  figures: MatchFigures,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  const { participants, matchedParticipants, matchedControls } = figures;
  const matched = { kind: "balance", numerator: matchedParticipants, base: participants } as const;
  const judged = { kind: "verdict", numerator: null, base: null } as const;
  const ess = (metric: string, size: EffectiveSize, unit: "persons" | "rows"): readonly Finding[] =>
    (["participants", "controls"] as const).map((arm) => {
      const base = arm === "participants" ? matchedParticipants : matchedControls;
      const value = arm === "participants" ? size.treated : size.control;
      return findingOf(choice, context, {
        metric,
        arm,
        unit,
        value,
        n: base,
        cell: { kind: "effect", numerator: null, base },
      });
    });
  const verdict = (item: Verdict): readonly Finding[] => {
    const cell = item.name === "matchedShare" ? matched : judged;
    const place = { dimension: "verdict", level: item.name, unit: "ratio" } as const;
    // the share of the linked is told by the flow of participants, where small counts are taken together
    const value = item.name === "maxSmd" ? toldSmd(item) : item.value;
    const figure = item.name === "linkedShare" ? [] : [{ ...place, metric: "verdict_value", value, cell }];
    return [
      ...figure.map((finding) => findingOf(choice, context, finding)),
      findingOf(choice, context, { ...place, metric: "verdict_threshold", value: item.threshold, cell: judged }),
      findingOf(choice, context, { ...place, metric: "verdict_passed", value: item.passed ? 1 : 0, cell: judged }),
    ];
  };
  return [
    findingOf(choice, context, {
      metric: "matched_share",
      dimension: "matching",
      level: "matched",
      arm: "participants",
      unit: "proportion",
      value: participants > 0 ? matchedParticipants / participants : null,
      n: participants,
      cell: matched,
    }),
    ...rungFindings(figures, choice, context),
    ...unmatchedFindings(figures, choice, context),
    ...ess("effective_sample_size", figures.essPersons, "persons"),
    ...ess("effective_sample_size_rows", figures.essRows, "rows"),
    ...figures.verdicts.flatMap(verdict),
  ];
}

/**
 * The largest difference with three decimals, as balance is told: with all sixteen, whole numbers give away the sizes
 * behind it, of a level that is hidden too. It stays on its side of the threshold.
 */
function toldSmd({ value, threshold, passed }: Verdict): number | null {
  if (value === null) return null;
  const near = Math.round(value * 1000) / 1000;
  if (near <= threshold === passed) return near;
  return (passed ? Math.floor : Math.ceil)(value * 1000) / 1000;
}

/** Share of participants who found their controls on each rung of the ladder; rung 1 is the exact match. */
function rungFindings(
  { rungs, participants }: MatchFigures,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  return rungs.map((rung, r) =>
    findingOf(choice, context, {
      metric: "matched_share",
      dimension: "rung",
      level: String(r + 1),
      arm: "participants",
      unit: "proportion",
      value: participants > 0 ? rung.participants / participants : null,
      n: participants,
      cell: { kind: "balance", numerator: rung.participants, base: participants },
    }),
  );
}

/** Participants without a match by reason, whole persons where a match is averaged over ties. */
function unmatchedFindings(
  { unmatched }: MatchFigures,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  return unmatched.map(({ reason, rows }) =>
    findingOf(choice, context, {
      metric: "unmatched_participants",
      dimension: "unmatched",
      level: reason.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_"),
      arm: "participants",
      unit: "persons",
      value: Math.round(rows),
      cell: { kind: "count", numerator: null, base: Math.ceil(rows) },
    }),
  );
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
  const unknown = (["participants", "controls"] as const).flatMap((arm) => {
    const base = figures.unknownPersons[arm];
    const cell: Omit<Cell, "persons"> = { kind: "count", numerator: null, base };
    const place = { dimension: "follow_up", level: "unknown", arm, cell };
    return [
      findingOf(choice, context, { ...place, metric: "unknown_follow_up", unit: "persons", value: base }),
      findingOf(choice, context, {
        ...place,
        metric: "placement_rate_lowest",
        unit: "proportion",
        value: figures.lowest[arm],
      }),
      findingOf(choice, context, {
        ...place,
        metric: "placement_rate_highest",
        unit: "proportion",
        value: figures.highest[arm],
      }),
    ];
  });
  const later = findingOf(choice, context, {
    metric: "starts_later_share",
    dimension: "follow_up",
    level: "starts_later",
    arm: "controls",
    unit: "proportion",
    value: figures.startsLaterShare,
    cell: { kind: "balance", numerator: figures.startsLaterRows, base: figures.controlRows },
  });
  return [...unknown, later];
}
