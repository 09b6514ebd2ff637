import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rounded } from "../../src/disclose/rounding/rounding.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import type { System } from "../../src/disclose/system/system.ts";
import { randomTable, systemOf } from "../support/disclosure-tables.ts";
import { uniform } from "../support/random.ts";

const BASE = 5;
const solver = await highsSolver();
const seeds = fc.integer({ min: 0, max: 1_000_000 });
const tableOf = (seed: number): System => systemOf(randomTable(uniform(seed)));
const roundedTable = (system: System): readonly number[] => [...rounded(system, BASE, {}, solver)];

const addsUp = ({ rows }: Pick<System, "rows">, values: readonly number[]): boolean =>
  rows.every(({ terms, lower, upper }) => {
    const sum = terms.reduce((total, [i, c]) => total + c * (values[i] ?? 0), 0);
    return sum >= lower && sum <= upper;
  });

const distance = ({ counts }: System, values: readonly number[]): number =>
  counts.reduce((sum, { value }, i) => sum + Math.abs(value - (values[i] ?? 0)), 0);

/** Every table of neighbouring multiples that adds up, by trying them all; the least distance of any. */
function leastDistance(system: System): number | null {
  const options = system.counts.map(({ value }) =>
    value % BASE === 0 ? [value] : [BASE * Math.floor(value / BASE), BASE * Math.ceil(value / BASE)],
  );
  let least: number | null = null;
  const from = (values: readonly number[]): void => {
    if (values.length === options.length) {
      if (addsUp(system, values)) least = Math.min(least ?? Number.POSITIVE_INFINITY, distance(system, values));
      return;
    }
    for (const option of options[values.length] ?? []) from([...values, option]);
  };
  from([]);
  return least;
}

describe("controlled rounding of random nested and crossed tables", () => {
  it("gives multiples of the base that add up, each within less than one base of its count; zero stays zero", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const system = tableOf(seed);
        const values = roundedTable(system);
        expect(addsUp(system, values)).toBe(true);
        for (const [i, { value }] of system.counts.entries()) {
          const own = values[i] ?? Number.NaN;
          expect(own % BASE).toBe(0);
          expect(Math.abs(own - value)).toBeLessThan(BASE);
          if (value % BASE === 0) expect(own).toBe(value);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is the nearest such table there is, by trying them all", () => {
    let compared = 0;
    for (let seed = 0; seed < 400 && compared < 60; seed++) {
      const system = tableOf(seed);
      if (system.counts.length > 12) continue;
      compared += 1;
      expect([seed, distance(system, roundedTable(system))]).toEqual([seed, leastDistance(system)]);
    }
    expect(compared).toBe(60);
  });

  it("gives the same table each time", async () => {
    const other = await highsSolver();
    for (let seed = 0; seed < 50; seed++)
      expect([...rounded(tableOf(seed), BASE, {}, other)]).toEqual(roundedTable(tableOf(seed)));
  });

  it("needs its rows: each count rounded by itself does not add up", () => {
    const broken = Array.from({ length: 100 }, (_, seed) => tableOf(seed)).filter((system) => {
      return !addsUp(system, [...rounded({ ...system, rows: [] }, BASE, {}, solver)]);
    });
    expect(broken.length).toBeGreaterThan(50);
  });

  it("tells an earlier edition's multiples again where the counts allow it", () => {
    for (let seed = 0; seed < 100; seed++) {
      const system = tableOf(seed);
      const before = roundedTable(system);
      const counts = system.counts.map((count, i) => (i === 0 ? count : { ...count }));
      const kept = new Map(before.map((value, i) => [i, value]));
      const turned = { ...system, counts, rows: system.rows.toReversed() };
      expect([...rounded(turned, BASE, { kept }, solver)]).toEqual(before);
    }
  });
});
