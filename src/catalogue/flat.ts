import type { SqlType } from "../engine/engine.ts";
import type { CatalogueEntry } from "./catalogue.ts";

/*
 * The queries behind `duo-impact evaluate`: one flat file, one row a person, columns named by the user.
 * The engine knows covariates as c1 ... cK, what a Parquet file stores as numbers stays a number there; staged, they
 * are packed into integer keys k1, ..., or stand as w1, ....
 */

const texts = (covariates: number): Readonly<Record<string, SqlType>> =>
  Object.fromEntries(Array.from({ length: covariates }, (_, i) => [`c${i + 1}`, "VARCHAR" as const]));

/** Rows, and sums of the outcome, by arm and covariate texts. */
export const textsEntry = (covariates: number) =>
  ({
    name: "flat.texts",
    parameters: {},
    columns: {
      arm: "INTEGER",
      ...texts(covariates),
      rows: "BIGINT",
      unreadable: "BIGINT",
      fractional: "BOOLEAN",
      sum: "DOUBLE",
      sumsq: "DOUBLE",
      least: "DOUBLE",
      most: "DOUBLE",
    },
    grain: ["arm", ...Object.keys(texts(covariates))],
  }) satisfies CatalogueEntry;

const FACTS = {
  rows: "BIGINT",
  arms: "BIGINT",
  outcomes: "BIGINT",
  fractional: "BOOLEAN",
  in_unit: "BOOLEAN",
  least: "DOUBLE",
  most: "DOUBLE",
} as const;

/** With one packed key; there may be more (k2, ...), and covariates of their own (w1, ...). */
const GROUPED = { arm: "INTEGER", k1: "INTEGER", rows: "DOUBLE", sum: "DOUBLE" } as const;

export const FLAT = {
  facts: { name: "flat.facts", parameters: {}, columns: FACTS, grain: [] },
  facts_texts: { name: "flat.facts_texts", parameters: {}, columns: FACTS, grain: [] },
  levels: {
    name: "flat.levels",
    parameters: { most: "INTEGER", missing: "VARCHAR" },
    columns: { covariate: "VARCHAR", text: "VARCHAR", level: "VARCHAR", number: "DOUBLE", rows: "BIGINT" },
    grain: ["covariate", "text"],
  },
  grouped: {
    name: "flat.grouped",
    parameters: {},
    columns: { ...GROUPED, sumsq: "DOUBLE" },
    grain: ["arm", "k1"],
  },
  grouped_binary: { name: "flat.grouped_binary", parameters: {}, columns: GROUPED, grain: ["arm", "k1"] },
  grouped_texts: {
    name: "flat.grouped_texts",
    parameters: {},
    columns: { ...GROUPED, sumsq: "DOUBLE" },
    grain: ["arm", "k1"],
  },
  participant_strata: {
    name: "flat.participant_strata",
    parameters: { shift: "INTEGER" },
    columns: { stratum: "INTEGER" },
    grain: ["stratum"],
  },
  grouped_shared: {
    name: "flat.grouped_shared",
    parameters: { shift: "INTEGER" },
    columns: GROUPED,
    grain: ["arm", "k1"],
  },
  grouped_shared_texts: {
    name: "flat.grouped_shared_texts",
    parameters: { shift: "INTEGER" },
    columns: GROUPED,
    grain: ["arm", "k1"],
  },
  singles: {
    name: "flat.singles",
    parameters: {},
    columns: { arm: "INTEGER", k1: "INTEGER", sum: "DOUBLE" },
    grain: [],
  },
  ordered_sums: {
    name: "flat.ordered_sums",
    parameters: {},
    columns: { key: "BIGINT", sum: "DOUBLE", sumsq: "DOUBLE" },
    grain: ["key"],
  },
  covariates: {
    name: "flat.covariates",
    parameters: {},
    columns: {
      covariate: "VARCHAR",
      numeric: "BOOLEAN",
      missing: "BIGINT",
      numbers: "BIGINT",
      words: "BIGINT",
      word: "VARCHAR",
      commas: "BIGINT",
      infinite: "BIGINT",
    },
    grain: ["covariate"],
  },
  problems: {
    name: "flat.problems",
    parameters: { numeric: "VARCHAR", most: "INTEGER", ids: "BOOLEAN" },
    columns: { row: "BIGINT", field: "VARCHAR", text: "VARCHAR", total: "BIGINT" },
    grain: ["row", "field"],
  },
  weights: {
    name: "flat.weights",
    parameters: { weights: "VARCHAR", strata: "VARCHAR" },
    columns: { key: "BIGINT", weight: "DOUBLE", stratum: "INTEGER" },
    grain: ["key"],
  },
  keyed: {
    name: "flat.keyed",
    parameters: {},
    columns: { row: "BIGINT", id: "VARCHAR", arm: "INTEGER", key: "BIGINT", outcome: "DOUBLE" },
    grain: ["row"],
  },
  keyed_singles: {
    name: "flat.keyed_singles",
    parameters: {},
    columns: { row: "BIGINT", id: "VARCHAR", arm: "INTEGER", key: "BIGINT", outcome: "DOUBLE" },
    grain: ["row"],
  },
  people: {
    name: "flat.people",
    parameters: {},
    columns: { row: "BIGINT", person: "INTEGER", place: "INTEGER" },
    grain: ["row"],
  },
  labels: {
    name: "flat.labels",
    parameters: { labels: "VARCHAR" },
    columns: { key: "BIGINT", label: "VARCHAR" },
    grain: ["key"],
  },
  pairs_file: {
    name: "flat.pairs_file",
    parameters: { treated: "VARCHAR", control: "VARCHAR", rank: "VARCHAR", distance: "VARCHAR", ids: "BOOLEAN" },
    columns: { treated_id: "VARCHAR", control_id: "VARCHAR", rank: "INTEGER", distance: "DOUBLE" },
    grain: [],
  },
  repeats: {
    name: "flat.repeats",
    parameters: {},
    columns: { rows: "BIGINT", persons: "BIGINT" },
    grain: [],
  },
  recurrence: {
    name: "flat.recurrence",
    parameters: {},
    columns: { key1: "INTEGER", key2: "INTEGER", rows: "DOUBLE", sum1: "DOUBLE", sum2: "DOUBLE", sum12: "DOUBLE" },
    grain: ["key1", "key2"],
  },
  persons_matched: {
    name: "flat.persons_matched",
    parameters: {},
    columns: { persons: "BIGINT", treated: "BIGINT", control: "BIGINT" },
    grain: [],
  },
  persons_by_level: {
    name: "flat.persons_by_level",
    parameters: { levels: "VARCHAR" },
    columns: { level: "INTEGER", persons: "BIGINT" },
    grain: ["level"],
  },
  deleted_sums: {
    name: "flat.deleted_sums",
    parameters: { mean_treated: "DOUBLE", mean_control: "DOUBLE", weight_treated: "DOUBLE", weight_control: "DOUBLE" },
    columns: { tt: "DOUBLE", cc: "DOUBLE", tc: "DOUBLE", whole_arm: "BIGINT" },
    grain: [],
  },
  weights_file: {
    name: "flat.weights_file",
    parameters: { scale: "DOUBLE", ids: "BOOLEAN" },
    columns: { id: "VARCHAR", treated: "INTEGER", stratum: "VARCHAR", weight: "DOUBLE" },
    grain: [],
  },
} as const satisfies Record<string, CatalogueEntry>;
