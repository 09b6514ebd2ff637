import type { Finding, Released } from "../finding.ts";
import { placeKey } from "../place.ts";
import { releasedAs } from "../released.ts";
import type { Multiples } from "./multiples.ts";

/**
 * Estimates as they leave beside rounded counts: figures are those of exact counts, numbers of persons and rows are
 * told as their multiples. A check's number of persons goes to the side of its threshold on which it was judged.
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
  return new Map(
    estimates.map((finding, i) => {
      const free = exact[i];
      if (free === undefined || free.conf_status !== "F") return [finding, free as Released];
      const value = isCheckedCount(finding)
        ? onItsSide(finding, multiples, limits.get(placeKey(finding)) ?? null, base)
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

function onItsSide(finding: Finding, multiples: Multiples, limit: number | null, base: number): number {
  const count = finding.value ?? 0;
  const multiple = multiples.of(finding, count);
  if (limit === null || multiple >= limit === count >= limit) return multiple;
  return count >= limit ? base * Math.ceil(limit / base) : base * Math.ceil(limit / base - 1);
}
