import type { QueryCases } from "../../support/query-cases.ts";
import { PERIODS } from "./places.ts";

const BRANCHES = "branch_id | region\nB1 | brussels\nF1 | flanders";

export const COST_CASES: Readonly<Record<string, QueryCases>> = {
  "programme.budget_years": {
    duplicates: [
      {
        is: "adds up items of a region and year, and counts what is booked on the network for the network only",
        given: {
          "staging.branches": BRANCHES,
          "staging.budget": `region | year | item | amount_eur | funder
            brussels | 2022 | staff | 0.1 | A
            brussels | 2022 | staff | 0.2 | B
            network | 2022 | staff | 10 | A`,
          "programme.duos": "duo_id | branch_id | started_on\nD1 | B1 | 2022-01-01\nD2 | B1 | 2022-02-01",
        },
        out: "region | year | amount_eur\nbrussels | 2022 | 0.3\nnetwork | 2022 | 10.3",
      },
    ],
    days: [
      {
        is: "asks for a budget in the years in which duos started, on a year's first and last day too",
        given: {
          "staging.branches": BRANCHES,
          "programme.duos": `duo_id | branch_id | started_on
            D1 | B1 | 2021-12-31
            D2 | B1 | 2022-01-01
            D3 | B1 | 2023-12-31
            D4 | F1 | 2024-01-01`,
        },
        out: `region | year | amount_eur
          brussels | 2021 |
          brussels | 2022 |
          brussels | 2023 |
          flanders | 2024 |
          network | 2021 |
          network | 2022 |
          network | 2023 |
          network | 2024 |`,
      },
    ],
    nulls: [
      {
        is: "asks none for duos that never started, and has none of the network where a region with duos lacks its own",
        given: {
          "staging.branches": BRANCHES,
          "staging.budget": "region | year | item | amount_eur\nbrussels | 2022 | staff | 5\nnetwork | 2022 | rent | 1",
          "programme.duos": "duo_id | branch_id | started_on\nD1 | F1 | 2022-02-01\nD2 | F1 |",
        },
        out: "region | year | amount_eur\nbrussels | 2022 | 5\nflanders | 2022 |\nnetwork | 2022 |",
      },
    ],
  },
  "indicators.costs": {
    duplicates: [
      {
        is: "adds up the solutions, and the years of all together, once each",
        given: {
          "programme.periods": PERIODS,
          "programme.budget_years": "region | year | amount_eur\nbrussels | 2022 | 5\nbrussels | 2023 | 7",
          "indicators.duos": `region | dimension | level | period | status | duos
            brussels | total | total | 2022 | started | 3
            brussels | total | total | 2022 | created | 9
            brussels | branch | B1 | 2022 | started | 3`,
          "indicators.declared_outcomes": `region | dimension | level | period | solution | duos
            brussels | total | total | 2022 | job | 1
            brussels | total | total | 2022 | training | 1
            brussels | total | total | 2022 | none | 1
            brussels | branch | B1 | 2022 | job | 1`,
        },
        parameters: { as_of: "2024-12-31" },
        out: `region | period | amount_eur | duos | solutions
          brussels | 2022 | 5 | 3 | 2
          brussels | 2022-2023 | 12 | 0 | 0
          brussels | 2023 | 7 | 0 | 0`,
      },
    ],
    days: ["2023-12-30", "2023-12-31", "2024-01-01"].map((as_of) => ({
      is: `knows on ${as_of} whether the twelve months of 2022 are over`,
      given: {
        "programme.periods": PERIODS,
        "programme.budget_years": "region | year | amount_eur\nbrussels | 2022 | 5",
      },
      parameters: { as_of },
      where: "period = '2022'",
      out: `region | is_mature\nbrussels | ${as_of >= "2023-12-31"}`,
    })),
    nulls: [
      {
        is: "has no amount of several years where one of them lacks it",
        given: {
          "programme.periods": PERIODS,
          "programme.budget_years": "region | year | amount_eur\nbrussels | 2022 | 5\nbrussels | 2023 |",
          "indicators.duos":
            "region | dimension | level | period | status | duos\nflanders | total | total | 2022 | started | 3",
        },
        parameters: { as_of: "2024-12-31" },
        out: `region | period | amount_eur | duos | solutions
          brussels | 2022 | 5 | 0 | 0
          brussels | 2022-2023 | | 0 | 0
          brussels | 2023 | | 0 | 0
          flanders | 2022 | | 3 | 0`,
      },
    ],
  },
};
