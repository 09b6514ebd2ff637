import type { ArmExits } from "./follow-up.ts";

/** Cumulative incidence of one arm with what its variance needs. */
export interface IncidenceFit {
  /** The last month for which the curve is known: beyond it nobody was followed and not everybody had left. */
  readonly knownTo: number;
  /** By cause (in the order of the exits' causes): incidence at the end of each month, 0 to `months`. */
  readonly incidence: readonly Float64Array[];
  /**
   * By cause: the derivative of the incidence at each month by the weight of one row that leaves in month m for
   * cause c (0 censored), at [(m (causes + 1) + c) (months + 1) + month]; m runs to months + 1.
   */
  readonly influence: readonly Float64Array[];
}

/**
 * The weighted Aalen-Johansen estimator in discrete time, F_k(t) = sum over s <= t of S(s-) d_k(s) / Y(s),
 * with S(s) = prod (1 - d(s)/Y(s)) over all causes, events before censoring within a month.
 * With one cause it is 1 - Kaplan-Meier; without censoring, the weighted share.
 * Its influence is the exact derivative by each row's weight (the infinitesimal jackknife), which without weights gives
 * the variance of Aalen-Johansen's delta method, and of Greenwood's formula with one cause.
 */
export function aalenJohansen(arm: ArmExits): IncidenceFit {
  const hazards = hazardsOf(arm);
  return {
    knownTo: hazards.knownTo,
    incidence: incidenceOf(arm, hazards),
    influence: influenceOf(arm, hazards),
  };
}

interface Hazards {
  readonly knownTo: number;
  /** By cause and month. */
  readonly byCause: readonly Float64Array[];
  readonly any: Float64Array;
  /** Survival just before each month. */
  readonly before: Float64Array;
}

function hazardsOf({ months, events, atRisk }: ArmExits): Hazards {
  const byCause = events.map((byMonth) => byMonth.map((weight, month) => share(weight, atRisk[month] ?? 0)));
  const any = atRisk.map((risk, month) =>
    share(
      events.reduce((sum, byMonth) => sum + (byMonth[month] ?? 0), 0),
      risk,
    ),
  );
  const before = new Float64Array(months + 1).fill(1);
  let knownTo = -1;
  for (let month = 0; month <= months; month++) {
    if (month > 0) before[month] = (before[month - 1] ?? 1) * (1 - (any[month - 1] ?? 0));
    if ((atRisk[month] ?? 0) > 0 || before[month] === 0) knownTo = month;
  }
  return { knownTo, byCause, any, before };
}

function incidenceOf({ months }: ArmExits, { byCause, before }: Hazards): Float64Array[] {
  return byCause.map((hazard) => {
    const incidence = new Float64Array(months + 1);
    let sum = 0;
    for (let month = 0; month <= months; month++) {
      sum += (before[month] ?? 0) * (hazard[month] ?? 0);
      incidence[month] = sum;
    }
    return incidence;
  });
}

function influenceOf({ months, atRisk }: ArmExits, hazards: Hazards): Float64Array[] {
  const causes = hazards.byCause.length;
  const width = months + 1;
  const influence = hazards.byCause.map(() => new Float64Array((months + 2) * (causes + 1) * width));
  for (let exit = 0; exit <= months + 1; exit++) {
    for (let cause = 0; cause <= causes; cause++) {
      follow(hazards, atRisk, exit, cause, influence, (exit * (causes + 1) + cause) * width);
    }
  }
  return influence;
}

/** Writes the derivatives for a row that leaves in `exit` for `cause`, month by month, at `offset` of each cause's array. */
function follow(
  { byCause, any, before }: Hazards,
  atRisk: Float64Array,
  exit: number,
  cause: number,
  influence: readonly Float64Array[],
  offset: number,
): void {
  let survival = 0;
  for (let month = 0; month < before.length; month++) {
    const risk = atRisk[month] ?? 0;
    const counted = month <= exit && risk > 0 ? 1 / risk : 0;
    const left = month === exit && cause > 0 ? counted : 0;
    const here = before[month] ?? 0;
    for (const [k, into] of influence.entries()) {
      const hazard = byCause[k]?.[month] ?? 0;
      const change = (cause === k + 1 ? left : 0) - counted * hazard;
      const earlier = month === 0 ? 0 : (into[offset + month - 1] ?? 0);
      into[offset + month] = earlier + survival * hazard + here * change;
    }
    const total = any[month] ?? 0;
    survival = survival * (1 - total) - here * (left - counted * total);
  }
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
