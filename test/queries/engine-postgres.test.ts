import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDesign, type Design } from "../../src/cohort/design.ts";
import { readFollowUp } from "../../src/cohort/follow-up.ts";
import { readFollowUpPersons } from "../../src/cohort/follow-up-persons.ts";
import { handOver } from "../../src/cohort/hand-over.ts";
import { participantsCsv } from "../../src/cohort/participants.ts";
import { readPlacebo } from "../../src/cohort/placebo.ts";
import { restrictedFiles } from "../../src/cohort/restricted-files.ts";
import { type Results, readOutcomes } from "../../src/cohort/results.ts";
import { copyTables } from "../../src/engine/copy-tables.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { type SqlEngine, SqlError, type TableSource, type TableTarget } from "../../src/engine/engine.ts";
import { openPostgres } from "../../src/engine/postgres.ts";
import { cohortSettings } from "../../src/impact/cohort-settings.ts";
import { impactFindings, type MatchedStudy, matchStudy } from "../../src/impact/impact.ts";
import { deletedSums } from "../../src/impact/sensitivity.ts";
import { loadProject } from "../../src/protocol/project.ts";
import { DIALECT_EXAMPLES } from "../support/dialect-examples.ts";
import { postgresPrograms, type Server, startPostgres } from "../support/postgres.ts";
import { stageSample } from "../support/sample-tables.ts";

const programs = postgresPrograms();
if (programs === undefined)
  console.warn("no PostgreSQL server is installed (Debian: postgresql): its tests are skipped");

const { evaluation } = loadProject("pipelines/sib-evaluation.yaml").pipeline;
const cohort = cohortSettings(evaluation, "brussels", "actiris");

