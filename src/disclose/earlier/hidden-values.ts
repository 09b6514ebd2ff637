import type { Solver } from "../solver.ts";

/** A number that an earlier edition showed, or hid. */
export interface Figure {
  readonly name: string;
  readonly value: number | null;
  /** Least that a reader reckons with where it is hidden. */
  readonly least: number;
}

/** lower <= sum of factor x number <= upper; where it has a weight, what is missing of that costs so much a person. */
export interface Equation {
  readonly terms: ReadonlyArray<readonly [name: string, factor: number]>;
  readonly lower: number;
  readonly upper: number;
  readonly weight?: number;
}

/**
 * Whole numbers for all that was hidden that keep every equation, and those with a weight as nearly as they can be kept.
 * @returns null where no numbers do
 */
export function hiddenValues(
  numbers: readonly Figure[],
  equations: readonly Equation[],
  solver: Solver,
): ReadonlyMap<string, number> | null {
  const known = new Map(numbers.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])));
  const open = numbers.filter(({ name }) => !known.has(name));
  if (open.length === 0) return known;
  const at = new Map(open.map(({ name }, i) => [name, i]));
  const rows = equations.map(({ terms, lower, upper, weight }) => {
    const told = terms.reduce((sum, [name, factor]) => sum + factor * (known.get(name) ?? 0), 0);
    const own = terms.flatMap(([name, factor]) => {
      const i = at.get(name);
      return i === undefined ? [] : [[i, factor] as const];
    });
    return { terms: own, lower: lower - told, upper: upper - told, weight };
  });
  const soft = rows.filter(({ terms, weight }) => terms.length > 0 && weight !== undefined);
  const ends = rows.flatMap(({ lower, upper }) => [lower, upper]).filter(Number.isFinite);
  const most = ends.reduce((largest, end) => Math.max(largest, Math.abs(end)), 1000);
  const size = open.length + 2 * soft.length;
  const short = new Map(soft.map((row, k) => [row, open.length + 2 * k]));
  const { status, values } = solver({
    sense: "minimize",
    isWhole: true,
    objective: soft.flatMap((row, k) => [0, 1].map((side) => [open.length + 2 * k + side, row.weight ?? 1] as const)),
    rows: rows
      .filter((row) => row.terms.length > 0)
      .map((row) => {
        const first = short.get(row);
        const more =
          first === undefined
            ? []
            : ([
                [first, 1],
                [first + 1, -1],
              ] as const);
        return { terms: [...row.terms, ...more], lower: row.lower, upper: row.upper };
      }),
    lower: [...open.map(({ least }) => least), ...Array<number>(2 * soft.length).fill(0)],
    upper: Array<number>(size).fill(10 * most),
  });
  if (status !== "optimal") return null;
  return new Map([...known, ...open.map(({ name }, i) => [name, Math.round(values[i] ?? 0)] as const)]);
}
