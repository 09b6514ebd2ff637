import { aalenJohansen, type IncidenceFit } from "./aalen-johansen.ts";
import { type Answer, type EstimateAnswer, intervalOf, noEstimate, noInterval, symmetric } from "./answer.ts";
import { type ArmExits, armExits, type ExitMeaning, type FollowUp, type ReadExits, readExits } from "./follow-up.ts";
import { zOfLevel } from "./normal.ts";

/** How curves are made. */
export interface CurveSettings {
  /** Months of follow-up. */
  readonly months: number;
  /** What each exit other than placement means, by its cause; competing where nothing is said. */
  readonly exits?: Readonly<Record<number, ExitMeaning>>;
  readonly scale?: IntervalScale;
  readonly level?: number;
}

/** The scale on which an interval of a probability is symmetric; `log-log` never leaves 0-1. */
type IntervalScale = "plain" | "log" | "log-log";

/** The estimate at the end of a month of follow-up. */
interface MonthEstimate extends EstimateAnswer {
  readonly month: number;
}

/** Curves of one arm. */
export interface ArmCurves {
  /** Weight of those still followed at the start of each month, 0 to `months`. */
  readonly atRisk: readonly number[];
  /** Share placed by the end of each month, 0 to `months`. */
  readonly placement: readonly MonthEstimate[];
  /** Share lost to each competing exit. */
  readonly competing: readonly { readonly cause: number; readonly curve: readonly MonthEstimate[] }[];
  /** Mean number of months, of those followed, spent without placement. */
  readonly restrictedMean: EstimateAnswer;
}

/** Curves of both arms and their difference, participants minus controls. */
interface PlacementCurves {
  readonly participants: ArmCurves;
  readonly controls: ArmCurves;
  readonly difference: readonly MonthEstimate[];
  readonly restrictedMeanDifference: EstimateAnswer;
}

/**
 * Time to placement in both arms: the weighted Aalen-Johansen cumulative incidence by month and the mean time without
 * placement, sum over months m < `months` of 1 - F(m). Variances are sums of squared influence within persons, so that
 * weights and recurring persons are accounted for; weights count as fixed, and there is no small-sample factor.
 * Agrees with survival's survfit, etm and the delta method on mgus2 (test/reference/survival).
 */
export function placementCurves(followUp: FollowUp, settings: CurveSettings): PlacementCurves {
  const read = readExits(followUp.exits, settings.months, settings.exits ?? {});
  const fitted = ([0, 1] as const).map((which) => fitOf(armExits(followUp, read, which)));
  const [controls, participants] = fitted as [Fitted, Fitted];
  const variance = (cause: number, of: Functional) => variances(followUp, read, [controls, participants], cause, of);
  const months = Array.from({ length: settings.months + 1 }, (_, month) => month);
  const byMonth = months.map((month) => ({ month, variance: variance(0, atMonth(month)) }));
  const mean = variance(0, restricted(settings.months));
  const curvesOf = (arm: Fitted, side: "controls" | "participants"): ArmCurves => ({
    atRisk: [...arm.exits.atRisk],
    placement: byMonth.map((point) => pointOf(arm, 0, point.month, point.variance[side], settings)),
    competing: read.causes.slice(1).map((cause, i) => ({
      cause,
      curve: months.map((month) => pointOf(arm, i + 1, month, variance(i + 1, atMonth(month))[side], settings)),
    })),
    restrictedMean: meanOf(arm, mean[side], settings),
  });
  return {
    participants: curvesOf(participants, "participants"),
    controls: curvesOf(controls, "controls"),
    difference: byMonth.map(({ month, variance: { difference } }) => ({
      month,
      ...contrast(incidenceAt(participants, 0, month), incidenceAt(controls, 0, month), difference, settings),
    })),
    restrictedMeanDifference: contrast(
      meanWithout(participants, settings.months),
      meanWithout(controls, settings.months),
      mean.difference,
      settings,
    ),
  };
}

/** An interval of a probability on a scale, from its standard error; null at 0 and 1, where there is none. */
export function probabilityInterval(p: number, se: number, scale: IntervalScale, level = 0.95): Answer {
  const z = zOfLevel(level);
  if (!(p > 0 && p < 1 && se > 0)) return noInterval("no-variation");
  if (scale === "plain") return intervalOf(p - z * se, p + z * se);
  if (scale === "log") return intervalOf(p * Math.exp((-z * se) / p), Math.min(1, p * Math.exp((z * se) / p)));
  const reach = (z * se) / (p * Math.abs(Math.log(p)));
  return intervalOf(p ** Math.exp(reach), p ** Math.exp(-reach));
}

