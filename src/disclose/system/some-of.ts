import type { EarlierValue } from "../earlier/earlier.ts";
import type { Finding } from "../finding.ts";
import { countName } from "../place.ts";
import { addAtMost, type Builder } from "./builder.ts";

/**
 * Persons whom another metric counts too, perhaps with more (`Cell.someOf`), in this edition or in an earlier one of any
 * pipeline: no more of them are told of than there.
 */
export function addSomeOf(builder: Builder, findings: readonly Finding[], earlier: readonly EarlierValue[]): void {
  const exact = earlier.filter(({ roundedTo }) => roundedTo === undefined);
  const told = new Map(exact.map(({ place, base }) => [countName(place, "base"), base]));
  for (const finding of findings) {
    const { someOf, base } = finding.cell;
    const some = builder.names.get(countName(finding, "base"));
    if (someOf === undefined || some === undefined || base === null) continue;
    const name = countName({ ...finding, ...someOf }, "base");
    const all = builder.names.get(name);
    const most = all === undefined ? told.get(name) : builder.counts[all]?.value;
    if (most === undefined || base > most) continue;
    if (all !== undefined) addAtMost(builder, some, all);
    else builder.rows.push({ terms: [[some, 1]], lower: Number.NEGATIVE_INFINITY, upper: most });
  }
}
