import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import {
  countName,
  hasParts,
  isSeveralYears,
  placeKey,
  ROLES,
  type Role,
  totalOf,
  unitKey,
  yearsWithin,
} from "../place.ts";
import { type DisclosureRules, minimumBase } from "../primary.ts";
import { addCount, type Builder } from "./builder.ts";

/**
 * Weighted shares of controls add up over the levels of a dimension and over years, in proportion to participants, whose
 * numbers are told: who knows all of them but one works that one out, also where controls stand in several and their
 * numbers don't add up. The persons that a share rests on stand for it here: a share of too few must have another that is
 * hidden beside it.
 */
export function addWeighted(builder: Builder, rates: readonly Finding[], rules: DisclosureRules): void {
  const weighted = rates.filter(({ metric, arm }) => metric === "placement_rate" && arm === "controls");
  const byPlace = new Map(weighted.map((finding) => [placeKey(finding), finding]));
  const levels = groupBy(
    weighted.filter(({ dimension }) => hasParts(dimension)),
    (finding) => placeKey({ ...finding, level: "" }),
  );
  for (const parts of levels.values()) {
    const whole = parts[0] && byPlace.get(placeKey(totalOf(parts[0])));
    if (whole !== undefined) addSum(builder, whole, parts, rules);
  }
  for (const years of groupBy(weighted, (finding) => placeKey({ ...finding, period: "" })).values())
    for (const whole of years)
      if (isSeveralYears(whole.period)) addSum(builder, whole, yearsWithin(years, whole.period), rules);
}

/** One sum for all persons, one for those who count and one for the others; none where the persons add up themselves. */
function addSum(builder: Builder, whole: Finding, parts: readonly Finding[], rules: DisclosureRules): void {
  const persons = (finding: Finding): number => finding.cell.base ?? 0;
  if (parts.length < 2 || parts.reduce((sum, part) => sum + persons(part), 0) === persons(whole)) return;
  if (!parts.some((part) => ROLES.some((role) => isFew(part, role, rules)))) return;
  for (const role of ROLES) {
    const at = parts.map((part) => addPart(builder, part, role, rules));
    const value = at.reduce((sum, i) => sum + (builder.counts[i]?.value ?? 0), 0);
    const all = addCount(builder, `weighted ${placeKey(parts[0] ?? whole)} ${countName(whole, role)}`, {
      ...{ value, units: [unitKey(whole)], least: 0 },
      ...{ mostByRule: Number.POSITIVE_INFINITY, reach: null },
    });
    builder.rows.push({ terms: [...at.map((i) => [i, 1] as const), [all, -1]], lower: 0, upper: 0 });
  }
}

function addPart(builder: Builder, part: Finding, role: Role, rules: DisclosureRules): number {
  return addCount(builder, `weighted ${countName(part, role)}`, {
    ...{ value: restsOn(part, role), units: [unitKey(part)], least: 0 },
    mostByRule: Number.POSITIVE_INFINITY,
    reach: isFew(part, role, rules) ? leastOf(part, role, rules) : null,
  });
}

const leastOf = ({ cell }: Finding, role: Role, rules: DisclosureRules): number =>
  role === "base" ? minimumBase(rules, cell) : rules.threshold;

/** Whole persons that one role of a share rests on. */
function restsOn({ cell: { base, numerator, effective } }: Finding, role: Role): number {
  const persons = { base: base ?? 0, numerator: numerator ?? 0, complement: (base ?? 0) - (numerator ?? 0) }[role];
  return Math.min(persons, Math.floor((effective?.[role] ?? persons) + 1e-9));
}

/** As `isPrimary` has it: then the share is hidden. */
const isFew = (finding: Finding, role: Role, rules: DisclosureRules): boolean =>
  (finding.cell.base ?? 0) > 0 && restsOn(finding, role) < leastOf(finding, role, rules);
