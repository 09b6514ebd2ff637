import { type DotIntervalRow, dotInterval } from "../../src/chart/dot-interval.ts";
import type { Released } from "../../src/disclose/finding.ts";
import type { Block, MarginNote, Table, TableRow } from "../../src/document/document.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { inARow } from "../../src/wording/numbers.ts";
import {
  absentWords,
  asCount,
  asPercent,
  asPoints,
  asProbability,
  intervalText,
  listed,
  numberCell,
  periodText,
  type ReportInput,
  valueAt,
} from "../report-input.ts";
import { sourceLine } from "./attrition.ts";
import { isSupported } from "./checks.ts";
import { clearsZero, isOfSeveral, periods } from "./said.ts";

interface Cohort {
  readonly period: string;
  readonly name: string;
  readonly isPooled: boolean;
  readonly participants: Released | undefined;
  readonly controls: Released | undefined;
  readonly difference: Released | undefined;
  readonly relative: Released | undefined;
  readonly p: Released | undefined;
}

/** Rates of both arms and their difference, by cohort and pooled. */
export function cohortsSection(input: ReportInput): readonly Block[] {
  const { messages, pipeline } = input;
  const text = (key: KeyUnder<"investor.cohorts">, values: Record<string, string> = {}): string =>
    messages.text(`investor.cohorts.${key}`, values);
  const cohorts = periods(input).map((period) => cohortAt(input, period));
  const title = titleOf(input, cohorts);
  const { definition } = pipeline.evaluation.outcome;
  return [
    {
      kind: "figure",
      id: "cohorts",
      title,
      subtitle: text("subtitle", {
        definition: messages.text(`definition.${definition}.name`),
        register: messages.named("register", input.register),
      }),
      alt: text("alt", { title }),
      graphic: dotInterval({
        locale: messages.locale,
        words: {
          name: `${text("cohort")}\n${text("cohortDetail")}`,
          rates: text("rates"),
          ratesShort: text("rates"),
          difference: text("difference"),
          differenceShort: text("difference"),
          value: text("values").replace(" [", "\n["),
          a: messages.text("arm.participants"),
          b: messages.text("arm.controls"),
          solid: text("clears"),
          outlined: text("includes"),
        },
        rows: cohorts.map((cohort) => chartRow(input, cohort)),
      }),
      table: tableOf(input, cohorts),
      source: [sourceLine(input), ...detectable(input), messages.text("furniture.rounding")].join(" "),
      margin: notes(input),
    },
  ];
}

function cohortAt(input: ReportInput, period: string): Cohort {
  const isPooled = isOfSeveral(input, period);
  const at = (metric: string, arm = "both"): Released | undefined => valueAt(input, { metric, period, arm });
  return {
    period,
    name: isPooled ? input.messages.text("investor.cohorts.pooled") : periodText(period),
    isPooled,
    participants: at("placement_rate", "participants"),
    controls: at("placement_rate", "controls"),
    difference: at("effect_difference"),
    relative: at("effect_relative"),
    p: at("effect_p_value"),
  };
}

/** Which intervals clear zero, in words; what is shown, where nothing may be concluded or none of them is known to. */
function titleOf(input: ReportInput, cohorts: readonly Cohort[]): string {
  const { messages } = input;
  const clear = cohorts.filter((cohort) => clearsZero(cohort.difference));
  const isAnyHidden = cohorts.some(({ difference }) => difference?.lower == null);
  if (!isSupported(input) || (clear.length === 0 && isAnyHidden)) return messages.text("investor.cohorts.table");
  if (clear.length === 0) return messages.text("investor.cohorts.title.none");
  if (clear.length === cohorts.length) return messages.text("investor.cohorts.title.all");
  if (clear.length === 1 && clear[0]?.isPooled === true) return messages.text("investor.cohorts.title.pooled");
  const which = clear.map((cohort) => (cohort.isPooled ? messages.text("investor.cohorts.pooledWords") : cohort.name));
  return messages.text("investor.cohorts.title.some", { which: listed(which, messages) });
}

