import type { CatalogueEntry } from "../../src/catalogue/catalogue.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { printTable, type StagedTables, stagedEngine } from "./tables.ts";

/** Years of the programme that tests of its queries report, and the day of the data. */
export const YEARS = { years: [2022, 2023], asOf: "2024-06-30" };

/** Branches of two regions, one of them with two. */
export const BRANCHES = "branch_id | region\nB1 | brussels\nB2 | brussels\nF1 | flanders";

/** One trained mentor. */
export const MENTORS =
  "mentor_id | branch_id | info_session_on | intake_on | trained_on\nR1 | B1 | 2021-11-01 | 2021-12-01 | 2022-01-15";

/** Builds the programme's year over the staged tables and prints columns of one table. */
export async function builtTable(
  tables: StagedTables,
  entry: CatalogueEntry,
  columns: string,
  where = "true",
): Promise<string> {
  const engine = await stagedEngine({ branches: BRANCHES, ...tables });
  try {
    await programmeFindings(engine, YEARS);
    const names = columns.split(",").map((column) => column.trim());
    const text = `select ${names.join(", ")} from ${entry.name} where ${where} order by all`;
    return printTable(await engine.rows({ name: entry.name, text }), names);
  } finally {
    await engine.close();
  }
}
