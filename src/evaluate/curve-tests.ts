import type { Reason } from "./answer.ts";
import { chiSquareUpper } from "./distributions.ts";
import type { TestAnswer } from "./two-proportion-tests.ts";

/** Counts of one arm: still followed at the start of each month, events of the cause under study, and all other events. */
export interface ArmCounts {
  readonly atRisk: ArrayLike<number>;
  readonly events: ArrayLike<number>;
  readonly others: ArrayLike<number>;
}

/** The log-rank test with what it compares. */
interface LogRank extends TestAnswer {
  /** Events of the cause: seen, and expected if both arms had one hazard; first the participants. */
  readonly observed: readonly [number, number];
  readonly expected: readonly [number, number];
}

/**
 * The log-rank test of one hazard in two unweighted arms: (O - E)^2 / V on one degree of freedom, V hypergeometric.
 * Other events count as censoring. Agrees with R's survdiff.
 */
export function logRankTest(participants: ArmCounts, controls: ArmCounts): LogRank {
  let [observed1, observed2, expected1, expected2, variance] = [0, 0, 0, 0, 0];
  for (let month = 0; month < participants.atRisk.length; month++) {
    const [n1, n2] = [participants.atRisk[month] ?? 0, controls.atRisk[month] ?? 0];
    const [d1, d2] = [participants.events[month] ?? 0, controls.events[month] ?? 0];
    const [n, d] = [n1 + n2, d1 + d2];
    if (n === 0) continue;
    observed1 += d1;
    observed2 += d2;
    expected1 += (d * n1) / n;
    expected2 += (d * n2) / n;
    if (n > 1) variance += (d * n1 * n2 * (n - d)) / (n * n * (n - 1));
  }
  const statistic = variance > 0 ? (observed1 - expected1) ** 2 / variance : null;
  return { ...answered(statistic), observed: [observed1, observed2], expected: [expected1, expected2] };
}

/**
 * Gray's test of one cumulative incidence in two unweighted arms with competing exits (Gray 1988, rho = 0), which
 * compares subdistribution hazards: those lost to other exits stay, thinned by censoring, in the risk set.
 * With S_k the chance of no event and F_k the incidence in arm k, R_k = Y_k (1 - F_k) / S_k, both just before a month:
 * score = sum over months of d_1 - d R_1 / (R_1 + R_2). The variance is Gray's, which doesn't take S_k for known, with
 * the hypergeometric factor for ties. Agrees with R's cmprsk.
 */
export function grayTest(participants: ArmCounts, controls: ArmCounts): TestAnswer {
  const months = monthsOf(participants, controls);
  const score = months.reduce((sum, { arms: [one, two], d }) => {
    const total = adjusted(one) + adjusted(two);
    return total > 0 ? sum + one.d - (d * adjusted(one)) / total : sum;
  }, 0);
  const variance = varianceOf(months, 0) + varianceOf(months, 1);
  return answered(variance > 0 ? score ** 2 / variance : null);
}

/** One arm in one month: at risk, events, and the curves just before and just after. */
interface ArmMonth {
  readonly n: number;
  readonly d: number;
  readonly other: number;
  readonly before: number;
  readonly after: number;
  readonly incidence: number;
}

interface Month {
  readonly arms: readonly [ArmMonth, ArmMonth];
  /** Events of the cause in both arms. */
  readonly d: number;
  /** Sum of Y_k / S_k: the risk set had nobody been censored. */
  readonly exposed: number;
  /** Incidence of both arms together, estimated under one incidence: before and after. */
  readonly pooledBefore: number;
  readonly pooledAfter: number;
}

function monthsOf(participants: ArmCounts, controls: ArmCounts): Month[] {
  const [one, two] = [armMonths(participants), armMonths(controls)];
  let pooled = 0;
  return one.map((first, month) => {
    const arms = [first, two[month] ?? NOBODY] as const;
    const d = arms[0].d + arms[1].d;
    const exposed = arms.reduce((sum, arm) => sum + (arm.n > 0 ? arm.n / arm.before : 0), 0);
    const pooledBefore = pooled;
    pooled += exposed > 0 ? d / exposed : 0;
    return { arms, d, exposed, pooledBefore, pooledAfter: pooled };
  });
}

const NOBODY: ArmMonth = { n: 0, d: 0, other: 0, before: 1, after: 1, incidence: 0 };

function armMonths({ atRisk, events, others }: ArmCounts): ArmMonth[] {
  let [before, incidence] = [1, 0];
  return Array.from({ length: atRisk.length }, (_, month) => {
    const [n, d, other] = [atRisk[month] ?? 0, events[month] ?? 0, others[month] ?? 0];
    const after = n > 0 ? (before * (n - d - other)) / n : before;
    const here = { n, d, other, before, after, incidence };
    incidence += n > 0 ? (before * d) / n : 0;
    before = after;
    return here;
  });
}

/** Y (1 - F) / S of an arm just before a month; 0 once nobody is left. */
function adjusted({ n, before, incidence }: ArmMonth): number {
  return n > 0 ? (n * (1 - incidence)) / before : 0;
}

/**
 * The part of the score's variance that comes from one arm's events. An event of the cause moves the score by its own
 * weight a and, through the arm's curves, by the weight still to come; another exit by the latter only.
 */
function varianceOf(months: readonly Month[], which: 0 | 1): number {
  const sign = which === 0 ? 1 : -1;
  const weights = months.map(({ arms: [one, two], exposed }) => {
    if (one.n === 0 || two.n === 0 || exposed === 0) return 0;
    return (sign * (one.n / one.before) * (two.n / two.before)) / exposed;
  });
  const steps = months.map(({ d, exposed, pooledBefore }, month) =>
    exposed > 0 ? ((weights[month] ?? 0) * d) / (exposed * (1 - pooledBefore)) : 0,
  );
  let toCome = steps.reduce((sum, step) => sum + step, 0);
  return months.reduce((sum, month, index) => {
    toCome -= steps[index] ?? 0;
    return sum + ownEvents(month, which, weights[index] ?? 0, toCome) + otherEvents(month, which, toCome);
  }, 0);
}

function ownEvents({ arms, d, exposed, pooledAfter }: Month, which: 0 | 1, weight: number, toCome: number): number {
  const { n, before, after } = arms[which];
  if (n === 0 || d === 0) return 0;
  const kept = after > 0 ? 1 - (1 - pooledAfter) / after : 1;
  const ties = d > 1 ? 1 - (d - 1) / (exposed * before - 1) : 1;
  return ((weight + kept * toCome) ** 2 * ties * before * d) / (exposed * n);
}

function otherEvents({ arms, pooledAfter }: Month, which: 0 | 1, toCome: number): number {
  const { n, other, before, after } = arms[which];
  if (other === 0 || after <= 0) return 0;
  const lost = (1 - pooledAfter) / after;
  const ties = other > 1 ? 1 - (other - 1) / (n - 1) : 1;
  return ((lost * toCome) ** 2 * ties * before ** 2 * other) / n ** 2;
}

function answered(statistic: number | null): TestAnswer {
  const reason: Reason | null = statistic === null ? "no-variation" : null;
  return { statistic, p: statistic === null ? null : chiSquareUpper(statistic, 1), reason };
}
