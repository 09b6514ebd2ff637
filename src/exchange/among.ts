import type { Table } from "apache-arrow";
import { sqlOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { RISK } from "../catalogue/risk.ts";
import { columnsIn, tableOfColumns, type ValueColumn } from "../engine/columns-table.ts";
import type { SqlEngine, SqlRow, TypedColumns } from "../engine/engine.ts";
import { tableKeys } from "../engine/table-keys.ts";
import { UserError } from "../user-error.ts";

/** What all services together have: their sums, which each of them is handed. */
export interface Common {
  /** Days on which linked participants started, with how many. */
  readonly days: readonly SqlRow[];
  /** `pattern_counts` of each cohort, by its key; empty before patterns were added up. */
  readonly cohorts: ReadonlyMap<string, Table>;
}

/** An engine whose register is one of several. */
interface EngineAmong extends SqlEngine {
  /** The key of the cohort that stands, the same in every service. */
  cohortKey(): string;
}

/**
 * The engine of one service, which draws index days from the participants of all services, and numbers and weighs the
 * patterns of all services; its rows stay its own. What it answers can be added up with the answers of the others.
 */
export function amongServices(engine: SqlEngine, common: Common): EngineAmong {
  // follows how tables came about in the round in which patterns were counted
  const keys = tableKeys();
  let counts: Table | undefined;
  const cohortKey = (): string => keys.keyOf(PATTERNS.patterns.name) ?? "";
  const load: SqlEngine["load"] = (name, columns) => {
    keys.loaded(name, columns);
    return engine.load(name, columns);
  };
  return {
    ...{ kind: engine.kind, load, cohortKey },
    execute(sql, parameters) {
      keys.executed(sql, parameters);
      return engine.execute(sql, parameters);
    },
    async build(sql, grain, parameters) {
      if (sql.name === RISK.start_days.name) await load("patterns.common_days", eachStart(common.days));
      const own = sql.name === RISK.start_days.name ? { ...sql, text: sqlOf(RISK.start_days_among).text } : sql;
      keys.built(own, parameters);
      if (sql.name !== PATTERNS.patterns.name || common.cohorts.size === 0) return engine.build(own, grain, parameters);
      const cohort = common.cohorts.get(cohortKey());
      if (cohort === undefined)
        throw new UserError(
          "the patterns added up are not of the cohort that is asked for; begin again with its settings",
        );
      const numbered = numberedPatterns(cohort);
      counts = numbered.counts;
      return engine.load(sql.name, numbered.patterns);
    },
    async arrow(sql, parameters) {
      return sql.name === PATTERNS.counts.name && counts !== undefined ? counts : engine.arrow(sql, parameters);
    },
    rows: (sql, parameters) => engine.rows(sql, parameters),
    describe: (sql, parameters) => engine.describe(sql, parameters),
    interrupt: () => engine.interrupt(),
    close: () => engine.close(),
  };
}

/** One row a start, numbered within its day. */
function eachStart(days: readonly SqlRow[]): TypedColumns {
  const starts = days.flatMap(({ month, started_on, participants }) =>
    Array.from({ length: Number(participants) }, (_, nth) => ({
      month: Number(month),
      started_on: String(started_on),
      nth,
    })),
  );
  return {
    month: Int32Array.from(starts, ({ month }) => month),
    started_on: starts.map(({ started_on }) => started_on),
    nth: Int32Array.from(starts, ({ nth }) => nth),
  };
}

const COUNTS = ["outcome", "after", "rows", "persons", "starts_later"] as const;

/** Patterns numbered in the order of the table, and their counts by outcome, window and number, as the engine has them. */
function numberedPatterns(cohort: Table): { readonly patterns: TypedColumns; readonly counts: Table } {
  const columns = columnsIn(cohort);
  const content = columns.filter(({ name }) => !COUNTS.some((own) => own === name));
  const isNew = (row: number): boolean => content.some(({ values }) => values[row] !== values[row - 1]);
  const firsts: number[] = [];
  const key = Int32Array.from({ length: cohort.numRows }, (_, row) => {
    if (row === 0 || isNew(row)) firsts.push(row);
    return firsts.length - 1;
  });
  const patterns = content.map(({ name, kind, values }) => [
    name,
    kind === "text" ? firsts.map((row) => String(values[row])) : Int32Array.from(firsts, (row) => Number(values[row])),
  ]);
  return {
    patterns: { key: Int32Array.from(firsts, (_, i) => i), ...Object.fromEntries(patterns) },
    counts: countsTable(columns, key),
  };
}

function countsTable(columns: readonly ValueColumn[], key: Int32Array): Table {
  const of = (name: string): ValueColumn["values"] => columns.find((column) => column.name === name)?.values ?? [];
  const [outcome, after] = [of("outcome"), of("after")];
  const order = [...key.keys()].sort((a, b) => {
    const [one, two] = [String(outcome[a]), String(outcome[b])];
    if (one !== two) return one < two ? -1 : 1;
    return Number(after[a]) - Number(after[b]) || (key[a] ?? 0) - (key[b] ?? 0);
  });
  const sorted = COUNTS.flatMap((name) => columns.filter((column) => column.name === name)).map(
    ({ name, kind, values }) => ({ name, kind, values: order.map((row) => values[row] ?? 0) }),
  );
  return tableOfColumns([{ name: "key", kind: "int32", values: order.map((row) => key[row] ?? 0) }, ...sorted]);
}
