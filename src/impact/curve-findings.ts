import { EXIT_CAUSES } from "../cohort/follow-up.ts";
import type { FollowUpPersons } from "../cohort/follow-up-persons.ts";
import type { OutcomeChoice } from "../cohort/settings.ts";
import type { Cell, Finding } from "../disclose/finding.ts";
import type { Estimate } from "../evaluate/effect.ts";
import type { ExitMeaning, FollowUp } from "../evaluate/follow-up.ts";
import { type ArmCurves, placementCurves } from "../evaluate/incidence.ts";
import { type Arm, curveSizes, type Leaving, type SizeOf } from "./curve-sizes.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";

interface CurveSettings {
  readonly months: number;
  readonly exits: Readonly<Record<"death" | "deregistration" | "emigration", ExitMeaning>>;
  /** Smallest count that may be shown or derived. */
  readonly threshold: number;
}

/** What the curves rest on: follow-up of the matched, the persons behind it, and counts published of the same persons. */
interface CurveInputs {
  readonly followUp: FollowUp;
  readonly persons: readonly FollowUpPersons[];
  /** Persons and placed by arm of other published results: a month too close to one of them would single people out. */
  readonly published: readonly Readonly<Record<Arm, { readonly persons: number; readonly placed: number }>>[];
}

const ARMS: readonly Arm[] = ["participants", "controls"];

/** The name under which time to the first day in work is published. */
const FIRST_DAY = "first_day";

/**
 * Share placed by the end of each month in both arms, their difference, and months without work.
 *
 * Successive points give away how many persons were placed in between, and, where exits censor, how many were still
 * followed: the step is those placed over these. So a month is told only where, in each arm, at
 * least `threshold` persons were placed for the first time since the month told before, by their weights too, as many are
 * left, and as many or nobody was lost to follow-up; chosen from the last month back. The last month also keeps away from other placement counts of the same persons. Months
 * without work are given to a tenth: as the sum of all points they would otherwise give back those left out.
 */
export function curveFindings(
  { followUp, persons, published }: CurveInputs,
  settings: CurveSettings,
  choice: OutcomeChoice,
  context: FindingContext,
): readonly Finding[] {
  const { months, exits } = settings;
  const meanings = {
    [EXIT_CAUSES.died]: exits.death,
    [EXIT_CAUSES.deregistered]: exits.deregistration,
    [EXIT_CAUSES.emigrated]: exits.emigration,
  };
  const curves = placementCurves(followUp, { months, exits: meanings });
  const steps = shownMonths(persons, published, settings, curveSizes(followUp, months, meanings));
  const finding = (parts: Parameters<typeof findingOf>[2]): Finding => ({
    ...findingOf(choice, context, parts),
    definition: FIRST_DAY,
  });
  const base = (arm: Arm): number => persons.find((own) => own.arm === arm)?.persons ?? 0;
  const both = base("participants") + base("controls");
  const byMonth = steps.flatMap(({ month, cells }) => {
    const place = { dimension: "follow_up_month", level: String(month), unit: "proportion" } as const;
    const point = (arm: Arm): Finding =>
      finding({
        ...place,
        metric: "placed_by_month",
        arm,
        value: estimateAt(curves[arm].placement, month),
        n: base(arm),
        cell: cells[arm],
      });
    return [
      ...ARMS.map(point),
      finding({
        ...place,
        metric: "placed_by_month_difference",
        value: estimateAt(curves.difference, month),
        n: both,
        cell: { kind: "effect", numerator: null, base: both },
      }),
    ];
  });
  const mean = (arm: Arm, curve: ArmCurves): Finding =>
    finding({
      metric: "months_without_work",
      arm,
      unit: "months",
      value: tenths(curve.restrictedMean),
      n: base(arm),
      cell: { kind: "effect", numerator: null, base: base(arm) },
    });
  return [
    ...byMonth,
    ...ARMS.map((arm) => mean(arm, curves[arm])),
    finding({
      metric: "months_without_work_difference",
      unit: "months",
      value: tenths(curves.restrictedMeanDifference),
      n: both,
      cell: { kind: "effect", numerator: null, base: both },
    }),
  ];
}

