import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, HALVES, type Half, isSeveralYears, placeKey, unitKey, yearsWithin } from "../place.ts";
import { addParts, type Builder } from "./builder.ts";

/** A pooled period and its years, as counts of persons or things. */
export interface YearsTable {
  /** Of what: metric, arm and dimension. */
  readonly kind: string;
  /** The units that show the period and its years. */
  readonly units: readonly string[];
  readonly total: number;
  /** How many are counted in a year more than in the period: in several of them. */
  readonly twice: number;
}

interface Numbered extends YearsTable {
  /** By number of a count. */
  readonly whole: number;
  readonly parts: readonly number[];
}

/**
 * Years add up to the pooled period that spans them, but for persons who are counted in several.
 * @param seeming kinds of which a reader takes them to add up all the same (`seemingKinds`)
 * @returns the periods of counts, for `seemingKinds`
 */
export function addYears(
  builder: Builder,
  findings: readonly Finding[],
  seeming: ReadonlySet<string>,
): readonly YearsTable[] {
  const lines = groupBy(findings, (finding) => [kindOf(finding), placeKey({ ...finding, period: "" })].join("\u0000"));
  const counted: YearsTable[] = [];
  for (const line of lines.values())
    for (const role of HALVES)
      for (const table of tablesOf(builder, line, role)) {
        const areRates = line[0]?.cell.kind === "rate";
        if (!areRates) counted.push(table);
        if (!areRates && table.twice > 0 && seeming.has(table.kind)) addSeeming(builder, table);
        else if (areRates || doYearsTell(builder, table)) addParts(builder, table.whole, table.parts);
      }
  return counted;
}

/**
 * Kinds of counts whose years a reader takes to add up, though not all do: every period that is shown with all its years
 * is their sum.
 */
export function seemingKinds(tables: readonly YearsTable[], hidden: ReadonlyMap<string, unknown>): readonly string[] {
  return [...groupBy(tables, ({ kind }) => kind)].flatMap(([kind, own]) => {
    const shown = own.filter(({ units }) => !units.some((unit) => hidden.has(unit)));
    const areKept = shown.every(({ twice }) => twice === 0) && shown.some(({ total }) => total > 0);
    return areKept && own.some(({ twice }) => twice > 0) ? [kind] : [];
  });
}

const kindOf = ({ metric, arm, dimension }: Finding): string => [metric, arm, dimension].join("\u0000");

function tablesOf({ names, counts }: Builder, line: readonly Finding[], role: Half): readonly Numbered[] {
  const value = (i: number): number => counts[i]?.value ?? 0;
  return line.flatMap((pooled): readonly Numbered[] => {
    const years = isSeveralYears(pooled.period) ? yearsWithin(line, pooled.period) : [];
    const whole = names.get(countName(pooled, role));
    if (whole === undefined || years.length === 0) return [];
    const parts = years.flatMap((year) => names.get(countName(year, role)) ?? []);
    const twice = parts.reduce((sum, part) => sum + value(part), 0) - value(whole);
    const units = [pooled, ...years].map(unitKey);
    return [{ kind: kindOf(pooled), units, total: value(whole), twice, whole, parts }];
  });
}

/**
 * Whether a period's count says something of a small year: it does where years add up to it; where persons are counted
 * in several years, only if the others leave more than one of its persons to the small one.
 */
function doYearsTell({ counts }: Builder, { parts, twice }: Numbered): boolean {
  return twice === 0 || parts.some((part) => counts[part]?.reach !== null && (counts[part]?.value ?? 0) - twice > 1);
}

/**
 * A reader who takes years to add up is wrong by those counted twice. It is as if their number were known, and a small
 * year must remain possible at so much more.
 */
function addSeeming({ counts, rows }: Builder, { whole, parts, twice }: Numbered): void {
  const terms = [...parts.map((part) => [part, 1] as const), [whole, -1] as const];
  rows.push({ terms, lower: twice, upper: twice });
  for (const part of parts) {
    const count = counts[part];
    if (count !== undefined && count.reach !== null) counts[part] = { ...count, reach: count.reach + twice };
  }
}
