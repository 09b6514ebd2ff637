import type { Row } from "../solver.ts";
import type { Count, Unit } from "./system.ts";

/** Unit of everything that earlier editions showed. */
export const EARLIER = "earlier editions";

/** A system under construction: counts by name, each once. */
export interface Builder {
  readonly names: Map<string, number>;
  readonly counts: Count[];
  readonly rows: Row[];
  readonly units: Map<string, Unit>;
}

/** A system without counts, in which only what earlier editions showed is fixed. */
export const newBuilder = (): Builder => ({
  names: new Map(),
  counts: [],
  rows: [],
  units: new Map([[EARLIER, { cost: 0, isFixed: true }]]),
});

/** Adds a count under its name, unless one of that name stands already; the index of the one that stands. */
export function addCount(builder: Builder, name: string, count: Count): number {
  const known = builder.names.get(name);
  if (known !== undefined) return known;
  const index = builder.counts.push(count) - 1;
  builder.names.set(name, index);
  for (const unit of count.units) if (!builder.units.has(unit)) builder.units.set(unit, { cost: 1, isFixed: false });
  return index;
}

/**
 * Says how a whole and its parts hang together: an equation where the parts add up; else (persons can stand in
 * several parts, or parts are missing) no more than is true: no part exceeds the whole, and parts that add up to more
 * than the whole cover it.
 */
export function addParts(builder: Builder, whole: number, parts: readonly number[]): void {
  const value = (i: number): number => builder.counts[i]?.value ?? 0;
  const sum = parts.reduce((total, part) => total + value(part), 0);
  const all = [...parts.map((part) => [part, 1] as const), [whole, -1] as const];
  if (sum === value(whole)) {
    builder.rows.push({ terms: all, lower: 0, upper: 0 });
    return;
  }
  if (sum > value(whole)) builder.rows.push({ terms: all, lower: 0, upper: Number.POSITIVE_INFINITY });
  for (const part of parts) if (value(part) <= value(whole)) addAtMost(builder, part, whole);
}

/** A part is no more than the whole. */
export function addAtMost(builder: Builder, part: number, whole: number): void {
  builder.rows.push({
    terms: [
      [part, 1],
      [whole, -1],
    ],
    lower: Number.NEGATIVE_INFINITY,
    upper: 0,
  });
}

/** Two names for one number of persons, where their values agree. */
export function addSame(builder: Builder, one: number | undefined, other: number | undefined): void {
  if (one === undefined || other === undefined || one === other) return;
  if (builder.counts[one]?.value !== builder.counts[other]?.value) return;
  builder.rows.push({
    terms: [
      [one, 1],
      [other, -1],
    ],
    lower: 0,
    upper: 0,
  });
}

/** larger = smaller + what lies between, a count that nobody shows; `reach` where that is sensitive. */
export function addBetween(
  builder: Builder,
  larger: number,
  smaller: number,
  reachOf: (between: number) => number | null,
): number {
  const value = (builder.counts[larger]?.value ?? 0) - (builder.counts[smaller]?.value ?? 0);
  const between = builder.counts.push({
    value,
    units: [],
    least: 0,
    mostByRule: Number.POSITIVE_INFINITY,
    reach: reachOf(value),
  });
  builder.rows.push({
    terms: [
      [smaller, 1],
      [between - 1, 1],
      [larger, -1],
    ],
    lower: 0,
    upper: 0,
  });
  return between - 1;
}

/** Parts whose sum is taken to be known, although it isn't told. */
export function addKnownSum(builder: Builder, parts: readonly number[]): void {
  const sum = parts.reduce((total, part) => total + (builder.counts[part]?.value ?? 0), 0);
  builder.rows.push({ terms: parts.map((part) => [part, 1]), lower: sum, upper: sum });
}
