import type { CatalogueEntry } from "./catalogue.ts";
import { COVARIATE_COLUMNS } from "./covariates.ts";

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
      ...COVARIATE_COLUMNS,
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
  /** What one of many specifications asks of persons; their outcome was read for the patterns that any of them matches. */
  matched_persons: {
    name: "patterns.matched_persons",
    parameters: {},
    columns: { arm: "VARCHAR", persons: "BIGINT", persons_placed: "BIGINT" },
    grain: ["arm"],
  },
  /** `position` is what `exit_pairs` point at: the row's place in the grain's order. */
  follow_up: {
    name: "patterns.follow_up",
    parameters: {},
    columns: { key: "INTEGER", follow_up_month: "INTEGER", cause: "INTEGER", position: "INTEGER", rows: "BIGINT" },
    grain: ["key", "follow_up_month", "cause"],
  },
  exit_pairs: {
    name: "patterns.exit_pairs",
    parameters: {},
    columns: { exit1: "INTEGER", exit2: "INTEGER", rows: "BIGINT" },
    grain: ["exit1", "exit2"],
  },
  follow_up_persons: {
    name: "patterns.follow_up_persons",
    parameters: {},
    columns: { arm: "VARCHAR", follow_up_month: "INTEGER", persons: "BIGINT", placed: "BIGINT" },
    grain: ["arm", "follow_up_month"],
  },
  placebo: {
    name: "patterns.placebo",
    parameters: {},
    columns: {
      key: "INTEGER",
      matched_rows: "BIGINT",
      rows: "BIGINT",
      days: "BIGINT",
      days_squared: "BIGINT",
      days90: "BIGINT",
    },
    grain: ["key"],
  },
  placebo_recurrence: {
    name: "patterns.placebo_recurrence",
    parameters: {},
    columns: {
      key1: "INTEGER",
      key2: "INTEGER",
      rows: "BIGINT",
      days1: "BIGINT",
      days2: "BIGINT",
      days12: "BIGINT",
      days90_1: "BIGINT",
      days90_2: "BIGINT",
      days90_12: "BIGINT",
    },
    grain: ["key1", "key2"],
  },
  placebo_populations: {
    name: "patterns.placebo_populations",
    parameters: {},
    columns: {
      arm: "VARCHAR",
      rows: "BIGINT",
      persons: "BIGINT",
      observed_rows: "BIGINT",
      observed_persons: "BIGINT",
      persons_worked: "BIGINT",
    },
    grain: ["arm"],
  },
  /** What several services add up before they match: days of start, then patterns by their content. */
  start_day_counts: {
    name: "patterns.start_day_counts",
    parameters: {},
    columns: { month: "INTEGER", started_on: "VARCHAR", participants: "BIGINT" },
    grain: ["month", "started_on"],
  },
  pattern_counts: {
    name: "patterns.pattern_counts",
    parameters: {},
    columns: {
      arm: "INTEGER",
      month: "INTEGER",
      ...COVARIATE_COLUMNS,
      ...outcome,
      rows: "BIGINT",
      persons: "BIGINT",
      starts_later: "BIGINT",
    },
    grain: [
      "arm",
      "month",
      "age_band",
      "gender",
      "origin",
      "qualification",
      "unemployment_duration",
      "months_worked_24",
      "region",
      "index_month",
      "outcome",
      "after",
    ],
  },
  /**
   * Persons of the matched patterns, added population by population; no outcome is read. Also reads `patterns.population`,
   * loaded with the number that this population has.
   */
  members: {
    name: "patterns.members",
    parameters: {},
    columns: { population: "INTEGER", arm: "INTEGER", person_key: "INTEGER" },
    grain: ["population", "arm", "person_key"],
  },
  memberships: {
    name: "patterns.memberships",
    parameters: {},
    columns: { arm: "INTEGER", populations: "VARCHAR", persons: "BIGINT" },
    grain: ["arm", "populations"],
  },
  /** Also reads `patterns.handed` (key, weight, mean), loaded from a match once its means are known. */
  deleted_sums: {
    name: "patterns.deleted_sums",
    parameters: {},
    columns: { tt: "DOUBLE", cc: "DOUBLE", tc: "DOUBLE", whole_arm: "BIGINT" },
    grain: [],
  },
} as const satisfies Record<string, CatalogueEntry>;
