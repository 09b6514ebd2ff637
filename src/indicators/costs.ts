import type { SqlRow } from "../engine/engine.ts";
import { average, type Indicator, placeOf } from "./indicator.ts";

interface Cost {
  readonly metric: string;
  readonly base: number;
  /** What it is hidden with: who knows the amount can work out what it was divided by. */
  readonly family: string;
  /** Code of what keeps it from being told, in the place of a definition; the first that holds. */
  readonly reasons: Readonly<Record<string, boolean>>;
}

/**
 * Euros per duo started and per declared solution of duos that ended, by region, network and period; null with the
 * reason as its definition where an amount is missing (`no_budget`), nobody is there to divide it by (`no_duos`,
 * `no_solutions`) or outcomes of duos that ended can't all be known yet (`too_early`). Without any budget: nothing.
 * @param rows of indicators.costs
 */
export function costs(rows: readonly SqlRow[]): readonly Indicator[] {
  if (rows.every(({ amount_eur }) => amount_eur === null)) return [];
  return rows.flatMap((row) => {
    const amount = row.amount_eur === null ? null : Number(row.amount_eur);
    const [duos, solutions] = [Number(row.duos), Number(row.solutions)];
    const noBudget = amount === null;
    return [
      costOf(row, amount, {
        metric: "cost_per_duo",
        base: duos,
        family: "duos_started duos",
        reasons: { no_budget: noBudget, no_duos: duos === 0 },
      }),
      costOf(row, amount, {
        metric: "cost_per_solution",
        base: solutions,
        family: "declared duos",
        reasons: { no_budget: noBudget, too_early: row.is_mature !== true, no_solutions: solutions === 0 },
      }),
    ];
  });
}

function costOf(row: SqlRow, amount: number | null, { metric, base, family, reasons }: Cost): Indicator {
  const reason = Object.entries(reasons).find(([, holds]) => holds)?.[0];
  const place = placeOf(row);
  if (reason !== undefined || amount === null)
    return { ...average(metric, "duos", place, null, { unit: "euro", base: 0 }), definition: reason ?? "no_budget" };
  return { ...average(metric, "duos", place, amount / base, { unit: "euro", base }), family };
}
