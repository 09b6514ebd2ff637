import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, hasParts, NETWORK, type Place, type Role, totalOf, unitKey, yearsOf } from "../place.ts";
import { type DisclosureRules, minimumBase } from "../primary.ts";
import { addBetween, addCount, addSame, type Builder, EARLIER } from "../system/builder.ts";

/** What an earlier edition showed of a place: how many persons, and who of them counts where that was told. */
export interface EarlierValue {
  /** The edition that showed it, where there are several. */
  readonly edition?: string;
  readonly place: Place;
  readonly base: number;
  /** Shown itself, or following from what was (participants' rate x base); null where neither. */
  readonly numerator: number | null;
  /** What both had been rounded to multiples of; exact where absent. */
  readonly roundedTo?: number;
}

/** What an earlier edition hid, by a rule or for another figure's sake. */
export interface EarlierHidden {
  readonly edition?: string;
  readonly place: Place;
  readonly base: null;
}

/** Whether an earlier edition showed a number, so that its halves are known. */
export const isShown = (one: EarlierValue | EarlierHidden): one is EarlierValue => one.base !== null;

/** The counts that an earlier edition showed of a place. */
export const halvesOf = ({ base, numerator }: EarlierValue) => [
  { role: "base", value: base } as const,
  ...(numerator === null ? [] : [{ role: "numerator", value: numerator } as const]),
];

/**
 * Units that an earlier edition hid and that stay hidden, since figures of their metric have changed, in their region or
 * in the network that it is part of: who holds both editions would set what this one showed of them against sums that
 * only the earlier one told.
 */
export function hiddenBefore(
  { names, counts }: Builder,
  findings: readonly Finding[],
  earlier: readonly (EarlierValue | EarlierHidden)[],
): ReadonlySet<string> {
  const seriesOf = ({ metric, region }: Pick<Place, "metric" | "region">): string => `${metric}\u0000${region}`;
  const changed = new Set(
    earlier.filter(isShown).flatMap((one) => {
      const { place, roundedTo } = one;
      const isOther = halvesOf(one).some(({ role, value }) => {
        const now = counts[names.get(countName(place, role)) ?? -1];
        return now !== undefined && now.value !== value;
      });
      return !isOther || roundedTo !== undefined ? [] : [seriesOf(place), seriesOf({ ...place, region: ANY })];
    }),
  );
  const hasChanged = ({ metric, region }: Place): boolean =>
    [region, NETWORK, ...(region === NETWORK ? [ANY] : [])].some((one) =>
      changed.has(seriesOf({ metric, region: one })),
    );
  const places = new Set(
    earlier.flatMap((one) => (isShown(one) || !hasChanged(one.place) ? [] : [countName(one.place, "base")])),
  );
  // nobody is told as such: who sees a group hidden takes it for somebody
  return new Set(
    findings.filter((finding) => finding.cell.base !== 0 && places.has(countName(finding, "base"))).map(unitKey),
  );
}

const ANY = "";

/**
 * Earlier editions join the system. A count that stands unchanged is known from before, hidden or not. One that has
 * changed since sets apart those who came or left. A pooled period that has grown sets apart the persons of the new
 * years, level by level: a group that this edition nowhere tells of, under the rules of any other.
 */
export function addEarlier(
  builder: Builder,
  findings: readonly Finding[],
  all: readonly EarlierValue[],
  rules: DisclosureRules,
): void {
  const inside = new Map<string, number>();
  for (const value of all) addRounded(builder, value);
  const earlier = all.filter(({ roundedTo }) => roundedTo === undefined);
  for (const one of earlier) {
    const { place } = one;
    addChanges(builder, one, rules);
    for (const { role, value } of halvesOf(one)) {
      const known = addKnown(builder, place, role, value);
      for (const grown of findings.filter((finding) => isGrown(finding, place))) {
        const whole = builder.names.get(countName(grown, role));
        if (whole === undefined || (builder.counts[whole]?.value ?? 0) < value) continue;
        const floor = role === "base" ? minimumBase(rules) : rules.threshold;
        const rest = addBetween(builder, whole, known, (count) => sensitive(count, role, floor));
        inside.set([role, countName(grown, "base"), place.period].join("\u0001"), rest);
      }
    }
  }
  for (const [key, rest] of addHiddenBefore(builder, findings, earlier, rules)) inside.set(key, rest);
  for (const [key, base] of inside) {
    if (!key.startsWith("base\u0001")) continue;
    const numerator = inside.get(key.replace("base", "numerator"));
    if (numerator !== undefined && (builder.counts[base]?.value ?? 0) > 0)
      addBetween(builder, base, numerator, (count) => sensitive(count, "numerator", rules.threshold));
  }
}

function addKnown(builder: Builder, place: Place, role: Role, value: number): number {
  return addCount(builder, `${EARLIER}\u0000${countName(place, role)}\u0000${value}`, {
    value,
    units: [EARLIER],
    least: 0,
    mostByRule: Number.POSITIVE_INFINITY,
    reach: null,
  });
}

