import fc from "fast-check";
import { expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { type Ingested, type IngestOptions, ingest } from "../../src/ingest/ingest.ts";
import { SourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { withProject } from "../support/ingest-project.ts";

const oneOf = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

/** SQL of a row's cells, by the column types that an export may have chosen. */
const TYPES = {
  person: { text: "varchar", whole: "bigint" },
  day: { day: "date", time: "timestamp", nanoseconds: "timestamp_ns", seconds: "timestamp_s", text: "varchar" },
  months: { whole: "integer", wide: "bigint", real: "double", text: "varchar" },
  fraction: { real: "double", single: "float", exact: "decimal(6, 3)", whole: "integer" },
} as const;

const CELLS = {
  person: oneOf("1", "2", "3", "9", "null"),
  day: oneOf("2014-02-01", "2015-02-28", "2016-04-03", "null", "1900-01-01", "1850-06-01", "2300-01-01"),
  months: oneOf("3", "12", "null", "-1"),
  fraction: oneOf("1", "0.5", "null", "0.1", "0.333"),
  contract: oneOf("'CDI'", "'CDD'", "''", "' CDI'", "'cdi'", "'NULL'", "null"),
};
const row = fc.record({ ...CELLS, until: CELLS.day });

const types = fc.record({
  person: oneOf(...Object.values(TYPES.person)),
  day: oneOf(...Object.values(TYPES.day)),
  months: oneOf(...Object.values(TYPES.months)),
  fraction: oneOf(...Object.values(TYPES.fraction)),
});

const mapping = (format: string, dates: string) => ({
  source: "register",
  title: "register",
  register: "actiris",
  extraction: "2016-01-01",
  tables: [
    { table: "jobseekers", files: "j.csv", columns: { person_number: "P", birth_on: "B" } },
    {
      table: "employment_spells",
      files: `e.${format}`,
      dates,
      nulls: ["NULL"],
      columns: {
        person_number: "P",
        from_on: "VAN",
        to_on: "TOT",
        contract: { column: "C", codes: { CDI: "permanent", CDD: "fixed_term", "": "student" } },
        contract_months: "M",
        work_fraction: "F",
      },
    },
  ],
});

const STAGED = "select * exclude (source_file, source_row) from staging.employment_spells order by source_row";
const PROBLEMS = "select row, field, rule, severity from staging.rejects order by row, field, rule";

/** Nanoseconds end before 2300. */
const written = (value: string, type: string): string =>
  value === "null" || (type === "timestamp_ns" && value.startsWith("2300"))
    ? "null"
    : type === "varchar"
      ? `'${value}'`
      : `cast('${value}' as ${type})`;

test("a Parquet file that is typed while it is read gives the same rows, problems and counts as the general way, and as CSV", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 14 }), types, async (rows, of) => {
      await withProject({ "j.csv": "P,B\n1,1990-01-01\n2,1990-01-01\n3,1990-01-01\n" }, async (projectFolder) => {
        const engine = await openDuckDb();
        try {
          const cells = rows.map(
            ({ person, day, until, contract, months, fraction }) =>
              `(${written(person, of.person)}, ${written(day, of.day)}, ${written(until, of.day)}, ${contract}, ${written(months, of.months)}, ${written(fraction, of.fraction)})`,
          );
          await engine.execute({
            name: "file",
            text: `create table f as select * from (values ${cells.join(", ")}) as t(P, VAN, "TOT", C, M, F)`,
          });
          for (const [name, type] of [
            ["P", of.person],
            ["VAN", of.day],
            ["TOT", of.day],
            ["C", "varchar"],
            ["M", of.months],
            ["F", of.fraction],
          ])
            await engine.execute({ name: "type", text: `alter table f alter "${name}" type ${type}` });
          await engine.execute({ name: "parquet", text: `copy f to '${projectFolder}/e.parquet' (format parquet)` });
          const asCsv = `select P, cast(VAN as date) as VAN, cast("TOT" as date) as TOT, C, try_cast(M as integer) as M, F from f`;
          await engine.execute({
            name: "csv",
            text: `copy (${asCsv}) to '${projectFolder}/e.csv' (format csv, force_quote (C), nullstr '')`,
          });

          const read = async (format: string, options: Partial<IngestOptions>, dates = "auto") => {
            const sources = [SourceMapping.parse(mapping(format, dates))];
            const { files }: Ingested = await ingest(engine, sources, {
              projectFolder,
              maxRejectedShare: 1,
              ...options,
            });
            const query = (text: string) => engine.rows({ name: "test", text });
            const counts = files.map(({ received, accepted, rejected, warned, rules }) => ({
              received,
              accepted,
              rejected,
              warned,
              rules,
            }));
            return { staged: await query(STAGED), problems: await query(PROBLEMS), counts };
          };
          const dates = of.day === "varchar" ? "YYYY-MM-DD" : "auto";
          const general = await read("parquet", { plainFrom: 1e9 }, dates);
          const fast = await read("parquet", { plainFrom: 0 }, dates);
          expect(fast).toEqual(general);
          const csv = await read("csv", {}, "YYYY-MM-DD");
          expect(fast.staged).toEqual(csv.staged);
          expect(fast.counts.map(({ received, accepted }) => [received, accepted])).toEqual(
            csv.counts.map(({ received, accepted }) => [received, accepted]),
          );
        } finally {
          await engine.close();
        }
      });
    }),
    { numRuns: 12, seed: 5 },
  );
});

test.each([
  ["few", 3],
  ["more than are named to the reader", 1200],
])("of many rows %s that are read again, and sent back, are those of the general way", async (_, odd) => {
  await withProject({}, async (projectFolder) => {
    const engine = await openDuckDb();
    try {
      const born = `case when i % ${Math.floor(13_000 / odd)} = 7 and i // ${Math.floor(13_000 / odd)} < ${odd} then date '2300-01-01' else date '1990-01-01' end`;
      await engine.execute({
        name: "parquet",
        text: `copy (select i as "P", ${born} as "B" from range(13000) t(i)) to '${projectFolder}/j.parquet' (format parquet)`,
      });
      const { tables, ...source } = mapping("parquet", "auto");
      const sources = [SourceMapping.parse({ ...source, tables: [{ ...tables[0], files: "j.parquet" }] })];
      const read = async (plainFrom: number): Promise<unknown> => {
        const { files, rejects } = await ingest(engine, sources, { projectFolder, maxRejectedShare: 1, plainFrom });
        const [staged] = await engine.rows({
          name: "test",
          text: "select count(*) as rows, sum(hash(person_number, source_row)) as hash from staging.jobseekers",
        });
        return { staged, rejects, counts: files.map(({ received, rejected }) => [received, rejected]) };
      };
      const fast = await read(0);
      expect(fast).toMatchObject({ staged: { rows: 13_000 - odd }, counts: [[13_000, odd]], rejects: [{ rows: odd }] });
      expect(fast).toEqual(await read(1e9));
    } finally {
      await engine.close();
    }
  });
});
