import { type Programme, type Solver, solved } from "../disclose/solver.ts";
import { groupBy } from "../group-by.ts";
import { enumerated } from "./enumerate.ts";
import type { Line, Unknown } from "./sheet.ts";

/** A number that must be below the threshold, or nobody where that tells of all others, with its ends. */
export interface Recovered {
  readonly what: string;
  readonly least: number;
  readonly most: number;
}

/** What an attack ends with: `contradictions` are groups of numbers for which no table fits what was believed of them. */
interface Attack {
  readonly recovered: readonly Recovered[];
  readonly contradictions: readonly string[];
  /** How many targets must be nobody where that says nothing of a person. */
  readonly nobody: number;
}

/**
 * Bounds every target: numbers that are one by an equation x = y are taken together, and each group of numbers that
 * hang together is a linear programme. One that lifts as many targets as it can to the threshold clears most at once;
 * whoever stays below is asked alone, in whole numbers.
 */
export function recover(
  unknowns: readonly Unknown[],
  lines: readonly Line[],
  threshold: number,
  solver: Solver,
): Attack {
  const groups = groupsOf(unknowns, lines);
  const attacks = groups.map((group) => {
    const attack = attackGroup(group, threshold, solver);
    return attack.contradictions.length === 0 ? attack : attackGroup(withZeros(group), threshold, solver);
  });
  return {
    recovered: attacks.flatMap(({ recovered }) => recovered),
    contradictions: attacks.flatMap(({ contradictions }) => contradictions),
    nobody: attacks.reduce((sum, { nobody }) => sum + nobody, 0),
  };
}

/** Whether some whole numbers, nobody among them, fit all of it. */
export function doesFit(unknowns: readonly Unknown[], lines: readonly Line[], solver: Solver): boolean {
  return groupsOf(unknowns, lines)
    .map(withZeros)
    .every(({ programme }) => {
      const { lower, upper } = programme;
      if (lower.some((least, i) => least > (upper[i] ?? least))) return false;
      const asked = { ...programme, sense: "minimize", objective: [] } as const;
      const { status, values } = solver({ ...asked, isWhole: false });
      if (status !== "optimal") return false;
      const isWhole = values.every((value) => Math.abs(value - Math.round(value)) < 1e-7);
      return isWhole || solver({ ...asked, isWhole: true }).status === "optimal";
    });
}

/** Numbers that hang together, as a programme without an objective. */
interface Group {
  readonly names: readonly string[];
  readonly targets: readonly number[];
  /** Targets that are told as multiples: small ones are a find only where less is open than the multiple leaves. */
  readonly rounded: ReadonlySet<number>;
  /** Targets of which it is a find too that they must be nobody. */
  readonly telling: ReadonlySet<number>;
  /** Targets that may well be nobody: a find only where they must be somebody. */
  readonly maybe: ReadonlySet<number>;
  readonly programme: Pick<Programme, "rows" | "lower" | "upper">;
}

/**
 * Which of several things belong together, by joining two at a time. Its own, as all of the attack but the solver is: a
 * mistake shared with what it attacks would not be found.
 */
class Joined {
  private readonly parent: number[];
  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, i) => i);
  }
  root(i: number): number {
    let at = i;
    for (let up = this.parent[at] ?? at; up !== at; up = this.parent[at] ?? at) at = up;
    this.parent[i] = at;
    return at;
  }
  join(a: number, b: number): void {
    const [one, other] = [this.root(a), this.root(b)];
    this.parent[Math.max(one, other)] = Math.min(one, other);
  }
}

const isEqual = ({ terms: [a, b, ...more], lower, upper }: Line): boolean =>
  a !== undefined && b !== undefined && more.length === 0 && a[1] === -b[1] && lower === 0 && upper === 0;

