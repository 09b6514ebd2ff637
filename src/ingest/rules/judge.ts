import { sqlOf } from "../../catalogue/catalogue.ts";
import { STAGED, type StagedTable } from "../../catalogue/staging.ts";
import type { NamedSql, SqlEngine, SqlParameters } from "../../engine/engine.ts";
import type { PlainFile } from "../large/plain-file.ts";
import { mappableColumns, type TableMapping } from "../mapping/mapping.ts";
import { areDistinct, compareSpells, type SpellTable } from "./compare-spells.ts";
import { ROW_RULES, type RowRule, type RuleSettings, ruleParameters, type Severity } from "./rules.ts";

/** Rows of a file that the engine holds as it read them, in the table of that name. */
export interface EnginePart extends Pick<PlainFile, "select" | "coded" | "sourceRow"> {
  readonly fileId: number;
  readonly sqlName: string;
}

/**
 * Asks a table's rules that reject, takes the rejected rows out, asks those that warn, and keeps the rest as the staged table.
 * `parts` are the files that the engine typed while it read them (see plain-csv.ts); `incoming.{table}` is there already.
 * Called in the order of the tables' references, so that a row which refers to a rejected one is rejected too.
 */
export async function stageTable(
  engine: SqlEngine,
  table: StagedTable,
  mappings: readonly TableMapping[],
  settings: RuleSettings,
  parts: readonly EnginePart[],
): Promise<void> {
  const parameters = ruleParameters(settings);
  const asked = mappings.length > 0 ? ROW_RULES : [];
  const rejecting = new Set(
    asked.filter(
      (rule) => rule.severity === "reject" || mappings.some(({ rules }) => (rules[rule.code] ?? "warn") !== "warn"),
    ),
  );
  const ask = (which: (rule: RowRule) => boolean): Promise<void> =>
    askRules(engine, table, asked.filter(which), parameters);
  await ask((rule) => rejecting.has(rule) && !COMPARING.has(rule.code));
  if (isSpells(table) && asked.length > 0) await compareSpells(engine, table, parts);
  if (!(table === "jobseekers" && (await areDistinct(engine, table, parts))))
    await ask((rule) => rejecting.has(rule) && COMPARING.has(rule.code));
  if (asked.length > 0) await leaveOutRejected(engine, table, parts);
  await ask((rule) => !rejecting.has(rule));
  await drop(engine, "table", `incoming.compared_${table}`);
  if (hasFacts(table)) await engine.build(countingSql(table, parts), []);
  await (parts.length > 0 ? stageAsView(engine, table) : stageAsTable(engine, table));
}

/** That file and row identify a spell follows from how they are numbered (each file is counted at the end). */
const isSpells = (table: StagedTable): table is SpellTable =>
  table === "jobseeker_spells" || table === "employment_spells";

/** Tables as large as a register is: what is counted of their accepted rows is counted in one pass, as `incoming.facts_{table}`. */
export const hasFacts = (table: StagedTable): boolean => table === "jobseekers" || isSpells(table);

/** Files are counted one by one: what is the same in all rows of one costs nothing then, and its codes are counted as they are kept. */
function countingSql(table: StagedTable, parts: readonly EnginePart[]): NamedSql {
  const { text } = sqlOf({ name: `staging.facts_${table}`, parameters: {}, columns: {}, grain: [] });
  const counted = [`incoming.rows_${table}`, ...parts.map(({ coded }) => `(${coded})`)].map(
    (rows) => `select * from (\n${text.replace(`from incoming.${table}`, () => `from ${rows} as arrived`)})`,
  );
  return { name: `incoming.facts_${table}`, text: counted.join("\nunion all\n") };
}

const drop = (engine: SqlEngine, kind: "table" | "view", name: string): Promise<void> =>
  engine.execute({ name, text: `drop ${kind} if exists ${name}` });

async function stageAsTable(engine: SqlEngine, table: StagedTable): Promise<void> {
  await engine.build(sqlOf(STAGED[table]), isSpells(table) ? [] : STAGED[table].grain);
  await drop(engine, "view", `incoming.${table}`);
  await drop(engine, "table", `incoming.rows_${table}`);
}

