import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine, SqlRow, TableSource } from "../../src/engine/engine.ts";
import { type IngestSummary, ingest } from "../../src/ingest/ingest.ts";
import { loadSourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { packageRoot } from "../../src/package-root.ts";
import type { CohortSettings, CohortTables } from "./cohort-oracle-rows.ts";

/** The sample's programme and one register, staged by their mappings. */
export interface StagedSample {
  readonly engine: TableSource;
  readonly summary: IngestSummary;
}

/** Stages the programme's tables and one register of the sample; close the engine when done. */
export async function stageSample(register: string): Promise<StagedSample> {
  const engine = await openDuckDb({ threads: 2 });
  const names = ["branches", "mentees", "mentors", "duos", "outcomes", register];
  const sources = names.map((name) => loadSourceMapping(`${packageRoot()}/pipelines/sources`, name));
  return { engine, summary: await ingest(engine, sources, { projectFolder: packageRoot() }) };
}

/** The staged tables as plain rows, days as ISO texts, for the oracle. */
export async function plainTables(engine: SqlEngine): Promise<CohortTables> {
  const rows = async <T>(table: string, columns: string): Promise<readonly T[]> =>
    (await engine.rows({ name: table, text: `select ${columns} from staging.${table}` })).map(plain) as readonly T[];
  const spell = "register, person_number, cast(from_on as varchar) as from_on, cast(to_on as varchar) as to_on";
  const birth = "cast(birth_on as varchar) as birth_on";
  return {
    branches: await rows("branches", "branch_id, region"),
    mentees: await rows("mentees", "mentee_id, person_number"),
    duos: await rows("duos", "duo_id, mentee_id, branch_id, cast(started_on as varchar) as started_on"),
    jobseekers: await rows("jobseekers", `register, person_number, ${birth}, gender, origin, qualification`),
    jobseeker_spells: await rows("jobseeker_spells", `${spell}, exit`),
    employment_spells: await rows("employment_spells", `${spell}, contract, contract_months`),
  };
}

/** The settings of `pipelines/sib-evaluation.yaml`, as the oracle takes them. */
export const SIB_SETTINGS: CohortSettings = {
  region: "brussels",
  register: "actiris",
  years: [2014, 2015, 2016],
  seed: "sib-2014",
  eligibility: {
    ageFrom: 18,
    ageTo: 33,
    origins: ["other_european", "maghreb", "sub_saharan_african", "near_middle_east", "other_asian", "american"],
  },
  excludedContracts: ["student"],
  ageBands: [18, 22, 26, 30],
  index: "start-day",
  reuse: "every-month",
  extraction: "2018-03-31",
  reportingLagMonths: 2,
  outcomes: [{ definition: "days90", after: 0 }],
  contractLength: "contractual",
};

function plain(row: SqlRow): SqlRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
  );
}
