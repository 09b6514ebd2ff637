import type { CatalogueEntry } from "./catalogue.ts";
import { COVARIATE_COLUMNS } from "./covariates.ts";

/*
 * From staged tables to risk sets and attrition (method.md §1), in the order in which they are built.
 * They also read the small tables of the schema `settings`, made from the protocol.
 */
const spell = { person_key: "INTEGER", from_on: "DATE", to_on: "DATE" } as const;
const source = { source_file: "VARCHAR", source_row: "BIGINT" } as const;

export const RISK = {
  persons: {
    name: "risk.persons",
    parameters: { register: "VARCHAR" },
    columns: {
      person_key: "INTEGER",
      person_number: "VARCHAR",
      birth_on: "DATE",
      gender: "VARCHAR",
      origin: "VARCHAR",
      qualification: "VARCHAR",
      eligible_origin: "BOOLEAN",
    },
    grain: ["person_key"],
  },
  registered_spells: {
    name: "risk.registered_spells",
    parameters: { register: "VARCHAR" },
    columns: { ...spell, exit: "VARCHAR", ...source },
    grain: ["source_file", "source_row"],
  },
  employment_spells: {
    name: "risk.employment_spells",
    parameters: { register: "VARCHAR" },
    columns: { ...spell, contract: "VARCHAR", contract_months: "INTEGER", counts: "BOOLEAN", ...source },
    grain: ["source_file", "source_row"],
  },
  merged_employment: {
    name: "risk.merged_employment",
    parameters: {},
    columns: spell,
    grain: ["person_key", "from_on"],
  },
  duos: {
    name: "risk.duos",
    parameters: { region: "VARCHAR" },
    columns: {
      duo_id: "VARCHAR",
      mentee_id: "VARCHAR",
      person: "VARCHAR",
      person_key: "INTEGER",
      started_on: "DATE",
      month: "INTEGER",
      region: "VARCHAR",
      first_of_person: "BOOLEAN",
      reason: "VARCHAR",
    },
    grain: ["duo_id"],
  },
  first_starts: {
    name: "risk.first_starts",
    parameters: {},
    columns: { person_key: "INTEGER", started_on: "DATE", month: "INTEGER" },
    grain: ["person_key"],
  },
  start_days: {
    name: "risk.start_days",
    parameters: {},
    columns: { month: "INTEGER", ordinal: "INTEGER", started_on: "DATE", person_key: "INTEGER" },
    grain: ["month", "ordinal"],
  },
  /** In the place of `start_days` where several services have each a register; reads `patterns.common_days`. */
  start_days_among: {
    name: "risk.start_days_among",
    parameters: {},
    columns: { month: "INTEGER", ordinal: "INTEGER", started_on: "DATE", person_key: "INTEGER" },
    grain: ["month", "ordinal"],
  },
  index_months: {
    name: "risk.index_months",
    parameters: {},
    columns: {
      month: "INTEGER",
      position: "INTEGER",
      year: "INTEGER",
      label: "VARCHAR",
      first_on: "DATE",
      last_on: "DATE",
      starts: "BIGINT",
    },
    grain: ["month"],
  },
  maturity: {
    name: "risk.maturity",
    parameters: { months: "INTEGER", lag: "INTEGER", extraction: "VARCHAR" },
    columns: {
      month: "INTEGER",
      label: "VARCHAR",
      definition: "VARCHAR",
      after: "INTEGER",
      known_on: "DATE",
      mature: "BOOLEAN",
    },
    grain: ["month", "definition", "after"],
  },
  candidates: {
    name: "risk.candidates",
    parameters: { seed: "VARCHAR", index: "VARCHAR", reuse: "VARCHAR" },
    columns: {
      person_key: "INTEGER",
      month: "INTEGER",
      arm: "INTEGER",
      index_on: "DATE",
      registered_from: "DATE",
      drawn: "BOOLEAN",
    },
    grain: ["person_key", "month"],
  },
  tested: {
    name: "risk.tested",
    parameters: { age_from: "INTEGER", age_to: "INTEGER" },
    columns: {
      person_key: "INTEGER",
      month: "INTEGER",
      arm: "INTEGER",
      index_on: "DATE",
      age: "INTEGER",
      registered_from: "DATE",
      reason: "VARCHAR",
    },
    grain: ["person_key", "month"],
  },
  person_months: {
    name: "risk.person_months",
    parameters: { region: "VARCHAR" },
    columns: {
      person_key: "INTEGER",
      month: "INTEGER",
      arm: "INTEGER",
      index_on: "DATE",
      age: "INTEGER",
      ...COVARIATE_COLUMNS,
    },
    grain: ["person_key", "month"],
  },
  attrition: {
    name: "risk.attrition",
    parameters: {},
    columns: {
      definition: "VARCHAR",
      after: "INTEGER",
      arm: "VARCHAR",
      ordinal: "INTEGER",
      reason: "VARCHAR",
      rows: "BIGINT",
      persons: "BIGINT",
    },
    grain: ["definition", "after", "arm", "ordinal"],
  },
  /** Built after the match, for the primary outcome; no outcome is read. Identifiers leave it as pseudonyms only. */
  participants: {
    name: "risk.participants",
    parameters: { definition: "VARCHAR", after: "INTEGER" },
    columns: { mentee_id: "VARCHAR", person_number: "VARCHAR", cohort_year: "INTEGER", outcome: "VARCHAR" },
    grain: ["mentee_id"],
  },
  /** Built after the match: with `follow_up`, the only query that reads what happened after the index day. */
  placements: {
    name: "risk.placements",
    parameters: { months: "INTEGER", extraction: "VARCHAR", contract_length: "VARCHAR" },
    columns: {
      person_key: "INTEGER",
      month: "INTEGER",
      key: "INTEGER",
      definition: "VARCHAR",
      after: "INTEGER",
      mature: "BOOLEAN",
      y: "INTEGER",
      unknown: "INTEGER",
    },
    grain: ["person_key", "month", "definition", "after"],
  },
  /** Built after the match, for one window: when and why each person-month leaves follow-up. */
  follow_up: {
    name: "risk.follow_up",
    parameters: { months: "INTEGER", lag: "INTEGER", extraction: "VARCHAR" },
    columns: { person_key: "INTEGER", month: "INTEGER", follow_up_month: "INTEGER", cause: "INTEGER" },
    grain: ["person_key", "month"],
  },
  /** Built after the match: work long before the index day, which the programme can't have changed. */
  placebo: {
    name: "risk.placebo",
    parameters: {},
    columns: { person_key: "INTEGER", month: "INTEGER", observed: "BOOLEAN", days: "BIGINT", days90: "BIGINT" },
    grain: ["person_key", "month"],
  },
} as const satisfies Record<string, CatalogueEntry>;