/**
 * A count, or a rate with both of its halves, as it was and as it is. Those who came or left are a group of which a rate
 * follows: where few of them count, few don't, or all of them share an answer, that would be told.
 */
function addChanges(builder: Builder, { place, base, numerator }: EarlierValue, { threshold }: DisclosureRules): void {
  const { names, counts } = builder;
  const sizeOf = (role: Role): number | undefined => counts[names.get(countName(place, role)) ?? -1]?.value;
  const grown = (sizeOf("base") ?? base) - base;
  addChange(builder, place, "base", base, { threshold, grown: 0 });
  if (numerator === null) return;
  addChange(builder, place, "numerator", numerator, { threshold, grown });
  addChange(builder, place, "complement", base - numerator, { threshold, grown });
}

/** What a change is judged by: the threshold, and by how many the base has grown (or shrunk). */
interface Growth {
  readonly threshold: number;
  readonly grown: number;
}

/** How a count that an earlier edition showed has changed. */
function addChange(builder: Builder, place: Place, role: Role, before: number, growth: Growth): void {
  const now = builder.names.get(countName(place, role));
  if (now !== undefined) addChanged(builder, now, addKnown(builder, place, role, before), growth);
}

/** A count as it is and as it was, among a base that has grown (or shrunk) by so many. */
export function addChanged(builder: Builder, now: number, was: number, { threshold, grown }: Growth): void {
  const [current, before] = [now, was].map((i) => builder.counts[i]?.value ?? 0) as [number, number];
  if (current === before && grown === 0) {
    addSame(builder, now, was);
    return;
  }
  const isLarger = current === before ? grown > 0 : current > before;
  const [larger, smaller] = isLarger ? [now, was] : [was, now];
  addBetween(builder, larger, smaller, (count) => (count < threshold && (count > 0 || grown !== 0) ? threshold : null));
}

/** A count that can be the one that an earlier edition rounded is known to lie about as near to its multiple. */
function addRounded({ names, counts, rows }: Builder, one: EarlierValue): void {
  const { place, roundedTo } = one;
  if (roundedTo === undefined) return;
  for (const { role, value } of halvesOf(one)) {
    const now = names.get(countName(place, role));
    if (now === undefined || Math.abs((counts[now]?.value ?? 0) - value) >= roundedTo) continue;
    const upper = value + roundedTo - 1;
    rows.push({ terms: [[now, 1]], lower: Math.max(0, value - roundedTo + 1), upper });
    // that it is small was told: what is left to protect is which small number it is
    const count = counts[now];
    if (count?.reach != null) counts[now] = { ...count, reach: Math.min(count.reach, upper) };
  }
}

/**
 * Levels that an earlier edition hid still add up to its total less the levels it showed; where the period has grown
 * since, what those levels have gained together is a group as well.
 */
function addHiddenBefore(
  builder: Builder,
  findings: readonly Finding[],
  earlier: readonly EarlierValue[],
  rules: DisclosureRules,
): ReadonlyMap<string, number> {
  const gained = new Map<string, number>();
  const told = earlier.flatMap((one) => halvesOf(one).map((half) => ({ place: one.place, ...half })));
  const parts = told.filter(({ place }) => hasParts(place.dimension) && place.arm !== "controls");
  const tables = groupBy(parts, ({ place, role }) => countName({ ...place, level: "" }, role));
  for (const [key, shown] of tables) {
    const [first] = shown;
    if (first === undefined) continue;
    const total = told.find(({ place, role }) => {
      return role === first.role && countName(place, role) === countName(totalOf(first.place), role);
    });
    const levels = new Set(shown.map(({ place }) => place.level));
    const hidden = findings.filter(
      (finding) => !levels.has(finding.level) && isGrown(finding, { ...first.place, level: finding.level }),
    );
    const now = hidden.flatMap((finding) => builder.names.get(countName(finding, first.role)) ?? []);
    if (total === undefined || now.length === 0) continue;
    const before = total.value - shown.reduce((sum, { value }) => sum + value, 0);
    const value = now.reduce((sum, i) => sum + (builder.counts[i]?.value ?? 0), 0) - before;
    if (before < 0 || value < 0) continue;
    const floor = first.role === "base" ? minimumBase(rules) : rules.threshold;
    const rest = addCount(builder, `${EARLIER}\u0000hidden\u0000${key}`, {
      value,
      units: [],
      least: 0,
      mostByRule: Number.POSITIVE_INFINITY,
      reach: sensitive(value, first.role, floor),
    });
    builder.rows.push({ terms: [...now.map((i) => [i, 1] as const), [rest, -1]], lower: before, upper: before });
    gained.set([first.role, countName({ ...first.place, level: "" }, "base"), "hidden"].join("\u0001"), rest);
  }
  return gained;
}

/** Nobody in a group tells nothing of anybody; nobody placed in a group tells of all of it. */
export const sensitive = (count: number, role: Role, floor: number): number | null =>
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
