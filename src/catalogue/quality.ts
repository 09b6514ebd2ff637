import type { CatalogueEntry } from "./catalogue.ts";

/** What the data-quality report counts, over the staged tables and the problems that staging found. */
export const QUALITY = {
  rules: {
    name: "staging.quality_rules",
    parameters: {},
    columns: {
      file_id: "INTEGER",
      field: "VARCHAR",
      rule: "VARCHAR",
      severity: "VARCHAR",
      detail: "VARCHAR",
      rows: "BIGINT",
      first_row: "BIGINT",
    },
    grain: ["file_id", "field", "rule", "severity"],
  },
  unknownCodes: {
    name: "staging.quality_unknown_codes",
    parameters: {},
    columns: { file_id: "INTEGER", field: "VARCHAR", value: "VARCHAR", rows: "BIGINT" },
    grain: ["file_id", "field", "value"],
  },
  rows: {
    name: "staging.quality_rows",
    parameters: { file: "VARCHAR", table: "VARCHAR" },
    columns: { row: "BIGINT", severity: "VARCHAR", rules: "VARCHAR", remedies: "VARCHAR" },
    grain: ["row"],
  },
  duplicates: {
    name: "staging.quality_duplicates",
    parameters: {},
    columns: { kind: "VARCHAR", persons: "BIGINT", rows: "BIGINT" },
    grain: ["kind"],
  },
  completeness: {
    name: "staging.quality_completeness",
    parameters: {},
    columns: {
      table_name: "VARCHAR",
      column_name: "VARCHAR",
      region: "VARCHAR",
      branch_id: "VARCHAR",
      rows: "BIGINT",
      filled: "BIGINT",
    },
    grain: ["table_name", "column_name", "region", "branch_id"],
  },
  codes: {
    name: "staging.quality_codes",
    parameters: {},
    columns: {
      table_name: "VARCHAR",
      column_name: "VARCHAR",
      source_file: "VARCHAR",
      code: "VARCHAR",
      rows: "BIGINT",
    },
    grain: ["table_name", "column_name", "source_file", "code"],
  },
  months: {
    name: "staging.quality_months",
    parameters: {},
    columns: {
      table_name: "VARCHAR",
      region: "VARCHAR",
      branch_id: "VARCHAR",
      month: "INTEGER",
      rows: "BIGINT",
      latest_on: "VARCHAR",
    },
    grain: ["table_name", "region", "branch_id", "month"],
  },
} as const satisfies Record<string, CatalogueEntry>;
