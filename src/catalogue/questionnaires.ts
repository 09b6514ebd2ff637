import type { CatalogueEntry } from "./catalogue.ts";

/** Responses as they were read; `rows` is their JSON. */
export const SURVEY_STAGED = {
  responses: {
    name: "staging.survey_responses",
    parameters: { rows: "VARCHAR" },
    columns: {
      response_id: "VARCHAR",
      duo_id: "VARCHAR",
      role: "VARCHAR",
      wave: "VARCHAR",
      submitted_on: "DATE",
      language: "VARCHAR",
      complete: "BOOLEAN",
      source_file: "VARCHAR",
      source_row: "BIGINT",
    },
    grain: ["duo_id", "role", "wave"],
  },
  answers: {
    name: "staging.survey_answers",
    parameters: { rows: "VARCHAR" },
    columns: { response_id: "VARCHAR", item: "VARCHAR", code: "VARCHAR", number: "DOUBLE" },
    grain: ["response_id", "item", "code"],
  },
  quotes: {
    name: "staging.survey_quotes",
    parameters: { rows: "VARCHAR" },
    columns: { response_id: "VARCHAR", item: "VARCHAR", text: "VARCHAR" },
    grain: ["response_id", "item"],
  },
  exports: {
    name: "staging.survey_exports",
    parameters: { rows: "VARCHAR" },
    columns: { export: "VARCHAR", started_from: "DATE", started_to: "DATE" },
    grain: ["export"],
  },
} as const satisfies Record<string, CatalogueEntry>;

const who = { role: "VARCHAR", wave: "VARCHAR" } as const;

/** The questionnaires' tables on the programme's duos, places and periods, in the order in which they are built. */
export const QUESTIONNAIRES = {
  asked: {
    name: "programme.survey_asked",
    parameters: { as_of: "DATE" },
    columns: {
      duo_id: "VARCHAR",
      ...who,
      person_id: "VARCHAR",
      branch_id: "VARCHAR",
      reached_on: "DATE",
      response_id: "VARCHAR",
      submitted_on: "DATE",
      status: "VARCHAR",
    },
    grain: ["duo_id", "role", "wave"],
  },
  respondents: {
    name: "programme.survey_respondents",
    parameters: {},
    columns: { period: "VARCHAR", ...who, person_id: "VARCHAR", branch_id: "VARCHAR", response_id: "VARCHAR" },
    grain: ["period", "role", "wave", "person_id"],
  },
  scores: {
    name: "programme.survey_scores",
    parameters: {},
    columns: {
      period: "VARCHAR",
      ...who,
      region: "VARCHAR",
      response_id: "VARCHAR",
      item: "VARCHAR",
      number: "DOUBLE",
    },
    grain: ["period", "role", "wave", "response_id", "item"],
  },
  responses: {
    name: "indicators.survey_responses",
    parameters: {},
    columns: {
      ...who,
      region: "VARCHAR",
      dimension: "VARCHAR",
      level: "VARCHAR",
      period: "VARCHAR",
      invited: "BIGINT",
      complete: "BIGINT",
      partial: "BIGINT",
      persons: "BIGINT",
    },
    grain: ["role", "wave", "region", "dimension", "level", "period"],
  },
  answers: {
    name: "indicators.survey_answers",
    parameters: {},
    columns: {
      ...who,
      region: "VARCHAR",
      period: "VARCHAR",
      item: "VARCHAR",
      code: "VARCHAR",
      number: "DOUBLE",
      persons: "BIGINT",
      answered: "BIGINT",
    },
    grain: ["role", "wave", "region", "period", "item", "code"],
  },
  quotes: {
    name: "indicators.survey_quotes",
    parameters: {},
    columns: {
      period: "VARCHAR",
      region: "VARCHAR",
      role: "VARCHAR",
      item: "VARCHAR",
      response_id: "VARCHAR",
      text: "VARCHAR",
      respondents: "BIGINT",
      network_respondents: "BIGINT",
    },
    grain: ["period", "response_id", "item"],
  },
} as const satisfies Record<string, CatalogueEntry>;
