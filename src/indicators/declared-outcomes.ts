import { SOLUTIONS } from "../catalogue/staging.ts";
import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { type Indicator, placeOf, share } from "./indicator.ts";

/** What counts as a solution: a job of at least three months, a training, an internship. */
const SOLVED = ["job", "training", "internship"] as const;

/**
 * What mentees declared for the twelve months after their duo, of duos that ended in the period and whose twelve months
 * are over. Shares are of those whose answer is known; `declared_follow_up` is the share that is known. The two bounds
 * say what the share with a solution would be if none, or all, of the unknown had one.
 * @param rows of indicators.declared_outcomes
 */
export function declaredOutcomes(rows: readonly SqlRow[]): readonly Indicator[] {
  const places = groupBy(rows, (row) => JSON.stringify(placeOf(row)));
  return [...places.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const place = placeOf(first);
    const duos = (solution: string): number => Number(own.find((row) => row.solution === solution)?.duos ?? 0);
    const mature = SOLUTIONS.reduce((sum, solution) => sum + duos(solution), 0);
    const unknown = duos("unknown");
    const known = mature - unknown;
    const solved = SOLVED.reduce((sum, solution) => sum + duos(solution), 0);
    const of = (metric: string, numerator: number, base: number, at = place): Indicator =>
      share(metric, "duos", at, { numerator, base });
    const bySolution =
      place.dimension === "total"
        ? SOLUTIONS.filter((solution) => solution !== "unknown").map((solution) =>
            of("declared_outcome", duos(solution), known, { ...place, dimension: "solution", level: solution }),
          )
        : [];
    return [
      of("declared_follow_up", known, mature),
      of("declared_job", duos("job"), known),
      of("declared_solution", solved, known),
      of("declared_solution_lowest", solved, mature),
      of("declared_solution_highest", solved + unknown, mature),
      ...bySolution,
    ];
  });
}
