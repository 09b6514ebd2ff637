import { groupBy } from "../../group-by.ts";
import { addEarlier, type EarlierHidden, type EarlierValue, hiddenBefore, isShown } from "../earlier/earlier.ts";
import { groupsBefore } from "../earlier/earlier-groups.ts";
import { earlierPeriods } from "../earlier/earlier-periods.ts";
import { addEarlierSums } from "../earlier/earlier-sums.ts";
import { addGroupsBefore } from "../earlier/same-persons.ts";
import type { Finding } from "../finding.ts";
import { countName, hasParts, placeKey, ROLES, type Role, totalOf, unitKey } from "../place.ts";
import { type DisclosureRules, isPrimary, isSmall, minimumBase, roundingBase } from "../primary.ts";
import type { Solver } from "../solver.ts";
import { addAmong } from "./among.ts";
import { addFlow } from "./attrition-flow.ts";
import { addCount, addKnownSum, type Builder, newBuilder } from "./builder.ts";
import { joining } from "./join.ts";
import { addLevels } from "./levels.ts";
import { addRegions, addSets, addTwins } from "./links.ts";
import { addMeans } from "./means.ts";
import { addDifferences, addEqualBases } from "./outcomes.ts";
import { addSomeOf } from "./some-of.ts";
import { addStocks } from "./stocks.ts";
import type { System } from "./system.ts";
import { addWeighted } from "./weighted.ts";
import { addWithin } from "./within.ts";
import { addYears, type YearsTable } from "./years.ts";

/** An edition's findings as one system of counts, and what the rules hide at once. */
export interface Registered {
  readonly system: System;
  readonly primary: ReadonlySet<string>;
  /** Units that earlier editions hid and that stay hidden. */
  readonly before: ReadonlySet<string>;
  /** Units of earlier editions' pooled periods, of which this edition tells nothing. */
  readonly untold: ReadonlySet<string>;
  /** The units that a finding stands or falls with, its own first. */
  readonly unitsOf: (finding: Finding) => readonly string[];
  /** Pooled periods of persons and their years. */
  readonly years: readonly YearsTable[];
  /** The system's number of each count that has a name (`countName`). */
  readonly numbers: ReadonlyMap<string, number>;
}

/** What a reader reckons with beyond what is always so. */
interface Reckoning {
  /** Whether numbers on a day follow from who came and left: multiples add up, and needn't do that too. True by default. */
  readonly areFlowsKept?: boolean;
  /** Kinds of numbers whose years a reader takes to add up (`seemingKinds`). */
  readonly seeming?: ReadonlySet<string>;
}