function chartRow(input: ReportInput, cohort: Cohort): DotIntervalRow {
  const { messages } = input;
  const { locale } = messages;
  const { participants, controls, difference } = cohort;
  const sizes = [participants?.n, controls?.n].map((n) => (n == null ? "" : asCount(n, locale)));
  const base = { name: cohort.name, detail: sizes.join(" / "), sum: cohort.isPooled };
  if (participants?.value == null || controls?.value == null || difference?.value == null)
    return { name: cohort.name, sum: cohort.isPooled, words: absentWords(difference, messages) };
  const rate = (value: number) => ({ value: value * 100, text: asPoints(value, locale) });
  if (difference.lower === null || difference.upper === null)
    return { ...base, words: absentWords(difference, messages) };
  return {
    ...base,
    values: {
      a: rate(participants.value),
      b: rate(controls.value),
      difference: {
        estimate: difference.value * 100,
        lower: difference.lower * 100,
        upper: difference.upper * 100,
        text: asPoints(difference.value, locale),
        intervalText: intervalText(difference, locale),
        solid: clearsZero(difference),
      },
    },
  };
}

function tableOf(input: ReportInput, cohorts: readonly Cohort[]): Table {
  const column = (id: KeyUnder<"investor.columns">, kind: "name" | "number" | "text", more: object = {}) => ({
    id,
    header: input.messages.text(`investor.columns.${id}`),
    kind,
    ...more,
  });
  const points = { format: "0.0" };
  return {
    id: "cohorts",
    title: input.messages.text("investor.cohorts.table"),
    columns: [
      column("cohort", "name"),
      column("participants", "number", { format: "#,##0" }),
      column("controls", "number", { format: "#,##0" }),
      column("rateParticipants", "number", { format: "0.0%" }),
      column("rateControls", "number", { format: "0.0%" }),
      column("difference", "number", points),
      column("differenceLower", "number", points),
      column("differenceUpper", "number", points),
      column("relative", "number", { format: "0.0%", where: "sheet" }),
      column("relativeLower", "number", { format: "0.0%", where: "sheet" }),
      column("relativeUpper", "number", { format: "0.0%", where: "sheet" }),
      column("p", "number", { format: "0.000" }),
    ],
    rows: cohorts.map((cohort) => tableRow(input, cohort)),
  };
}

/** Differences are shown in points; the workbook's cells hold points too, as its header says. */
function tableRow(input: ReportInput, cohort: Cohort): TableRow {
  const { participants, controls, difference, relative, p } = cohort;
  const inPoints = (value: number | null | undefined) => {
    const cell = numberCell(value, difference, input, asPoints);
    return cell.value === undefined ? cell : { ...cell, value: cell.value * 100 };
  };
  const cells = [
    { text: cohort.name },
    numberCell(participants?.n, participants, input, asCount),
    numberCell(controls?.n, controls, input, asCount),
    numberCell(participants?.value, participants, input, asPercent),
    numberCell(controls?.value, controls, input, asPercent),
    inPoints(difference?.value),
    inPoints(difference?.lower),
    inPoints(difference?.upper),
    numberCell(relative?.value, relative, input, asPercent),
    numberCell(relative?.lower, relative, input, asPercent),
    numberCell(relative?.upper, relative, input, asPercent),
    numberCell(p?.value, p, input, asProbability),
  ];
  return { cells, sum: cohort.isPooled };
}

/** The smallest difference that each result could detect, where planning values were declared. */
function detectable(input: ReportInput): readonly string[] {
  const { messages } = input;
  const each = periods(input).flatMap((period) => {
    const value = valueAt(input, { metric: "minimum_detectable_difference", period })?.value;
    return value == null ? [] : [asPoints(value, messages.locale)];
  });
  if (each.length === 0) return [];
  return [messages.text("investor.cohorts.detect", { each: inARow(each, messages.locale) })];
}

function notes(input: ReportInput): readonly MarginNote[] {
  const { messages } = input;
  const read = { lead: messages.text("investor.cohorts.readLead"), text: messages.text("investor.cohorts.read") };
  if (periods(input).length === 1) return [read];
  return [read, { lead: "", text: messages.text("investor.cohorts.pooledNote") }];
}
