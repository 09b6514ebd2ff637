import type { Released } from "../../src/disclose/finding.ts";
import { type Row, type Solver, solved } from "../../src/disclose/solver.ts";
import { POOLED, REGIONS, YEARS } from "./regional-tables.ts";

/* Who holds two editions of a network of which one lacks a region, and takes it that nobody came where others left. */

const ROLES = ["all", "placed", "others"] as const;
const PERIODS = [...YEARS.map(String), POOLED];
const MOST = 1000;
const THRESHOLD = 5;

/**
 * Groups of one to four persons, and of those who are in one edition only few or none who were placed, or weren't, that
 * follow from the larger and the smaller edition together: by what is shown, by sums over regions and years, and because
 * the smaller one's persons are some of the larger one's.
 */
export function givenAway(
  larger: readonly Released[],
  smaller: readonly Released[],
  solver: Solver,
): readonly string[] {
  const numbers = new Map<string, number>();
  const [lower, upper, rows]: [number[], number[], Row[]] = [[], [], []];
  const at = (...parts: readonly string[]): number => {
    const name = parts.join(" ");
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, lower.push(0) - 1);
    upper.push(MOST);
    return lower.length - 1;
  };
  const sum = (whole: number, parts: readonly number[]): number =>
    rows.push({ terms: [...parts.map((part) => [part, 1] as const), [whole, -1]], lower: 0, upper: 0 });
  const fix = (i: number, value: number): void => {
    lower[i] = value;
    upper[i] = value;
  };
  for (const table of ["larger", "smaller", "gone"])
    for (const region of ["network", ...REGIONS])
      for (const period of PERIODS) {
        const role = (one: string): number => at(table, one, region, period);
        sum(role("all"), [role("placed"), role("others")]);
        for (const one of ROLES) {
          if (table === "gone") sum(at("larger", one, region, period), [at("smaller", one, region, period), role(one)]);
          if (period === POOLED)
            sum(
              role(one),
              YEARS.map((year) => at(table, one, region, String(year))),
            );
          if (region === "network")
            sum(
              role(one),
              REGIONS.map((part) => at(table, one, part, period)),
            );
        }
      }
  const regions = new Set(smaller.map(({ region }) => region));
  for (const region of REGIONS)
    if (!regions.has(region)) for (const period of PERIODS) fix(at("smaller", "all", region, period), 0);
  const hidden: string[] = [];
  for (const [table, values] of [
    ["larger", larger],
    ["smaller", smaller],
  ] as const)
    for (const { region, period, value, n, conf_status } of values) {
      if (conf_status !== "F") {
        lower[at(table, "all", region, period)] = 1;
        hidden.push(...ROLES.map((role) => [table, role, region, period].join(" ")));
        continue;
      }
      fix(at(table, "all", region, period), n ?? 0);
      if (value !== null) fix(at(table, "placed", region, period), Math.round(value * (n ?? 0)));
    }
  const end = (name: string, sense: "minimize" | "maximize"): number =>
    solved(solver, { sense, objective: [[numbers.get(name) ?? 0, 1]], rows, lower, upper, isWhole: false }).objective;
  const isFew = (name: string): boolean => end(name, "maximize") < THRESHOLD - 1e-6;
  const gone = ["network", ...REGIONS].flatMap((region) =>
    PERIODS.flatMap((period) => {
      const names = ROLES.map((role) => ["gone", role, region, period].join(" "));
      return end(names[0] ?? "", "minimize") < 1 - 1e-6 ? [] : names.filter(isFew);
    }),
  );
  return [...hidden.filter(isFew), ...gone];
}
