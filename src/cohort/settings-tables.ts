import type { SqlEngine, SqlParameters, TypedColumns } from "../engine/engine.ts";
import { type CohortSettings, type CovariateName, lookaheadMonths } from "./settings.ts";

interface SmallTable {
  readonly name: string;
  readonly columns: TypedColumns;
}

/** The list-like settings as tables of the schema `settings`, which the queries join. */
export async function loadSettings(
  engine: SqlEngine,
  settings: CohortSettings,
  subgroups: readonly CovariateName[] = [],
): Promise<void> {
  for (const table of [...settingsTables(settings), subgroupsTable(subgroups)])
    await engine.load(table.name, table.columns);
}

/** What each table of settings holds, as text. */
export const settingsKeys = (settings: CohortSettings): ReadonlyArray<readonly [name: string, key: string]> =>
  settingsTables(settings).map(({ name, columns }) => [
    name,
    JSON.stringify(Object.values(columns).map((values) => [...values])),
  ]);

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
  const pooled = years.length > 1 ? years : [];
  const bands = ageBands(settings);
  const { outcomes } = settings;
  return [
    { name: "settings.years", columns: { year: Int32Array.from(years) } },
    {
      name: "settings.periods",
      columns: {
        period: [...years.map(String), ...pooled.map(() => pooledPeriod(years))],
        year: Int32Array.from([...years, ...pooled]),
      },
    },
    { name: "settings.origins", columns: { origin: settings.eligibility.origins } },
    { name: "settings.excluded_contracts", columns: { contract: settings.excludedContracts } },
    {
      name: "settings.age_bands",
      columns: {
        band: bands.map(([label]) => label),
        age_from: Int32Array.from(bands, ([, from]) => from),
        age_to: Int32Array.from(bands, ([, , to]) => to),
      },
    },
    {
      name: "settings.outcomes",
      columns: {
        definition: outcomes.map(({ definition }) => definition),
        after: Int32Array.from(outcomes, ({ after }) => after),
        lookahead: Int32Array.from(outcomes, ({ definition }) => lookaheadMonths(definition, settings.contractLength)),
      },
    },
  ];
}

const subgroupsTable = (subgroups: readonly CovariateName[]): SmallTable => ({
  name: "settings.subgroups",
  columns: { dimension: subgroups },
});
