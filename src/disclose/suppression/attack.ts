import { groupBy } from "../../group-by.ts";
import { once } from "../../once.ts";
import { type Programme, type Row, type Solver, solved } from "../solver.ts";
import { connected } from "./connected.ts";
import { type Interval, type Knowledge, type Narrowed, narrow, undecided } from "./narrow.ts";
import { extremesOf, type Witness, witnessOf } from "./witness.ts";

/** Fewest targets that are worth moving together. */
const STIRRED = 4;

/** How large a count must be able to be, by what was seen of it so far. */
type Goal = (target: number, seen: Interval) => number;

/** What can be said of the counts under one knowledge; witnesses found on the way are kept for the next questions. */
interface Probe {
  /** Outer limits of the interval, by the rows one by one. */
  readonly bounds: (target: number) => Interval;
  /** The least that a count can be among all whole numbers that agree with what is known. */
  readonly least: (target: number) => number;
  /** The exact interval over all of them. */
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
 * linear one, whose answer counts where it is whole, else the one in whole numbers. All questions, whatever is known,
 * are asked over the same rows, so that the solver goes on from its last answer.
 * Agrees with test/reference/disclosure/cases.json exactly.
 * @param witnesses that agree with the knowledge; further ones are added
 * @throws when the solver doesn't end with an optimum, or nothing agrees with what is known
 */
export function probe(knowledge: Knowledge, truth: Int32Array, witnesses: Witness[], solver: Solver): Probe {
  const { rows } = knowledge;
  const narrowed = once(() => narrow(knowledge));
  const parts = once(() => partsOf(rows, narrowed()));
  const ends = once(() => finite(rows, narrowed()));
  const looked = once(() => extremesOf(truth, witnesses));
  const keep = ({ variables }: Part, answer: readonly number[]): Int32Array => {
    const values = Int32Array.from(truth);
    for (const i of variables) values[i] = answer[i] ?? 0;
    const witness = witnessOf(values, truth);
    const extremes = looked();
    witnesses.push(witness);
    extremes.look(witness);
    return values;
  };
  const solve = (part: Part, sense: Programme["sense"], objective: Row["terms"]): Int32Array =>
    keep(part, wholeAnswer(solver, part, { rows, ...ends(), sense, objective }));
  const lift = (part: Part, open: readonly number[], goalOf: Goal): void => {
    const upper = Float64Array.from(ends().upper);
    for (const i of open) upper[i] = Math.min(upper[i] ?? 0, goalOf(i, seen(i)));
    const objective = open.map((i) => [i, 1] as const);
    const programme = { rows, lower: ends().lower, upper, sense: "maximize", objective, isWhole: false } as const;
    const { values } = solved(solver, programme);
    if (part.variables.every((i) => isWhole(values[i]))) keep(part, values);
  };
  const seen = (target: number): Interval => looked().of(target);
  const isExact = (part: Part): boolean => narrowed().isSettled && part.isTree;
  const stir = (targets: readonly number[], goalOf: Goal): void => {
    for (const [part, own] of groupBy(targets, (target) => parts().get(target))) {
      if (part === undefined || own.length < STIRRED || isExact(part)) continue;
      solve(
        part,
        "minimize",
        own.map((i) => [i, 1]),
      );
      const below = (among: readonly number[]) => among.filter((i) => seen(i)[1] < goalOf(i, seen(i)));
      for (let open = below(own), before = own.length + 1; open.length >= STIRRED && open.length < before; ) {
        before = open.length;
        lift(part, open, goalOf);
        open = below(open);
      }
    }
  };
  const bounds = (i: number): Interval => [narrowed().lower[i] ?? 0, narrowed().upper[i] ?? Number.POSITIVE_INFINITY];
  /** The part to ask of a count whose limits aren't exact by the rows one by one; undefined where they are. */
  const unsureOf = (target: number): Part | undefined => {
    const [from, to] = bounds(target);
    const part = from === to ? undefined : parts().get(target);
    return part === undefined || isExact(part) ? undefined : part;
  };
  const most = onceEach((target) => {
    const part = unsureOf(target);
    const end = part === undefined ? Number.POSITIVE_INFINITY : (solve(part, "maximize", [[target, 1]])[target] ?? 0);
    return end >= (ends().upper[target] ?? 0) ? bounds(target)[1] : end;
  });
  const least = onceEach((target) => {
    const part = unsureOf(target);
    return part === undefined ? bounds(target)[0] : (solve(part, "minimize", [[target, 1]])[target] ?? 0);
  });
  const interval = (target: number): Interval => {
    const end = most(target);
    return [least(target), end];
  };
  return { bounds, stir, least, interval, seen };
}

/** Asks of each target once. */
function onceEach(ask: (target: number) => number): (target: number) => number {
  const known = new Map<number, number>();
  return (target) => {
    const answer = known.get(target) ?? ask(target);
    known.set(target, answer);
    return answer;
  };
}

/** The exact interval of each target (see `probe`). */
export function intervals(knowledge: Knowledge, targets: readonly number[], solver: Solver): readonly Interval[] {
  const { interval } = probe(knowledge, new Int32Array(knowledge.lower.length), [], solver);
  return targets.map(interval);
}

const isWhole = (value = 0): boolean => Math.abs(value - Math.round(value)) < 1e-7;

/** Values at the optimum, in whole numbers for the counts of the part. */
function wholeAnswer(solver: Solver, part: Part, programme: Omit<Programme, "isWhole">): readonly number[] {
  const { values } = solved(solver, { ...programme, isWhole: false });
  if (part.variables.every((i) => isWhole(values[i]))) return values.map(Math.round);
  const at = new Map(part.variables.map((variable, own) => [variable, own]));
  const renamed = (terms: Row["terms"]): Row["terms"] => terms.map(([i, c]) => [at.get(i) ?? 0, c] as const);
  const answer = solved(solver, {
    sense: programme.sense,
    isWhole: true,
    objective: renamed(programme.objective),
    rows: part.rows.map((row) => ({ ...row, terms: renamed(row.terms) })),
    lower: part.variables.map((i) => programme.lower[i] ?? 0),
    upper: part.variables.map((i) => programme.upper[i] ?? 0),
  }).values;
  const whole = values.slice();
  for (const [own, i] of part.variables.entries()) whole[i] = Math.round(answer[own] ?? 0);
  return whole;
}

/** Counts that hang together by what is still open, with their rows. */
interface Part {
  readonly variables: readonly number[];
  readonly rows: readonly Row[];
  readonly isTree: boolean;
}

/** The part of each count that stands in a row and is still open. */
function partsOf(rows: readonly Row[], { lower, upper }: Narrowed): ReadonlyMap<number, Part> {
  const parts = new Map<number, Part>();
  for (const { variables, rows: own } of connected(lower.length, undecided({ rows, lower, upper }))) {
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

/** Bounds for the solver: a count without an upper end gets one beyond all that is known. */
function finite(rows: readonly Row[], { lower, upper }: Narrowed): Pick<Narrowed, "lower" | "upper"> {
  let most = 0;
  const see = (value: number): void => {
    if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  };
  for (const row of rows) {
    see(row.lower);
    see(row.upper);
  }
  lower.forEach(see);
  upper.forEach(see);
  return { lower, upper: upper.map((value) => Math.min(1000 + 10 * most, value)) };
}
