import { type CurveItem, specificationCurve } from "../../src/chart/specification-curve.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Block, Table } from "../../src/document/document.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { points, rounded } from "../../src/wording/numbers.ts";
import { asCount, asPoints, numberCell, type ReportInput } from "../report-input.ts";
import { sourceLine } from "./attrition.ts";
import { type ChoiceName, type DeclaredSpecification, declaredSpecifications } from "./specification-choices.ts";

interface Specified extends DeclaredSpecification {
  readonly effect: Released | undefined;
  readonly failing: Released | undefined;
}

/** The curve of all declared specifications, its table, and nothing where only the primary one is declared. */
export function specificationsFigure(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const all = specified(input);
  const shown = all.filter(isShown);
  if (all.length < 2 || shown.length < 2) return [];
  const text = (key: KeyUnder<"investor.specifications">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.specifications.${key}`, values);
  const groups = groupsOf(all);
  const primary = groups[0]?.filter(isShown) ?? [];
  const title = text("title", {
    all: primary.filter(({ effect }) => (effect?.lower ?? 0) > 0).length,
    n: primary.length,
  });
  const ordered = groups.flatMap((group) => group.filter(isShown));
  const hidden = all.length - shown.length;
  return [
    {
      kind: "figure",
      id: "specifications",
      title,
      subtitle: text("subtitle"),
      alt: text("alt", { title }),
      graphic: specificationCurve({
        locale: messages.locale,
        words: { primary: text("primary"), axis: text("axis") },
        groups: groups
          .map((group) => ({ name: group[0]?.estimand ?? "", items: group.filter(isShown).map(itemOf) }))
          .filter(({ items }) => items.length > 0),
        choices: choicesOf(ordered, (name) => text(`choice.${name}`)),
      }),
      table: tableOf(input, groups),
      source: [sourceLine(input), ...(hidden > 0 ? [text("hidden", { n: hidden })] : []), text("read")].join(" "),
    },
  ];
}

/** What the specifications of the primary question say together, in one paragraph; undefined with fewer than two. */
export function specificationsSentence(input: ReportInput): string | undefined {
  const { messages } = input;
  const group = (groupsOf(specified(input))[0] ?? []).filter(isShown);
  const estimates = group.map(({ effect }) => effect?.value ?? 0);
  const [least, greatest] = [estimates[0], estimates.at(-1)];
  if (group.length < 2 || least === undefined || greatest === undefined) return undefined;
  return messages.text("investor.credibility.specifications", {
    run: group.length,
    least: points(least, messages.locale),
    greatest: points(greatest, messages.locale),
    points: messages.text("unit.points", { n: Math.abs(rounded(greatest * 100, 1)) }),
    median: points(median(estimates), messages.locale),
    above: group.filter(({ effect }) => (effect?.lower ?? 0) > 0).length,
    below: group.filter(({ effect }) => (effect?.upper ?? 0) < 0).length,
    failing: group.filter(({ failing }) => (failing?.value ?? 0) > 0).length,
  });
}

function median(ascending: readonly number[]): number {
  const low = ascending[Math.floor((ascending.length - 1) / 2)] ?? 0;
  return (low + (ascending[Math.floor(ascending.length / 2)] ?? low)) / 2;
}

function specified(input: ReportInput): readonly Specified[] {
  const at = (metric: string, level: string): Released | undefined =>
    input.released.find(
      (value) => value.metric === metric && value.dimension === "specification" && value.level === level,
    );
  return declaredSpecifications(input)
    .map((one) => ({
      ...one,
      effect: at("specification_effect", one.name),
      failing: at("specification_failed_verdicts", one.name),
    }))
    .filter(({ effect }) => effect !== undefined);
}

const isShown = ({ effect }: Specified): boolean =>
  effect?.value != null && effect.lower !== null && effect.upper !== null;

/** By what they estimate, the primary question first, each in order of the estimate. */
function groupsOf(all: readonly Specified[]): readonly (readonly Specified[])[] {
  const keys = [...new Set(all.map(({ estimandKey }) => estimandKey))];
  const rank = ({ effect }: Specified): number => effect?.value ?? Number.POSITIVE_INFINITY;
  return keys.map((key) =>
    all
      .filter(({ estimandKey }) => estimandKey === key)
      .toSorted((a, b) => (rank(a) === rank(b) ? (a.name < b.name ? -1 : 1) : rank(a) - rank(b))),
  );
}

function itemOf({ effect, primary }: Specified): CurveItem {
  const [estimate, lower, upper] = [effect?.value ?? 0, effect?.lower ?? 0, effect?.upper ?? 0];
  return {
    estimate: estimate * 100,
    lower: lower * 100,
    upper: upper * 100,
    solid: lower > 0 || upper < 0,
    primary,
  };
}

/** Choices on which the specifications differ. */
function choicesOf(ordered: readonly Specified[], nameOf: (name: ChoiceName) => string) {
  const names = Object.keys(ordered[0]?.choices ?? {}) as ChoiceName[];
  return names.flatMap((name) => {
    const options = [...new Set(ordered.flatMap(({ choices }) => choices[name]))];
    const differing = options.filter((option) => !ordered.every(({ choices }) => choices[name].includes(option)));
    if (differing.length === 0) return [];
    const kept = name === "covariates" ? differing : options;
    return [
      {
        name: nameOf(name),
        options: kept.map((option) => ({
          name: option,
          held: ordered.map(({ choices }) => choices[name].includes(option)),
        })),
      },
    ];
  });
}

function tableOf(input: ReportInput, groups: readonly (readonly Specified[])[]): Table {
  const { messages } = input;
  const header = (key: KeyUnder<"investor.specifications">): string => messages.text(`investor.specifications.${key}`);
  const difference = (id: KeyUnder<"investor.columns">) => ({
    id,
    header: messages.text(`investor.columns.${id}`),
    kind: "number" as const,
    format: "0.0",
  });
  const inPoints = (value: number | null | undefined, effect: Released | undefined) => {
    const cell = numberCell(value, effect, input, asPoints);
    return cell.value === undefined ? cell : { ...cell, value: cell.value * 100 };
  };
  return {
    id: "specifications",
    title: header("table"),
    columns: [
      { id: "name", header: header("name"), kind: "name" },
      { id: "estimand", header: header("estimand"), kind: "text", where: "sheet" },
      { id: "method", header: header("method"), kind: "text" },
      ...(["difference", "differenceLower", "differenceUpper"] as const).map(difference),
      { id: "failing", header: header("failing"), kind: "number", format: "0" },
    ],
    rows: groups.flatMap((group) =>
      group.map((one, i) => ({
        ...(i === 0 ? { group: one.estimand } : {}),
        cells: [
          { text: one.name },
          { text: one.estimand },
          { text: one.choices.method.join(", ") },
          inPoints(one.effect?.value, one.effect),
          inPoints(one.effect?.lower, one.effect),
          inPoints(one.effect?.upper, one.effect),
          numberCell(one.failing?.value, one.failing, input, asCount),
        ],
      })),
    ),
  };
}
