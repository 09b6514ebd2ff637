import type { Finding, Released } from "../finding.ts";
import { placeKey, totalOf } from "../place.ts";
import { releasedAs } from "../released.ts";
import type { Multiples } from "./multiples.ts";

/**
 * Estimates as they leave beside rounded counts: figures are those of exact counts, numbers of persons and rows are
 * told as their multiples. A check's number of persons is told as the arm is that it counts, unless it were then on the
 * other side of its threshold than where it was judged.
 * @param exact the same findings as they leave without rounding, in the same order
 */
export function roundedEstimates(
  estimates: readonly Finding[],
  exact: readonly Released[],
  multiples: Multiples,
  base: number,
): ReadonlyMap<Finding, Released> {
  const limits = new Map(
    estimates.flatMap((finding) =>
      finding.metric === "verdict_threshold" ? [[placeKey(finding), finding.value] as const] : [],
    ),
  );
  const arms = estimates.filter(({ metric, dimension }) => metric === "placements" && dimension === "total");
  const armOf = (check: Finding): Finding =>
    arms.find(
      (arm) => placeKey(arm) === placeKey(totalOf(check)) && (arm.n === check.value || arm.value === check.value),
    ) ?? check;
  return new Map(
    estimates.map((finding, i) => {
      const free = exact[i];
      if (free === undefined || free.conf_status !== "F") return [finding, free as Released];
      const value = isCheckedCount(finding)
        ? onItsSide(
            finding.value ?? 0,
            multiples.of(armOf(finding), finding.value ?? 0),
            limits.get(placeKey(finding)) ?? null,
            base,
          )
        : isCount(finding)
          ? multiples.of(finding, finding.value ?? 0)
          : free.value;
      const n = finding.n === null ? null : multiples.of(finding, finding.n);
      return [finding, releasedAs(finding, { value, lower: free.lower, upper: free.upper, n }, "F")];
    }),
  );
}

/** Numbers of persons or rows; an effective number that isn't whole counts nobody. */
const isCount = ({ unit, value }: Finding): boolean =>
  value !== null && Number.isInteger(value) && (unit === "persons" || unit === "rows");

const COUNTED_CHECKS: ReadonlySet<string> = new Set(["minimumPersons", "minimumPlacements"]);

const isCheckedCount = ({ metric, level, value }: Finding): boolean =>
  metric === "verdict_value" && COUNTED_CHECKS.has(level) && value !== null;

function onItsSide(count: number, multiple: number, limit: number | null, base: number): number {
  if (limit === null || multiple >= limit === count >= limit) return multiple;
  return count >= limit ? base * Math.ceil(limit / base) : base * Math.ceil(limit / base - 1);
}
