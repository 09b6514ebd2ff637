import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, HALVES, NETWORK, placeKey } from "../place.ts";
import { addParts, addSame, type Builder } from "./builder.ts";

/** Counts, and both halves of a rate, of all regions make the network's. */
export function addRegions(builder: Builder, findings: readonly Finding[]): void {
  const counted = findings.filter(({ dimension }) => dimension !== "branch");
  const tables = groupBy(counted, (finding) =>
    [finding.metric, finding.arm, finding.cell.kind, placeKey({ ...finding, region: "" })].join("\u0000"),
  );
  for (const table of tables.values()) {
    const network = table.find(({ region }) => region === NETWORK);
    if (network === undefined) continue;
    const regions = table.filter((finding) => finding !== network);
    for (const half of HALVES) {
      const whole = builder.names.get(countName(network, half));
      const parts = regions.flatMap((finding) => builder.names.get(countName(finding, half)) ?? []);
      if (whole !== undefined) addParts(builder, whole, parts);
    }
  }
}

/** One name of all persons of several sets. */
export const setName = (sets: readonly string[]): string => sets.toSorted().join(" + ");

/**
 * Counts that name the same persons are one number; where they name several sets, those add up, and so do parts of a base.
 * @returns the count of each name
 */
export function addSets(builder: Builder, findings: readonly Finding[]): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const sums: { readonly whole: number; readonly names: readonly string[] }[] = [];
  for (const finding of findings)
    for (const half of HALVES) {
      const names = finding.cell.sets?.[half] ?? [];
      const index = builder.names.get(countName(finding, half));
      if (index === undefined || names.length === 0) continue;
      const name = setName(names);
      addSame(builder, known.get(name), index);
      if (known.has(name)) continue;
      known.set(name, index);
      if (names.length > 1) sums.push({ whole: index, names });
    }
  for (const finding of findings) {
    const whole = builder.names.get(countName(finding, "base"));
    if (whole !== undefined) sums.push(...(finding.cell.parts ?? []).map((names) => ({ whole, names })));
  }
  for (const { whole, names } of sums) {
    const parts = names.flatMap((name) => known.get(name) ?? []);
    if (parts.length === names.length) addParts(builder, whole, parts);
  }
  return known;
}

/**
 * Places at which two numbers must be equal, and somebody counted, before a reader takes them for one; more of them where
 * they tell of several arms, of which as many pairs are equal by chance as there are figures.
 */
const SEEN_EQUAL = { inOneArm: 3, acrossArms: 6 };

interface Series {
  readonly arm: string;
  readonly byPlace: ReadonlyMap<string, number>;
}

/**
 * Two numbers that are equal at every place of a table where both are told are one to a reader, whether or not they
 * count the same persons: what is shown of one tells the other where it is hidden.
 */
export function addTwins(builder: Builder, findings: readonly Finding[]): void {
  const told = findings.flatMap((finding) =>
    HALVES.flatMap((half) => {
      const index = builder.names.get(countName(finding, half));
      return index === undefined ? [] : [{ finding, half, place: placeKey(finding), index }];
    }),
  );
  for (const table of groupBy(told, ({ finding }) => finding.dimension).values()) {
    const series = groupBy(table, ({ finding, half }) => [finding.metric, finding.arm, half].join("\u0000"));
    const found = [...series.values()].map(
      (own): Series => ({
        arm: own[0]?.finding.arm ?? "",
        byPlace: new Map(own.map(({ place, index }) => [place, index])),
      }),
    );
    for (const [k, one] of found.entries()) for (const other of found.slice(0, k)) addTwin(builder, one, other);
  }
}

function addTwin(builder: Builder, one: Series, other: Series): void {
  const value = (index: number): number => builder.counts[index]?.value ?? 0;
  const pairs: (readonly [number, number])[] = [];
  for (const [place, index] of one.byPlace) {
    const twin = other.byPlace.get(place);
    if (twin === undefined) continue;
    if (value(index) !== value(twin)) return;
    pairs.push([index, twin]);
  }
  const least = one.arm === other.arm ? SEEN_EQUAL.inOneArm : SEEN_EQUAL.acrossArms;
  if (pairs.filter(([index]) => value(index) > 0).length < least) return;
  for (const [index, twin] of pairs) addSame(builder, index, twin);
}
