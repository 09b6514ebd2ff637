import { sqlOf } from "../../catalogue/catalogue.ts";
import type { StagedTable } from "../../catalogue/staging.ts";
import type { SqlEngine } from "../../engine/engine.ts";
import type { EnginePart } from "./judge.ts";

/** Tables whose rows are stretches of days of one person, which may overlap or repeat each other. */
export type SpellTable = Extract<StagedTable, "jobseeker_spells" | "employment_spells">;

/** Every so many rows are looked at to tell whether a file seems to be in the order of its persons. */
const SAMPLE = 10_007;
/** Rows that weren't read at once may be so large a share of those that were; each of their persons is asked in full. */
const MOST_BESIDE = 0.05;

/**
 * Notes as `incoming.compared_{table}` the spells that overlap or may be repeated, less those rejected until now. In a
 * file in the order of its persons and days, as registers export it, each row is held against the one ahead; in any
 * other the engine puts each person's spells in order.
 */
export async function compareSpells(engine: SqlEngine, table: SpellTable, parts: readonly EnginePart[]): Promise<void> {
  if (await noteMeeting(engine, table, parts))
    await engine.build(
      staging("candidates_in_order", `candidates_${table}`, {
        "incoming.meeting": `incoming.meeting_${table}`,
        "incoming.spells": `incoming.${table}`,
      }),
      [],
    );
  else await engine.build(staging(`rules.candidates_${table}`, `candidates_${table}`), []);
  await engine.build(staging(`rules.compared_${table}`, `compared_${table}`), []);
  for (const made of ["meeting", "candidates"])
    await engine.execute({ name: `incoming.${made}`, text: `drop table if exists incoming.${made}_${table}` });
}

/** Notes as `incoming.meeting_{table}` who may have two spells on one day; false where the rows aren't in the order of persons, whatever they seemed to be. */
async function noteMeeting(engine: SqlEngine, table: SpellTable, parts: readonly EnginePart[]): Promise<boolean> {
  const part = await wholeTable(engine, table, parts);
  if (part === undefined) return false;
  const seen = `(select person_number from ${part.sqlName} where rowid % ${SAMPLE} = 0)`;
  if ((await orderOfPersons(engine, seen)).back > 0) return false;
  const meeting = staging("meeting_in_order", `meeting_${table}`, {
    "incoming.rows_read": part.sqlName,
    "incoming.rows_beside": `incoming.rows_${table}`,
  });
  await engine.build(meeting, []);
  const { name } = meeting;
  const [found] = await engine.rows({ name, text: `select count(*) as n from ${name} where is_back` });
  return Number(found?.n) === 0;
}

/** Whether no number comes twice, told by a file in which each person stands behind the one ahead; false where that doesn't tell. */
export async function areDistinct(
  engine: SqlEngine,
  table: "jobseekers",
  parts: readonly EnginePart[],
): Promise<boolean> {
  const part = await wholeTable(engine, table, parts, 0);
  if (part === undefined) return false;
  const { back, same } = await orderOfPersons(engine, part.sqlName);
  return back + same === 0;
}

/** The one file that holds a table's rows, save for few that were read beside it. */
async function wholeTable(
  engine: SqlEngine,
  table: StagedTable,
  [part, ...others]: readonly EnginePart[],
  mostBeside = MOST_BESIDE,
): Promise<EnginePart | undefined> {
  if (part === undefined || others.length > 0) return undefined;
  const [counted] = await engine.rows({
    name: `incoming.rows_${table}`,
    text: `select (select count(*) from incoming.rows_${table}) as beside, (select count(*) from ${part.sqlName}) as rows`,
  });
  return Number(counted?.beside) <= mostBeside * Number(counted?.rows) ? part : undefined;
}

/** How often the person of a row comes before the one ahead, and how often it is the same. */
async function orderOfPersons(
  engine: SqlEngine,
  rows: string,
): Promise<{ readonly back: number; readonly same: number }> {
  const [found] = await engine.rows(staging("order_of_persons", "order", { "incoming.rows_read": rows }));
  return { back: Number(found?.back), same: Number(found?.same) };
}

/** A query of `queries/staging`, for the table `incoming.{name}`, that reads other tables than those it names. */
function staging(
  query: string,
  name: string,
  tables: Readonly<Record<string, string>> = {},
): { readonly name: string; readonly text: string } {
  const { text } = sqlOf({ name: `staging.${query}`, parameters: {}, columns: {}, grain: [] });
  return {
    name: `incoming.${name}`,
    text: Object.entries(tables).reduce(
      (sql, [own, read]) => sql.replaceAll(`from ${own}`, () => `from ${read}`),
      text,
    ),
  };
}
