import type { CatalogueEntry } from "./catalogue.ts";

/* ESF+ common indicators, from staged records, after the tables of the programme's year. */
const asOf = { as_of: "DATE" } as const;

export const ESF = {
  participants: {
    name: "programme.esf_participants",
    parameters: asOf,
    columns: {
      mentee_id: "VARCHAR",
      branch_id: "VARCHAR",
      entered_on: "DATE",
      left_on: "DATE",
      gender: "VARCHAR",
      age: "INTEGER",
      status_on_entry: "VARCHAR",
      qualification: "VARCHAR",
      disability: "VARCHAR",
      third_country_national: "VARCHAR",
      foreign_background: "VARCHAR",
      minority: "VARCHAR",
      homeless: "VARCHAR",
      rural: "VARCHAR",
      status_on_leaving: "VARCHAR",
      qualification_gained: "VARCHAR",
      status_after_6_months: "VARCHAR",
      situation_improved: "VARCHAR",
      has_left: "BOOLEAN",
      has_left_6_months: "BOOLEAN",
      complete: "BOOLEAN",
    },
    grain: ["mentee_id", "entered_on"],
  },
  counts: {
    name: "indicators.esf",
    parameters: {},
    columns: { region: "VARCHAR", period: "VARCHAR", gender: "VARCHAR", code: "VARCHAR", persons: "BIGINT" },
    grain: ["region", "period", "gender", "code"],
  },
} as const satisfies Record<string, CatalogueEntry>;