function groupsOf(unknowns: readonly Unknown[], lines: readonly Line[]): readonly Group[] {
  const at = new Map(unknowns.map(({ name }, i) => [name, i]));
  const indexed = lines.map((line) => ({
    ...line,
    terms: line.terms.map(([name, c]) => [at.get(name) ?? 0, c] as const),
  }));
  const same = new Joined(unknowns.length);
  for (const [k, { terms }] of indexed.entries())
    if (isEqual(lines[k] as Line)) same.join(terms[0]?.[0] ?? 0, terms[1]?.[0] ?? 0);
  const lower = unknowns.map(() => 0);
  const upper = unknowns.map(() => Number.POSITIVE_INFINITY);
  for (const [i, { least, most }] of unknowns.entries()) {
    const one = same.root(i);
    lower[one] = Math.max(lower[one] ?? 0, least);
    upper[one] = Math.min(upper[one] ?? most, most);
  }
  const isKnown = (i: number): boolean => lower[i] === upper[i];
  const rows = indexed.flatMap((line) => {
    const factors = new Map<number, number>();
    for (const [i, c] of line.terms) factors.set(same.root(i), (factors.get(same.root(i)) ?? 0) + c);
    const known = [...factors].reduce((sum, [i, c]) => (isKnown(i) ? sum + c * (lower[i] ?? 0) : sum), 0);
    const terms = [...factors].filter(([i, c]) => c !== 0 && !isKnown(i));
    return terms.length === 0 ? [] : [{ terms, lower: line.lower - known, upper: line.upper - known }];
  });
  const together = new Joined(unknowns.length);
  for (const { terms } of rows) for (const [i] of terms) together.join(terms[0]?.[0] ?? i, i);
  const members = groupBy(
    [...unknowns.keys()].filter((i) => same.root(i) === i),
    (i) => together.root(i),
  );
  const rowsOf = groupBy(rows, ({ terms: [first] }) => together.root(first?.[0] ?? 0));
  const wanted = new Set(unknowns.flatMap(({ isTarget }, i) => (isTarget ? [same.root(i)] : [])));
  const rounded = new Set(unknowns.flatMap(({ isRounded }, i) => (isRounded ? [same.root(i)] : [])));
  const telling = new Set(unknowns.flatMap(({ isNobodyAFind }, i) => (isNobodyAFind ? [same.root(i)] : [])));
  const maybe = new Set(unknowns.flatMap(({ isMaybeNobody }, i) => (isMaybeNobody ? [same.root(i)] : [])));
  return [...members].flatMap(([root, own]) => {
    if (!own.some((i) => wanted.has(i))) return [];
    const index = new Map(own.map((i, k) => [i, k]));
    const ownRows = rowsOf.get(root) ?? [];
    const told = own.flatMap((i) => [lower[i] ?? 0, upper[i] ?? 0]);
    const ends = [...ownRows.flatMap((row) => [row.lower, row.upper]), ...told].filter(Number.isFinite);
    const beyond = 1000 + 10 * ends.reduce((most, end) => Math.max(most, Math.abs(end)), 0);
    return [
      {
        names: own.map((i) => unknowns[i]?.name ?? ""),
        targets: own.flatMap((i, k) => (wanted.has(i) ? [k] : [])),
        rounded: new Set(own.flatMap((i, k) => (rounded.has(i) ? [k] : []))),
        telling: new Set(own.flatMap((i, k) => (telling.has(i) ? [k] : []))),
        maybe: new Set(own.flatMap((i, k) => (maybe.has(i) ? [k] : []))),
        programme: {
          rows: ownRows.map((row) => ({ ...row, terms: row.terms.map(([i, c]) => [index.get(i) ?? 0, c] as const) })),
          lower: own.map((i) => lower[i] ?? 0),
          upper: own.map((i) => Math.min(upper[i] ?? beyond, Math.max(beyond, lower[i] ?? 0))),
        },
      },
    ];
  });
}

/** The same where a hidden number may be nobody as well: a zero is hidden beside a small count of the same table. */
const withZeros = ({ targets, programme, ...group }: Group): Group => {
  const hidden = new Set(targets);
  const lower = programme.lower.map((least, k) => (hidden.has(k) && least === 1 ? 0 : least));
  return { ...group, targets, programme: { ...programme, lower } };
};

