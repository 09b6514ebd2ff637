import { addBetween, addCount, addSame, type Builder, EARLIER } from "./builder.ts";
import type { Finding } from "./finding.ts";
import { countName, type Place, type Role, yearsOf } from "./place.ts";
import { type DisclosureRules, isSmall, minimumBase } from "./primary.ts";

/** A count that an earlier edition showed, or that follows from what it showed (participants' rate x base). */
export interface EarlierValue {
  readonly place: Place;
  readonly role: "base" | "numerator";
  readonly value: number;
}

/**
 * Earlier editions join the system. A count that stands unchanged is known from before, hidden or not. One that has
 * changed since sets apart those who came or left. A pooled period that has grown sets apart the persons of the new
 * years, level by level: a group that this edition nowhere tells of, under the rules of any other.
 */
export function addEarlier(
  builder: Builder,
  findings: readonly Finding[],
  earlier: readonly EarlierValue[],
  rules: DisclosureRules,
): void {
  const inside = new Map<string, number>();
  for (const { place, role, value } of earlier) {
    const known = addCount(builder, `${EARLIER}\u0000${countName(place, role)}\u0000${value}`, {
      value,
      unit: EARLIER,
      least: 0,
      mostByRule: Number.POSITIVE_INFINITY,
      reach: null,
    });
    const now = builder.names.get(countName(place, role));
    const current = now === undefined ? undefined : builder.counts[now];
    if (now !== undefined && current?.value === value) addSame(builder, now, known);
    else if (now !== undefined && current !== undefined) {
      const [larger, smaller] = current.value > value ? [now, known] : [known, now];
      addBetween(builder, larger, smaller, (count) => (isSmall(count, rules.threshold) ? rules.threshold : null));
    }
    for (const grown of findings.filter((finding) => isGrown(finding, place))) {
      const whole = builder.names.get(countName(grown, role));
      if (whole === undefined || (builder.counts[whole]?.value ?? 0) < value) continue;
      const floor = role === "base" ? minimumBase(rules) : rules.threshold;
      const rest = addBetween(builder, whole, known, (count) => sensitive(count, role, floor));
      inside.set([role, countName(grown, "base"), place.period].join("\u0001"), rest);
    }
  }
  for (const [key, base] of inside) {
    if (!key.startsWith("base\u0001")) continue;
    const numerator = inside.get(key.replace("base", "numerator"));
    if (numerator !== undefined && (builder.counts[base]?.value ?? 0) > 0)
      addBetween(builder, base, numerator, (count) => sensitive(count, "numerator", rules.threshold));
  }
}

/** Nobody in a group tells nothing of anybody; nobody placed in a group tells of all of it. */
const sensitive = (count: number, role: Role, floor: number): number | null =>
  count < floor && (count > 0 || role !== "base") ? floor : null;

/** The same figure over a longer pooled period with the same first year, or one that contains it. */
function isGrown(finding: Finding, place: Place): boolean {
  const [now, before] = [yearsOf(finding.period), yearsOf(place.period)];
  if (now === null || before === null || finding.period === place.period || before[0] === before[1]) return false;
  return (
    now[0] <= before[0] &&
    now[1] >= before[1] &&
    finding.metric === place.metric &&
    finding.arm === place.arm &&
    finding.region === place.region &&
    finding.dimension === place.dimension &&
    finding.level === place.level &&
    finding.definition === place.definition &&
    finding.window === place.window
  );
}
