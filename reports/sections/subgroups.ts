import { type ForestRow, forest } from "../../src/chart/forest.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Block, MarginNote, Table, TableCell, TableRow } from "../../src/document/document.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { inARow } from "../../src/wording/numbers.ts";
import { compareLevels } from "../level-order.ts";
import {
  absentWords,
  asCount,
  asPoints,
  asProbability,
  intervalText,
  levelName,
  listed,
  numberCell,
  type ReportInput,
  valueAt,
} from "../report-input.ts";
import { sourceLine } from "./attrition.ts";
import { isSupported } from "./checks.ts";
import { clearsZero, correctedTests, hiddenTests, significantSubgroups } from "./said.ts";

interface Level {
  readonly dimension: string;
  readonly name: string;
  readonly persons: Released | undefined;
  readonly difference: Released | undefined;
  readonly adjusted: Released | undefined;
}

/** Words of a title that still names the subgroups; what can be said names them all. */
const LONGEST_TITLE = 13;

/** Differences by subgroup: one match, restricted to the level; solid bars pass the family's correction. */
export function subgroupsSection(input: ReportInput): readonly Block[] {
  const { messages, pipeline } = input;
  const dimensions = pipeline.evaluation.subgroups.by;
  const groups = dimensions.map((dimension) => ({ dimension, levels: levelsOf(input, dimension) }));
  if (groups.every(({ levels }) => levels.length === 0)) return [];
  const text = (key: KeyUnder<"investor.subgroups">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.subgroups.${key}`, values);
  const names = significantSubgroups(input);
  const hidden = hiddenTests(input);
  const some = { n: names.length, names: listed(names, messages), hidden };
  const named = text("title.some", some);
  const told = named.split(/\s+/).length > LONGEST_TITLE ? text("title.many", some) : named;
  const finding = names.length === 0 ? text("title.none", { hidden }) : told;
  const title = isSupported(input) && correctedTests(input).length > 0 ? finding : text("table");
  return [
    {
      kind: "figure",
      id: "subgroups",
      title,
      subtitle: text("subtitle"),
      alt: text("alt", { title }),
      graphic: forest({
        locale: messages.locale,
        words: {
          name: messages.text("investor.columns.level"),
          n: messages.text("investor.columns.persons"),
          value: text("values").replace(" [", "\n["),
          solid: text("significant"),
          outlined: text("notSignificant"),
        },
        groups: groups.map(({ dimension, levels }) => ({
          name: messages.text(`covariate.${dimension}`),
          rows: levels.map((level) => forestRow(input, level)),
        })),
        ...pooledRow(input),
      }),
      table: tableOf(input, groups),
      source: `${sourceLine(input)} ${text("minimum", { n: pipeline.evaluation.subgroups.minimumPersons })}`,
      margin: notes(input),
    },
  ];
}

function levelsOf(input: ReportInput, dimension: string): readonly Level[] {
  const rates = input.released.filter(
    (value) =>
      value.metric === "placement_rate" &&
      value.arm === "participants" &&
      value.dimension === dimension &&
      value.definition === input.pipeline.evaluation.outcome.definition,
  );
  return rates
    .toSorted((a, b) => compareLevels(dimension, a.level, b.level))
    .map((persons) => ({
      dimension,
      name: levelName(dimension, persons.level, input.messages),
      persons,
      difference: valueAt(input, { metric: "effect_difference", dimension, level: persons.level }),
      adjusted: valueAt(input, { metric: "effect_p_value_holm", dimension, level: persons.level }),
    }));
}

function forestRow(input: ReportInput, level: Level): ForestRow {
  const interval = intervalOf(input, level.difference, isSignificant(level));
  if (interval === undefined) return { name: level.name, words: wordsOf(input, level.difference) };
  const n = level.persons?.n;
  return { name: level.name, ...(n == null ? {} : { n: asCount(n, input.messages.locale) }), interval };
}

/** Hidden by disclosure control, or too small for an estimate. */
function wordsOf({ messages }: ReportInput, value: Released | undefined): string {
  return value?.conf_status === "F" ? messages.text("furniture.notEstimated") : absentWords(value, messages);
}

const isSignificant = ({ adjusted }: Level): boolean => adjusted?.value != null && adjusted.value < 0.05;

function intervalOf(input: ReportInput, difference: Released | undefined, solid: boolean) {
  if (difference?.value == null || difference.lower === null || difference.upper === null) return undefined;
  const { locale } = input.messages;
  return {
    estimate: difference.value * 100,
    lower: difference.lower * 100,
    upper: difference.upper * 100,
    text: asPoints(difference.value, locale),
    intervalText: intervalText(difference, locale),
    solid,
  };
}

function pooledRow(input: ReportInput) {
  const difference = valueAt(input, { metric: "effect_difference" });
  const interval = intervalOf(input, difference, clearsZero(difference));
  if (interval === undefined) return {};
  const n = valueAt(input, { metric: "placement_rate", arm: "participants" })?.n;
  const sum = {
    name: input.messages.text("covariate.total"),
    ...(n == null ? {} : { n: asCount(n, input.messages.locale) }),
    interval,
  };
  return { sum, reference: { value: interval.estimate, text: "" } };
}

function tableOf(input: ReportInput, groups: ReadonlyArray<{ dimension: string; levels: readonly Level[] }>): Table {
  const { messages } = input;
  const column = (id: KeyUnder<"investor.columns">, kind: "name" | "number" | "text", format?: string) => ({
    id,
    header: messages.text(`investor.columns.${id}`),
    kind,
    ...(format === undefined ? {} : { format }),
  });
  return {
    id: "subgroups",
    title: messages.text("investor.subgroups.table"),
    columns: [
      { ...column("group", "name"), where: "sheet" as const },
      column("level", "name"),
      column("persons", "number", "#,##0"),
      column("difference", "number", "0.0"),
      column("differenceLower", "number", "0.0"),
      column("differenceUpper", "number", "0.0"),
      column("adjusted", "number", "0.000"),
    ],
    rows: groups.flatMap(({ dimension, levels }) =>
      levels.map((level, i) => tableRow(input, level, i === 0 ? messages.named("covariate", dimension) : undefined)),
    ),
  };
}

function tableRow(input: ReportInput, level: Level, group: string | undefined): TableRow {
  const { difference } = level;
  const inPoints = (value: number | null | undefined): TableCell => {
    const cell = numberCell(value, difference, input, asPoints);
    return cell.value === undefined ? cell : { ...cell, value: cell.value * 100 };
  };
  const cells = [
    { text: input.messages.named("covariate", level.dimension) },
    { text: level.name },
    numberCell(level.persons?.n, level.persons, input, asCount),
    inPoints(difference?.value),
    inPoints(difference?.lower),
    inPoints(difference?.upper),
    numberCell(level.adjusted?.value, difference, input, asProbability),
  ];
  const words = difference?.value == null ? { words: wordsOf(input, difference) } : {};
  return { cells, ...(group === undefined ? {} : { group }), ...words };
}

function notes(input: ReportInput): readonly MarginNote[] {
  const { messages, pipeline } = input;
  const text = (key: KeyUnder<"investor.subgroups">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.subgroups.${key}`, values);
  const tests = correctedTests(input).length;
  const corrected =
    pipeline.evaluation.subgroups.adjust === "none" || tests === 0
      ? []
      : [{ lead: text("noteLead"), text: text("note", { n: tests }) }];
  return [...corrected, ...heterogeneitySentences(input).map((sentence) => ({ lead: "", text: sentence }))];
}

