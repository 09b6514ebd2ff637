import type { Finding } from "../finding.ts";
import { countName, unitKey } from "../place.ts";
import { type DisclosureRules, minimumBase } from "../primary.ts";
import { addCount, type Builder } from "./builder.ts";

/** Who a mean rests on: as many as a count, or the base of a rate, that stands or falls with it; or a number of its own. */
export function addMeans(
  builder: Builder,
  means: readonly Finding[],
  others: readonly Finding[],
  rules: DisclosureRules,
): void {
  const keyOf = (finding: Finding, size: number): string => [unitKey(finding), finding.arm, size].join("\u0000");
  const beside = new Map(
    others.flatMap((finding) => {
      const index = builder.names.get(countName(finding, "base"));
      return index === undefined ? [] : [[keyOf(finding, finding.cell.base ?? 0), index] as const];
    }),
  );
  for (const finding of means) {
    const { base } = finding.cell;
    const same = beside.get(keyOf(finding, base ?? 0));
    if (same !== undefined) builder.names.set(countName(finding, "base"), same);
    else if (base !== null) {
      const least = minimumBase(rules, finding.cell);
      addCount(builder, countName(finding, "base"), {
        ...{ value: base, units: [unitKey(finding)], least: 1, mostByRule: Number.POSITIVE_INFINITY },
        reach: base < least ? least : null,
      });
    }
  }
}
