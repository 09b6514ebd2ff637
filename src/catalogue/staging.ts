import type { CatalogueEntry } from "./catalogue.ts";

/*
 * The staged tables: what every source is mapped to, whatever its language and format.
 * Days are inclusive as in the sources: `to_on` is the last day of a spell, null = still open on the extraction date.
 * `source_file` and `source_row` (1-based line or sheet row) point back at the row as it came.
 */
const origin = { source_file: "VARCHAR", source_row: "BIGINT" } as const;

export const GENDERS = ["woman", "man", "other"] as const;
export const ORIGINS = [
  "belgian",
  "eu",
  "other_european",
  "maghreb",
  "sub_saharan_african",
  "near_middle_east",
  "other_asian",
  "american",
  "unknown",
] as const;
/** ISCED 0-2, 3-4, 5-8; `unknown` holds foreign diplomas that are not recognised. */
export const QUALIFICATIONS = ["low", "medium", "high", "unknown"] as const;
export const CONTRACTS = ["permanent", "fixed_term", "agency", "self_employed", "subsidised", "student"] as const;
/** Why a jobseeker spell ended, as the register says. */
export const EXITS = ["work", "training", "deregistered", "emigrated", "died", "other"] as const;
export const SOLUTIONS = ["job", "training", "internship", "other", "none", "unknown"] as const;
/** A participant's place on the labour market, and whether something holds; only what is sensitive may be refused. */
export const ESF_ENTRY = ["unemployed", "long_term_unemployed", "inactive", "employed"] as const;
export const ESF_LEAVING = ["job_searching", "education", "employed", "inactive", "unknown"] as const;
const ASKED = ["yes", "no", "refused", "unknown"] as const;
const TOLD = ["yes", "no", "unknown"] as const;
export const END_REASONS = ["completed", "job_found", "mentee_stopped", "mentor_stopped", "moved", "other"] as const;

export const STAGED = {
  branches: {
    name: "staging.branches",
    parameters: {},
    columns: { branch_id: "VARCHAR", name: "VARCHAR", region: "VARCHAR", ...origin },
    grain: ["branch_id"],
  },
  mentees: {
    name: "staging.mentees",
    parameters: {},
    columns: {
      mentee_id: "VARCHAR",
      branch_id: "VARCHAR",
      person_number: "VARCHAR",
      birth_on: "DATE",
      gender: "VARCHAR",
      origin: "VARCHAR",
      qualification: "VARCHAR",
      info_session_on: "DATE",
      intake_on: "DATE",
      ...origin,
    },
    grain: ["mentee_id"],
  },
  mentors: {
    name: "staging.mentors",
    parameters: {},
    columns: {
      mentor_id: "VARCHAR",
      branch_id: "VARCHAR",
      birth_on: "DATE",
      gender: "VARCHAR",
      former_sector: "VARCHAR",
      info_session_on: "DATE",
      intake_on: "DATE",
      trained_on: "DATE",
      ...origin,
    },
    grain: ["mentor_id"],
  },
  duos: {
    name: "staging.duos",
    parameters: {},
    columns: {
      duo_id: "VARCHAR",
      mentee_id: "VARCHAR",
      mentor_id: "VARCHAR",
      branch_id: "VARCHAR",
      matched_on: "DATE",
      first_meeting_on: "DATE",
      started_on: "DATE",
      ended_on: "DATE",
      end_reason: "VARCHAR",
      assessed_on: "DATE",
      ...origin,
    },
    grain: ["duo_id"],
  },
  declared_outcomes: {
    name: "staging.declared_outcomes",
    parameters: {},
    columns: {
      duo_id: "VARCHAR",
      declared_on: "DATE",
      solution: "VARCHAR",
      solution_on: "DATE",
      contract_months: "INTEGER",
      ...origin,
    },
    grain: ["duo_id", "declared_on", "solution"],
  },
  esf_records: {
    name: "staging.esf_records",
    parameters: {},
    columns: {
      mentee_id: "VARCHAR",
      entered_on: "DATE",
      left_on: "DATE",
      status_on_entry: "VARCHAR",
      qualification: "VARCHAR",
      disability: "VARCHAR",
      third_country_national: "VARCHAR",
      foreign_background: "VARCHAR",
      minority: "VARCHAR",
      homeless: "VARCHAR",
      rural: "VARCHAR",
      leaving_status_on: "DATE",
      status_on_leaving: "VARCHAR",
      qualification_gained: "VARCHAR",
      status_after_6_months: "VARCHAR",
      situation_improved: "VARCHAR",
      ...origin,
    },
    grain: ["mentee_id", "entered_on", "leaving_status_on"],
  },
  budget: {
    name: "staging.budget",
    parameters: {},
    columns: {
      region: "VARCHAR",
      year: "INTEGER",
      item: "VARCHAR",
      amount_eur: "DOUBLE",
      funder: "VARCHAR",
      ...origin,
    },
    grain: ["region", "year", "item", "funder"],
  },
  jobseekers: {
    name: "staging.jobseekers",
    parameters: {},
    columns: {
      register: "VARCHAR",
      person_number: "VARCHAR",
      birth_on: "DATE",
      gender: "VARCHAR",
      origin: "VARCHAR",
      qualification: "VARCHAR",
      ...origin,
    },
    grain: ["register", "person_number"],
  },
  jobseeker_spells: {
    name: "staging.jobseeker_spells",
    parameters: {},
    columns: {
      register: "VARCHAR",
      person_number: "VARCHAR",
      from_on: "DATE",
      to_on: "DATE",
      exit: "VARCHAR",
      ...origin,
    },
    grain: ["source_file", "source_row"],
  },
  employment_spells: {
    name: "staging.employment_spells",
    parameters: {},
    columns: {
      register: "VARCHAR",
      person_number: "VARCHAR",
      from_on: "DATE",
      to_on: "DATE",
      contract: "VARCHAR",
      contract_months: "INTEGER",
      work_fraction: "DOUBLE",
      ...origin,
    },
    grain: ["source_file", "source_row"],
  },
} as const satisfies Record<string, CatalogueEntry>;