interface Fitted {
  readonly exits: ArmExits;
  readonly fit: IncidenceFit;
}

/** A sum of incidences over months: what is asked of the curve, as the derivative of it by one row's weight. */
type Functional = (influence: Float64Array, offset: number) => number;

const atMonth =
  (month: number): Functional =>
  (influence, offset) =>
    influence[offset + month] ?? 0;

const restricted =
  (months: number): Functional =>
  (influence, offset) => {
    let sum = 0;
    for (let month = 0; month < months; month++) sum -= influence[offset + month] ?? 0;
    return sum;
  };

function fitOf(exits: ArmExits): Fitted {
  return { exits, fit: aalenJohansen(exits) };
}

/** Variances of a functional in each arm and of its difference, with the pairs of rows of one person. */
function variances(
  { arm, weights, exits, recurrence }: FollowUp,
  read: ReadExits,
  arms: Fitted[],
  cause: number,
  of: Functional,
) {
  const influence = new Float64Array(exits.key.length);
  const parts = { controls: 0, participants: 0, both: 0 };
  const width = read.months + 1;
  for (let i = 0; i < influence.length; i++) {
    const key = exits.key[i] ?? 0;
    const offset = ((read.month[i] ?? 0) * (read.causes.length + 1) + (read.cause[i] ?? 0)) * width;
    const array = arms[arm[key] ?? 0]?.fit.influence[cause];
    const u = array === undefined ? 0 : (weights[key] ?? 0) * of(array, offset);
    influence[i] = u;
    parts[arm[key] === 1 ? "participants" : "controls"] += (exits.rows[i] ?? 0) * u * u;
  }
  for (let i = 0; recurrence !== undefined && i < recurrence.rows.length; i++) {
    const [one, two] = [recurrence.exit1[i] ?? 0, recurrence.exit2[i] ?? 0];
    const product = (recurrence.rows[i] ?? 0) * (influence[one] ?? 0) * (influence[two] ?? 0);
    const [arm1, arm2] = [arm[exits.key[one] ?? 0], arm[exits.key[two] ?? 0]];
    parts[arm1 !== arm2 ? "both" : arm1 === 1 ? "participants" : "controls"] += product;
  }
  const { controls, participants, both } = parts;
  return { controls, participants, difference: controls + participants - both };
}

function incidenceAt({ exits, fit }: Fitted, cause: number, month: number): number | null {
  return exits.total > 0 && month <= fit.knownTo ? (fit.incidence[cause]?.[month] ?? 0) : null;
}

function pointOf(arm: Fitted, cause: number, month: number, variance: number, settings: CurveSettings): MonthEstimate {
  const estimate = incidenceAt(arm, cause, month);
  if (estimate === null) return { month, ...noEstimate(arm.exits.total > 0 ? "not-followed" : "empty-arm") };
  const se = Math.sqrt(Math.max(0, variance));
  return { month, estimate, se, ...probabilityInterval(estimate, se, settings.scale ?? "log-log", settings.level) };
}

function meanWithout(arm: Fitted, months: number): number | null {
  if (months < 1 || incidenceAt(arm, 0, months - 1) === null) return null;
  let sum = months;
  for (let month = 0; month < months; month++) sum -= incidenceAt(arm, 0, month) ?? 0;
  return sum;
}

function meanOf(arm: Fitted, variance: number, { months, level }: CurveSettings): EstimateAnswer {
  const estimate = meanWithout(arm, months);
  if (estimate === null) return noEstimate(arm.exits.total > 0 ? "not-followed" : "empty-arm");
  return withError(estimate, variance, level);
}

function contrast(one: number | null, two: number | null, variance: number, { level }: CurveSettings): EstimateAnswer {
  return one === null || two === null ? noEstimate("not-followed") : withError(one - two, variance, level);
}

function withError(estimate: number, variance: number, level = 0.95): EstimateAnswer {
  if (!(variance > 0)) return { ...noEstimate("no-variation"), estimate };
  return symmetric(estimate, Math.sqrt(variance), zOfLevel(level));
}
