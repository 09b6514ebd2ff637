import { UserError } from "../../user-error.ts";
import { placeText } from "../place.ts";
import { type Programme, type Row, type Solver, solved } from "../solver.ts";
import { type Component, componentsOf } from "../suppression/component.ts";
import type { System } from "../system/system.ts";

/** What a rounding is asked to keep to. */
export interface RoundingWishes {
  /** Counts that an earlier edition rounded, by number, with what it told: told again wherever sums allow it. */
  readonly kept?: ReadonlyMap<number, number>;
  /** Multiples that a count may not go to, since together with others they would tell too much of it. */
  readonly barred?: ReadonlyMap<number, ReadonlySet<number>>;
}

/** What it is worth that a multiple of the base stays itself, and that an earlier edition's multiple is told again. */
const STAYS = 100;
const KEPT = 1000;
/** A table of more steps than this may be so much further from its counts than the nearest: proof takes seconds. */
const LARGE = { steps: 200, gap: 0.01 } as const;

/**
 * Every count as a multiple of the base, so that every row of the system holds for the multiples as it holds for the
 * counts (controlled rounding: Cox and Ernst 1982, as an integer programme a part of the system). A count goes to the
 * multiple just below or just above it, a multiple stays itself (zero-restricted); of all such tables, one with the
 * least total distance over the counts that are told (in large parts within 1 % of it). Where a part has no such table, counts that are told nowhere may
 * be further off; then multiples may move by one base. A row that holds for a number that nobody is told (a total taken to be known) holds for that number rounded.
 * @returns one multiple a count, in the system's order; a count that stands in no row goes to the nearest, halves up
 * @throws UserError naming the table where none adds up: never gives one that doesn't
 */
export function rounded(system: System, base: number, wishes: RoundingWishes, solver: Solver): Int32Array {
  const values = Int32Array.from(system.counts, ({ value }, i) => {
    const before = wishes.kept?.get(i);
    return before !== undefined && isNeighbour(value, before, base) ? before : base * Math.floor(value / base + 0.5);
  });
  for (const component of componentsOf(system)) {
    const found = roundedPart(component, base, wishes, solver);
    for (const [own, i] of component.at.entries()) values[i] = found[own] ?? 0;
  }
  return values;
}

/** Whether a count can be rounded to a multiple of the base. */
export const isNeighbour = (count: number, multiple: number, base: number): boolean =>
  multiple >= 0 && multiple % base === 0 && Math.abs(multiple - count) < base;

function roundedPart(component: Component, base: number, wishes: RoundingWishes, solver: Solver): readonly number[] {
  for (const freedom of FREEDOMS) {
    const answer = answerOf(component.system, base, stepsOf(component, base, wishes, freedom), solver);
    if (answer !== null) return answer;
  }
  throw new UserError(
    `disclosure.base: no multiples of ${base} add up as the counts do of ${tableOf(component)}; tell fewer levels of it, or use method: suppression`,
  );
}

/** What a table may take, one after the other, where no stricter one adds up. */
interface Freedom {
  /** Counts that are told nowhere, such as who is not in a rate's numerator, may be further from their multiple. */
  readonly doUntoldLeave: boolean;
  /** Multiples may move by one base. */
  readonly doMultiplesMove: boolean;
}

const FREEDOMS: readonly Freedom[] = [
  { doUntoldLeave: false, doMultiplesMove: false },
  { doUntoldLeave: true, doMultiplesMove: false },
  { doUntoldLeave: true, doMultiplesMove: true },
];

/** One way for a count to leave the multiple at or just below it: by one base up, or (where it is one) down. */
interface Step {
  readonly count: number;
  readonly by: 1 | -1;
  readonly cost: number;
  /** How often it is taken. */
  readonly least: number;
  readonly most: number;
}

