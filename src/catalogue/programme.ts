import type { CatalogueEntry } from "./catalogue.ts";

/*
 * The programme's year beside the impact estimate, from staged tables, in the order in which they are built.
 * A place is a region (or `network`) and a branch of it (or `total`); a period is a year or all years together.
 */
const asOf = { as_of: "DATE" } as const;
const place = { region: "VARCHAR", dimension: "VARCHAR", level: "VARCHAR", period: "VARCHAR" } as const;
const PLACE = ["region", "dimension", "level", "period"] as const;

export const PROGRAMME = {
  periods: {
    name: "programme.periods",
    parameters: { year_from: "INTEGER", year_to: "INTEGER", ...asOf },
    columns: { period: "VARCHAR", year: "INTEGER", opens_on: "DATE", closes_on: "DATE" },
    grain: ["period", "year"],
  },
  places: {
    name: "programme.places",
    parameters: {},
    columns: { branch_id: "VARCHAR", region: "VARCHAR", dimension: "VARCHAR", level: "VARCHAR" },
    grain: ["branch_id", "region", "dimension"],
  },
  duos: {
    name: "programme.duos",
    parameters: asOf,
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
      nth_of_mentor: "INTEGER",
      first_of_mentee: "BOOLEAN",
    },
    grain: ["duo_id"],
  },
  mentorDuos: {
    name: "programme.mentor_duos",
    parameters: {},
    columns: {
      mentor_id: "VARCHAR",
      branch_id: "VARCHAR",
      duo_id: "VARCHAR",
      nth: "INTEGER",
      started_on: "DATE",
      ended_on: "DATE",
      previous_ended_on: "DATE",
    },
    grain: ["mentor_id", "nth"],
  },
  steps: {
    name: "programme.steps",
    parameters: asOf,
    columns: {
      role: "VARCHAR",
      person_id: "VARCHAR",
      branch_id: "VARCHAR",
      step: "INTEGER",
      reached_on: "DATE",
      entered_on: "DATE",
    },
    grain: ["role", "person_id", "step"],
  },
  funnel: {
    name: "indicators.funnel",
    parameters: {},
    columns: {
      role: "VARCHAR",
      ...place,
      step: "INTEGER",
      persons: "BIGINT",
      waited: "BIGINT",
      median_days: "DOUBLE",
    },
    grain: ["role", ...PLACE, "step"],
  },
  duoStatuses: {
    name: "indicators.duos",
    parameters: {},
    columns: { ...place, status: "VARCHAR", duos: "BIGINT", mentees: "BIGINT" },
    grain: [...PLACE, "status"],
  },
  mentorCapacity: {
    name: "indicators.mentor_capacity",
    parameters: {},
    columns: {
      ...place,
      trained: "BIGINT",
      active: "BIGINT",
      waiting_first: "BIGINT",
      waiting_next: "BIGINT",
      dormant: "BIGINT",
      several_duos: "BIGINT",
    },
    grain: PLACE,
  },
  mentorReturns: {
    name: "indicators.mentor_returns",
    parameters: asOf,
    columns: { ...place, since: "VARCHAR", mentors: "BIGINT", returned: "BIGINT" },
    grain: [...PLACE, "since"],
  },
  mentorDuoCounts: {
    name: "indicators.mentor_duos",
    parameters: {},
    columns: {
      ...place,
      mentors: "BIGINT",
      duos: "BIGINT",
      most: "BIGINT",
      one: "BIGINT",
      two: "BIGINT",
      three_or_more: "BIGINT",
      waited: "BIGINT",
      median_days: "DOUBLE",
    },
    grain: PLACE,
  },
  declared: {
    name: "programme.declared",
    parameters: asOf,
    columns: { duo_id: "VARCHAR", mentee_id: "VARCHAR", branch_id: "VARCHAR", ended_on: "DATE", solution: "VARCHAR" },
    grain: ["duo_id"],
  },
  declaredOutcomes: {
    name: "indicators.declared_outcomes",
    parameters: {},
    columns: { ...place, solution: "VARCHAR", duos: "BIGINT", mentees: "BIGINT" },
    grain: [...PLACE, "solution"],
  },
  profile: {
    name: "indicators.profile",
    parameters: {},
    columns: {
      role: "VARCHAR",
      region: "VARCHAR",
      dimension: "VARCHAR",
      level: "VARCHAR",
      period: "VARCHAR",
      persons: "BIGINT",
    },
    grain: ["role", ...PLACE],
  },
} as const satisfies Record<string, CatalogueEntry>;