function attackGroup(
  { names, targets, rounded, telling, maybe, programme }: Group,
  threshold: number,
  solver: Solver,
): Attack {
  const { lower, upper } = programme;
  const contradiction = { recovered: [], contradictions: names.slice(0, 1), nobody: 0 };
  let nobody = 0;
  if (lower.some((least, i) => least > (upper[i] ?? least))) return contradiction;
  let open = targets.filter((k) => (lower[k] ?? 0) < threshold);
  try {
    const lift = liftingOf(programme, open, threshold, solver);
    for (let before = open.length + 1; open.length > 1 && open.length < before; ) {
      before = open.length;
      const reached = allWhole(lift(open));
      open = open.filter((k) => (reached[k] ?? 0) < threshold);
    }
    const wide = wideAmong(programme, open, rounded, threshold, solver);
    const recovered = open.flatMap((k): readonly Recovered[] => {
      if (wide.has(k)) return [];
      const most = endOf(programme, k, "maximize", solver);
      if (most <= 0 && !telling.has(k) && !maybe.has(k)) nobody += 1;
      if (most >= threshold || (most <= 0 && !telling.has(k))) return [];
      const least = endOf(programme, k, "minimize", solver);
      if (maybe.has(k) && least < 1) return [];
      // every small number of persons is left open: no more is known than that there are few, if any
      return rounded.has(k) && least <= 1 && most >= threshold - 1 ? [] : [{ what: names[k] ?? "", least, most }];
    });
    return { recovered, contradictions: [], nobody };
  } catch (error) {
    if (error instanceof Error && /infeasible/i.test(error.message)) return contradiction;
    throw error;
  }
}

/**
 * Multiples of which one table takes as many as it can to the upper and another to the lower end of a width that is wide
 * enough for them: most are cleared without being asked alone.
 */
function wideAmong(
  programme: Group["programme"],
  targets: readonly number[],
  rounded: ReadonlySet<number>,
  threshold: number,
  solver: Solver,
): ReadonlySet<number> {
  const wide = new Set<number>();
  const least = new Map<number, number>();
  const most = new Map<number, number>();
  let open = targets.filter((k) => rounded.has(k));
  for (let before = open.length + 1; open.length > 1 && open.length < before; ) {
    before = open.length;
    for (const sense of ["minimize", "maximize"] as const) {
      const values = wholeAt({ ...programme, sense, objective: open.map((k) => [k, 1]) }, solver);
      if (values === null) continue;
      for (const k of open) {
        least.set(k, Math.min(least.get(k) ?? Number.POSITIVE_INFINITY, values[k] ?? 0));
        most.set(k, Math.max(most.get(k) ?? 0, values[k] ?? 0));
      }
    }
    for (const k of open) if ((most.get(k) ?? 0) - (least.get(k) ?? 0) >= threshold - 1) wide.add(k);
    open = open.filter((k) => !wide.has(k));
  }
  return wide;
}

/** Values at the linear programme's optimum where they are whole, so that they are the optimum in whole numbers too. */
function wholeAt(programme: Omit<Programme, "isWhole">, solver: Solver): readonly number[] | null {
  const { values } = solved(solver, { ...programme, isWhole: false });
  const whole = allWhole(values);
  return whole.length < values.length ? null : whole;
}

/** Numbers that bring those of the targets that are asked for as near to the threshold as they go together. */
function liftingOf(
  { rows, lower, upper }: Group["programme"],
  targets: readonly number[],
  threshold: number,
  solver: Solver,
): (open: readonly number[]) => readonly number[] {
  // the same rows each time, so that the solver goes on from its last answer
  const lifting = {
    sense: "maximize",
    isWhole: false,
    rows: [
      ...rows,
      ...targets.map((i, k) => ({
        terms: [[i, 1] as const, [lower.length + k, -1] as const],
        lower: 0,
        upper: Number.POSITIVE_INFINITY,
      })),
    ],
    lower: [...lower, ...targets.map(() => 0)],
    upper: [...upper, ...targets.map(() => threshold)],
  } as const;
  const places = new Map(targets.map((i, k) => [i, lower.length + k]));
  return (open) => {
    const objective = open.map((i) => [places.get(i) ?? 0, 1] as const);
    return solved(solver, { ...lifting, objective }).values.slice(0, lower.length);
  };
}

/** The values where all are whole, else none. */
const allWhole = (values: readonly number[]): readonly number[] =>
  values.every((value) => Math.abs(value - Math.round(value)) < 1e-7) ? values.map(Math.round) : [];

/** One end of a number's interval over all whole numbers that fit; by trying them all where they are few. */
function endOf(programme: Group["programme"], target: number, sense: Programme["sense"], solver: Solver): number {
  const asked = { ...programme, sense, objective: [[target, 1]] } as const;
  const exact = { ...asked, isWhole: true };
  return Math.round(enumerated(exact) ?? wholeAt(asked, solver)?.[target] ?? solved(solver, exact).objective) + 0;
}
