import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, HALVES, type Half, hasParts, isSeveralYears, totalOf, yearsWithin } from "../place.ts";
import type { Equation } from "./hidden-values.ts";
import type { Told } from "./readings.ts";

/** What an earlier edition told of a place. */
export interface Cell {
  readonly one: Told;
  readonly finding: Finding;
  /** A finding of this edition that counts the same elsewhere, among all that do, in any region. */
  readonly like: Finding;
  readonly alike: readonly Finding[];
  /** What the cell's group is in this edition; one name for all cells of the group. */
  readonly block: { readonly name: string; readonly regions: readonly string[]; readonly levels: readonly string[] };
}

/** Halves that a finding tells of. */
export const halvesIn = ({ cell }: Finding): readonly Half[] => HALVES.filter((half) => cell[half] !== null);

/** The terms make that value; with `weight`, that is what a reader would rather believe than not. */
export const exactly = (terms: Equation["terms"], value: number, weight?: number): Equation => ({
  ...{ terms, lower: value, upper: value },
  ...(weight === undefined ? {} : { weight }),
});

/** How the earlier edition's own figures of one region hang together: as this edition's do. */
export function within(cells: readonly Cell[], findings: readonly Finding[]): readonly Equation[] {
  const now = new Map(findings.map((finding) => [countName(finding, "base"), finding]));
  const levelsNow = groupBy(
    findings.filter(({ dimension }) => hasParts(dimension)),
    (finding) => countName({ ...finding, level: "" }, "base"),
  );
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
        const parts = line.filter(({ finding }) => own.has(finding));
        const { region, level } = whole.like;
        return {
          ...{ whole, parts },
          likes: parts.map(({ finding }) => now.get(countName({ ...finding, region, level }, "base"))),
        };
      }),
  );
  const levels = [...tables.values()].flatMap((parts) => {
    const whole = parts[0] && byName.get(countName(totalOf(parts[0].finding), "base"));
    if (parts[0] === undefined || whole === undefined) return [];
    const { region } = whole.like;
    return [
      { whole, parts, likes: levelsNow.get(countName({ ...parts[0].finding, region, level: "" }, "base")) ?? [] },
    ];
  });
  const sums = [...years, ...levels].flatMap(({ whole, parts, likes }) => {
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