/** A name in the schema `staging`, without it: every one is built in each run, empty where no source gives it. */
export type StagedTable = keyof typeof STAGED;

/** The codes a staged column may hold; any other text of a source is an error until the mapping's `codes` translate it. */
export const STAGED_CODES: Readonly<Record<string, readonly string[]>> = {
  gender: GENDERS,
  origin: ORIGINS,
  qualification: QUALIFICATIONS,
  contract: CONTRACTS,
  exit: EXITS,
  solution: SOLUTIONS,
  end_reason: END_REASONS,
  status_on_entry: ESF_ENTRY,
  disability: ASKED,
  third_country_national: TOLD,
  foreign_background: ASKED,
  minority: ASKED,
  homeless: ASKED,
  rural: TOLD,
  status_on_leaving: ESF_LEAVING,
  qualification_gained: TOLD,
  status_after_6_months: ESF_LEAVING,
  situation_improved: TOLD,
};

/** Columns without which a row says nothing: a row that lacks one is rejected, a mapping that lacks one is refused. */
export const STAGED_REQUIRED = {
  branches: ["branch_id", "region"],
  mentees: ["mentee_id", "branch_id", "birth_on"],
  mentors: ["mentor_id", "branch_id"],
  duos: ["duo_id", "mentee_id", "mentor_id", "branch_id"],
  declared_outcomes: ["duo_id", "declared_on", "solution"],
  esf_records: ["mentee_id", "entered_on"],
  budget: ["region", "year", "item", "amount_eur"],
  jobseekers: ["register", "person_number", "birth_on"],
  jobseeker_spells: ["register", "person_number", "from_on"],
  employment_spells: ["register", "person_number", "from_on"],
} as const satisfies Record<StagedTable, readonly string[]>;

/** Every problem found in a row, rejected or only warned about; `row` as in `source_row`, `column_name` as the sender calls it, `remedy` the message without its place. */
export const STAGED_REJECTS = {
  name: "staging.rejects",
  parameters: {},
  columns: {
    source: "VARCHAR",
    table_name: "VARCHAR",
    file: "VARCHAR",
    row: "BIGINT",
    field: "VARCHAR",
    column_name: "VARCHAR",
    value: "VARCHAR",
    rule: "VARCHAR",
    severity: "VARCHAR",
    message: "VARCHAR",
    remedy: "VARCHAR",
  },
  grain: ["source", "table_name", "file", "row", "field", "rule"],
} as const satisfies CatalogueEntry;
