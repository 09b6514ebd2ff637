import type { Released } from "../src/disclose/finding.ts";
import { roundingBase } from "../src/disclose/primary.ts";
import type { Fact, TableCell } from "../src/document/document.ts";
import type { Corrections } from "../src/editions/corrections.ts";
import type { Quote } from "../src/indicators/questionnaire.ts";
import type { ContractFile } from "../src/protocol/contract.ts";
import type { Pipeline } from "../src/protocol/protocol.ts";
import type { Codebook } from "../src/protocol/questionnaires.ts";
import type { ProtocolStanding } from "../src/protocol/record.ts";
import { lowerFirst } from "../src/wording/first-letter.ts";
import type { Messages } from "../src/wording/messages.ts";
import { bracketed, count, decimal, percent, points } from "../src/wording/numbers.ts";

/** The outcomes contract's terms, as a file of `pipelines/contracts` states them; amounts in euro. */
export type Contract = ContractFile["contract"];

/** All that a report is made from: released values, the settings, the words. Nothing unreleased comes in. */
export interface ReportInput {
  readonly pipeline: Pipeline;
  readonly released: readonly Released[];
  /** The region that the report is about, or `network`. */
  readonly region: string;
  /** Names of the branches by code. */
  readonly branches: ReadonlyMap<string, string>;
  /** The outcomes contract, where the evaluation pays under one. */
  readonly contract?: Contract;
  readonly messages: Messages;
  readonly register: string;
  readonly runId: string;
  readonly protocolHash: string;
  readonly designHash: string;
  /** When the protocol was frozen, and what was changed since. */
  readonly standing: ProtocolStanding;
  /** What this edition changes of the one before of the same year, where that is declared. */
  readonly corrections?: Corrections;
  /** The questionnaires' items in words, and the answers that may be quoted; absent where none were read. */
  readonly survey?: { readonly codebook: Codebook; readonly quotes: readonly Quote[] };
}

/** What the words about disclosure control say. */
export function disclosureValues({ pipeline: { disclosure } }: ReportInput) {
  const base = roundingBase(disclosure);
  return {
    threshold: disclosure.threshold,
    method: base === null ? "suppression" : "rounding",
    base: base ?? 0,
    earlier: disclosure.earlierEditions.length > 0 ? "yes" : "no",
  };
}

/** That numbers of people are rounded, where they are: stated by every document of itself. */
export function roundingFact({ messages, pipeline }: ReportInput): readonly Fact[] {
  const base = roundingBase(pipeline.disclosure);
  return base === null
    ? []
    : [{ label: messages.text("fact.rounding"), text: messages.text("fact.roundingText", { base }) }];
}

/** Where a value stands; what is left out is the primary outcome, pooled or only period, dimension `total`. */
interface Place {
  readonly metric: string;
  readonly period?: string;
  readonly dimension?: string;
  readonly level?: string;
  readonly arm?: string;
  readonly definition?: string;
}

/** The released value at a place, or undefined where nothing was computed. */
export function valueAt(input: ReportInput, place: Place): Released | undefined {
  const { outcome } = input.pipeline.evaluation;
  const dimension = place.dimension ?? "total";
  const wanted = {
    metric: place.metric,
    period: place.period ?? pooledPeriod(input.pipeline),
    dimension,
    level: place.level ?? dimension,
    arm: place.arm ?? "both",
  };
  return input.released.find(
    (value) =>
      value.definition === (place.definition ?? outcome.definition) &&
      Object.entries(wanted).every(([key, text]) => value[key as keyof typeof wanted] === text),
  );
}

/** `2014-2016`, or the one year. */
export function pooledPeriod(pipeline: Pipeline): string {
  const { years } = pipeline.evaluation.cohorts;
  const first = Math.min(...years);
  const last = Math.max(...years);
  return first === last ? String(first) : `${first}-${last}`;
}

/** `2014-2016` as pages write it: with an en dash. */
export const periodText = (period: string): string => period.replace("-", "\u2013");

/** Cell of a number with its words where it is not published. */
export function numberCell(
  value: number | null | undefined,
  released: Released | undefined,
  input: ReportInput,
  show: (value: number, locale: string) => string,
): TableCell {
  if (value !== null && value !== undefined) return { text: show(value, input.messages.locale), value };
  return { text: absentWords(released, input.messages), marker: markerOf(released) };
}

/** The marker of a workbook: `[c]` too few, `[d]` protects another figure, `[x]` statistics has no answer. */
export function markerOf(released: Released | undefined): string {
  if (released?.conf_status === "A") return "[c]";
  return released?.conf_status === "D" ? "[d]" : "[x]";
}

/** Why there is no number, in words. */
export function absentWords(released: Released | undefined, messages: Messages): string {
  if (released?.conf_status === "A") return messages.text("furniture.tooFew");
  if (released?.conf_status === "D") return messages.text("furniture.protected");
  return messages.text("furniture.notAvailable");
}

/** A share from 0 to 1, as `41.9%`. */
export const asPercent = (value: number, locale: string): string => percent(value, locale);
/** A difference of shares from -1 to 1, in percentage points with one decimal, as `9.5`. */
export const asPoints = (value: number, locale: string): string => points(value, locale);
/** A whole number, as `3,963`. */
export const asCount = (value: number, locale: string): string => count(value, locale);
/** A ratio with two decimals. */
export const asRatio = (value: number, locale: string): string => decimal(value, 2, locale);
/** A p-value with three decimals; below 0.0005, which would round to 0, as `< 0.001`. */
export const asProbability = (value: number, locale: string): string =>
  value < 0.0005 ? `< ${decimal(0.001, 3, locale)}` : decimal(value, 3, locale);

/** `[low, high]` of percentage points, or of percentages for ratios. */
export function intervalText(value: Released, locale: string): string {
  if (value.lower === null || value.upper === null) return "";
  return bracketed(points(value.lower, locale), points(value.upper, locale), locale);
}

/** The name of a covariate's level in the report's language. */
export function levelName(dimension: string, level: string, messages: Messages): string {
  if (dimension === "age_band") {
    const [from = level, to] = level.replace(/\+$/, "").split("-");
    return to === undefined
      ? messages.text("level.age_band.over", { from })
      : messages.text("level.age_band.years", { from, to });
  }
  if (dimension === "index_month") return monthName(level, messages.locale);
  const keys = [`level.${dimension}.${level}`, `level.${dimension}.${slugOf(level)}`, `${dimension}.${level}`];
  const known = keys.find((key) => messages.has(key));
  return known === undefined ? level : messages.text(known);
}

/** A level that the sources write in words, as a key: `IT and telecom` is `it_and_telecom`. */
const slugOf = (level: string): string => level.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");

/** The name as it stands inside a sentence: names of peoples and places keep their capital as the language has it. */
export function levelInText(dimension: string, level: string, messages: Messages): string {
  const key = `level.${dimension}_in_text.${level}`;
  if (messages.has(key)) return messages.text(key);
  return lowerFirst(levelName(dimension, level, messages));
}

function monthName(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** `2014, 2015 and 2016`. */
export function listed(items: readonly string[], messages: Messages): string {
  return new Intl.ListFormat(messages.locale, { type: "conjunction" }).format(items);
}
