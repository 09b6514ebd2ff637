import { SOLUTIONS } from "../catalogue/staging.ts";
import type { SqlRow } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { type Indicator, placeOf, share } from "./indicator.ts";

/** What counts as a solution: a job of at least three months, a training, an internship. */
const SOLVED = ["job", "training", "internship"] as const;

const KNOWN = SOLUTIONS.filter((solution) => solution !== "unknown");

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
    const of = (
      metric: string,
      sets: readonly [base: readonly string[], numerator: readonly string[]],
      at = place,
    ): Indicator => {
      const [base, numerator] = sets.map((names) => names.reduce((sum, solution) => sum + duos(solution), 0));
      const named = (names: readonly string[]): readonly string[] => names.map((name) => `declared ${name}`);
      return {
        ...share(metric, "duos", at, { numerator: numerator ?? 0, base: base ?? 0 }),
        family: "declared duos",
        sets: { base: named(sets[0]), numerator: named(sets[1]) },
      };
    };
    const bySolution =
      place.dimension === "total"
        ? KNOWN.map((solution) =>
            of("declared_outcome", [KNOWN, [solution]], { ...place, dimension: "solution", level: solution }),
          )
        : [];
    return [
      // once their twelve months are over, these are the duos that ended
      { ...of("declared_follow_up", [SOLUTIONS, KNOWN]), parts: [["duos ended"]] },
      of("declared_job", [KNOWN, ["job"]]),
      of("declared_solution", [KNOWN, SOLVED]),
      of("declared_solution_lowest", [SOLUTIONS, SOLVED]),
      of("declared_solution_highest", [SOLUTIONS, [...SOLVED, "unknown"]]),
      ...bySolution,
    ];
  });
}
