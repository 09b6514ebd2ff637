import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { allYearsWithin, isSeveralYears, placeKey } from "../place.ts";
import type { EarlierValue } from "./earlier.ts";

/**
 * What an earlier edition told or hid of a pooled period that this one doesn't tell of: where years add up, it is the
 * sum of years that stand here, so that whoever holds both editions can set one against the other. The same findings
 * over those years, to be registered and never shown.
 */
export function earlierPeriods(findings: readonly Finding[], earlier: readonly EarlierValue[]): readonly Finding[] {
  const told = new Set(findings.map(({ period }) => period));
  const periods = [...new Set(earlier.map(({ place }) => place.period))].filter(
    (period) => isSeveralYears(period) && !told.has(period),
  );
  if (periods.length === 0) return [];
  const counted = findings.filter(({ cell }) => cell.kind === "rate" || cell.kind === "count");
  const series = groupBy(counted, (finding) =>
    [finding.metric, finding.arm, finding.cell.kind, placeKey({ ...finding, period: "" })].join("\u0000"),
  );
  return [...series.values()].flatMap((line) => {
    if (!doYearsAddUp(line)) return [];
    return periods.flatMap((period) => summed(allYearsWithin(line, period), period) ?? []);
  });
}

const sum = (years: readonly Finding[], role: "base" | "numerator"): number =>
  years.reduce((total, { cell }) => total + (cell[role] ?? 0), 0);

/** Whether the pooled period told here is the sum of its years: persons counted in several years are not. */
function doYearsAddUp(line: readonly Finding[]): boolean {
  const pooled = line.filter(({ period }) => isSeveralYears(period));
  return (
    pooled.length > 0 &&
    pooled.every((whole) => {
      const years = allYearsWithin(line, whole.period);
      const isSum = (role: "base" | "numerator"): boolean => sum(years, role) === (whole.cell[role] ?? 0);
      return years.length > 0 && isSum("base") && isSum("numerator");
    })
  );
}

function summed(years: readonly Finding[], period: string): Finding | null {
  const [first] = years;
  if (first === undefined) return null;
  const { cell } = first;
  const base = sum(years, "base");
  // names of persons hold the year that they were counted in
  const renamed = (names: readonly string[]): readonly string[] =>
    names.map((name) => name.replace(` ${first.period} `, ` ${period} `));
  return {
    ...first,
    period,
    ...{ value: null, lower: null, upper: null, n: base },
    cell: {
      ...cell,
      base,
      numerator: cell.numerator === null ? null : sum(years, "numerator"),
      ...(cell.sets === undefined
        ? {}
        : { sets: { base: renamed(cell.sets.base ?? []), numerator: renamed(cell.sets.numerator ?? []) } }),
      ...(cell.parts === undefined ? {} : { parts: cell.parts.map(renamed) }),
      ...(cell.among === undefined ? {} : { among: cell.among.map(renamed) }),
    },
  };
}