/** Registers every finding's counts and every equation between them (method.md §9). */
export function register(
  published: readonly Finding[],
  rules: DisclosureRules,
  told: readonly (EarlierValue | EarlierHidden)[],
  solver: Solver,
  { areFlowsKept = true, seeming = new Set() }: Reckoning = {},
): Registered {
  const builder = newBuilder();
  const shown = told.filter(isShown);
  const periods = earlierPeriods(published, shown);
  const current = [...published, ...periods];
  const before = groupsBefore(current, told, rules, solver);
  const earlier = [...shown, ...before.told];
  const findings = [...current, ...before.findings];
  const rates = distinctRates(findings);
  const counts = findings.filter(({ cell }) => cell.kind === "count");
  const means = findings.filter(({ cell }) => cell.kind === "mean" && cell.base !== null && cell.base > 0);
  for (const finding of rates) addRate(builder, finding, rules);
  nameRepeated(builder, findings, rates);
  for (const finding of counts) addTold(builder, finding, rules);
  addMeans(builder, means, [...rates, ...counts], rules);
  for (const finding of findings) if (finding.cell.kind === "balance") addLevel(builder, finding, rules);
  addLevels(builder, [...rates, ...means]);
  const tables = addYears(builder, [...rates, ...counts, ...means], seeming);
  addRegions(builder, current);
  const named = addSets(builder, findings);
  addLevels(builder, counts);
  addBalance(builder, findings);
  addDifferences(builder, rates, rules);
  if (roundingBase(rules) !== null) addEqualBases(builder, rates);
  else {
    addAmong(builder, current, named);
    addWeighted(builder, rates, rules, shown);
    addSomeOf(builder, current, shown);
    addWithin(builder, distinctRates(current), rules);
    addTwins(builder, [...distinctRates(current), ...current.filter(({ cell }) => cell.kind === "count")]);
  }
  addFlow(builder, current);
  if (areFlowsKept) addStocks(builder, current, shown);
  addEarlier(builder, [...rates, ...counts, ...means], earlier, rules);
  addEarlierSums(builder, told);
  addGroupsBefore(builder, before, rules);
  setCosts(builder, current);
  const own = new Set(rates.map(unitKey));
  const { system, at } = joining(builder);
  return {
    system,
    numbers: new Map([...builder.names].map(([name, index]) => [name, at(index)])),
    years: tables,
    primary: new Set(published.filter((finding) => isPrimary(finding, rules)).map(unitKey)),
    before: hiddenBefore(builder, published, told),
    untold: new Set([...periods, ...before.findings].map(unitKey)),
    unitsOf: (finding) => [
      unitKey(finding),
      ...hangsOn(finding, own),
      ...(finding.cell.alongside ?? []).map(({ family, ...place }) =>
        unitKey({ ...finding, ...place, cell: family === undefined ? finding.cell : { ...finding.cell, family } }),
      ),
    ],
  };
}

/**
 * A comparison, payment or check whose place holds no rates rests on the total's rates, and falls with them.
 * A verdict's threshold is a setting, and whether it passed decides what may be said: neither is a number of persons.
 */
function hangsOn(finding: Finding, rated: ReadonlySet<string>): readonly string[] {
  const { kind } = finding.cell;
  const isSetting = kind === "verdict" && finding.metric !== "verdict_value";
  if (kind === "count" || kind === "balance" || kind === "rate" || kind === "mean" || isSetting) return [];
  const total = unitKey({ ...totalOf(finding), cell: { ...finding.cell, kind: "effect" } });
  return rated.has(unitKey(finding)) || !rated.has(total) ? [] : [total];
}

