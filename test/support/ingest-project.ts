import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine, SqlRow } from "../../src/engine/engine.ts";
import { type IngestOptions, ingest, type Ingested as Read } from "../../src/ingest/ingest.ts";
import { SourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { UserError } from "../../src/user-error.ts";

/** Files of a project made for one test, by path. */
export type ProjectFiles = Readonly<Record<string, string | Uint8Array>>;

/** Makes a project folder, hands it over and removes it. */
export async function withProject<T>(files: ProjectFiles, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "ingest-test-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Ingested {
  readonly summary: Read;
  readonly rows: (sql: string) => Promise<readonly SqlRow[]>;
  readonly engine: SqlEngine;
}

/** Ingests files with mappings given as plain objects (checked by the schema) and hands over what came of it. */
export async function ingested<T>(
  files: ProjectFiles,
  mappings: readonly unknown[],
  use: (result: Ingested) => Promise<T>,
  options: Partial<IngestOptions> = {},
): Promise<T> {
  return withProject(files, async (projectFolder) => {
    // a few rows are read on one thread, save where the engine reads a file at once
    const engine = await openDuckDb(options.plainFrom === undefined ? { threads: 1 } : {});
    try {
      const sources = mappings.map((mapping) => SourceMapping.parse(mapping));
      const summary = await ingest(engine, sources, { projectFolder, maxRejectedShare: 1, ...options });
      return await use({ summary, engine, rows: (text) => engine.rows({ name: "test", text }) });
    } finally {
      await engine.close();
    }
  });
}

/** The problems with which an ingest is refused. */
export async function refusal(
  files: ProjectFiles,
  mappings: readonly unknown[],
  options: Partial<IngestOptions> = {},
): Promise<readonly string[]> {
  try {
    await ingested(files, mappings, async () => undefined, options);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}

export const branchesCsv = "branch_id,name,region\nB1,Brussels,brussels\nB2,Gent,flanders\n";
export const menteesCsv =
  "mentee_id,branch_id,birth_on,gender\nE1,B1,1990-05-01,woman\nE2,B1,1992-07-15,man\nE3,B2,1970-01-01,man\n";
export const mentorsCsv = "mentor_id,branch_id,birth_on\nM1,B1,1950-02-03\nM2,B2,1980-02-03\n";

const identity = (columns: string): Record<string, string> =>
  Object.fromEntries(columns.split(",").map((name) => [name, name]));

export const table = (name: string, columns: string, more: object = {}): object => ({
  table: name,
  files: `in/${name}.csv`,
  columns: identity(columns),
  ...more,
});

export const source = (name: string, ...tables: readonly object[]): object => ({ source: name, title: name, tables });

const DUO = "duo_id,mentee_id,mentor_id,branch_id,started_on,ended_on";

/** A programme of two branches, three mentees and two mentors with the duos given as CSV lines. */
export function programme(duos: readonly string[]): {
  readonly files: ProjectFiles;
  readonly mappings: readonly object[];
} {
  return {
    files: {
      "in/branches.csv": branchesCsv,
      "in/mentees.csv": menteesCsv,
      "in/mentors.csv": mentorsCsv,
      "in/duos.csv": `${[DUO, ...duos].join("\n")}\n`,
    },
    mappings: [
      source(
        "programme",
        table("branches", "branch_id,name,region"),
        table("mentees", "mentee_id,branch_id,birth_on,gender"),
        table("mentors", "mentor_id,branch_id,birth_on"),
        table("duos", DUO),
      ),
    ],
  };
}

/** A register of three jobseekers with the employment spells given as CSV lines. */
export function register(spells: readonly string[]): {
  readonly files: ProjectFiles;
  readonly mappings: readonly object[];
} {
  const spell = "person_number,from_on,to_on,contract,contract_months,work_fraction";
  return {
    files: {
      "in/jobseekers.csv": "person_number,birth_on\nP1,1990-01-01\nP2,1991-01-01\nP3,1992-01-01\n",
      "in/employment_spells.csv": `${[spell, ...spells].join("\n")}\n`,
    },
    mappings: [
      {
        source: "register",
        title: "register",
        register: "actiris",
        extraction: "2018-03-31",
        tables: [table("jobseekers", "person_number,birth_on"), table("employment_spells", spell)],
      },
    ],
  };
}
