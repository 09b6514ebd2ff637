import type { OutcomeName, OutcomeValue, PersonMonth } from "./cohort-oracle-rows.ts";

/* Exact matching and weighted rates of the oracle's rows, row by row, with the error clustered by person. */

export interface MatchedRow {
  readonly row: PersonMonth;
  readonly stratum: string;
  /** 1 for a matched participant, nT/nC of the stratum for a control, 0 where unmatched. */
  readonly weight: number;
  readonly y: number;
}
/** Rates as proportions; `difference` and its error are null where an arm is empty. */
export interface Rates {
  readonly participants: number;
  readonly placedParticipants: number;
  readonly controlRows: number;
  readonly controlPersons: number;
  readonly participantRate: number | null;
  readonly controlRate: number | null;
  readonly difference: number | null;
  /** CR1 by person: sum over persons of (sum of w (y - m) / W)^2, times G/(G-1) (n-1)/(n-2). */
  readonly se: number | null;
}

/** The covariates of the specification `sib-2014`. */
export const SIB_2014 = ["age_band", "gender", "origin", "qualification", "index_month"] as const;

/** Exact matching of the rows that are mature for one outcome; controls weigh nT/nC of their stratum. */
export function matchExactly(
  rows: readonly PersonMonth[],
  on: readonly string[],
  outcome: OutcomeName,
): readonly MatchedRow[] {
  const mature = rows.filter((row) => outcomeIn(row, outcome).mature);
  const stratumOf = (row: PersonMonth) => on.map((name) => row.covariates[name] ?? "").join("|");
  const participants: Record<string, number> = {};
  const controls: Record<string, number> = {};
  for (const row of mature) count(row.arm === "participant" ? participants : controls, stratumOf(row));
  return mature.map((row) => {
    const stratum = stratumOf(row);
    const nT = participants[stratum] ?? 0;
    const nC = controls[stratum] ?? 0;
    const weight = nT === 0 || nC === 0 ? 0 : row.arm === "participant" ? 1 : nT / nC;
    return { row, stratum, weight, y: outcomeIn(row, outcome).placed ? 1 : 0 };
  });
}

/** Weighted rates of both arms and their difference over the matched rows given; filter to a year or level first. */
export function weightedRates(rows: readonly MatchedRow[]): Rates {
  const matched = rows.filter((r) => r.weight > 0);
  const treated = matched.filter((r) => r.row.arm === "participant");
  const control = matched.filter((r) => r.row.arm === "control");
  const participantRate = weightedMean(treated);
  const controlRate = weightedMean(control);
  const rates = {
    participants: treated.length,
    placedParticipants: treated.filter((r) => r.y === 1).length,
    controlRows: control.length,
    controlPersons: new Set(control.map((r) => r.row.person_key)).size,
    participantRate,
    controlRate,
  };
  if (participantRate === null || controlRate === null) return { ...rates, difference: null, se: null };
  const se = errorByPerson(treated, participantRate, control, controlRate);
  return { ...rates, difference: participantRate - controlRate, se };
}

function errorByPerson(treated: readonly MatchedRow[], mT: number, control: readonly MatchedRow[], mC: number) {
  const byPerson = new Map<number, number>();
  const add = (rows: readonly MatchedRow[], mean: number, sign: number) => {
    const total = rows.reduce((sum, r) => sum + r.weight, 0);
    for (const r of rows) {
      const key = r.row.person_key;
      byPerson.set(key, (byPerson.get(key) ?? 0) + (sign * r.weight * (r.y - mean)) / total);
    }
  };
  add(treated, mT, 1);
  add(control, mC, -1);
  const n = treated.length + control.length;
  const persons = byPerson.size;
  const cr0 = [...byPerson.values()].reduce((sum, u) => sum + u * u, 0);
  return Math.sqrt(((cr0 * persons) / (persons - 1)) * ((n - 1) / (n - 2)));
}

function weightedMean(rows: readonly MatchedRow[]): number | null {
  const total = rows.reduce((sum, r) => sum + r.weight, 0);
  return total === 0 ? null : rows.reduce((sum, r) => sum + r.weight * r.y, 0) / total;
}

function outcomeIn(row: PersonMonth, outcome: OutcomeName): OutcomeValue {
  const value = row.outcomes.find((o) => o.definition === outcome.definition && o.after === outcome.after);
  if (value === undefined) throw new Error(`outcome ${outcome.definition}/${outcome.after} was not computed`);
  return value;
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
