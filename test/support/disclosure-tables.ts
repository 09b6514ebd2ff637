import type { Row } from "../../src/disclose/solver.ts";
import type { System } from "../../src/disclose/system/system.ts";

/* Random tables with nested and crossed totals, and an attacker who tries every table there is: slow and obvious. */

export const THRESHOLD = 5;

export interface Table {
  /** Counts that nothing adds up to. */
  readonly leaves: readonly number[];
  /** Each total as the leaves it adds up. */
  readonly totals: ReadonlyArray<readonly number[]>;
}

/** Groups within groups, or rows by columns; many small counts, so that there is something to hide. */
export function randomTable(random: () => number): Table {
  const count = (): number => {
    const draw = random();
    return draw < 0.1 ? 0 : draw < 0.55 ? 1 + Math.floor(random() * 4) : 5 + Math.floor(random() * 6);
  };
  if (random() < 0.5) {
    const groups = Array.from({ length: 2 + Math.floor(random() * 2) }, () => 1 + Math.floor(random() * 3));
    const leaves = groups.flatMap((size) => Array.from({ length: size }, count));
    let from = 0;
    const totals = groups.map((size) => {
      const own = Array.from({ length: size }, (_, i) => from + i);
      from += size;
      return own;
    });
    return { leaves, totals: [...totals.filter((own) => own.length > 1), leaves.map((_, i) => i)] };
  }
  const [rows, columns] = [2 + Math.floor(random() * 2), 2 + Math.floor(random() * 2)];
  const leaves = Array.from({ length: rows * columns }, count);
  const line = (length: number, at: (i: number) => number) => Array.from({ length }, (_, i) => at(i));
  return {
    leaves,
    totals: [
      ...line(rows, (r) => r).map((r) => line(columns, (c) => r * columns + c)),
      ...line(columns, (c) => c).map((c) => line(rows, (r) => r * columns + c)),
      leaves.map((_, i) => i),
    ],
  };
}

export const valuesOf = ({ leaves, totals }: Table): readonly number[] => [
  ...leaves,
  ...totals.map((own) => own.reduce((sum, i) => sum + (leaves[i] ?? 0), 0)),
];

/** Each count is a unit of its own, named by its index; zeros are shown. */
export function systemOf(table: Table): System {
  const values = valuesOf(table);
  const rows: readonly Row[] = table.totals.map((own, t) => ({
    terms: [...own.map((i) => [i, 1] as const), [table.leaves.length + t, -1] as const],
    lower: 0,
    upper: 0,
  }));
  const counts = values.map((value, i) => ({
    value,
    units: [`u${i}`],
    least: 1,
    mostByRule: THRESHOLD - 1,
    reach: value > 0 && value < THRESHOLD ? THRESHOLD : null,
  }));
  const units = new Map(
    values.map((value, i) => [`u${i}`, { cost: 1 + value + (i < table.leaves.length ? 0 : 100), isFixed: false }]),
  );
  return { counts, units, rows };
}

export const primaryOf = ({ counts }: System): ReadonlySet<string> =>
  new Set(counts.flatMap(({ reach, units }) => (reach === null ? [] : units)));

/** A published table: a number, or the marker of a hidden one. */
export type Shown = ReadonlyArray<number | "A" | "D">;

/**
 * Small counts that the published table gives away to somebody who tries every table of whole numbers that agrees
 * with it, first without, then with the knowledge that a count marked A is below the threshold.
 */
export function givenAway(shown: Shown, totals: Table["totals"], leaves: number): readonly number[] {
  const small = shown.flatMap((value, i) => (value === "A" ? [i] : []));
  const all = small.map(() => ({ least: Number.POSITIVE_INFINITY, most: 0 }));
  const informed = small.map(() => ({ least: Number.POSITIVE_INFINITY, most: 0 }));
  for (const values of everyTable(shown, totals, leaves)) {
    const isInformed = small.every((i) => (values[i] ?? 0) < THRESHOLD);
    for (const [at, i] of small.entries())
      for (const seen of isInformed ? [all[at], informed[at]] : [all[at]]) {
        if (seen === undefined) continue;
        seen.least = Math.min(seen.least, values[i] ?? 0);
        seen.most = Math.max(seen.most, values[i] ?? 0);
      }
  }
  return small.filter((_, at) => {
    const [{ least, most } = { least: 0, most: 0 }, known] = [all[at], informed[at]];
    return most < THRESHOLD || most - least < THRESHOLD - 1 || known?.least === known?.most;
  });
}

