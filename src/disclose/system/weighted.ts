import { groupBy } from "../../group-by.ts";
import type { EarlierValue } from "../earlier/earlier.ts";
import type { Finding } from "../finding.ts";
import {
  allYearsWithin,
  countName,
  hasParts,
  isSeveralYears,
  type PersonsPlace,
  type Place,
  placeKey,
  ROLES,
  type Role,
  totalOf,
  unitKey,
  yearsWithin,
} from "../place.ts";
import { type DisclosureRules, isPrimary, leastOf, restingOn, restsOnFew } from "../primary.ts";
import { addCount, type Builder, EARLIER } from "./builder.ts";

/** What a weighted sum is made of. */
interface Sum {
  readonly parts: readonly Finding[];
  /** Where all parts together stand, in this edition or in an earlier one. */
  readonly whole: Place;
  /** Units that show the whole. */
  readonly units: readonly string[];
}

/**
 * Weighted shares of controls add up over the levels of a dimension and over years, in proportion to participants, whose
 * numbers are told: who knows all of them but one works that one out, also where controls stand in several and their
 * numbers don't add up. The persons that a share rests on stand for it here: a share of too few must have another that is
 * hidden beside it. What an earlier edition showed, and its pooled periods, are known as well.
 */
export function addWeighted(
  builder: Builder,
  rates: readonly Finding[],
  rules: DisclosureRules,
  earlier: readonly EarlierValue[] = [],
): void {
  const weighted = rates.filter(isWeighted);
  const shown = earlier.filter(({ place }) => isWeighted(place));
  const known = knownOf(weighted, shown);
  const byPlace = new Map(weighted.map((finding) => [placeKey(finding), finding]));
  const levels = groupBy(
    weighted.filter(({ dimension }) => hasParts(dimension)),
    (finding) => placeKey({ ...finding, level: "" }),
  );
  const sums: Sum[] = [];
  const addOwn = (whole: Finding | undefined, parts: readonly Finding[]): void => {
    if (whole === undefined || parts.reduce((sum, part) => sum + persons(part), 0) === persons(whole)) return;
    sums.push({ whole, parts, units: unitsOf(whole, known) });
  };
  for (const parts of levels.values()) addOwn(parts[0] && byPlace.get(placeKey(totalOf(parts[0]))), parts);
  const lines = groupBy(weighted, lineOf);
  for (const years of lines.values())
    for (const whole of years) if (isSeveralYears(whole.period)) addOwn(whole, yearsWithin(years, whole.period));
  for (const { place } of shown) {
    if (!isSeveralYears(place.period) || byPlace.has(placeKey(place))) continue;
    const parts = allYearsWithin(lines.get(lineOf(place)) ?? [], place.period);
    sums.push({ whole: place, parts, units: [EARLIER] });
  }
  if (weighted.some((finding) => isPrimary(finding, rules))) for (const sum of sums) addSum(builder, sum, rules, known);
}

const isWeighted = ({ metric, arm }: Pick<Place, "metric" | "arm">): boolean =>
  metric === "placement_rate" && arm === "controls";

const lineOf = (place: PersonsPlace): string => placeKey({ ...place, period: "" });

const persons = ({ cell }: Finding): number => cell.base ?? 0;

/** Places whose share an earlier edition showed, over as many persons as now. */
function knownOf(weighted: readonly Finding[], shown: readonly EarlierValue[]): ReadonlySet<string> {
  const told = groupBy(shown, ({ place }) => placeKey(place));
  return new Set(
    weighted.flatMap((finding) => {
      const before = told.get(placeKey(finding)) ?? [];
      const isSame = before.some(({ base, roundedTo = 1 }) => Math.abs(base - persons(finding)) < roundedTo);
      return isSame ? [placeKey(finding)] : [];
    }),
  );
}

const unitsOf = (finding: Finding, known: ReadonlySet<string>): readonly string[] =>
  known.has(placeKey(finding)) ? [unitKey(finding), EARLIER] : [unitKey(finding)];

/** One sum for all persons, one for those who count and one for the others. */
function addSum(
  builder: Builder,
  { whole, parts, units }: Sum,
  rules: DisclosureRules,
  known: ReadonlySet<string>,
): void {
  if (parts.length < 2) return;
  const isOpen = (part: Finding): boolean => !known.has(placeKey(part));
  const few = parts.filter((part) => isPrimary(part, rules));
  // what earlier editions gave away can't be taken back
  if (units.includes(EARLIER) && few.some(isOpen) && parts.every((part) => few.includes(part) || !isOpen(part))) return;
  for (const role of ROLES) {
    const at = parts.map((part) => addPart(builder, part, role, rules, known));
    const value = at.reduce((sum, i) => sum + (builder.counts[i]?.value ?? 0), 0);
    const all = addCount(builder, `weighted ${placeKey(parts[0] ?? whole)} ${countName(whole, role)}`, {
      ...{ value, units, least: 0 },
      ...{ mostByRule: Number.POSITIVE_INFINITY, reach: null },
    });
    builder.rows.push({ terms: [...at.map((i) => [i, 1] as const), [all, -1]], lower: 0, upper: 0 });
  }
}

function addPart(
  builder: Builder,
  part: Finding,
  role: Role,
  rules: DisclosureRules,
  known: ReadonlySet<string>,
): number {
  const isKnown = known.has(placeKey(part));
  const isSensitive = persons(part) > 0 && restsOnFew(part.cell, role, rules);
  return addCount(builder, `weighted ${countName(part, role)}`, {
    ...{ value: restingOn(part.cell, role), units: unitsOf(part, known), least: 0 },
    mostByRule: Number.POSITIVE_INFINITY,
    reach: !isKnown && isSensitive ? leastOf(part.cell, role, rules) : null,
  });
}
