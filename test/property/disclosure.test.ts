import { describe, expect, it } from "vitest";
import { highsSolver } from "../../src/disclose/solver.ts";
import { hiddenByRule, suppress } from "../../src/disclose/suppress.ts";
import {
  givenAway,
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
