import { groupBy } from "../group-by.ts";
import { connected } from "./connected.ts";
import { type Programme, type Row, type Solver, solved } from "./solver.ts";

/** What a reader knows of hidden counts: least and most of each, and rows over them. All are whole numbers. */
export interface Knowledge {
  readonly lower: readonly number[];
  /** Infinity where nothing is known. */
  readonly upper: readonly number[];
  readonly rows: readonly Row[];
}

/** Least and most that a count can be. */
export type Interval = readonly [least: number, most: number];

/** Looks at a row, on average, after which narrowing stops short: the solver takes over. */
const MOST_SWEEPS = 100;

/** Fewest targets that are worth moving together. */
const STIRRED = 4;

/** How large a count must be able to be, by what was seen of it so far. */
export type Goal = (target: number, seen: Interval) => number;

/** Whole numbers for every count that agree with all that is known: proof that a count can be what it is there. */
export type Witness = Int32Array;

/** What can be said of the counts under one knowledge; witnesses found on the way are kept for the next questions. */
export interface Probe {
  /** Outer limits of the interval, by the rows one by one. */
  readonly bounds: (target: number) => Interval;
  /** The exact interval over all whole numbers that agree with what is known. */
  readonly interval: (target: number) => Interval;
  /** Looks for witnesses that bring many of the targets down, and up to their goals, at once. */
  readonly stir: (targets: readonly number[], goalOf: Goal) => void;
  /** Least and most among the witnesses so far: inside the interval, and often enough to see that it is wide. */
  readonly seen: (target: number) => Interval;
}

/**
 * Questions to one knowledge.
 *
 * Intervals are narrowed row by row first. Where rows and counts hang together without a circle and all coefficients
 * are 1 or -1 (every hierarchy), that is exact already; a circle is left to the solver, two programmes a target: the
 * linear one, whose answer counts where it is whole, else the one in whole numbers.
 * Agrees with test/reference/disclosure/cases.json exactly.
 * @param witnesses that agree with the knowledge; further ones are added
 * @throws when the solver doesn't end with an optimum, or nothing agrees with what is known
 */
export function probe(knowledge: Knowledge, truth: Witness, witnesses: Witness[], solver: Solver): Probe {
  const narrowed = narrow(knowledge);
  const parts = componentsOf(undecided(knowledge, narrowed));
  const programmes = new Map<Part, PartProgramme>();
  const low = Int32Array.from(truth);
  const high = Int32Array.from(truth);
  const look = (witness: Witness, among: Iterable<number>): void => {
    for (const i of among) {
      const value = witness[i] ?? 0;
      if (value < (low[i] ?? 0)) low[i] = value;
      if (value > (high[i] ?? 0)) high[i] = value;
    }
  };
  for (const witness of witnesses) look(witness, witness.keys());
  const keep = (part: Part, values: readonly number[]): Witness => {
    const witness = Int32Array.from(truth);
    for (const [at, i] of part.variables.entries()) witness[i] = values[at] ?? 0;
    witnesses.push(witness);
    look(witness, part.variables);
    return witness;
  };
  const programmeFor = (part: Part): PartProgramme => {
    const known = programmes.get(part) ?? programmeOf(part, narrowed);
    programmes.set(part, known);
    return known;
  };
  const solve = (part: Part, sense: Programme["sense"], objective: Row["terms"]): Witness => {
    const known = programmeFor(part);
    const terms = objective.map(([i, c]) => [known.at.get(i) ?? 0, c] as const);
    return keep(part, wholeAnswer(solver, { ...known, sense, objective: terms }));
  };
  const lift = (part: Part, goals: ReadonlyArray<readonly [target: number, goal: number]>): void => {
    const known = programmeFor(part);
    const values = liftedAnswer(
      solver,
      known,
      goals.map(([i, goal]) => [known.at.get(i) ?? 0, goal]),
    );
    if (values !== null) keep(part, values);
  };
  const extreme = (part: Part, target: number, sense: Programme["sense"]): number =>
    solve(part, sense, [[target, 1]])[target] ?? 0;
  const seen = (target: number): Interval => [low[target] ?? 0, high[target] ?? 0];
  const stir = (targets: readonly number[], goalOf: Goal): void => {
    for (const [part, own] of groupBy(targets, (target) => parts.get(target))) {
      if (part === undefined || own.length < STIRRED || (narrowed.isSettled && part.isTree)) continue;
      solve(
        part,
        "minimize",
        own.map((i) => [i, 1]),
      );
      for (let open = own, before = own.length + 1; open.length >= STIRRED && open.length < before; ) {
        before = open.length;
        lift(
          part,
          open.map((i) => [i, goalOf(i, seen(i))]),
        );
        open = open.filter((i) => seen(i)[1] < goalOf(i, seen(i)));
      }
    }
  };
  const bounds = (i: number): Interval => [narrowed.lower[i] ?? 0, narrowed.upper[i] ?? Number.POSITIVE_INFINITY];
  const found = new Map<number, Interval>();
  const interval = (target: number): Interval => {
    const own = bounds(target);
    const part = parts.get(target);
    if (part === undefined || own[0] === own[1] || (narrowed.isSettled && part.isTree)) return own;
    const most = extreme(part, target, "maximize");
    const { upper, at } = programmeFor(part);
    const cap = upper[at.get(target) ?? 0] ?? 0;
    return [extreme(part, target, "minimize"), most >= cap ? own[1] : most];
  };
  return {
    bounds,
    stir,
    interval: (target) => {
      const known = found.get(target) ?? interval(target);
      found.set(target, known);
      return known;
    },
    seen,
  };
}

