/** What persons at risk can be matched on, as every table that tells of them has it. */
export const COVARIATE_COLUMNS = {
  age_band: "VARCHAR",
  gender: "VARCHAR",
  origin: "VARCHAR",
  qualification: "VARCHAR",
  region: "VARCHAR",
  index_month: "VARCHAR",
  unemployment_duration: "VARCHAR",
  months_worked_24: "VARCHAR",
} as const;
