import { expect, it } from "vitest";
import { highsSolver } from "../../src/disclose/solver.ts";
import { suppress } from "../../src/disclose/suppress.ts";
import { generator, givenAway, primaryOf, randomTable, systemOf, valuesOf } from "../support/disclosure-tables.ts";

const TABLES = 10_000;

it("10,000 random tables give no small count away to an attacker who tries every table", async () => {
  const solver = await highsSolver();
  const breached = Array.from({ length: TABLES }, (_, seed) => seed).filter((seed) => {
    const table = randomTable(generator(seed));
    const system = systemOf(table);
    const { hidden } = suppress(system, primaryOf(system), solver);
    const shown = valuesOf(table).map((value, i) => hidden.get(`u${i}`)?.status ?? value);
    return givenAway(shown, table.totals, table.leaves.length).length > 0;
  });
  expect(breached).toEqual([]);
});
