import {
  type Answer,
  type EstimateAnswer,
  intervalOf,
  noEstimate,
  noInterval,
  onLogScale,
  symmetric,
} from "./answer.ts";
import { zOfLevel } from "./normal.ts";
import { type Arm, possible, wilson, wilsonCorrected } from "./proportions.ts";
import {
  meeInterval,
  miettinenNurminenInterval,
  scoreOddsRatioInterval,
  scoreRiskRatioInterval,
} from "./score-intervals.ts";

/** A plain 2 x 2 table: unweighted, nobody twice. */
export interface TwoArms {
  readonly participants: Arm;
  readonly controls: Arm;
}

/** An interval for a contrast of two proportions at a confidence level. */
export type ContrastInterval = (arms: TwoArms, level?: number) => Answer;

/** Methods for the difference; those of Miettinen and Nurminen, and of Newcombe, keep their coverage in small arms. */
type DifferenceMethod =
  | "wald"
  | "wald_cc"
  | "newcombe"
  | "newcombe_cc"
  | "miettinen_nurminen"
  | "mee"
  | "agresti_caffo";

/** Methods for the risk ratio and the odds ratio; only the score methods answer when a cell is 0. */
type RatioMethod = "rr_katz" | "rr_score" | "or_woolf" | "or_score";

/** p1 - p2, error sqrt(p1 q1/n1 + p2 q2/n2), Wald interval (not clipped to -1..1). */
export function riskDifference({ participants, controls }: TwoArms, level = 0.95): EstimateAnswer {
  const problem = problemOf(participants, controls);
  if (problem !== null) return noEstimate(problem);
  const [p1, p2] = [participants.events / participants.size, controls.events / controls.size];
  const se = Math.sqrt((p1 * (1 - p1)) / participants.size + (p2 * (1 - p2)) / controls.size);
  return symmetric(p1 - p2, se, zOfLevel(level));
}

/** p1 / p2 with Katz's interval; `se` is that of the logarithm, sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2). */
export function riskRatio({ participants, controls }: TwoArms, level = 0.95): EstimateAnswer {
  const problem = problemOf(participants, controls);
  if (problem !== null) return noEstimate(problem);
  const [x1, x2] = [participants.events, controls.events];
  if (x2 === 0) return noEstimate("no-events");
  const ratio = x1 / participants.size / (x2 / controls.size);
  if (x1 === 0) return { ...noEstimate("no-events"), estimate: 0 };
  const se = Math.sqrt(1 / x1 - 1 / participants.size + 1 / x2 - 1 / controls.size);
  return onLogScale(ratio, se, zOfLevel(level));
}

/** (x1 / y1) / (x2 / y2) with Woolf's interval; `se` is that of the logarithm, sqrt(1/x1 + 1/y1 + 1/x2 + 1/y2). */
export function oddsRatio({ participants, controls }: TwoArms, level = 0.95): EstimateAnswer {
  const problem = problemOf(participants, controls);
  if (problem !== null) return noEstimate(problem);
  const [x1, y1] = [participants.events, participants.size - participants.events];
  const [x2, y2] = [controls.events, controls.size - controls.events];
  if (x2 === 0) return noEstimate("no-events");
  if (y1 === 0) return noEstimate("no-non-events");
  if (x1 === 0) return { ...noEstimate("no-events"), estimate: y2 === 0 ? null : 0 };
  if (y2 === 0) return { ...noEstimate("no-non-events"), estimate: 0 };
  return onLogScale((x1 * y2) / (y1 * x2), Math.sqrt(1 / x1 + 1 / y1 + 1 / x2 + 1 / y2), zOfLevel(level));
}

/** Wald's interval widened by (1/n1 + 1/n2) / 2 on each side. */
const waldCorrected: ContrastInterval = (arms, level) => {
  const { lower, upper, reason } = riskDifference(arms, level);
  if (lower === null || upper === null) return { lower, upper, reason };
  const widening = (1 / arms.participants.size + 1 / arms.controls.size) / 2;
  return intervalOf(lower - widening, upper + widening);
};

/** Newcombe's hybrid of two Wilson intervals (1998, method 10): d -+ the root of the summed squared distances. */
const newcombe: ContrastInterval = hybridOf(wilson);

/** The same from Wilson's interval with continuity correction (method 11). */
const newcombeCorrected: ContrastInterval = hybridOf(wilsonCorrected);

/** Wald's interval after adding one event and one non-event to each arm (Agresti and Caffo 2000); may exceed 1. */
const agrestiCaffo: ContrastInterval = ({ participants, controls }, level) => {
  const problem = problemOf(participants, controls);
  if (problem !== null) return noInterval(problem);
  const added = ({ events, size }: Arm): Arm => ({ events: events + 1, size: size + 2 });
  return limitsOf(riskDifference({ participants: added(participants), controls: added(controls) }, level));
};

/** Intervals of the difference in proportions by name; for plain 2 x 2 tables only. */
export const differenceIntervals: Readonly<Record<DifferenceMethod, ContrastInterval>> = {
  wald: (arms, level) => limitsOf(riskDifference(arms, level)),
  wald_cc: waldCorrected,
  newcombe,
  newcombe_cc: newcombeCorrected,
  miettinen_nurminen: checked(miettinenNurminenInterval),
  mee: checked(meeInterval),
  agresti_caffo: agrestiCaffo,
};

/** Intervals of the risk ratio and of the odds ratio by name. */
export const ratioIntervals: Readonly<Record<RatioMethod, ContrastInterval>> = {
  rr_katz: (arms, level) => limitsOf(riskRatio(arms, level)),
  rr_score: checked(scoreRiskRatioInterval),
  or_woolf: (arms, level) => limitsOf(oddsRatio(arms, level)),
  or_score: checked(scoreOddsRatioInterval),
};

function limitsOf({ lower, upper, reason }: Answer): Answer {
  return { lower, upper, reason };
}

function problemOf(...arms: readonly Arm[]): "empty-arm" | "impossible-input" | null {
  if (arms.some((arm) => arm.size === 0)) return "empty-arm";
  return arms.every(possible) ? null : "impossible-input";
}

function checked(interval: (participants: Arm, controls: Arm, z: number) => Answer): ContrastInterval {
  return ({ participants, controls }, level = 0.95) => {
    const problem = problemOf(participants, controls);
    return problem === null ? interval(participants, controls, zOfLevel(level)) : noInterval(problem);
  };
}

function hybridOf(single: typeof wilson): ContrastInterval {
  return ({ participants, controls }, level) => {
    const [one, two] = [single(participants, level), single(controls, level)];
    if (one.lower === null || one.upper === null) return one;
    if (two.lower === null || two.upper === null) return two;
    const [p1, p2] = [participants.events / participants.size, controls.events / controls.size];
    return intervalOf(
      p1 - p2 - Math.hypot(p1 - one.lower, two.upper - p2),
      p1 - p2 + Math.hypot(one.upper - p1, p2 - two.lower),
    );
  };
}
