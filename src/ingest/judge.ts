import { sqlOf } from "../catalogue/catalogue.ts";
import { STAGED, type StagedTable } from "../catalogue/staging.ts";
import type { NamedSql, SqlEngine, SqlParameters } from "../engine/engine.ts";
import { mappableColumns, type TableMapping } from "./mapping.ts";
import { ROW_RULES, type RowRule, type RuleSettings, ruleParameters, type Severity } from "./rules.ts";

/** Rows of a file that the engine holds as it read them: their table, and the SELECT that gives them file_id and source_row. */
export interface EnginePart {
  readonly select: string;
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
  const rejecting = ROW_RULES.filter(
    (rule) => rule.severity === "reject" || mappings.some(({ rules }) => (rules[rule.code] ?? "warn") !== "warn"),
  );
  if (isSpells(table)) await engine.build(crowdedSpells(table), []);
  await askRules(engine, table, rejecting, parameters);
  await viewIncoming(engine, table, parts, await hasRejects(engine, table));
  await askRules(
    engine,
    table,
    ROW_RULES.filter((rule) => !rejecting.includes(rule)),
    parameters,
  );
  await engine.build(sqlOf(STAGED[table]), isSpells(table) ? [] : STAGED[table].grain);
  await engine.execute({ name: `incoming.${table}`, text: `drop view incoming.${table}` });
  for (const name of [
    `incoming.rows_${table}`,
    ...(isSpells(table) ? [`incoming.crowded_${table}`] : []),
    ...parts.map(({ sqlName }) => sqlName),
  ])
    await engine.execute({ name, text: `drop table ${name}` });
}

/**
 * Spells are as many as a register has: whether they overlap or repeat is asked of the persons only who have spells that
 * overlap, and that file and row identify them follows from how they are numbered (each file is counted at the end).
 */
const isSpells = (table: StagedTable): boolean => table === "jobseeker_spells" || table === "employment_spells";

const crowdedSpells = (table: StagedTable): NamedSql => ({
  name: `incoming.crowded_${table}`,
  text: sqlOf({ name: `staging.rules.crowded_${table}`, parameters: {}, columns: {}, grain: [] }).text,
});

/** `incoming.{table}`: the rows of every file, less the rejected ones once they are known. */
export async function viewIncoming(
  engine: SqlEngine,
  table: StagedTable,
  parts: readonly EnginePart[],
  less = false,
): Promise<void> {
  const columns = ["file_id", "source_row", ...Object.keys(mappableColumns(table))].join(", ");
  const all = [`select ${columns} from incoming.rows_${table}`, ...parts.map(({ select }) => select)].join(
    "\nunion all\n",
  );
  const rejected = `select 1 from incoming.problems where table_name = '${table}' and severity = 'reject'
    and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row`;
  await engine.execute({
    name: `incoming.${table}`,
    text: `create or replace view incoming.${table} as select * from (\n${all}) as arrived${less ? ` where not exists (${rejected})` : ""}`,
  });
}

async function hasRejects(engine: SqlEngine, table: StagedTable): Promise<boolean> {
  const rows = await engine.rows({
    name: "incoming.problems",
    text: `select 1 from incoming.problems where table_name = '${table}' and severity = 'reject' limit 1`,
  });
  return rows.length > 0;
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
