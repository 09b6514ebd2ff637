import type { Table } from "apache-arrow";
import { sqlOf } from "../catalogue/catalogue.ts";
import type { NamedSql, SqlEngine } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { compareSpells, type KeyedSpells } from "./compare-spells.ts";

/** The tables of spells, as many as a register has. */
export type SpellTable = "jobseeker_spells" | "employment_spells";

/** A large file's rows as the engine read them. */
interface ArrivedFile {
  readonly fileId: number;
  readonly select: string;
}

export interface Spells {
  /** Notes which spells overlap and which may be repeated, less those rejected until now; does nothing a second time. */
  readonly compare: () => Promise<void>;
  /** Drops what was noted. */
  readonly clear: () => Promise<void>;
}

/**
 * Looks every spell's person up once, as a whole number, and notes as `incoming.strangers_{table}` the spells of nobody
 * known; `incoming.{table}` and `incoming.person_keys` are there. `compare` adds `incoming.overlapping_{table}` and
 * `incoming.alike_{table}`: places of a few rows, of which the rules then ask in full.
 * With `withStrangers` those whom the register does not know are compared too, by their numbers.
 */
export async function keyedSpells(
  engine: SqlEngine,
  table: SpellTable,
  parts: readonly ArrivedFile[],
  withStrangers: boolean,
): Promise<Spells> {
  if (withStrangers) await addStrangers(engine, table);
  const spells = await keyedRows(engine, table, parts);
  const note = (name: string, places: readonly number[]): Promise<unknown> =>
    engine.load(`incoming.${name}_${table}`, {
      file_id: Int32Array.from(places, (place) => spells.file[place] ?? 0),
      source_row: Int32Array.from(places, (place) => spells.row[place] ?? 0),
      from_day: Int32Array.from(places, (place) => spells.from[place] ?? 0),
    });
  await note("strangers", strangersAmong(spells));
  let isCompared = false;
  return {
    async compare() {
      if (isCompared) return;
      isCompared = true;
      const rejected = await rejectedRows(engine, table);
      const { overlapping, alike } = compareSpells(
        spells,
        (place) => rejected.get(spells.file[place] ?? 0)?.[spells.row[place] ?? 0] === 1,
      );
      await note("overlapping", overlapping);
      await note("alike", alike);
    },
    async clear() {
      for (const name of ["strangers", "overlapping", "alike"])
        await engine.execute({ name, text: `drop table if exists incoming.${name}_${table}` });
    },
  };
}

const ruleSql = (name: string): NamedSql =>
  sqlOf({ name: `staging.rules.${name}`, parameters: {}, columns: {}, grain: [] });

async function addStrangers(engine: SqlEngine, table: SpellTable): Promise<void> {
  const { name, text } = ruleSql(`stranger_keys_${table}`);
  await engine.execute({ name, text: `insert into incoming.person_keys\n${text}` });
}

/** The rows of many files by one query, those of each large file by one of its own, which need not say in every row which file it is. */
async function keyedRows(engine: SqlEngine, table: SpellTable, parts: readonly ArrivedFile[]): Promise<KeyedSpells> {
  const { name, text } = ruleSql(`keyed_${table}`);
  const ofMany = { select: `select * from incoming.rows_${table}`, wanted: "*", fileId: undefined };
  const ofOne = parts.map(({ select, fileId }) => ({ select, wanted: "* exclude (file_id)", fileId }));
  const view = `incoming.arriving_${table}`;
  const found: KeyedSpells[] = [];
  for (const { select, wanted, fileId } of [ofMany, ...ofOne]) {
    await engine.execute({ name: view, text: `create or replace view ${view} as ${select}` });
    found.push(columnsOf(await engine.arrow({ name, text: `select ${wanted} from (\n${text})` }), fileId));
  }
  await engine.execute({ name: view, text: `drop view ${view}` });
  const joined = (column: keyof KeyedSpells): Int32Array => joinedArrays(found.map((own) => own[column]));
  return {
    file: joined("file"),
    row: joined("row"),
    person: joined("person"),
    from: joined("from"),
    to: joined("to"),
  };
}

function columnsOf(found: Table, fileId: number | undefined): KeyedSpells {
  const column = (name: string): Int32Array => {
    const values: unknown = found.getChild(name)?.data[0]?.values;
    return values instanceof Int32Array ? values : new Int32Array(0);
  };
  const file = fileId === undefined ? column("file_id") : new Int32Array(found.numRows).fill(fileId);
  const [row, person, from, to] = [column("source_row"), column("person_key"), column("from_on"), column("to_on")];
  if ([file, row, person, from, to].some(({ length }) => length !== found.numRows))
    throw new Error(`spells came as ${found.schema.toString()}`);
  return { file, row, person, from, to };
}

function joinedArrays(arrays: readonly Int32Array[]): Int32Array {
  const filled = arrays.filter(({ length }) => length > 0);
  const [first = new Int32Array(0)] = filled;
  if (filled.length < 2) return first;
  const all = new Int32Array(filled.reduce((sum, { length }) => sum + length, 0));
  filled.reduce((at, own) => {
    all.set(own, at);
    return at + own.length;
  }, 0);
  return all;
}

function strangersAmong({ person }: KeyedSpells): readonly number[] {
  const places: number[] = [];
  for (let i = 0; i < person.length; i++) if ((person[i] ?? 0) <= 0) places.push(i);
  return places;
}

/** By file: 1 at the number of each rejected row. */
async function rejectedRows(engine: SqlEngine, table: SpellTable): Promise<ReadonlyMap<number, Uint8Array>> {
  const rows = await engine.rows({
    name: "incoming.problems",
    text: `select distinct file_id, source_row from incoming.problems where table_name = '${table}' and severity = 'reject'`,
  });
  const byFile = new Map<number, Uint8Array>();
  for (const [file, own] of groupBy(rows, ({ file_id }) => Number(file_id))) {
    const numbers = own.map(({ source_row }) => Number(source_row));
    const marks = new Uint8Array(numbers.reduce((most, row) => Math.max(most, row), 0) + 1);
    for (const row of numbers) marks[row] = 1;
    byFile.set(file, marks);
  }
  return byFile;
}
