import { once } from "../../once.ts";
import type { Row } from "../solver.ts";
import type { Count, System } from "../system/system.ts";
import { connected } from "./connected.ts";
import { type Mender, menderOf } from "./mend.ts";
import type { Witness } from "./witness.ts";

/** A part of a system that hangs together by its rows, shown or not, with counts numbered anew. */
export interface Component {
  readonly system: System;
  /** The system's number of each of its counts. */
  readonly at: readonly number[];
  /** The counts that must not be known, ascending. */
  readonly sensitive: readonly number[];
  /** The counts of each unit, ascending. */
  readonly countsOf: ReadonlyMap<string, readonly number[]>;
  /** The true values. */
  readonly truth: Int32Array;
  /** What hiding a unit costs, brought to 1 at most; of units that cost the same, lots decide. */
  readonly prices: ReadonlyMap<string, number>;
  /** Looks for whole moves of the counts from their true values. */
  readonly mended: Mender;
  /** The same rows over what each count rises by (2 i) and falls by (2 i + 1). */
  readonly changes: readonly Row[];
  /** Values found on the way that agree with every row; which of them agree with what is shown depends on that. */
  readonly witnesses: Witness[];
}

/** The parts of a system; counts without a row give nothing away and stand in none. */
export function componentsOf(system: System): readonly Component[] {
  const prices = pricesOf(system);
  return connected(system.counts.length, system.rows).map(({ variables, rows }) => {
    const index = new Map(variables.map((i, own) => [i, own]));
    const counts = variables.flatMap((i) => system.counts[i] ?? []);
    const own = rows.map((row) => ({ ...row, terms: row.terms.map(([i, c]) => [index.get(i) ?? 0, c] as const) }));
    const truth = Int32Array.from(counts, ({ value }) => value);
    const moves = own.map((row) => movesOf(row, truth));
    const mender = once(() => menderOf(moves, counts.length));
    return {
      system: { counts, units: system.units, rows: own },
      at: variables,
      sensitive: [...counts.keys()].filter((i) => counts[i]?.reach !== null),
      countsOf: countsByUnit(counts),
      truth,
      prices,
      mended: (...asked) => mender()(...asked),
      changes: moves.map(risesAndFalls),
      witnesses: [],
    };
  });
}

function countsByUnit(counts: readonly Count[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [i, { units }] of counts.entries())
    for (const unit of units) {
      const own = found.get(unit) ?? [];
      found.set(unit, own);
      if (own.at(-1) !== i) own.push(i);
    }
  return found;
}

/** The row over what its counts move by. */
function movesOf({ terms, lower, upper }: Row, truth: Int32Array): Row {
  const now = terms.reduce((sum, [i, c]) => sum + c * (truth[i] ?? 0), 0);
  return { terms, lower: lower - now, upper: upper - now };
}

const risesAndFalls = ({ terms, ...ends }: Row): Row => ({
  terms: terms.flatMap(([i, c]) => [[2 * i, c] as const, [2 * i + 1, -c] as const]),
  ...ends,
});

/** What a lot adds at most, of a unit's cost and of the dearest's: hardly anything, but more than the solver overlooks. */
const LOT = { own: 1e-4, dearest: 1e-6 };

/** So that the solver sees one order of magnitude, and one cheapest answer whatever it was asked before. */
function pricesOf({ units }: System): ReadonlyMap<string, number> {
  const dearest = [...units.values()].reduce((most, { cost }) => Math.max(most, cost), 1);
  const priceOf = (unit: string, cost: number): number => {
    const lot = lotOf(unit);
    return (cost / dearest) * (1 + LOT.own * lot) + LOT.dearest * lot;
  };
  return new Map([...units].map(([unit, { cost }]) => [unit, priceOf(unit, cost)]));
}

/** A number from 0 to 1 that is drawn by the unit's name (FNV-1a). */
function lotOf(unit: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < unit.length; i++) hash = Math.imul(hash ^ unit.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}

/** The parts in which a unit has counts, for every unit. */
export function componentsByUnit(components: readonly Component[]): ReadonlyMap<string, readonly Component[]> {
  const found = new Map<string, Set<Component>>();
  for (const component of components)
    for (const { units } of component.system.counts)
      for (const unit of units) found.set(unit, (found.get(unit) ?? new Set()).add(component));
  return new Map([...found].map(([unit, own]) => [unit, [...own]]));
}
