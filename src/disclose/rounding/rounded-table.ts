import { UserError } from "../../user-error.ts";
import { type EarlierValue, halvesOf } from "../earlier/earlier.ts";
import { countName, placeText } from "../place.ts";
import type { Solver } from "../solver.ts";
import type { Registered } from "../system/cells.ts";
import { knownTooWell, type RoundedTable } from "./rounded-attack.ts";
import { isNeighbour, type RoundingWishes, rounded } from "./rounding.ts";

/** What a rounded table is made of and held against. */
interface TableTask extends Pick<RoundedTable, "base" | "exact" | "threshold"> {
  /** This edition's counts. */
  readonly table: Registered;
  /** The same with what earlier editions showed. */
  readonly attacked: Registered;
  readonly earlier: readonly EarlierValue[];
  /** Names of the counts whose multiples a reader gets to know. */
  readonly told: ReadonlySet<string>;
  readonly solver: Solver;
}

/** So many tables are looked for, where one tells too much. */
const MOST_TABLES = 20;

/**
 * Multiples of all counts that add up and leave every small count as wide as rounding promises: a count of which an
 * attacker would know more goes to its other multiple in the next table.
 * @throws UserError where none is found
 */
export function safeTable(task: TableTask): Int32Array {
  const { table, attacked, base, solver } = task;
  const kept = keptMultiples(task);
  const barred = new Map<number, Set<number>>();
  const numberOf = new Map([...table.numbers].map(([name, i]) => [attacked.numbers.get(name), i] as const));
  for (let tries = 0; ; tries++) {
    const wishes: RoundingWishes = { kept, barred };
    const values = rounded(table.system, base, wishes, solver);
    const multiples = new Map(
      [...table.numbers].flatMap(([name, i]) => (task.told.has(name) ? [[name, values[i] ?? 0] as const] : [])),
    );
    const open = knownTooWell(attacked, { ...task, multiples }, solver);
    if (open.length === 0) return values;
    const turned = open.flatMap((i) => numberOf.get(i) ?? []).filter((i) => !barred.has(i));
    if (turned.length === 0 || tries >= MOST_TABLES) throw tooMuch(attacked, open, base);
    for (const i of turned) barred.set(i, new Set([values[i] ?? 0]));
  }
}

/** What earlier editions told of counts that can be told again. */
function keptMultiples({ table, earlier, base }: TableTask): ReadonlyMap<number, number> {
  const kept = new Map<number, number>();
  for (const one of earlier.filter(({ roundedTo }) => roundedTo === base))
    for (const { role, value } of halvesOf(one)) {
      const i = table.numbers.get(countName(one.place, role));
      if (i !== undefined && isNeighbour(table.system.counts[i]?.value ?? 0, value, base)) kept.set(i, value);
    }
  return kept;
}

function tooMuch({ system }: Registered, open: readonly number[], base: number): UserError {
  const places = open.map((i) => system.counts[i]?.units.map(placeText)[0] ?? "a difference of two counts");
  return new UserError(
    [...new Set(places)].map(
      (place) =>
        `disclosure.base: rounding to ${base} leaves too little open of ${place}, with what earlier editions showed; tell fewer levels of it, or use method: suppression`,
    ),
  );
}