/** The exact interval of each target (see `probe`). */
export function intervals(knowledge: Knowledge, targets: readonly number[], solver: Solver): readonly Interval[] {
  const { interval } = probe(knowledge, new Int32Array(knowledge.lower.length), [], solver);
  return targets.map(interval);
}

/** Values at the optimum in whole numbers. */
function wholeAnswer(solver: Solver, programme: Omit<Programme, "isWhole">): readonly number[] {
  const { values } = solved(solver, { ...programme, isWhole: false });
  const isWhole = values.every((value) => Math.abs(value - Math.round(value)) < 1e-7);
  const whole = isWhole ? values : solved(solver, { ...programme, isWhole: true }).values;
  return whole.map(Math.round);
}

/**
 * Values that bring as many counts as near to their goals as one linear programme can (maximize the sum of what each
 * has reached of its goal); null where they aren't whole.
 */
function liftedAnswer(
  solver: Solver,
  { rows, lower, upper }: PartProgramme,
  goals: ReadonlyArray<readonly [variable: number, goal: number]>,
): readonly number[] | null {
  const reached = goals.map((_, k) => lower.length + k);
  const { values } = solved(solver, {
    sense: "maximize",
    isWhole: false,
    objective: reached.map((k) => [k, 1]),
    rows: [
      ...rows,
      ...goals.map(([i], k) => ({
        terms: [[i, 1] as const, [reached[k] ?? 0, -1] as const],
        lower: 0,
        upper: Number.POSITIVE_INFINITY,
      })),
    ],
    lower: [...lower, ...goals.map(() => 0)],
    upper: [...upper, ...goals.map(([, goal]) => goal)],
  });
  const own = values.slice(0, lower.length);
  return own.every((value) => Math.abs(value - Math.round(value)) < 1e-7) ? own.map(Math.round) : null;
}

interface Narrowed {
  readonly lower: number[];
  readonly upper: number[];
  readonly isSettled: boolean;
}

/** Narrows every interval by every row until nothing changes: a row is looked at again when a count in it has changed. */
function narrow({ lower, upper, rows }: Knowledge): Narrowed {
  const state = { lower: [...lower], upper: [...upper] };
  const rowsOf: number[][] = lower.map(() => []);
  for (const [r, { terms }] of rows.entries()) for (const [i] of terms) rowsOf[i]?.push(r);
  const waiting = new Set(rows.keys());
  let looks = MOST_SWEEPS * rows.length;
  for (const r of waiting) {
    waiting.delete(r);
    if (looks-- === 0) return { ...state, isSettled: false };
    const row = rows[r];
    if (row === undefined) continue;
    for (const i of narrowByRow(row, state)) for (const other of rowsOf[i] ?? []) waiting.add(other);
  }
  return { ...state, isSettled: true };
}

/** Rows over the counts that narrowing leaves open; the others go over to the right-hand sides. */
function undecided({ rows, lower, upper }: Knowledge, narrowed: Narrowed): Knowledge {
  const isOne = (i: number): boolean => narrowed.lower[i] === narrowed.upper[i];
  const open = rows.flatMap((row) => {
    const terms = row.terms.filter(([i]) => !isOne(i));
    if (terms.length === 0) return [];
    const known = row.terms.reduce((sum, [i, c]) => (isOne(i) ? sum + c * (narrowed.lower[i] ?? 0) : sum), 0);
    return [{ terms, lower: row.lower - known, upper: row.upper - known }];
  });
  return { rows: open, lower, upper };
}

