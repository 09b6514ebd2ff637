import type { Released } from "../../src/disclose/finding.ts";
import { type Row, type Solver, solved } from "../../src/disclose/solver.ts";
import { type Edition, isIn, periodsOf, type Regrouped } from "./regrouped-tables.ts";

/* Who holds two editions of a network and knows which regions, or levels, of one are which of the other. */

const ROLES = ["all", "placed", "others"] as const;
const MOST = 1000;
const THRESHOLD = 5;

type Terms = Row["terms"];

/**
 * Groups of one to four persons, and of those who left or came only few or none who were placed, or weren't, that follow
 * from two editions together: one number of each place, year and edition, of which every figure is a sum.
 */
export function givenAway(
  { change, places, groups, before, after }: Pick<Regrouped, "change" | "places" | "groups" | "before" | "after">,
  shown: { readonly before: readonly Released[]; readonly after: readonly Released[] },
  solver: Solver,
): readonly string[] {
  const numbers = new Map<string, number>();
  const rows: Row[] = [];
  const at = (name: string): number => {
    numbers.set(name, numbers.get(name) ?? numbers.size);
    return numbers.get(name) ?? 0;
  };
  const equal = (terms: Terms, value: number, upper = value): number => rows.push({ terms, lower: value, upper });
  const sumOf = (edition: string, role: string, of: readonly string[], years: readonly number[]): Terms =>
    years.flatMap((year) => of.map((place) => [at([edition, role, place, year].join(" ")), 1] as const));
  const minus = (terms: Terms): Terms => terms.map(([i, c]) => [i, -c]);
  const figure = (name: "before" | "after", { years, isOf }: Edition, role: string, value: Released) =>
    sumOf(
      name,
      role,
      places.filter((place) => isOf(place, value)),
      years.filter((year) => isIn(value.period, year)),
    );
  for (const [name, { years }] of [
    ["before", before],
    ["after", after],
  ] as const)
    for (const year of years)
      for (const place of places) {
        const [all = [], placed = [], others = []] = ROLES.map((role) => sumOf(name, role, [place], [year]));
        equal([...placed, ...others, ...minus(all)], 0);
        if (name === "after" || after.years.includes(year) === false) continue;
        for (const role of ROLES) {
          const [then, now] = [sumOf("before", role, [place], [year]), sumOf("after", role, [place], [year])];
          const gone = change === "none" ? [] : sumOf("gone", role, [place], [year]);
          equal(
            change === "came" ? [...now, ...minus(then), ...minus(gone)] : [...then, ...minus(now), ...minus(gone)],
            0,
          );
        }
      }
  const wanted: [name: string, terms: Terms][] = [];
  for (const [name, edition] of [
    ["before", before],
    ["after", after],
  ] as const)
    for (const value of shown[name]) {
      const [all = [], placed = []] = ROLES.map((role) => figure(name, edition, role, value));
      if (value.conf_status === "F") {
        equal(all, value.n ?? 0);
        if (value.value !== null) equal(placed, Math.round(value.value * (value.n ?? 0)));
        continue;
      }
      equal(all, 1, MOST);
      for (const role of ROLES)
        wanted.push([
          [name, role, value.region, value.level, value.period].join(" "),
          figure(name, edition, role, value),
        ]);
    }
  const programme = { rows, lower: Array(numbers.size + 1).fill(0), upper: Array(numbers.size + 1).fill(MOST) };
  const end = (objective: Terms, sense: "minimize" | "maximize"): number =>
    solved(solver, { ...programme, sense, objective, isWhole: false }).objective;
  const isFew = (terms: Terms): boolean => end(terms, "maximize") < THRESHOLD - 1e-6;
  const hidden = wanted.filter(([, terms]) => isFew(terms)).map(([name]) => name);
  if (change === "none") return hidden;
  const gone = groups.flatMap((group) =>
    periodsOf(before.years).flatMap((period) => {
      const years = before.years.filter((year) => isIn(period, year));
      const halves = ROLES.map((role) => sumOf("gone", role, group, years));
      if (end(halves[0] ?? [], "minimize") < 1 - 1e-6) return [];
      return halves.flatMap((terms, i) =>
        isFew(terms) ? [["gone", ROLES[i], group.join("+"), period].join(" ")] : [],
      );
    }),
  );
  return [...hidden, ...gone];
}