let server: Server;
let database: TableTarget;
beforeAll(async () => {
  if (programs === undefined) return;
  server = await startPostgres(programs);
  database = await openPostgres(server.url());
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

async function withClient<T>(name: string, fn: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server.url(name) });
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

/** All that the cohort's queries yield on the sample, from one engine. */
async function everything(engine: SqlEngine) {
  const design = await buildDesign(engine, cohort);
  const study = matchStudy(design, evaluation);
  const results: Results[] = [];
  for (const { definition, after, keys } of study.matches)
    results.push(
      await readOutcomes(engine, { ...cohort, outcomes: [{ definition, after }] }, keys, evaluation.subgroups.by),
    );
  return { design, study, results, beside: await beside(engine, design, study) };
}

/** One in so many of the register's jobseekers stays, beside the programme's mentees. */
const JOBSEEKERS = 4;

async function thinned(engine: SqlEngine): Promise<void> {
  for (const table of ["jobseekers", "jobseeker_spells", "employment_spells"])
    await engine.execute({
      name: table,
      text: `delete from staging.${table} where hash32(person_number) % ${JOBSEEKERS} <> 0
        and person_number not in (select person_number from staging.mentees where person_number is not null)`,
    });
}

async function beside(engine: SqlEngine, design: Design, study: MatchedStudy) {
  const [match] = study.matches;
  if (match === undefined) throw new Error("no match");
  const settings = { ...cohort, outcomes: [{ definition: match.definition, after: match.after }] };
  const { outcomes } = await readOutcomes(engine, settings, match.keys, []);
  const [primary] = outcomes;
  if (primary === undefined) throw new Error("no outcome");
  return {
    deleted: await deletedSums(engine, match.patterns, primary, match.design.weights),
    followUp: await readFollowUp(engine, settings, match.keys, match.design.weights),
    persons: await readFollowUpPersons(engine, cohort.months),
    placebo: await readPlacebo(engine, settings, match.keys),
    participants: await participantsCsv(engine, cohort, match.keys, (domain, identifier) => domain + identifier),
    attrition: design.attrition,
    maturity: design.maturity,
  };
}

describe.skipIf(programs === undefined)("PostgreSQL", () => {
  test("gives the sample's patterns, outcomes and evaluation byte for byte as DuckDB does", async () => {
    const { engine } = await stageSample("actiris-register-2018");
    await thinned(engine);
    const copied = await handOver(engine, database);
    expect(copied.length).toBe(6);
    const [here, there] = [await everything(engine), await everything(database)];
    await engine.close();

    expect(here.study.matches[0]?.keys.length).toBeGreaterThan(150);
    const files = restrictedFiles(here.design, here.results);
    for (const [name, bytes] of restrictedFiles(there.design, there.results)) {
      expect(bytes.length, name).toBeGreaterThan(1000);
      expect(Buffer.compare(Buffer.from(bytes), Buffer.from(files.get(name) ?? "")), name).toBe(0);
    }
    expect(there.study.hash).toBe(here.study.hash);
    expect(there.beside).toEqual(here.beside);
    expect(here.beside.deleted.tt).toBeGreaterThan(0);
    const findings = ({ design, study, results }: typeof here) =>
      impactFindings({ design, study, results, evaluation, region: "brussels", threshold: 5, rejectedDuos: 0 })
        .findings;
    expect(findings(there)).toEqual(findings(here));
  });

  test.each(DIALECT_EXAMPLES)("%s is %s", async (expression, expected) => {
    const [row] = await database.rows({ name: "value", text: `select ${expression} as value` });
    expect(row?.value).toBe(expected);
  });

  test("typed columns load, replace what stood, and come back in rows and in Arrow", async () => {
    await database.load("room.loaded", { key: Int32Array.of(9) });
    const columns = { key: Int32Array.of(3, 1), weight: Float64Array.of(0.1, 1e-300), word: ['a"b\\,{}', "é"] };
    expect(await database.load("room.loaded", columns)).toEqual({ name: "room.loaded", rows: 2 });
    const all = {
      name: "room.loaded",
      text: "select *, key > $least as more, null::date as day from room.loaded order by key",
    };
    expect(await database.rows(all, { least: 2 })).toEqual([
      { key: 1, weight: 1e-300, word: "é", more: false, day: null },
      { key: 3, weight: 0.1, word: 'a"b\\,{}', more: true, day: null },
    ]);
    const table = await database.arrow(all, { least: 2 });
    expect(table.getChild("weight")?.toArray()).toEqual(Float64Array.of(1e-300, 0.1));
    expect(await database.load("room.empty", { key: Int32Array.of() })).toEqual({ name: "room.empty", rows: 0 });
    await expect(database.load("room.uneven", { a: Int32Array.of(1), b: [] })).rejects.toThrow(RangeError);
  });

  test("a result of more rows than one fetch arrives whole, and a type outside the subset is refused by name", async () => {
    const many = await database.arrow({
      name: "many",
      text: "select i from generate_series(1, 60001) as t(i) order by i",
    });
    expect([many.numRows, many.batches.length, many.getChild("i")?.get(60_000)]).toEqual([60_001, 1, 60_001]);
    await expect(database.arrow({ name: "sum", text: "select sum(1::bigint) as total" })).rejects.toThrow(
      "column total",
    );
  });

  test("a failing statement names its query and shows its text; what stood before stands", async () => {
    await database.build({ name: "room.kept", text: "select 1 as key" }, ["key"]);
    const wrong = { name: "room.kept", text: "select nothing from nowhere" };
    await expect(database.build(wrong, ["key"])).rejects.toThrow(SqlError);
    await expect(database.build(wrong, ["key"])).rejects.toThrow(
      /room\.kept: relation "nowhere".*select nothing from nowhere/s,
    );
    const twice = { name: "room.kept", text: "select 2 as key union all select 2" };
    await expect(database.build(twice, ["key"])).rejects.toThrow(/2 rows but 1 distinct .*key/);
    expect(await database.rows({ name: "kept", text: "select * from room.kept" })).toEqual([{ key: 1 }]);
  });

  test("rows that are lost on the way are noticed", async () => {
    const source = await openDuckDb({ threads: 1 });
    const all = { name: "room.sent", text: "select cast(i as integer) as i from range(50000) t(i)" };
    await source.build(all, ["i"]);
    expect(await copyTables(source, database, ["room.sent"])).toEqual([{ name: "room.sent", rows: 50_000 }]);
    await expect(copyTables(losing(source), database, ["room.sent"])).rejects.toThrow(/50000 rows to copy, 20480 sent/);
    await source.close();
  });
});

/** A source whose stream ends after its first batch as if it were complete. */
function losing(source: TableSource): TableSource {
  return {
    ...source,
    async *batches(name) {
      for await (const batch of source.batches(name)) {
        yield batch;
        return;
      }
    },
  };
}

describe.skipIf(programs === undefined)("a PostgreSQL database", () => {
  const fresh = (name: string, how = "") =>
    withClient("postgres", (client) => client.query(`create database ${name} template template0 ${how}`));

  test("an interrupted statement ends at once, and nothing follows it", async () => {
    await fresh("interrupted");
    const own = await openPostgres(server.url("interrupted"));
    const endless = own.rows({ name: "endless", text: "select count(*) from generate_series(1, 1000000000000)" });
    setTimeout(() => own.interrupt(), 200);
    await expect(endless).rejects.toThrow(/endless: canceling statement due to user request/);
    await expect(own.rows({ name: "next", text: "select 1" })).rejects.toThrow("next: interrupted");
    await own.close();
  });

  test("is left as it was found", async () => {
    await fresh("tidy");
    const own = await openPostgres(server.url("tidy"));
    await own.build({ name: "risk.some", text: "select 1 as key" }, ["key"]);
    const schemas = (client: Client) =>
      client
        .query("select nspname from pg_namespace where nspname in ('risk', 'duo_impact')")
        .then(({ rows }) => rows.length);
    expect(await withClient("tidy", schemas)).toBe(2);
    await own.close();
    expect(await withClient("tidy", schemas)).toBe(0);
  });

  test("is refused while another run uses it", async () => {
    await expect(openPostgres(server.url())).rejects.toThrow("another run is using this PostgreSQL database");
  });

  test("with a schema of somebody else is refused, and theirs is left alone", async () => {
    await fresh("theirs");
    await withClient("theirs", (client) => client.query("create schema risk create table spells (key integer)"));
    const own = await openPostgres(server.url("theirs"));
    await expect(own.build({ name: "risk.spells", text: "select 1 as key" }, ["key"])).rejects.toThrow(
      "has a schema 'risk' that was not made here",
    );
    await own.close();
    await withClient("theirs", (client) => client.query("select * from risk.spells"));
  });

  test("that sorts by a language's rules is refused with what would do", async () => {
    await fresh("worded", "locale_provider icu icu_locale 'en'");
    await expect(openPostgres(server.url("worded"))).rejects.toThrow("lc_collate 'C'");
  });

  test("that isn't there is refused", async () => {
    await expect(openPostgres(server.url("nowhere"))).rejects.toThrow(/can't be reached: .*"nowhere" does not exist/);
    await expect(openPostgres("postgres://someone:secret@127.0.0.1:1/none")).rejects.toThrow(
      /^(?!.*secret).*ECONNREFUSED/,
    );
  });
});
