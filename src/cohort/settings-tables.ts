import { quoteIdentifier, quoteName, type SqlEngine, type SqlParameters, type SqlValue } from "../engine/engine.ts";
import { type CohortSettings, type CovariateName, lookaheadMonths } from "./settings.ts";

type ColumnTypes = Readonly<Record<string, "INTEGER" | "VARCHAR">>;

interface SmallTable {
  readonly name: string;
  readonly columns: ColumnTypes;
  readonly rows: ReadonlyArray<readonly SqlValue[]>;
}

/** The list-like settings as tables of the schema `settings`, which the queries join. */
export async function loadSettings(
  engine: SqlEngine,
  settings: CohortSettings,
  subgroups: readonly CovariateName[] = [],
): Promise<void> {
  for (const table of [...settingsTables(settings), subgroupsTable(subgroups)]) await loadTable(engine, table);
}

/** What each table of settings holds, as text. */
export const settingsKeys = (settings: CohortSettings): ReadonlyArray<readonly [name: string, key: string]> =>
  settingsTables(settings).map(({ name, rows }) => [name, JSON.stringify(rows)]);

/** The settings that are bound to the queries' parameters. */
export function cohortParameters(settings: CohortSettings): SqlParameters {
  return {
    region: settings.region,
    register: settings.register,
    seed: settings.seed,
    index: settings.index,
    reuse: settings.reuse,
    age_from: settings.eligibility.ageFrom,
    age_to: settings.eligibility.ageTo,
    months: settings.months,
    lag: settings.reportingLagMonths,
    extraction: settings.extraction,
    contract_length: settings.contractLength,
    definition: settings.outcomes[0]?.definition ?? null,
    after: settings.outcomes[0]?.after ?? null,
  };
}

/** `2014`, or `2014-2016` of several years. */
function pooledPeriod(years: readonly number[]): string {
  const first = Math.min(...years);
  const last = Math.max(...years);
  return first === last ? String(first) : `${first}-${last}`;
}

/** Bands `18-21`, `22-25`, ... from their lower bounds; the last ends with the oldest age admitted. */
function ageBands(settings: CohortSettings): ReadonlyArray<readonly [label: string, from: number, to: number]> {
  const { ageFrom, ageTo } = settings.eligibility;
  const bounds = settings.ageBands.filter((bound) => bound <= ageTo);
  const [first] = bounds;
  if (first === undefined || first > ageFrom)
    throw new RangeError(`age bands start at ${first ?? "none"}, after the youngest age admitted (${ageFrom})`);
  return bounds.map((from, i) => {
    const to = (bounds[i + 1] ?? ageTo + 1) - 1;
    return [`${from}-${to}`, from, to] as const;
  });
}

function settingsTables(settings: CohortSettings): readonly SmallTable[] {
  const years = [...settings.years].sort((a, b) => a - b);
  const pooled = pooledPeriod(years);
  const single = years.map((year) => [String(year), year]);
  return [
    { name: "settings.years", columns: { year: "INTEGER" }, rows: years.map((year) => [year]) },
    {
      name: "settings.periods",
      columns: { period: "VARCHAR", year: "INTEGER" },
      rows: years.length > 1 ? [...single, ...years.map((year) => [pooled, year])] : single,
    },
    {
      name: "settings.origins",
      columns: { origin: "VARCHAR" },
      rows: settings.eligibility.origins.map((origin) => [origin]),
    },
    {
      name: "settings.excluded_contracts",
      columns: { contract: "VARCHAR" },
      rows: settings.excludedContracts.map((contract) => [contract]),
    },
    {
      name: "settings.age_bands",
      columns: { band: "VARCHAR", age_from: "INTEGER", age_to: "INTEGER" },
      rows: ageBands(settings),
    },
    {
      name: "settings.outcomes",
      columns: { definition: "VARCHAR", after: "INTEGER", lookahead: "INTEGER" },
      rows: settings.outcomes.map(({ definition, after }) => [
        definition,
        after,
        lookaheadMonths(definition, settings.contractLength),
      ]),
    },
  ];
}

function subgroupsTable(subgroups: readonly CovariateName[]): SmallTable {
  return {
    name: "settings.subgroups",
    columns: { dimension: "VARCHAR" },
    rows: subgroups.map((dimension) => [dimension]),
  };
}

async function loadTable(engine: SqlEngine, table: SmallTable): Promise<void> {
  const names = Object.keys(table.columns);
  const columns = Object.entries(table.columns).map(([name, type]) => `${quoteIdentifier(name)} ${type}`);
  await engine.execute({ name: table.name, text: "create schema if not exists settings" });
  await engine.execute({
    name: table.name,
    text: `create or replace table ${quoteName(table.name)} (${columns.join(", ")})`,
  });
  if (table.rows.length === 0) return;
  const parameters = table.rows.flatMap((row, i) => row.map((value, j) => [`r${i}_${j}`, value] as const));
  const values = table.rows.map((_, i) => `(${names.map((_, j) => `$r${i}_${j}`).join(", ")})`);
  await engine.execute(
    { name: table.name, text: `insert into ${quoteName(table.name)} values ${values.join(", ")}` },
    Object.fromEntries(parameters),
  );
}