/** Whether the levels of each breakdown differ among themselves: those that do, each with its p-value, then the others. */
function heterogeneitySentences(input: ReportInput): readonly string[] {
  const { messages, pipeline } = input;
  const found = pipeline.evaluation.subgroups.by.flatMap((dimension) => {
    const p = input.released.find(
      (value) =>
        value.metric === "heterogeneity_p" &&
        value.definition === pipeline.evaluation.outcome.definition &&
        (value.level === dimension || value.dimension === dimension),
    )?.value;
    return p == null ? [] : [{ name: messages.text(`covariate.${dimension}`).toLowerCase(), p }];
  });
  const probability = (p: number): string => (p < 0.0005 ? "" : "= ") + asProbability(p, messages.locale);
  const sentence = (key: "differ" | "alike", some: typeof found): readonly string[] => {
    if (some.length === 0) return [];
    const p = inARow(
      some.map((one) => `p ${probability(one.p)}`),
      messages.locale,
    );
    return [
      messages.text(`investor.subgroups.${key}`, {
        names: listed(
          some.map(({ name }) => name),
          messages,
        ),
        p,
      }),
    ];
  };
  return [
    ...sentence(
      "differ",
      found.filter(({ p }) => p < 0.05),
    ),
    ...sentence(
      "alike",
      found.filter(({ p }) => p >= 0.05),
    ),
  ];
}
