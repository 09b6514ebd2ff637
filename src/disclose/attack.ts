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

const MOST_SWEEPS = 100;

/**
 * The exact interval of each target over all whole numbers that agree with what is known.
 *
 * Intervals are narrowed row by row first. Where rows and counts hang together without a circle and all coefficients
 * are 1 or -1 (every hierarchy), that is exact already; a circle is left to the solver, two programmes a target.
 * Agrees with test/reference/disclosure/cases.json exactly.
 * @throws when the solver doesn't end with an optimum, or nothing agrees with what is known
 */
export function intervals(knowledge: Knowledge, targets: readonly number[], solver: Solver): readonly Interval[] {
  const narrowed = narrow(knowledge);
  const parts = componentsOf(knowledge);
  const programmes = new Map<Part, Omit<Programme, "sense" | "objective">>();
  return targets.map((target) => {
    const own: Interval = [narrowed.lower[target] ?? 0, narrowed.upper[target] ?? Number.POSITIVE_INFINITY];
    const part = parts.get(target);
    if (part === undefined || own[0] === own[1] || (narrowed.isSettled && isTree(part))) return own;
    const known = programmes.get(part) ?? programmeOf(part, narrowed);
    programmes.set(part, known);
    const at = part.variables.indexOf(target);
    const extreme = (sense: Programme["sense"]): number =>
      Math.round(solved(solver, { ...known, sense, objective: [[at, 1]] }).objective);
    const most = extreme("maximize");
    return [extreme("minimize"), most >= (known.upper[at] ?? 0) ? own[1] : most];
  });
}

interface Narrowed {
  readonly lower: number[];
  readonly upper: number[];
  readonly isSettled: boolean;
}

/** Narrows every interval by every row until nothing changes. */
function narrow({ lower, upper, rows }: Knowledge): Narrowed {
  const state = { lower: [...lower], upper: [...upper] };
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let isChanged = false;
    for (const row of rows) if (narrowByRow(row, state)) isChanged = true;
    if (!isChanged) return { ...state, isSettled: true };
  }
  return { ...state, isSettled: false };
}

function narrowByRow({ terms, lower, upper }: Row, state: { lower: number[]; upper: number[] }): boolean {
  const least = ([i, c]: readonly [number, number]): number => c * ((c > 0 ? state.lower[i] : state.upper[i]) ?? 0);
  const most = ([i, c]: readonly [number, number]): number => c * ((c > 0 ? state.upper[i] : state.lower[i]) ?? 0);
  let isChanged = false;
  terms.forEach(([i, c], at) => {
    const others = terms.filter((_, j) => j !== at);
    const from = lower - others.reduce((sum, term) => sum + most(term), 0);
    const to = upper - others.reduce((sum, term) => sum + least(term), 0);
    const [low, high] = c > 0 ? [from / c, to / c] : [to / c, from / c];
    const [ownLow, ownHigh] = [state.lower[i] ?? 0, state.upper[i] ?? Number.POSITIVE_INFINITY];
    const newLow = Math.max(ownLow, Math.ceil(low - 1e-9));
    const newHigh = Math.min(ownHigh, Math.floor(high + 1e-9));
    if (newLow > newHigh) throw new Error("disclosure control: the published counts contradict each other");
    if (newLow > ownLow || newHigh < ownHigh) isChanged = true;
    state.lower[i] = newLow + 0;
    state.upper[i] = newHigh + 0;
  });
  return isChanged;
}

/** Counts that hang together, with their rows. */
interface Part {
  readonly variables: number[];
  readonly rows: Row[];
}

/** The part of each variable that stands in a row. */
function componentsOf({ rows }: Knowledge): ReadonlyMap<number, Part> {
  const parts = new Map<number, Part>();
  for (const row of rows) {
    const own = [...new Set(row.terms.map(([i]) => parts.get(i)))].filter((part) => part !== undefined);
    const fresh = row.terms.map(([i]) => i).filter((i) => !parts.has(i));
    const joined = {
      variables: [...own.flatMap((part) => part.variables), ...fresh],
      rows: [...own.flatMap((part) => part.rows), row],
    };
    for (const i of joined.variables) parts.set(i, joined);
  }
  return parts;
}

/** Without a circle: as many links as counts and rows, less one; and no coefficient but 1 and -1. */
function isTree({ variables, rows }: Part): boolean {
  const links = rows.reduce((sum, row) => sum + row.terms.length, 0);
  return links === variables.length + rows.length - 1 && rows.every((row) => row.terms.every(([, c]) => c * c === 1));
}

/** The part as a programme of its own; a count without an upper end gets one beyond all that is known. */
function programmeOf({ variables, rows }: Part, { lower, upper }: Narrowed): Omit<Programme, "sense" | "objective"> {
  const finite = [
    ...rows.flatMap((row) => [row.lower, row.upper]),
    ...variables.flatMap((i) => [lower[i] ?? 0, upper[i] ?? 0]),
  ].filter(Number.isFinite);
  const beyond = 1000 + 10 * finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const at = new Map(variables.map((variable, i) => [variable, i]));
  return {
    isWhole: true,
    rows: rows.map((row) => ({ ...row, terms: row.terms.map(([i, c]) => [at.get(i) ?? 0, c] as const) })),
    lower: variables.map((i) => lower[i] ?? 0),
    upper: variables.map((i) => Math.min(beyond, upper[i] ?? beyond)),
  };
}
