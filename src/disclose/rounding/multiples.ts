import type { Finding } from "../finding.ts";
import { countName, HALVES, type Half, placeKey, unitKey } from "../place.ts";
import type { Registered } from "../system/cells.ts";

/** What is told of counts that were rounded. */
export interface Multiples {
  /** The multiple of a count that a finding rests on or tells: its own, or one of the same persons at its place. */
  readonly of: (finding: Finding, count: number) => number;
  /** The multiple that is told of a finding's base or numerator. */
  readonly at: (finding: Finding, role: Half) => number;
}

/**
 * Multiples by finding. A number of persons that the system doesn't hold under the finding's own name (the base of a
 * mean, of an effect) is told as the count of the same size is that stands at the same place: two multiples of one
 * number would tell more of it than one. Both arms together are the sum of what is told of each; else the nearest.
 */
export function multiplesOf(
  findings: readonly Finding[],
  { system, numbers }: Registered,
  rounded: ArrayLike<number>,
  base: number,
): Multiples {
  const near = new Map<string, number>();
  const namesOf = (finding: Finding): readonly string[] =>
    [finding, { ...finding, metric: "balance", arm: "" }].flatMap((one) => HALVES.map((role) => countName(one, role)));
  const keysAt = (finding: Finding, count: number): readonly string[] =>
    [unitKey(finding), `${finding.arm}\u0000${placeKey(finding)}`, `\u0000${placeKey(finding)}`].map(
      (key) => `${key}\u0000${count}`,
    );
  for (const finding of findings)
    for (const name of namesOf(finding)) {
      const i = numbers.get(name);
      const value = i === undefined ? undefined : system.counts[i]?.value;
      if (i === undefined || value === undefined) continue;
      for (const key of keysAt(finding, value)) if (!near.has(key)) near.set(key, rounded[i] ?? 0);
    }
  const known = (finding: Finding, count: number): number | undefined => {
    const own = namesOf(finding)
      .flatMap((name) => numbers.get(name) ?? [])
      .find((i) => system.counts[i]?.value === count);
    if (own !== undefined) return rounded[own];
    return keysAt(finding, count)
      .map((key) => near.get(key))
      .find((multiple) => multiple !== undefined);
  };
  const bases = new Map(findings.map((finding) => [countName(finding, "base"), finding.cell.base]));
  const rated = new Map(
    findings
      .filter(({ cell }) => cell.kind === "rate")
      .toReversed()
      .map((finding) => [`${finding.arm}\u0000${placeKey(finding)}`, finding.metric]),
  );
  const ofBoth = (finding: Finding, count: number): number | undefined => {
    const arms = ["participants", "controls"].map((arm) => {
      const metric = rated.get(`${arm}\u0000${placeKey(finding)}`) ?? "placement_rate";
      return { ...finding, metric, arm };
    });
    const sizes = arms.map((arm) => bases.get(countName(arm, "base")) ?? 0);
    const told = arms.map((arm, i) => known(arm, sizes[i] ?? 0));
    const isSum = finding.arm === "both" && sizes.reduce((sum, size) => sum + size, 0) === count;
    return isSum && !told.includes(undefined) ? told.reduce<number>((sum, one) => sum + (one ?? 0), 0) : undefined;
  };
  const of: Multiples["of"] = (finding, count) =>
    known(finding, count) ?? ofBoth(finding, count) ?? base * Math.floor(count / base + 0.5);
  return { of, at: (finding, role) => of(finding, finding.cell[role] ?? 0) };
}