/** Large files stay where the engine read them: a copy would take as long and as much memory again. No key comes twice: `duplicate` always rejects. */
async function stageAsView(engine: SqlEngine, table: StagedTable): Promise<void> {
  const { name, text } = sqlOf(STAGED[table]);
  await engine.execute({ name, text: `create view ${name} as\n${text}` });
}

/** Clears what an earlier reading of sources left under the staged tables' names, be it tables or views. */
export async function clearStaged(engine: SqlEngine, tables: readonly StagedTable[]): Promise<void> {
  await engine.execute({ name: "staging", text: "create schema if not exists staging" });
  const found = await engine.rows({
    name: "staging",
    text: "select table_name, table_type from information_schema.tables where table_schema = 'staging'",
  });
  for (const table of tables) {
    const kind = found.find(({ table_name }) => table_name === table)?.table_type;
    if (kind !== undefined) await drop(engine, kind === "VIEW" ? "view" : "table", `staging.${table}`);
  }
}

/** `incoming.{table}`: the rows of every file. */
export async function viewIncoming(engine: SqlEngine, table: StagedTable, parts: readonly EnginePart[]): Promise<void> {
  const columns = ["file_id", "source_row", ...Object.keys(mappableColumns(table))].join(", ");
  const all = [`select ${columns} from incoming.rows_${table}`, ...parts.map(({ select }) => select)].join(
    "\nunion all\n",
  );
  await engine.execute({
    name: `incoming.${table}`,
    text: `create or replace view incoming.${table} as ${all}`,
  });
}

/** Takes a table's rejected rows out of what was read, so that no later pass asks who they are. */
async function leaveOutRejected(engine: SqlEngine, table: StagedTable, parts: readonly EnginePart[]): Promise<void> {
  const rejected = `from incoming.problems where table_name = '${table}' and severity = 'reject'`;
  const leaveOut = (rows: string, condition: string): Promise<void> =>
    engine.execute({ name: rows, text: `delete from ${rows} where ${condition}` });
  await leaveOut(`incoming.rows_${table}`, `(file_id, source_row) in (select (file_id, source_row) ${rejected})`);
  for (const { fileId, sqlName, sourceRow } of parts)
    await leaveOut(sqlName, `${sourceRow} in (select source_row ${rejected} and file_id = ${fileId})`);
}

async function askRules(
  engine: SqlEngine,
  table: StagedTable,
  rules: readonly RowRule[],
  parameters: SqlParameters,
): Promise<void> {
  for (const rule of rules) {
    const name = rule.sql?.[table];
    if (name === undefined) continue;
    const { text } = sqlOf({ name: `staging.rules.${name}`, parameters: {}, columns: {}, grain: [] });
    await engine.execute({ name: `staging.rules.${name}`, text: addProblems(table, rule, text) }, parameters);
  }
}

/** Rules that compare rows; they come behind those that judge a row by itself, and spells are compared once for all of them. */
const COMPARING: ReadonlySet<string> = new Set(["spell_overlap", "duplicate"]);

/** A mapping may set another severity for its files. */
const addProblems = (table: StagedTable, rule: RowRule, select: string): string =>
  `insert into incoming.problems
select '${table}', found.file_id, found.source_row, found.field, found.value, '${rule.code}',
  coalesce(changed.severity, '${rule.severity}'), found.detail
from (
${select}) as found
left join incoming.severities as changed on changed.file_id = found.file_id and changed.rule = '${rule.code}'`;

/** Notes the severities that a file's mapping sets; `stop` rejects the row here and refuses the run at the end. */
export async function noteSeverities(engine: SqlEngine, fileId: number, mapping: TableMapping): Promise<void> {
  for (const [rule, severity] of Object.entries(mapping.rules)) {
    const kept: Severity = severity === "warn" ? "warn" : "reject";
    await engine.execute(
      { name: "incoming.severities", text: "insert into incoming.severities values ($id, $rule, $severity)" },
      { id: fileId, rule, severity: kept },
    );
  }
}