/**
 * Small counts that the published table gives away to the only person of another one, who tries every table that agrees
 * with it and with that count of 1.
 */
export function givenAwayToInsiders(
  shown: Shown,
  values: readonly number[],
  totals: Table["totals"],
): readonly number[] {
  const small = shown.flatMap((value, i) => (value === "A" ? [i] : []));
  const seen = small
    .filter((i) => values[i] === 1)
    .map((insider) => ({ insider, of: small.map(() => new Set<number>()) }));
  for (const table of everyTable(shown, totals, values.length - totals.length))
    for (const { insider, of } of seen)
      if (table[insider] === 1) for (const [at, i] of small.entries()) of[at]?.add(table[i] ?? 0);
  return small.filter((i, at) => seen.some(({ insider, of }) => insider !== i && of[at]?.size === 1));
}

/**
 * The table as one hides it by hand: as long as a small count is given away, the smallest count still shown in a line
 * with it, or with what is hidden around it, is hidden too.
 */
export function hiddenByHand(table: Table): Shown {
  const values = valuesOf(table);
  const { totals, leaves } = table;
  const lines = totals.map((own, t) => [...own, leaves.length + t]);
  const shown: (number | "A" | "D")[] = values.map((value) => (value > 0 && value < THRESHOLD ? "A" : value));
  for (;;) {
    const [open] = givenAway(shown, totals, leaves.length);
    const next = open === undefined ? undefined : neighbours(open, lines, shown).find((i) => shown[i] !== 0);
    if (next === undefined) return shown;
    shown[next] = "D";
  }
}

/** Counts still shown in a line with the target, or with what is hidden around it; the smallest first, leaves before totals. */
function neighbours(target: number, lines: readonly (readonly number[])[], shown: Shown): readonly number[] {
  const reached = new Set([target]);
  const found = new Set<number>();
  for (const i of reached)
    for (const line of lines)
      if (line.includes(i)) for (const other of line) (typeof shown[other] === "number" ? found : reached).add(other);
  return [...found].sort((a, b) => Number(shown[a]) - Number(shown[b]) || a - b);
}

/** A count that nothing bounds stands for all large ones. */
const FREE = 40;

function* everyTable(shown: Shown, totals: Table["totals"], leaves: number): Generator<readonly number[]> {
  // No count is larger than a shown total that holds it; without one, its ends say all that its middle could.
  const most = Array.from({ length: leaves }, (_, leaf) =>
    totals.reduce((least, own, t) => {
      const total = shown[leaves + t];
      return own.includes(leaf) && typeof total === "number" ? Math.min(least, total) : least;
    }, Number.POSITIVE_INFINITY),
  );
  const optionsOf = (leaf: number): readonly number[] => {
    const [own, end = 0] = [shown[leaf], most[leaf]];
    if (typeof own === "number") return [own];
    return Number.isFinite(end) ? Array.from({ length: end }, (_, i) => i + 1) : [1, 2, FREE];
  };
  const values: number[] = [];
  function* from(leaf: number): Generator<readonly number[]> {
    if (leaf === leaves) {
      const sums = totals.map((own) => own.reduce((sum, i) => sum + (values[i] ?? 0), 0));
      yield [...values, ...sums];
      return;
    }
    for (const option of optionsOf(leaf)) {
      values[leaf] = option;
      if (totals.every((members, t) => agrees(members, shown[leaves + t] ?? "D", leaf))) yield* from(leaf + 1);
    }
  }
  const zeros = (members: readonly number[], leaf: number): number =>
    members.filter((i) => i > leaf && shown[i] === 0).length;
  const agrees = (members: readonly number[], total: number | "A" | "D", leaf: number): boolean => {
    if (!members.includes(leaf)) return true;
    const filled = members.filter((i) => i <= leaf);
    const sum = filled.reduce((all, i) => all + (values[i] ?? 0), 0);
    const isLast = filled.length === members.length;
    if (typeof total !== "number") return !isLast || sum > 0;
    return isLast ? sum === total : sum + members.length - filled.length <= total + zeros(members, leaf);
  };
  yield* from(0);
}
