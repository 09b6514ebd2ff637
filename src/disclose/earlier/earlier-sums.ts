import { groupBy } from "../../group-by.ts";
import {
  allYearsWithin,
  countName,
  hasParts,
  isSeveralYears,
  NETWORK,
  type Place,
  ROLES,
  type Role,
  totalOf,
} from "../place.ts";
import type { Builder } from "../system/builder.ts";
import { type EarlierHidden, type EarlierValue, halvesOf, isShown } from "./earlier.ts";

/** What one edition told of a place: the halves that it showed, none where it hid them. */
interface Told extends Place {
  readonly values: Map<Role, number>;
}

/** A whole and its parts, as an earlier edition told of them. */
interface Table {
  readonly whole: Told;
  readonly parts: readonly Told[];
}

/**
 * What an earlier edition hid adds up to a total that it showed, less the parts that it showed. Where that still is
 * the sum of those parts, who holds both editions takes them to be unchanged, and knows their sum.
 */
export function addEarlierSums(builder: Builder, all: readonly (EarlierValue | EarlierHidden)[]): void {
  const exact = all.filter((one) => !isShown(one) || one.roundedTo === undefined);
  for (const edition of groupBy(exact, (one) => one.edition).values()) {
    const told = toldBy(edition);
    for (const table of [...regions(told), ...levels(told), ...years(told)])
      for (const role of ROLES) addSum(builder, table, role);
  }
}

const nameOf = (place: Place): string => countName(place, "base");

function toldBy(edition: readonly (EarlierValue | EarlierHidden)[]): readonly Told[] {
  const told = new Map<string, Told>();
  for (const one of edition) {
    const name = nameOf(one.place);
    const known = told.get(name) ?? { ...one.place, values: new Map<Role, number>() };
    told.set(name, known);
    if (isShown(one)) for (const { role, value } of halvesOf(one)) known.values.set(role, value);
  }
  for (const { values } of told.values()) {
    const [base, numerator] = [values.get("base"), values.get("numerator")];
    if (base !== undefined && numerator !== undefined) values.set("complement", base - numerator);
  }
  return [...told.values()];
}

const regions = (told: readonly Told[]): readonly Table[] =>
  [
    ...groupBy(
      told.filter(({ dimension }) => dimension !== "branch"),
      (one) => nameOf({ ...one, region: "" }),
    ).values(),
  ].flatMap((table) => {
    const whole = table.find(({ region }) => region === NETWORK);
    return whole === undefined ? [] : [{ whole, parts: table.filter((one) => one !== whole) }];
  });

function levels(told: readonly Told[]): readonly Table[] {
  const byName = new Map(told.map((one) => [nameOf(one), one]));
  const parts = told.filter(({ dimension, arm }) => hasParts(dimension) && arm !== "controls");
  return [...groupBy(parts, (one) => nameOf({ ...one, level: "" })).values()].flatMap((table) => {
    const whole = table[0] && byName.get(nameOf(totalOf(table[0])));
    return whole === undefined ? [] : [{ whole, parts: table }];
  });
}

const years = (told: readonly Told[]): readonly Table[] =>
  [...groupBy(told, (one) => nameOf({ ...one, period: "" })).values()].flatMap((line) =>
    line.flatMap((whole) => {
      const parts = allYearsWithin(line, whole.period);
      return isSeveralYears(whole.period) && parts.length > 0 ? [{ whole, parts }] : [];
    }),
  );

function addSum({ names, counts, rows }: Builder, { whole, parts }: Table, role: Role): void {
  const now = (place: Place): number | undefined => names.get(countName(place, role));
  const current = (place: Place): number | undefined => counts[now(place) ?? -1]?.value;
  const total = whole.values.get(role);
  const hidden = parts.filter(({ values }) => !values.has(role));
  if (total === undefined || hidden.length === 0) return;
  const stands = (one: Told): boolean => one.values.get(role) === current(one);
  const shown = parts.filter(({ values }) => values.has(role));
  // then this edition's own sums say as much
  if (stands(whole) && shown.every(stands)) return;
  const left = shown.reduce((rest, { values }) => rest - (values.get(role) ?? 0), total);
  const at = hidden.flatMap((one) => now(one) ?? []);
  const sum = at.reduce((all, i) => all + (counts[i]?.value ?? 0), 0);
  if (at.length === hidden.length && sum === left)
    rows.push({ terms: at.map((i) => [i, 1]), lower: left, upper: left });
}
