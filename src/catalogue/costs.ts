import type { CatalogueEntry } from "./catalogue.ts";

/** What the programme cost, from staged budgets, after the tables of the programme's year. */
export const COSTS = {
  budgetYears: {
    name: "programme.budget_years",
    parameters: {},
    columns: { region: "VARCHAR", year: "INTEGER", amount_eur: "DOUBLE" },
    grain: ["region", "year"],
  },
  costs: {
    name: "indicators.costs",
    parameters: { as_of: "DATE" },
    columns: {
      region: "VARCHAR",
      dimension: "VARCHAR",
      level: "VARCHAR",
      period: "VARCHAR",
      amount_eur: "DOUBLE",
      duos: "BIGINT",
      solutions: "BIGINT",
      is_mature: "BOOLEAN",
    },
    grain: ["region", "period"],
  },
} as const satisfies Record<string, CatalogueEntry>;
