import { onTestFinished } from "vitest";
import { type CatalogueEntry, sqlOf } from "../../src/catalogue/catalogue.ts";
import { SURVEY_STAGED } from "../../src/catalogue/questionnaires.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import type { SurveySettings } from "../../src/indicators/questionnaire-settings.ts";
import { printTable, type StagedTables, stagedEngine } from "./tables.ts";

export const SURVEY: SurveySettings = {
  codebook: {
    items: [
      { item: "project", kind: "likert", theme: "support", scale: "agreement", reversed: false },
      { item: "recommend", kind: "nps", reversed: false },
    ],
    scales: {
      agreement: { answers: ["1", "2", "3"].map((code) => ({ code, neutral: code === "2", noAnswer: false })) },
    },
  },
  privacyMinimum: 2,
  reliabilityMinimum: 4,
  improve: { lowest: 1, waves: ["end"] },
};
export const SETTINGS = { years: [2022, 2023], asOf: "2024-06-30", survey: SURVEY };
export const PEOPLE: StagedTables = {
  branches: "branch_id | region\nB1 | brussels\nF1 | flanders",
  mentees: "mentee_id | branch_id\nM1 | B1\nM2 | B1\nM3 | F1",
  mentors: "mentor_id | branch_id\nR1 | B1\nR2 | F1",
};
export const duos = (rows: string): StagedTables => ({
  ...PEOPLE,
  duos: `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on\n${rows}`,
});

export type Row = Readonly<Record<string, string | number | boolean | null>>;
export interface Survey {
  readonly responses?: readonly Row[];
  readonly answers?: readonly Row[];
  readonly quotes?: readonly Row[];
  readonly exports?: readonly Row[];
}
const ALL_DUOS = [{ export: "all", started_from: null, started_to: null }];

/** A response: duo, role, wave, day and what else differs. */
export const response = (
  duo_id: string,
  role: string,
  wave: string,
  submitted_on: string | null,
  complete = true,
): Row => ({
  ...{ response_id: `${duo_id}-${role}-${wave}`, duo_id, role, wave, submitted_on, complete },
  ...{ language: "fr", source_file: "in/export.csv", source_row: 2 },
});

/** An engine with these tables and this survey, closed when the test ends. */
export async function staged(tables: StagedTables, survey: Survey): Promise<SqlEngine> {
  const engine = await stagedEngine(tables);
  onTestFinished(() => engine.close());
  for (const [name, entry] of Object.entries(SURVEY_STAGED)) {
    const rows = survey[name as keyof Survey] ?? (name === "exports" ? ALL_DUOS : []);
    await engine.build(sqlOf(entry), entry.grain, { rows: JSON.stringify(rows) });
  }
  return engine;
}

export async function printed(own: SqlEngine, entry: CatalogueEntry, columns: string, where = "true"): Promise<string> {
  const names = columns.split(",").map((column) => column.trim());
  const text = `select ${names.join(", ")} from ${entry.name} where ${where} order by all`;
  return printTable(await own.rows({ name: entry.name, text }), names);
}

/** Builds the programme's year over the staged tables and prints columns of one table. */
export async function built(
  tables: StagedTables,
  survey: Survey,
  entry: CatalogueEntry,
  columns: string,
  where = "true",
): Promise<string> {
  const own = await staged(tables, survey);
  await programmeFindings(own, SETTINGS);
  return printed(own, entry, columns, where);
}
