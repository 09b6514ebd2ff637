import { describe, expect, it } from "vitest";
import { highsSolver, type Solver } from "../../src/disclose/solver.ts";
import { hiddenByRule, suppress } from "../../src/disclose/suppression/suppress.ts";
import {
  givenAway,
  givenAwayToInsiders,
  hiddenByHand,
  primaryOf,
  randomTable,
  type Shown,
  systemOf,
  valuesOf,
} from "../support/disclosure-tables.ts";
import { uniform } from "../support/random.ts";

const TABLES = 200;
const TABLES_BY_HAND = 12;
/** Counts of a table that take little time to try. */
const FEW = 5;
const solver = await highsSolver();

function published(seed: number, isSecondary: boolean): readonly number[] {
  const table = randomTable(uniform(seed));
  const system = systemOf(table);
  const primary = primaryOf(system);
  const status = isSecondary
    ? suppress(system, hiddenByRule(primary), solver).hidden
    : new Map([...primary].map((unit) => [unit, { status: "A" as const }]));
  const shown: Shown = valuesOf(table).map((value, i) => status.get(`u${i}`)?.status ?? value);
  return givenAway(shown, table.totals, table.leaves.length);
}

describe("random tables against an attacker who tries every table", () => {
  it("D2: gives no small count away", { timeout: 120_000 }, () => {
    const breached = Array.from({ length: TABLES }, (_, i) => i).filter((seed) => published(seed, true).length > 0);
    expect(breached).toEqual([]);
  });

  it("D2: needs each count that is hidden for another's sake, against insiders too", () => {
    const found = { tables: 0, further: 0, breached: [] as number[], needless: [] as string[] };
    for (let seed = 0; seed < TABLES; seed++) {
      const table = randomTable(uniform(seed));
      if (table.leaves.length > FEW) continue;
      const system = systemOf(table);
      const { hidden, exposed } = suppress(system, hiddenByRule(primaryOf(system)), solver);
      if (exposed.length > 0) continue;
      const values = valuesOf(table);
      const isOpen = (without?: string): boolean => {
        const shown: Shown = values.map((value, i) =>
          `u${i}` === without ? value : (hidden.get(`u${i}`)?.status ?? value),
        );
        const given = [
          ...givenAway(shown, table.totals, table.leaves.length),
          ...givenAwayToInsiders(shown, values, table.totals),
        ];
        return given.length > 0;
      };
      const further = [...hidden].flatMap(([unit, { status }]) => (status === "D" ? [unit] : []));
      found.tables += 1;
      found.further += further.length;
      if (isOpen()) found.breached.push(seed);
      for (const unit of further) if (!isOpen(unit)) found.needless.push(`${seed} ${unit}`);
    }
    expect(found.needless).toEqual([]);
    expect(found.breached).toEqual([]);
    expect(found.further).toBeGreaterThan(found.tables / 2);
  });

  it("hides the same, of units that cost the same, whatever the solver was asked before", () => {
    // rows that it never saw: nothing to go on from
    const forgetful: Solver = (programme) => solver({ ...programme, rows: [...programme.rows] });
    const found = { further: 0, others: [] as number[] };
    for (let seed = 0; seed < TABLES; seed++) {
      const system = systemOf(randomTable(uniform(seed)));
      const equal = { ...system, units: new Map([...system.units].map(([unit, own]) => [unit, { ...own, cost: 1 }])) };
      const hiddenBy = (by: Solver) => [...suppress(equal, hiddenByRule(primaryOf(system)), by).hidden];
      const hidden = hiddenBy(solver);
      found.further += hidden.filter(([, { status }]) => status === "D").length;
      if (JSON.stringify(hidden) !== JSON.stringify(hiddenBy(forgetful))) found.others.push(seed);
    }
    expect(found.others).toEqual([]);
    expect(found.further).toBeGreaterThan(TABLES);
  });

  it("hides no more in all than hiding by hand does, one neighbour at a time", { timeout: 120_000 }, () => {
    const hidden = { ours: 0, byHand: 0 };
    for (let seed = 0; seed < TABLES_BY_HAND; seed++) {
      const table = randomTable(uniform(seed));
      const system = systemOf(table);
      const { size } = suppress(system, hiddenByRule(primaryOf(system)), solver).hidden;
      hidden.ours += size;
      hidden.byHand += hiddenByHand(table).filter((value) => typeof value !== "number").length;
    }
    expect(hidden.ours).toBeLessThanOrEqual(hidden.byHand);
  });

  it("D3: is breached where only small counts are hidden", { timeout: 120_000 }, () => {
    const breached = Array.from({ length: 40 }, (_, i) => i).filter((seed) => published(seed, false).length > 0);
    expect(breached.length).toBeGreaterThan(10);
  });
});