interface MonthStep {
  readonly month: number;
  /** Persons placed since the month shown before, out of those not placed by then. */
  readonly cells: Readonly<Record<Arm, Omit<Cell, "persons">>>;
}

/** The months that may be shown, chosen from the last one back, each with the persons that showing it sets apart. */
export function shownMonths(
  persons: readonly FollowUpPersons[],
  published: CurveInputs["published"],
  { months, threshold }: Pick<CurveSettings, "months" | "threshold">,
  sizeOf: SizeOf | null = null,
): readonly MonthStep[] {
  const all = (arm: Arm): number => persons.find((own) => own.arm === arm)?.persons ?? 0;
  const placedBy = (arm: Arm, month: number): number =>
    (persons.find((own) => own.arm === arm)?.placed ?? []).slice(0, month + 1).reduce((sum, count) => sum + count, 0);
  const isApart = (arm: Arm): boolean =>
    published
      .filter((other) => other[arm].persons === all(arm))
      .map((other) => Math.abs(placedBy(arm, months) - other[arm].placed))
      .every((distance) => distance === 0 || distance >= threshold);
  const chosen: number[] = [];
  for (let month = months; month > 0; month--) {
    const next = chosen[0];
    const isSafe = ARMS.every((arm) => {
      const by = placedBy(arm, month);
      const isFar = (next === undefined ? all(arm) : placedBy(arm, next)) - by >= threshold;
      const isWeighty = sizeOf === null || isEnough(sizeOf, arm, { month, next: next ?? null, months, threshold });
      return isFar && by >= threshold && isWeighty && (month < months || isApart(arm));
    });
    if (isSafe) chosen.unshift(month);
  }
  return chosen.map((month, i) => {
    const cell = (arm: Arm): Omit<Cell, "persons"> => {
      const before = i === 0 ? 0 : placedBy(arm, chosen[i - 1] ?? 0);
      return { kind: "rate", numerator: placedBy(arm, month) - before, base: all(arm) - before };
    };
    return { month, cells: { participants: cell("participants"), controls: cell("controls") } };
  });
}

interface Stretch {
  readonly month: number;
  /** The month told after it; null where it is the last. */
  readonly next: number | null;
  readonly months: number;
  readonly threshold: number;
}

/**
 * Whether those whom telling of a month sets apart are enough by their weights: placed by it, and from it to the next month
 * told, or left; and, or nobody, lost to follow-up before. Whoever is lost in a month is followed to its end.
 */
function isEnough(sizeOf: SizeOf, arm: Arm, { month, next, months, threshold }: Stretch): boolean {
  const isAtLeast = (size: number | null, whereNobody: number): boolean => (size ?? whereNobody) >= threshold - 1e-9;
  const left: readonly Leaving[] = [
    ["placed", month + 1, months + 1],
    ["censored", 0, months + 1],
    ["other", 0, months + 1],
  ];
  const placed = [
    sizeOf(arm, [["placed", 0, month]]),
    sizeOf(arm, next === null ? left : [["placed", month + 1, next]]),
  ];
  const lost = [
    sizeOf(arm, [["censored", 0, month - 1]]),
    next === null ? null : sizeOf(arm, [["censored", month, next - 1]]),
  ];
  return placed.every((size) => isAtLeast(size, 0)) && lost.every((size) => isAtLeast(size, threshold));
}

function estimateAt(curve: readonly (Estimate & { readonly month: number })[], month: number): Estimate {
  const { estimate = null, lower = null, upper = null } = curve.find((point) => point.month === month) ?? {};
  return { estimate, lower, upper };
}

/** To a tenth of a month; see above. */
function tenths({ estimate, lower, upper }: Estimate): Estimate {
  const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10 + 0);
  return { estimate: rounded(estimate), lower: rounded(lower), upper: rounded(upper) };
}
