import type { Finding } from "../finding.ts";
import { countName, HALVES, ROLES, type Role } from "../place.ts";
import type { DisclosureRules } from "../primary.ts";
import { addBetween, addCount, addParts, type Builder } from "../system/builder.ts";
import { addChanged, sensitive } from "./earlier.ts";
import type { GroupsBefore } from "./earlier-groups.ts";

/**
 * Regions and levels as an earlier edition told of them and as this one does are the same persons, less those who have
 * left or come since; and its regions add up to its network.
 */
export function addGroupsBefore(builder: Builder, { same, sums }: GroupsBefore, { threshold }: DisclosureRules): void {
  const { names, counts } = builder;
  const value = (i: number): number => counts[i]?.value ?? 0;
  for (const { before, now, isOneBase } of same) {
    const all = (findings: readonly Finding[], role: Role) =>
      isOneBase && role === "base" ? findings.slice(0, 1) : findings;
    const roles = isOneBase ? HALVES : ROLES;
    const totals = roles.map((role) => [now, before].map((findings) => totalOf(builder, all(findings, role), role)));
    const grown = totals[0]?.includes(null) === false ? value(totals[0]?.[0] ?? 0) - value(totals[0]?.[1] ?? 0) : 0;
    for (const [i, [is = null, was = null]] of totals.entries())
      if (is !== null && was !== null) addChanged(builder, is, was, { threshold, grown: i === 0 ? 0 : grown });
    if (isOneBase) continue;
    if (before.length > 1) addLeftOver(builder, now, before, threshold);
    if (now.length > 1) addLeftOver(builder, before, now, threshold);
  }
  for (const { whole, parts } of sums) {
    const [total, ...at] = [whole, ...parts].map((name) => names.get(name));
    if (total === undefined || at.includes(undefined)) continue;
    addParts(
      builder,
      total,
      at.flatMap((i) => i ?? []),
    );
  }
}

/**
 * What one edition tells of the whole, less what the other tells of all parts but one: a reader takes it for that part,
 * where it can be, and is right where nobody of the others has come or left.
 */
function addLeftOver(builder: Builder, whole: readonly Finding[], parts: readonly Finding[], threshold: number): void {
  const value = (i: number): number => builder.counts[i]?.value ?? 0;
  for (const part of parts) {
    const rest = parts.filter((other) => other !== part);
    const left = ROLES.flatMap((role) => {
      const [all, others] = [whole, rest].map((some) => totalOf(builder, some, role));
      return all == null || others == null ? [] : [{ role, all, others, size: value(all) - value(others) }];
    });
    if ((left[0]?.size ?? 0) === 0 || left.some(({ size }) => size < 0)) continue;
    for (const { role, all, others } of left)
      addBetween(builder, all, others, (count) => sensitive(count, role, threshold));
  }
}

/** The count of all these findings together; null where one of them has none. */
function totalOf(builder: Builder, findings: readonly Finding[], role: Role): number | null {
  const parts = findings.flatMap((finding) => builder.names.get(countName(finding, role)) ?? []);
  const [only] = parts;
  if (only === undefined || parts.length < findings.length) return null;
  if (parts.length === 1) return only;
  const name = ["together", ...findings.map((finding) => countName(finding, role))].join("\u0000");
  const value = parts.reduce((sum, part) => sum + (builder.counts[part]?.value ?? 0), 0);
  const isNew = !builder.names.has(name);
  const whole = addCount(builder, name, {
    ...{ value, units: [], least: 0 },
    ...{ mostByRule: Number.POSITIVE_INFINITY, reach: null },
  });
  if (isNew) addParts(builder, whole, parts);
  return whole;
}