/** Least and most that a row's terms add up to; infinite ends are counted apart, so that any one can be taken out. */
interface Ends {
  least: number;
  most: number;
  /** How many terms have no lower, no upper end. */
  bottomless: number;
  endless: number;
}

function endsOf(terms: Row["terms"], { lower, upper }: Bounds): Ends {
  const ends = { least: 0, most: 0, bottomless: 0, endless: 0 };
  for (const [i, c] of terms) {
    const [least, most] = termEnds(c, lower[i] ?? 0, upper[i] ?? 0);
    if (Number.isFinite(least)) ends.least += least;
    else ends.bottomless += 1;
    if (Number.isFinite(most)) ends.most += most;
    else ends.endless += 1;
  }
  return ends;
}

const termEnds = (c: number, low: number, high: number): Interval =>
  c > 0 ? [c * low, c * high] : [c * high, c * low];

/** Lower and upper ends of all counts, narrowed in place. */
interface Bounds {
  readonly lower: number[];
  readonly upper: number[];
}

/** The counts whose intervals the row narrows, each by what the others were before. */
function narrowByRow({ terms, lower, upper }: Row, state: Bounds): readonly number[] {
  const { least, most, bottomless, endless } = endsOf(terms, state);
  const changed: number[] = [];
  for (const [i, c] of terms) {
    const [ownLow, ownHigh] = [state.lower[i] ?? 0, state.upper[i] ?? Number.POSITIVE_INFINITY];
    const [ownLeast, ownMost] = termEnds(c, ownLow, ownHigh);
    const isBottomless = ownLeast === Number.NEGATIVE_INFINITY;
    const isEndless = ownMost === Number.POSITIVE_INFINITY;
    // what the others add up to, at least and at most
    const restLeast =
      bottomless > (isBottomless ? 1 : 0) ? Number.NEGATIVE_INFINITY : least - (isBottomless ? 0 : ownLeast);
    const restMost = endless > (isEndless ? 1 : 0) ? Number.POSITIVE_INFINITY : most - (isEndless ? 0 : ownMost);
    const [from, to] = [lower - restMost, upper - restLeast];
    const [low, high] = c > 0 ? [from / c, to / c] : [to / c, from / c];
    const newLow = Math.max(ownLow, Math.ceil(low - 1e-9));
    const newHigh = Math.min(ownHigh, Math.floor(high + 1e-9));
    if (newLow > newHigh) throw new Error("disclosure control: the published counts contradict each other");
    if (newLow > ownLow || newHigh < ownHigh) {
      changed.push(i);
      state.lower[i] = newLow + 0;
      state.upper[i] = newHigh + 0;
    }
  }
  return changed;
}

/** Counts that hang together, with their rows. */
interface Part {
  readonly variables: readonly number[];
  readonly rows: readonly Row[];
  readonly isTree: boolean;
}

/** The part of each variable that stands in a row. */
function componentsOf({ rows, lower }: Knowledge): ReadonlyMap<number, Part> {
  const parts = new Map<number, Part>();
  for (const { variables, rows: own } of connected(lower.length, rows)) {
    const part = { variables, rows: own, isTree: isTree(variables, own) };
    for (const i of variables) parts.set(i, part);
  }
  return parts;
}

/** Without a circle: as many links as counts and rows, less one; and no coefficient but 1 and -1. */
function isTree(variables: readonly number[], rows: readonly Row[]): boolean {
  const links = rows.reduce((sum, row) => sum + row.terms.length, 0);
  return links === variables.length + rows.length - 1 && rows.every((row) => row.terms.every(([, c]) => c * c === 1));
}

/** A part's rows and bounds, and where its counts stand in them. */
interface PartProgramme extends Omit<Programme, "sense" | "objective" | "isWhole"> {
  readonly at: ReadonlyMap<number, number>;
}

/** The part as a programme of its own; a count without an upper end gets one beyond all that is known. */
function programmeOf({ variables, rows }: Part, { lower, upper }: Narrowed): PartProgramme {
  const finite = [
    ...rows.flatMap((row) => [row.lower, row.upper]),
    ...variables.flatMap((i) => [lower[i] ?? 0, upper[i] ?? 0]),
  ].filter(Number.isFinite);
  const beyond = 1000 + 10 * finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const at = new Map(variables.map((variable, i) => [variable, i]));
  return {
    at,
    rows: rows.map((row) => ({ ...row, terms: row.terms.map(([i, c]) => [at.get(i) ?? 0, c] as const) })),
    lower: variables.map((i) => lower[i] ?? 0),
    upper: variables.map((i) => Math.min(beyond, upper[i] ?? beyond)),
  };
}
