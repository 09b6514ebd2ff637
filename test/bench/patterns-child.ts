import { performance } from "node:perf_hooks";
import { buildDesign } from "../../src/cohort/design.ts";
import { readOutcomes } from "../../src/cohort/results.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { cohortSettings } from "../../src/impact/cohort-settings.ts";
import { matchStudy } from "../../src/impact/impact.ts";
import { loadProject } from "../../src/protocol/project.ts";
import { viewSpells } from "./spells.ts";

/*
 * One timed piece of work in a process of its own: `patterns-child.ts floor|ours FOLDER`; prints its seconds and peak memory.
 * The floor reads the columns that the cohort's queries read and groups them by person; ours goes from the files to patterns.
 */

const [work, folder] = process.argv.slice(2) as ["floor" | "ours", string];

const READ = {
  jobseekers: ["birth_on", "gender", "origin", "qualification"],
  jobseeker_spells: ["from_on", "to_on", "exit"],
  employment_spells: ["from_on", "to_on", "contract", "contract_months"],
};

const engine = await openDuckDb();
await viewSpells(engine, folder);
const begin = performance.now();
const parts = work === "floor" ? await scanAndGroup(engine) : await patternsAndOutcomes(engine);
await engine.close();
const { user, system } = process.cpuUsage();
const cpu = (user + system) / 1e6;
process.stdout.write(JSON.stringify({ ...parts, cpu, megabytes: process.resourceUsage().maxRSS / 1024 }));

function elapsed(): number {
  return (performance.now() - begin) / 1000;
}

async function scanAndGroup(on: SqlEngine) {
  for (const [table, columns] of Object.entries(READ)) {
    const least = columns.map((column) => `min(${column})`).join(", ");
    const text = `create table ${table} as select person_number, count(*), ${least} from staging.${table} group by person_number`;
    await on.execute({ name: table, text });
  }
  return { seconds: elapsed() };
}

async function patternsAndOutcomes(on: SqlEngine) {
  const { evaluation } = loadProject("pipelines/sib-evaluation.yaml").pipeline;
  const primary = { ...evaluation, secondary: [] };
  const cohort = cohortSettings(primary, "brussels", "national");
  const design = await buildDesign(on, cohort);
  const seconds = elapsed();
  const [match] = matchStudy(design, primary).matches;
  const { outcomes } = await readOutcomes(on, cohort, match?.keys ?? [], []);
  const sum = (values: Float64Array | undefined): number => values?.reduce((a, b) => a + b, 0) ?? 0;
  return {
    seconds,
    withOutcomes: elapsed(),
    patterns: design.patterns.size,
    personMonths: sum(design.patterns.rows),
    matched: sum(outcomes[0]?.rows),
  };
}
