import { join } from "node:path";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteText } from "../../src/engine/engine.ts";
import { SourceMapping } from "../../src/ingest/mapping/mapping.ts";

export type Format = "csv" | "parquet";

interface RegisterTable {
  readonly table: "jobseekers" | "jobseeker_spells" | "employment_spells";
  /** Columns of the file and their types. */
  readonly types: Readonly<Record<string, string>>;
  /** Share of the register's rows. */
  readonly share: number;
  /** SELECT list over a row number `i`, given the number of persons and the order of spells. */
  readonly columns: (persons: number, order: Order) => string;
}

/** One row in `every` breaks a rule in the way of `broken`. */
const rarely = (every: number, seed: number, broken: string, sound: string): string =>
  `case when hash(i + ${seed}) % ${every} = 0 then ${broken} else ${sound} end`;

/** Tables of spells come by date (the k-th spells of all persons, then their next ones), or person by person, each person's by date. */
export type Order = "days" | "persons";

/** Ten years are shared among a person's spells. */
const spellColumns = (parts: number, persons: number, order: Order): string => {
  const days = Math.floor(3650 / parts);
  const [of, place] = order === "days" ? [`i % ${persons}`, `i // ${persons}`] : [`i // ${parts}`, `i % ${parts}`];
  // whom no jobseeker is: a number of their own, or in the order of persons one that lies between two others
  const stranger = order === "days" ? "" : ` || case when hash(${of}) % 20_000 = 0 then 'X' else '' end`;
  const beyond = order === "days" ? ` + ${rarely(20_000, 11, String(persons), "0")}` : "";
  const person = `'P' || lpad(cast(${of}${beyond} as varchar), 9, '0')${stranger}`;
  const from = `date '2008-01-01' + cast((${place}) * ${days} + hash(i + 12) % 20 as integer)`;
  const length = rarely(200, 13, String(2 * days), rarely(50_000, 14, "-5", `10 + hash(i + 15) % ${days - 50}`));
  return `${person} as person_number, ${from} as from_on,
    ${rarely(50, 16, "null", `${from} + cast(${length} as integer)`)} as to_on`;
};

const oneOf = (seed: number, ...codes: readonly string[]): string =>
  `[${codes.map(quoteText).join(", ")}][1 + cast(hash(i + ${seed}) % ${codes.length} as bigint)]`;

/** A register of one row a jobseeker, three registrations and six employments; a few in a thousand rows break a rule. */
export const REGISTER: readonly RegisterTable[] = [
  {
    table: "jobseekers",
    share: 0.1,
    types: {
      person_number: "VARCHAR",
      birth_on: "DATE",
      gender: "VARCHAR",
      origin: "VARCHAR",
      qualification: "VARCHAR",
    },
    columns: () => `'P' || lpad(cast(i as varchar), 9, '0') as person_number,
      date '1960-01-01' + cast(hash(i) % 15000 as integer) as birth_on, ${oneOf(1, "woman", "man")} as gender,
      ${oneOf(2, "belgian", "eu", "maghreb", "other_asian", "unknown")} as origin,
      ${oneOf(3, "low", "medium", "high", "unknown")} as qualification`,
  },
  {
    table: "jobseeker_spells",
    share: 0.3,
    types: { person_number: "VARCHAR", from_on: "DATE", to_on: "DATE", exit: "VARCHAR" },
    columns: (persons, order) => `${spellColumns(3, persons, order)},
      ${oneOf(4, "work", "training", "deregistered", "other")} as exit`,
  },
  {
    table: "employment_spells",
    share: 0.6,
    types: {
      person_number: "VARCHAR",
      from_on: "DATE",
      to_on: "DATE",
      contract: "VARCHAR",
      contract_months: "INTEGER",
      work_fraction: "DOUBLE",
    },
    columns: (persons, order) => `${spellColumns(6, persons, order)},
      ${rarely(50_000, 17, "'unpaid'", oneOf(5, "permanent", "fixed_term", "agency", "student"))} as contract,
      cast(1 + hash(i + 6) % 12 as integer) as contract_months, cast(1 + hash(i + 7) % 10 as double) / 10 as work_fraction`,
  },
];

/** Writes the three tables of a register of `rows` rows into a folder, as CSV and as Parquet; every jobseeker has a number of their own. */
export async function makeRegister(rows: number, folder: string, order: Order = "days"): Promise<void> {
  const engine = await openDuckDb();
  const persons = Math.floor(rows / 10);
  for (const { table, share, columns } of REGISTER) {
    const text = `from (select ${columns(persons, order)} from range(${Math.round(rows * share)}) t(i))`;
    for (const format of ["csv", "parquet"])
      await engine.execute({
        name: table,
        text: `copy (${text}) to ${quoteText(join(folder, `${table}.${format}`))} (format ${format})`,
      });
  }
  await engine.close();
}

/** The mapping of that register's files. */
export const registerMapping = (format: Format): SourceMapping =>
  SourceMapping.parse({
    source: "register",
    title: "Synthetic register",
    synthetic: true,
    register: "synthetic",
    region: "brussels",
    extraction: "2017-12-01",
    tables: REGISTER.map(({ table, types }) => ({
      table,
      files: `${table}.${format}`,
      format,
      columns: Object.fromEntries(Object.keys(types).map((name) => [name, name])),
    })),
  });
