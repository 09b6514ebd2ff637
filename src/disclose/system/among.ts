import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, placeKey, unitKey } from "../place.ts";
import { addCount, addParts, type Builder } from "./builder.ts";
import { addRegions, setName } from "./links.ts";

/** A finding whose persons are some of those that a count tells of. */
interface Some {
  readonly finding: Finding;
  readonly all: number;
}

/**
 * Some of the persons of a name are no more than all of them, in each region as in the network. What is told of some is
 * hidden wherever all of them are (`Cell.alongside`), so it is taken to be known where they are told; findings with one
 * base at every place are asked of once.
 * @param known the count of each name
 */
export function addAmong(builder: Builder, findings: readonly Finding[], known: ReadonlyMap<string, number>): void {
  const some = findings.flatMap((finding) =>
    (finding.cell.among ?? []).flatMap((names): readonly Some[] => {
      const all = known.get(setName(names));
      return all === undefined || finding.cell.base === null ? [] : [{ finding, all }];
    }),
  );
  const series = groupBy(some, ({ finding }) =>
    [finding.metric, finding.arm, placeKey({ ...finding, region: "", period: "" })].join("\u0000"),
  );
  const seen = new Set<string>();
  for (const own of series.values()) {
    const told = own.map(({ finding, all }) => [finding.region, finding.period, all, finding.cell.base].join(" "));
    const key = told.toSorted().join();
    if (!seen.has(key) && seen.add(key)) addSeries(builder, own);
  }
}

function addSeries(builder: Builder, series: readonly Some[]): void {
  const apart = series.flatMap(({ finding, all }): readonly Finding[] => {
    const units = builder.counts[all]?.units ?? [];
    const own = builder.names.get(countName(finding, "base"));
    if (own !== undefined && units.includes(unitKey(finding))) {
      addParts(builder, all, [own]);
      return [];
    }
    const counted = { ...finding, metric: `${finding.metric}, counted` };
    const value = finding.cell.base ?? 0;
    const count = { value, units, least: 1, mostByRule: Number.POSITIVE_INFINITY, reach: null };
    addParts(builder, all, [addCount(builder, countName(counted, "base"), count)]);
    return [counted];
  });
  addRegions(builder, apart);
}
