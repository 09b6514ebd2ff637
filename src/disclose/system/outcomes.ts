import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, placeKey } from "../place.ts";
import { type DisclosureRules, isSmall } from "../primary.ts";
import { addBetween, addSame, type Builder } from "./builder.ts";

/** Outcomes of one group that rest on as many persons: one multiple is told of them, since two would tell more than one. */
export function addEqualBases(builder: Builder, rates: readonly Finding[]): void {
  const places = groupBy(rates, (finding) =>
    [finding.metric, finding.arm, placeKey({ ...finding, definition: "", window: "" }), finding.cell.base].join(
      "\u0000",
    ),
  );
  for (const [first, ...others] of places.values()) {
    if (first === undefined) continue;
    const base = builder.names.get(countName(first, "base"));
    for (const other of others) addSame(builder, base, builder.names.get(countName(other, "base")));
  }
}

/** Two outcomes of one group rest on populations of their own: who is in one and not in the other is a count too. */
export function addDifferences(builder: Builder, rates: readonly Finding[], rules: DisclosureRules): void {
  const places = groupBy(
    rates.filter(({ n, cell }) => n === cell.base),
    (finding) => [finding.metric, finding.arm, placeKey({ ...finding, definition: "", window: "" })].join("\u0000"),
  );
  const isNear = (a: Finding, b: Finding): boolean =>
    isSmall(Math.abs((a.cell.base ?? 0) - (b.cell.base ?? 0)), rules.threshold);
  for (const place of places.values())
    for (const [i, one] of place.entries())
      for (const other of place.slice(0, i)) {
        if (!isNear(one, other)) continue;
        const isLarger = (one.cell.base ?? 0) > (other.cell.base ?? 0);
        const [larger, smaller] = isLarger ? [one, other] : [other, one];
        const at = [larger, smaller].map((finding) => builder.names.get(countName(finding, "base")) ?? 0);
        addBetween(builder, at[0] ?? 0, at[1] ?? 0, () => rules.threshold);
      }
}