/** Findings of kind rate, each base and numerator of a place once: several metrics may rest on the same two counts. */
function distinctRates(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const { kind, base, numerator } = finding.cell;
    if (kind !== "rate" || base === null || numerator === null) return false;
    const key = rateKey(finding);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

const rateKey = (finding: Finding): string =>
  [unitKey(finding), finding.arm, finding.cell.base, finding.cell.numerator].join("\u0000");

/** The counts of a repeated rate go by its own name too. */
function nameRepeated(builder: Builder, findings: readonly Finding[], rates: readonly Finding[]): void {
  const first = new Map(rates.map((finding) => [rateKey(finding), finding]));
  for (const finding of findings) {
    const same = finding.cell.kind === "rate" ? first.get(rateKey(finding)) : undefined;
    if (same === undefined) continue;
    for (const role of ROLES) {
      const index = builder.names.get(countName(same, role));
      if (index !== undefined) builder.names.set(countName(finding, role), index);
    }
  }
}

function addRate(builder: Builder, finding: Finding, rules: DisclosureRules): void {
  const { base = 0, numerator = 0 } = finding.cell;
  if (base === null || numerator === null) return;
  const unit = unitKey(finding);
  const add = (role: Role, value: number, floor: number, isZeroTold: boolean): number =>
    addCount(builder, countName(finding, role), {
      value,
      units: role === "complement" ? [] : [unit],
      least: isZeroTold ? 1 : 0,
      mostByRule: Number.POSITIVE_INFINITY,
      reach: base > 0 && value < floor && (value > 0 || !isZeroTold) ? floor : null,
    });
  const all = add("base", base, minimumBase(rules, finding.cell), true);
  const some = add("numerator", numerator, rules.threshold, finding.cell.isNobodyTold ?? false);
  const others = add("complement", base - numerator, rules.threshold, false);
  builder.rows.push({
    terms: [
      [some, 1],
      [others, 1],
      [all, -1],
    ],
    lower: 0,
    upper: 0,
  });
}

function addTold(builder: Builder, finding: Finding, rules: DisclosureRules): void {
  const value = finding.cell.base;
  if (value === null) return;
  addCount(builder, countName(finding, "base"), {
    value,
    units: [unitKey(finding)],
    least: 1,
    mostByRule: isSmall(value, rules.threshold) ? rules.threshold - 1 : Number.POSITIVE_INFINITY,
    reach: isSmall(value, rules.threshold) ? rules.threshold : null,
  });
}

/** Persons in a level before matching, and the others; the whole of a dimension's levels is taken to be known. */
function addLevel(builder: Builder, finding: Finding, rules: DisclosureRules): void {
  const { base, numerator } = finding.cell;
  if (base === null || numerator === null) return;
  const unit = unitKey(finding);
  const name = (role: Role): string => countName({ ...finding, metric: "balance", arm: "" }, role);
  if (builder.names.has(name("numerator"))) return;
  const add = (role: Role, value: number): number =>
    addCount(builder, name(role), {
      value,
      units: role === "numerator" ? [unit] : [],
      least: 1,
      mostByRule: Number.POSITIVE_INFINITY,
      reach: isSmall(value, rules.threshold) ? rules.threshold : null,
    });
  const own = add("numerator", numerator);
  const others = add("complement", base - numerator);
  const parts = [
    [own, 1],
    [others, 1],
  ] as const;
  if (hasParts(finding.dimension)) {
    builder.rows.push({ terms: parts, lower: base, upper: base });
    return;
  }
  const whole = addCount(builder, name("base"), { ...LARGE, value: base, units: [unit] });
  builder.rows.push({ terms: [...parts, [whole, -1]], lower: 0, upper: 0 });
}

const LARGE = { least: 1, mostByRule: Number.POSITIVE_INFINITY, reach: null } as const;

function addBalance(builder: Builder, findings: readonly Finding[]): void {
  const levels = findings.filter(({ cell, dimension }) => cell.kind === "balance" && hasParts(dimension));
  const tables = groupBy(levels, (finding) => placeKey({ ...finding, level: "" }));
  for (const table of tables.values()) {
    const parts = table.flatMap(
      (finding) => builder.names.get(countName({ ...finding, metric: "balance", arm: "" }, "numerator")) ?? [],
    );
    const distinct = [...new Set(parts)];
    const sum = distinct.reduce((total, part) => total + (builder.counts[part]?.value ?? 0), 0);
    if (sum === table[0]?.cell.base) addKnownSum(builder, distinct);
  }
}

/**
 * What hiding a unit costs: the persons it tells of, five times as much for the first definition (the primary
 * outcome), twenty times for a total, fifty for a pooled one, and as many times as its findings ask.
 */
function setCosts(builder: Builder, findings: readonly Finding[]): void {
  const units = groupBy(findings, unitKey);
  const first = findings[0];
  for (const [unit, members] of units) {
    const [place] = members;
    if (place === undefined || !builder.units.has(unit)) continue;
    const persons = Math.max(...members.map(({ cell }) => (cell.kind === "balance" ? cell.numerator : cell.base) ?? 0));
    const isPrimaryOutcome = place.definition === first?.definition && place.window === first.window;
    const isPooled = place.period.includes("-");
    const rank = place.dimension === "total" ? (isPooled ? 50 : 20) : 1;
    const weight = Math.max(...members.map(({ cell }) => cell.weight ?? 1));
    builder.units.set(unit, { cost: (1 + persons) * rank * weight * (isPrimaryOutcome ? 5 : 1), isFixed: false });
  }
}
