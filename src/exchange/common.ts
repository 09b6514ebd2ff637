import { PATTERNS } from "../catalogue/patterns.ts";
import { type Crossed, isTable, replayingEngine } from "../engine/crossing.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { widened } from "../engine/narrow.ts";
import { amongServices, type Common } from "./among.ts";
import type { Pack, PackTable } from "./pack.ts";

/** What the next round is handed: the sums of this round, and of those before. */
export const handedOn = (sums: Pack): readonly Crossed[] => [
  ...loaded(sums, sums.manifest.common),
  ...loaded(sums, sums.manifest.tables),
];

/** What the services of a pack were handed. */
export const commonTables = (pack: Pack): readonly Crossed[] => loaded(pack, pack.manifest.common);

const loaded = ({ contentOf }: Pack, tables: readonly PackTable[]): readonly Crossed[] =>
  tables.map((one) => ({ table: one.table, key: one.key, content: contentOf(one) }));

/** The sums as `amongServices` takes them; undefined where nothing was added up. */
export function commonOf(crossed: readonly Crossed[]): Common | undefined {
  if (crossed.length === 0) return undefined;
  const days = crossed.find(({ table }) => table === PATTERNS.start_day_counts.name)?.content;
  const cohorts = crossed.flatMap(({ table, key, content }) =>
    table === PATTERNS.pattern_counts.name && isTable(content) ? [[key, widened(content)] as const] : [],
  );
  return { days: days === undefined || isTable(days) ? [] : days, cohorts: new Map(cohorts) };
}

/** The engine among others where something is common to them, else itself. */
export const withCommon = (engine: SqlEngine, common: Common | undefined): SqlEngine =>
  common === undefined ? engine : amongServices(engine, common);

/** An engine that gives the answers of a pack. */
export const engineOf = (pack: Pack): SqlEngine =>
  withCommon(replayingEngine(pack.answers), commonOf(commonTables(pack)));
