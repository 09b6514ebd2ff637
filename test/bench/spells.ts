import { join } from "node:path";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteText, type SqlEngine } from "../../src/engine/engine.ts";

/*
 * A national register of ten years, synthetic: ten spells a person, by turns out of work and in it, in the order of their
 * days (so that a person's spells lie far apart), and a programme whose participants start while they are registered.
 */

const SPELLS_A_PERSON = 10;
const DAYS_A_SPELL = 365;

/** One of the codes, drawn with the odds given as whole numbers, from the row's expression. */
const drawn = (odds: Readonly<Record<string, number>>, of: string): string => {
  const all = Object.values(odds).reduce((sum, one) => sum + one, 0);
  let upTo = 0;
  const cases = Object.entries(odds).map(([code, one]) => {
    upTo += one;
    return `when hash(${of}) % ${all} < ${upTo} then ${quoteText(code)}`;
  });
  return `case ${cases.join(" ")} end`;
};

const number = (person: string): string => `'P' || lpad(cast(${person} as varchar), 9, '0')`;

/** First day of a person's k-th spell. */
const firstDay = (person: string, k: string): string =>
  `date '2008-01-01' + cast((${k}) * ${DAYS_A_SPELL} + hash(${person}) % 300 + hash(${person} * 16 + (${k})) % 60 as integer)`;

/** The k-th spells of all persons, then their next ones; every other one out of work. */
const spells = (persons: number, parity: 0 | 1): string => `
  select register, person_number, from_on,
    case when hash(seed + 1) % 60 > 0 then from_on + cast(20 + hash(seed + 2) % 250 as integer) end as to_on,
    seed, source_file, i + 1 as source_row
  from (
    select 'national' as register, ${number("person")} as person_number, ${firstDay("person", "k")} as from_on,
      person * 16 + k as seed, i, 'spells-${parity}' as source_file
    from (select i, i % ${persons} as person, 2 * (i // ${persons}) + ${parity} as k
      from range(${(persons * SPELLS_A_PERSON) / 2}) t(i)))`;

const tables = (persons: number, duos: number): Readonly<Record<string, string>> => ({
  branches: `select 'B1' as branch_id, 'Brussels' as name, 'brussels' as region, 'branches' as source_file, 1::bigint as source_row`,
  mentees: `select 'M' || i as mentee_id, 'B1' as branch_id, ${number(`i * ${Math.floor(persons / duos)}`)} as person_number,
    'mentees' as source_file, i + 1 as source_row from range(${duos}) t(i)`,
  // spells 6 and 8 of a person begin in 2014 and 2016; ten days later they are still registered
  duos: `select 'D' || i as duo_id, 'M' || i as mentee_id, 'B1' as branch_id,
    ${firstDay(`(i * ${Math.floor(persons / duos)})`, "6 + 2 * (i % 2)")} + 10 as started_on,
    'duos' as source_file, i + 1 as source_row from range(${duos}) t(i)`,
  jobseekers: `select 'national' as register, ${number("i")} as person_number,
    date '1970-01-01' + cast(hash(i + 3) % 10500 as integer) as birth_on,
    ${drawn({ woman: 1, man: 1 }, "i + 4")} as gender,
    case when i % ${Math.floor(persons / duos)} = 0 then ${drawn({ maghreb: 2, sub_saharan_african: 2, near_middle_east: 1 }, "i + 5")}
      else ${drawn({ belgian: 60, eu: 12, other_european: 5, maghreb: 9, sub_saharan_african: 6, near_middle_east: 4, other_asian: 3, american: 1 }, "i + 6")}
      end as origin,
    ${drawn({ low: 4, medium: 4, high: 2, unknown: 2 }, "i + 7")} as qualification,
    'jobseekers' as source_file, i + 1 as source_row from range(${persons}) t(i)`,
  jobseeker_spells: `select register, person_number, from_on, to_on,
    case when to_on is not null then ${drawn({ work: 60, training: 10, deregistered: 20, emigrated: 1, died: 1, other: 8 }, "seed + 8")} end as exit,
    source_file, source_row from (${spells(persons, 0)})`,
  employment_spells: `select register, person_number, from_on, to_on,
    ${drawn({ permanent: 3, fixed_term: 4, agency: 2, student: 1 }, "seed + 9")} as contract,
    case when hash(seed + 10) % 3 > 0 then cast(1 + hash(seed + 11) % 12 as integer) end as contract_months,
    source_file, source_row from (${spells(persons, 1)})`,
});

export const SPELL_TABLES = Object.keys(tables(1, 1));

/** Writes a register of so many spells, and its programme, as Parquet files into a folder. */
export async function makeSpells(rows: number, folder: string): Promise<void> {
  const engine = await openDuckDb();
  const persons = Math.floor(rows / SPELLS_A_PERSON);
  const duos = Math.min(5000, Math.floor(persons / 20));
  for (const [table, text] of Object.entries(tables(persons, duos)))
    await engine.execute({
      name: table,
      text: `copy (${text}) to ${quoteText(join(folder, `${table}.parquet`))} (format parquet)`,
    });
  await engine.close();
}

/** The files as staged tables, read where they lie. */
export async function viewSpells(engine: SqlEngine, folder: string): Promise<void> {
  await engine.execute({ name: "staging", text: "create schema staging" });
  for (const table of SPELL_TABLES) {
    const file = quoteText(join(folder, `${table}.parquet`));
    await engine.execute({ name: table, text: `create view staging.${table} as select * from read_parquet(${file})` });
  }
}
