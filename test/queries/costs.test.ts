import { afterEach, describe, expect, test } from "vitest";
import type { CatalogueEntry } from "../../src/catalogue/catalogue.ts";
import { COSTS } from "../../src/catalogue/costs.ts";
import { release } from "../../src/disclose/release.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { costs } from "../../src/indicators/costs.ts";
import { findingOfIndicator } from "../../src/indicators/indicator.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { printTable, type StagedTables, stagedEngine, trimmed } from "../support/tables.ts";

const BRANCHES = "branch_id | region\nB1 | brussels\nB2 | brussels\nF1 | flanders";
const DUO =
  "duo_id | mentee_id | mentor_id | branch_id | matched_on | first_meeting_on | started_on | ended_on | end_reason";

let engine: SqlEngine | undefined;
afterEach(async () => engine?.close());

interface Given extends StagedTables {
  readonly asOf?: string;
}

async function built(
  { asOf = "2024-12-31", ...tables }: Given,
  entry: CatalogueEntry,
  columns: string,
): Promise<string> {
  await engine?.close();
  engine = await stagedEngine({ branches: BRANCHES, ...tables });
  await programmeFindings(engine, { years: [2022, 2023], asOf });
  const names = columns.split(",").map((column) => column.trim());
  const text = `select ${names.join(", ")} from ${entry.name} order by all`;
  return printTable(await engine.rows({ name: entry.name, text }), names);
}

const budgets = (given: Given): Promise<string> => built(given, COSTS.budgetYears, "region, year, amount_eur");
const costTable = (given: Given): Promise<string> =>
  built(given, COSTS.costs, "region, period, amount_eur, duos, solutions, is_mature");

const duo = (id: string, branch: string, started: string, ended: string): string =>
  `${id} | M-${id} | R1 | ${branch} | ${started} | ${started} | ${started} | ${ended} | completed`;

describe("budgets by year", () => {
  test("neither duos nor amounts make no row", async () => {
    expect(await budgets({})).toBe("region | year | amount_eur");
    expect(await costTable({})).toBe("region | period | amount_eur | duos | solutions | is_mature");
  });

  test("items add up exactly, cents too; the network has its regions and what they share", async () => {
    const budget = `region | year | item | amount_eur | funder
      brussels | 2022 | staff | 0.10 | A
      brussels | 2022 | staff | 0.20 | B
      flanders | 2022 | rent | 100.00 | A
      network | 2022 | head office | 1000.00 | A
      brussels | 2023 | staff | 7 | A`;
    expect(await budgets({ budget })).toBe(
      trimmed(`region | year | amount_eur
        brussels | 2022 | 0.3
        brussels | 2023 | 7
        flanders | 2022 | 100
        network | 2022 | 1100.3
        network | 2023 | 7`),
    );
  });

  test("a region with duos and without a budget has none, and so has the network that year", async () => {
    const duos = [DUO, duo("D1", "B1", "2022-02-01", "2022-08-01"), duo("D2", "F1", "2022-02-01", "2022-08-01")].join(
      "\n",
    );
    const budget =
      "region | year | item | amount_eur\nbrussels | 2022 | staff | 500\nnetwork | 2022 | head office | 90";
    expect(await budgets({ duos, budget })).toBe(
      trimmed("region | year | amount_eur\nbrussels | 2022 | 500\nflanders | 2022 |\nnetwork | 2022 |"),
    );
  });
});

