import { groupBy } from "../group-by.ts";
import type { Finding } from "./finding.ts";
import type { Equation } from "./hidden-values.ts";
import { countName, HALVES, type Half, hasParts, isSeveralYears, totalOf, yearsWithin } from "./place.ts";
import type { Told } from "./region-readings.ts";
import type { Block } from "./regrouping.ts";

/** What an earlier edition told of a place. */
export interface Cell {
  readonly one: Told;
  readonly finding: Finding;
  /** A finding of this edition that counts the same elsewhere. */
  readonly like: Finding;
  readonly block: Block;
}

/** Halves that a finding tells of. */
export const halvesIn = ({ cell }: Finding): readonly Half[] => HALVES.filter((half) => cell[half] !== null);

export const exactly = (terms: Equation["terms"], value: number, weight?: number): Equation => ({
  ...{ terms, lower: value, upper: value },
  ...(weight === undefined ? {} : { weight }),
});

/** How the earlier edition's own figures of one region hang together: as this edition's do. */
export function within(cells: readonly Cell[], findings: readonly Finding[]): readonly Equation[] {
  const now = new Map(findings.map((finding) => [countName(finding, "base"), finding]));
  const byName = new Map(cells.map((cell) => [countName(cell.finding, "base"), cell]));
  const lines = groupBy(cells, ({ finding }) => countName({ ...finding, period: "" }, "base"));
  const tables = groupBy(
    cells.filter(({ finding }) => hasParts(finding.dimension)),
    ({ finding }) => countName({ ...finding, level: "" }, "base"),
  );
  const years = [...lines.values()].flatMap((line) =>
    line
      .filter(({ finding }) => isSeveralYears(finding.period))
      .map((whole) => {
        const own = new Set(
          yearsWithin(
            line.map(({ finding }) => finding),
            whole.finding.period,
          ),
        );
        return { whole, parts: line.filter(({ finding }) => own.has(finding)) };
      }),
  );
  const levels = [...tables.values()].flatMap((parts) => {
    const whole = parts[0] && byName.get(countName(totalOf(parts[0].finding), "base"));
    return whole === undefined ? [] : [{ whole, parts }];
  });
  const sums = [...years, ...levels].flatMap(({ whole, parts }) => {
    const region = whole.like.region;
    const likes = parts.map(({ finding }) => now.get(countName({ ...finding, region }, "base")));
    return halvesIn(whole.finding).flatMap((half) => {
      const sum = likes.reduce((all, like) => all + (like?.cell[half] ?? Number.NaN), 0);
      if (parts.length === 0 || sum !== whole.like.cell[half]) return [];
      const terms = parts.map(({ finding }) => [countName(finding, half), 1] as const);
      return [exactly([...terms, [countName(whole.finding, half), -1]], 0)];
    });
  });
  return [...sums, ...cells.flatMap(({ finding }) => halves(finding)), ...sameSets(cells)];
}

const halves = (finding: Finding): readonly Equation[] =>
  finding.cell.numerator === null
    ? []
    : [
        {
          terms: [
            [countName(finding, "base"), 1],
            [countName(finding, "numerator"), -1],
          ],
          lower: 0,
          upper: Number.POSITIVE_INFINITY,
        },
      ];

/** Counts that name the same persons are one number. */
function sameSets(cells: readonly Cell[]): readonly Equation[] {
  const named = cells.flatMap(({ finding }) =>
    halvesIn(finding).map((half) => ({
      set: (finding.cell.sets?.[half] ?? []).toSorted().join(" + "),
      name: countName(finding, half),
    })),
  );
  return [
    ...groupBy(
      named.filter(({ set }) => set !== ""),
      ({ set }) => set,
    ).values(),
  ].flatMap(([first, ...others]) =>
    others.map(({ name }) =>
      exactly(
        [
          [first?.name ?? "", 1],
          [name, -1],
        ],
        0,
      ),
    ),
  );
}