function stepsOf(
  { system, at }: Component,
  base: number,
  wishes: RoundingWishes,
  { doUntoldLeave, doMultiplesMove }: Freedom,
): readonly Step[] {
  return system.counts.flatMap(({ value, units }, count): readonly Step[] => {
    const before = wishes.kept?.get(at[count] ?? 0);
    const barred = wishes.barred?.get(at[count] ?? 0);
    const floor = base * Math.floor(value / base);
    const costOf = (to: number): number =>
      (units.length === 0 ? 0 : Math.abs(to - value)) +
      (value % base === 0 && to !== value ? STAYS * base : 0) +
      (before !== undefined && isNeighbour(value, before, base) && to !== before ? KEPT * base : 0);
    const step = (by: 1 | -1): Step => {
      const cost = costOf(floor + by * base) - costOf(floor);
      return { count, by, cost, least: by === 1 && barred?.has(floor) ? 1 : 0, most: 1 };
    };
    if (units.length === 0 && doUntoldLeave) return [{ count, by: 1, cost: 0, least: floor > 0 ? -1 : 0, most: 2 }];
    if (value % base !== 0) return barred?.has(floor + base) ? [] : [step(1)];
    return doMultiplesMove ? [step(1), ...(floor > 0 ? [step(-1)] : [])] : [];
  });
}

/** Multiples at the optimum; null where there is no table of them. */
function answerOf({ counts, rows }: System, base: number, steps: readonly Step[], solver: Solver) {
  const moved = counts.map(({ value }) => Math.floor(value / base));
  const values = wholeValues(
    {
      sense: "minimize",
      rows: rowsOver(rows, moved, steps, base),
      lower: steps.map(({ least }) => least),
      upper: steps.map(({ most }) => most),
      objective: steps.map(({ cost }, s) => [s, cost] as const),
    },
    solver,
  );
  if (values === null) return null;
  for (const [s, { count, by }] of steps.entries()) moved[count] = (moved[count] ?? 0) + by * (values[s] ?? 0);
  return moved.map((multiple) => base * multiple);
}

/** The rows over steps: what they hold for counts in whole bases, widened to the next multiple where their ends are none. */
function rowsOver(
  rows: readonly Row[],
  floors: readonly number[],
  steps: readonly Step[],
  base: number,
): readonly Row[] {
  const stepsOfCount = new Map<number, number[]>();
  for (const [s, { count }] of steps.entries()) stepsOfCount.set(count, [...(stepsOfCount.get(count) ?? []), s]);
  return rows.flatMap((row): readonly Row[] => {
    const now = row.terms.reduce((sum, [i, c]) => sum + c * (floors[i] ?? 0), 0);
    const terms = row.terms.flatMap(([i, c]) =>
      (stepsOfCount.get(i) ?? []).map((s) => [s, c * (steps[s]?.by ?? 0)] as const),
    );
    const ends = { lower: Math.floor(row.lower / base) - now, upper: Math.ceil(row.upper / base) - now };
    return terms.length === 0 ? [] : [{ terms, ...ends }];
  });
}

/** The optimum in whole numbers: by the linear programme where that is whole (every hierarchy is), else in whole numbers. */
function wholeValues(programme: Omit<Programme, "isWhole">, solver: Solver): readonly number[] | null {
  if (programme.lower.length === 0) return [];
  for (const isWhole of [false, true]) {
    const gap = programme.lower.length > LARGE.steps ? LARGE.gap : 0;
    const asked = { ...programme, isWhole, gap };
    const answer = solver(asked);
    if (/infeasible/i.test(answer.status)) return null;
    const { values } = solved(() => answer, asked);
    const near = values.map(Math.round);
    if (isWhole || near.every((value, i) => Math.abs(value - (values[i] ?? 0)) < 1e-7)) return near;
  }
  return null;
}

/** Some of the places that a part of the system tells of. */
function tableOf({ system }: Component): string {
  const places = [...new Set(system.counts.flatMap(({ units }) => units.map(placeText)))];
  return places.length > 3 ? `${places.slice(0, 3).join("; ")} and ${places.length - 3} more` : places.join("; ");
}