describe("costs by region and period", () => {
  const budget = `region | year | item | amount_eur
    brussels | 2022 | staff | 900
    brussels | 2023 | staff | 100
    flanders | 2022 | staff | 50`;

  test("duos count in the year they start in, on its first and last day too; several years need a budget each", async () => {
    const duos = [
      DUO,
      duo("D1", "B1", "2021-12-31", "2022-08-01"),
      duo("D2", "B1", "2022-01-01", "2022-08-01"),
      duo("D3", "B2", "2022-12-31", "2023-08-01"),
      duo("D4", "F1", "2022-05-02", "2022-11-02"),
    ].join("\n");
    expect(await costTable({ duos, budget })).toBe(
      trimmed(`region | period | amount_eur | duos | solutions | is_mature
        brussels | 2022 | 900 | 2 | 0 | true
        brussels | 2022-2023 | 1000 | 2 | 0 | true
        brussels | 2023 | 100 | 0 | 0 | true
        flanders | 2022 | 50 | 1 | 0 | true
        flanders | 2022-2023 | | 1 | 0 | true
        network | 2022 | 950 | 3 | 0 | true
        network | 2022-2023 | 1050 | 3 | 0 | true
        network | 2023 | 100 | 0 | 0 | true`),
    );
  });

  test("solutions are those of duos that ended in the year: a job of three months, a training or an internship", async () => {
    const ended = ["D1", "D2", "D3", "D4"].map((id) => duo(id, "B1", "2022-01-03", "2022-07-01"));
    const declared_outcomes = `duo_id | declared_on | solution | solution_on | contract_months
      D1 | 2022-09-01 | job | 2022-08-01 | 3
      D2 | 2022-09-01 | job | 2022-08-01 | 2
      D3 | 2022-09-01 | training | 2022-08-01 |
      D4 | 2022-09-01 | none | |`;
    const rows = await costTable({ duos: [DUO, ...ended].join("\n"), budget, declared_outcomes });
    expect(rows).toContain("brussels | 2022 | 900 | 4 | 2 | true");
  });

  test.each([
    ["2023-12-30", "false"],
    ["2023-12-31", "true"],
    ["2024-01-01", "true"],
  ])("on %s the twelve months of every duo that ended in 2022 are over: %s", async (asOf, isMature) => {
    expect(await costTable({ asOf, budget })).toContain(`brussels | 2022 | 900 | 0 | 0 | ${isMature}`);
  });
});

describe("cost per duo and per solution", () => {
  const ROW = { region: "brussels", dimension: "total", level: "total", period: "2022", is_mature: true };
  const told = (rows: Parameters<typeof costs>[0]): readonly unknown[] =>
    costs(rows).map(({ metric, value, base, unit, definition }) => [metric, value, base, unit, definition ?? ""]);

  test("is the amount by duos started and by solutions, in euros", () => {
    expect(told([{ ...ROW, amount_eur: 9000, duos: 12, solutions: 8 }])).toEqual([
      ["cost_per_duo", 750, 12, "euro", ""],
      ["cost_per_solution", 1125, 8, "euro", ""],
    ]);
  });

  test("is nothing where no budget was given at all, and null with a reason where it can't be told", () => {
    expect(costs([{ ...ROW, amount_eur: null, duos: 12, solutions: 8 }])).toEqual([]);
    const given = { ...ROW, period: "2023", amount_eur: 9000, duos: 0, solutions: 0 };
    expect(told([given, { ...ROW, amount_eur: null, duos: 12, solutions: 8 }])).toEqual([
      ["cost_per_duo", null, 0, "euro", "no_duos"],
      ["cost_per_solution", null, 0, "euro", "no_solutions"],
      ["cost_per_duo", null, 0, "euro", "no_budget"],
      ["cost_per_solution", null, 0, "euro", "no_budget"],
    ]);
    expect(told([{ ...ROW, is_mature: false, amount_eur: 9000, duos: 12, solutions: 8 }])).toEqual([
      ["cost_per_duo", 750, 12, "euro", ""],
      ["cost_per_solution", null, 0, "euro", "too_early"],
    ]);
  });

  test("is hidden where too few duos or solutions stand behind it: who knows the amount could count them", async () => {
    const rows = [{ ...ROW, amount_eur: 9000, duos: 12, solutions: 4 }];
    const findings = costs(rows).map((one) => findingOfIndicator(one, "2024-12-31"));
    const { values } = await release(findings, { audience: "public", threshold: 5 });
    expect(values.map(({ value, n, conf_status }) => [value, n, conf_status])).toEqual([
      [750, 12, "F"],
      [null, null, "A"],
    ]);
  });
});
