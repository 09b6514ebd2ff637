import { connected } from "./connected.ts";
import type { Row } from "./solver.ts";
import type { System } from "./system.ts";
import type { Witness } from "./witness.ts";

/** A part of a system that hangs together by its rows, shown or not, with counts numbered anew. */
export interface Component {
  readonly system: System;
  /** The system's number of each of its counts. */
  readonly at: readonly number[];
  /** The true values. */
  readonly truth: Int32Array;
  /** The same rows over what each count rises by (2 i) and falls by (2 i + 1). */
  readonly changes: readonly Row[];
  /** Values found on the way that agree with every row; which of them agree with what is shown depends on that. */
  readonly witnesses: Witness[];
}

/** The parts of a system; counts without a row give nothing away and stand in none. */
export const componentsOf = (system: System): readonly Component[] =>
  connected(system.counts.length, system.rows).map(({ variables, rows }) => {
    const index = new Map(variables.map((i, own) => [i, own]));
    const counts = variables.flatMap((i) => system.counts[i] ?? []);
    const own = rows.map((row) => ({ ...row, terms: row.terms.map(([i, c]) => [index.get(i) ?? 0, c] as const) }));
    const truth = Int32Array.from(counts, ({ value }) => value);
    return {
      system: { counts, units: system.units, rows: own },
      at: variables,
      truth,
      changes: own.map((row) => changeOf(row, truth)),
      witnesses: [],
    };
  });

function changeOf({ terms, lower, upper }: Row, truth: Int32Array): Row {
  const now = terms.reduce((sum, [i, c]) => sum + c * (truth[i] ?? 0), 0);
  return {
    terms: terms.flatMap(([i, c]) => [[2 * i, c] as const, [2 * i + 1, -c] as const]),
    lower: lower - now,
    upper: upper - now,
  };
}

/** The parts in which a unit has counts, for every unit. */
export function componentsByUnit(components: readonly Component[]): ReadonlyMap<string, readonly Component[]> {
  const found = new Map<string, Set<Component>>();
  for (const component of components)
    for (const { units } of component.system.counts)
      for (const unit of units) found.set(unit, (found.get(unit) ?? new Set()).add(component));
  return new Map([...found].map(([unit, own]) => [unit, [...own]]));
}
