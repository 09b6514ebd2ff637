import type { CatalogueEntry } from "./catalogue.ts";

/*
 * The narrow waist (method.md §2). `patterns.matched` (key) is loaded between `counts` and the rest, from the match.
 * What is read per outcome has the outcome first in its grain: the tables are read in the grain's order.
 */
const outcome = { outcome: "VARCHAR", after: "INTEGER" } as const;

export const PATTERNS = {
  patterns: {
    name: "patterns.patterns",
    parameters: {},
    columns: {
      key: "INTEGER",
      arm: "INTEGER",
      month: "INTEGER",
      age_band: "VARCHAR",
      gender: "VARCHAR",
      origin: "VARCHAR",
      qualification: "VARCHAR",
      region: "VARCHAR",
      index_month: "VARCHAR",
      unemployment_duration: "VARCHAR",
      months_worked_24: "VARCHAR",
    },
    grain: ["key"],
  },
  keyed: {
    name: "patterns.keyed",
    parameters: {},
    columns: { person_key: "INTEGER", month: "INTEGER", key: "INTEGER" },
    grain: ["person_key", "month"],
  },
  counts: {
    name: "patterns.counts",
    parameters: { months: "INTEGER" },
    columns: { key: "INTEGER", ...outcome, rows: "BIGINT", persons: "BIGINT", starts_later: "BIGINT" },
    grain: ["outcome", "after", "key"],
  },
  outcomes: {
    name: "patterns.outcomes",
    parameters: {},
    columns: {
      key: "INTEGER",
      ...outcome,
      rows: "BIGINT",
      persons: "BIGINT",
      sum: "BIGINT",
      sumsq: "BIGINT",
      unknown_rows: "BIGINT",
      unknown_sum: "BIGINT",
    },
    grain: ["outcome", "after", "key"],
  },
  recurrence: {
    name: "patterns.recurrence",
    parameters: {},
    columns: {
      key1: "INTEGER",
      key2: "INTEGER",
      ...outcome,
      rows: "BIGINT",
      sum1: "BIGINT",
      sum2: "BIGINT",
      sum12: "BIGINT",
    },
    grain: ["outcome", "after", "key1", "key2"],
  },
  populations: {
    name: "patterns.populations",
    parameters: {},
    columns: {
      ...outcome,
      period: "VARCHAR",
      dimension: "VARCHAR",
      level: "VARCHAR",
      arm: "VARCHAR",
      rows: "BIGINT",
      persons: "BIGINT",
      persons_placed: "BIGINT",
      unknown_rows: "BIGINT",
      unknown_persons: "BIGINT",
    },
    grain: ["outcome", "after", "period", "dimension", "level", "arm"],
  },
} as const satisfies Record<string, CatalogueEntry>;
