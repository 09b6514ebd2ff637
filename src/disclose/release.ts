import { groupBy } from "../group-by.ts";
import type { ConfidentialityStatus, Finding, Released } from "./finding.ts";

/** Rules of one audience (method.md §9); counts are of distinct persons. */
export interface DisclosureRules {
  readonly audience: "public" | "funder" | "internal";
  /** Smallest count that may be shown or derived; never below 4. */
  readonly threshold: number;
}

/**
 * The only maker of released values.
 *
 * Primary rule: a finding is confidential when its base, its numerator or their difference is a count from 1 to
 * threshold - 1, or when a whole group of people shares one answer (numerator 0 or equal to base).
 * Closure: findings that describe the same persons (one region, period, dimension, level, definition, window) stand
 * or fall together, so that no rate can be worked out from a difference and its other half.
 * Secondary rule: where a single level of a dimension is confidential, subtraction from the total would give it away,
 * so the level with the fewest persons among the others goes with it.
 * Differencing: two outcomes of one group rest on populations of their own; where their sizes differ by 1 to
 * threshold - 1 persons, subtraction would single those out, so the later of the two is confidential.
 * Balance figures leave with three decimals: with all sixteen, whole numbers of jobseekers give away the sizes behind them.
 * @returns as many values as findings, in their order; hidden ones hold nulls and a status
 */
export function release(findings: readonly Finding[], rules: DisclosureRules): readonly Released[] {
  if (rules.threshold < 4) throw new RangeError(`disclosure threshold ${rules.threshold} is below 4`);
  const status = new Map<string, ConfidentialityStatus>();
  for (const finding of findings) if (isPrimary(finding, rules.threshold)) status.set(closureOf(finding), "A");
  for (const key of differenced(findings, rules.threshold)) if (!status.has(key)) status.set(key, "D");
  for (const key of secondary(findings, status)) status.set(key, "D");
  return findings.map((finding) => shown(finding, status.get(closureOf(finding)) ?? "F"));
}

function isPrimary({ cell }: Finding, threshold: number): boolean {
  const { base, numerator } = cell;
  if (base === null) return false;
  if (base > 0 && base < threshold) return true;
  if (numerator === null || base === 0) return false;
  if (cell.kind === "balance") return isSmall(numerator, threshold) || isSmall(base - numerator, threshold);
  return numerator < threshold || base - numerator < threshold;
}

const isSmall = (count: number, threshold: number): boolean => count > 0 && count < threshold;

/** Findings over the same persons share this key. */
function closureOf(finding: Finding): string {
  const family = finding.cell.kind === "balance" || finding.cell.kind === "count" ? finding.cell.kind : "outcome";
  return [family, ...tableOf(finding), finding.level].join("\u0000");
}

/** The one-way table a finding's level belongs to. */
function tableOf(finding: Finding): readonly string[] {
  return [finding.region, finding.period, finding.dimension, finding.definition, finding.window];
}

function secondary(
  findings: readonly Finding[],
  primary: ReadonlyMap<string, ConfidentialityStatus>,
): readonly string[] {
  const tables = groupBy(
    findings.filter((finding) => finding.dimension !== "total" && finding.cell.base !== null),
    (finding) => [finding.cell.kind === "balance", finding.cell.kind === "count", ...tableOf(finding)].join("\u0000"),
  );
  return [...tables.values()].flatMap((table) => {
    const levels = groupBy(table, closureOf);
    const hidden = [...levels.keys()].filter((key) => primary.has(key));
    if (hidden.length !== 1) return [];
    const others = [...levels].filter(([key]) => !primary.has(key));
    const smallest = others.toSorted((a, b) => smallestBase(a[1]) - smallestBase(b[1]) || (a[0] < b[0] ? -1 : 1))[0];
    return smallest === undefined ? [] : [smallest[0]];
  });
}

function differenced(findings: readonly Finding[], threshold: number): readonly string[] {
  const rates = findings.filter(({ cell }) => cell.kind === "rate" && cell.base !== null);
  const places = groupBy(rates, (finding) =>
    [finding.metric, finding.region, finding.period, finding.dimension, finding.level, finding.arm].join("\u0000"),
  );
  return [...places.values()].flatMap((place) =>
    place
      .filter((finding, i) =>
        place
          .slice(0, i)
          .some((earlier) => isSmall(Math.abs((earlier.cell.base ?? 0) - (finding.cell.base ?? 0)), threshold)),
      )
      .map(closureOf),
  );
}

const thousandths = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000) / 1000 + 0;

function smallestBase(level: readonly Finding[]): number {
  return Math.min(
    ...level.map(({ cell }) => (cell.kind === "balance" ? cell.numerator : cell.base) ?? Number.POSITIVE_INFINITY),
  );
}

function shown(finding: Finding, conf_status: ConfidentialityStatus): Released {
  const { cell: _cell, ...open } = finding;
  const hidden = conf_status !== "F";
  const rounded = finding.cell.kind === "balance" && finding.unit === "sd" ? { value: thousandths(finding.value) } : {};
  const values = hidden ? { value: null, lower: null, upper: null, n: null } : {};
  return {
    ...open,
    ...rounded,
    ...values,
    obs_status: hidden || finding.value === null ? "M" : "A",
    conf_status,
  } as Released;
}
