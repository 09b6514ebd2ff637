import type { Block, TableRow } from "../../src/document/document.ts";
import type { Messages } from "../../src/wording/messages.ts";
import { decimal, percent } from "../../src/wording/numbers.ts";
import { markerOf, pooledPeriod, type ReportInput } from "../report-input.ts";
import { placeboOutcome } from "./placebo.ts";

interface Check {
  readonly name: string;
  readonly passed: boolean | null;
  readonly figure: number | null;
  readonly threshold: number;
  readonly marker: string;
}

const CHECKS = [
  "linkedShare",
  "matchedShare",
  "maxSmd",
  "minimumPersons",
  "minimumPlacements",
  "essControlPersons",
] as const;
const AT_MOST: ReadonlySet<string> = new Set(["maxSmd"]);
const AS_PERCENT: ReadonlySet<string> = new Set(["linkedShare", "matchedShare"]);
const DIGITS: Readonly<Record<string, number>> = { maxSmd: 2 };

/** Declared thresholds held against the figures, as the evaluation judged them. */
function checks(input: ReportInput): readonly Check[] {
  return CHECKS.flatMap((name) => {
    const at = (metric: string) =>
      input.released.find(
        (value) =>
          value.metric === metric &&
          value.dimension === "verdict" &&
          value.level === name &&
          value.period === pooledPeriod(input.pipeline) &&
          value.definition === input.pipeline.evaluation.outcome.definition,
      );
    const threshold = at("verdict_threshold");
    const figure = at("verdict_value");
    const passed = at("verdict_passed");
    if (threshold?.value === null || threshold?.value === undefined) return [];
    return [
      {
        name,
        passed: passed?.value === null || passed?.value === undefined ? null : passed.value === 1,
        figure: figure?.value ?? null,
        threshold: threshold.value,
        marker: markerOf(figure),
      },
    ];
  });
}

/**
 * True where every verdict passed and the placebo test did not fail (or hide): only then may a conclusion be drawn
 * (method.md §6). A placebo test that is inconclusive or not informative is told, and refutes nothing.
 */
export const isSupported = (input: ReportInput): boolean =>
  checks(input).every((check) => check.passed === true) && !["failed", "hidden"].includes(placeboOutcome(input) ?? "");

/** The heading that says how many checks passed, and the table of figures and thresholds. */
export function checksSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const all = checks(input);
  const failed = all.filter((check) => check.passed !== true).length;
  const heading = failed === 0 ? "investor.checks.passed" : "investor.checks.failed";
  const text = (key: string): string => messages.text(`investor.checks.${key}`);
  return [
    {
      kind: "table",
      subtitle: text("subtitle"),
      table: {
        id: "checks",
        title: messages.text(heading, { n: all.length, failed }),
        columns: [
          { id: "check", header: text("check"), kind: "name" },
          { id: "figure", header: text("figure"), kind: "number" },
          { id: "threshold", header: text("threshold"), kind: "text" },
          { id: "verdict", header: text("verdict"), kind: "text" },
        ],
        rows: all.map((check) => checkRow(check, input)),
      },
    },
  ];
}

/** A share that passed and is hidden has too few people on its other side: nearly all were matched. */
function hiddenWords({ name, passed }: Check, messages: Messages): string {
  if (name === "linkedShare") return messages.text("investor.checks.inFlow");
  return name === "matchedShare" && passed === true
    ? messages.text("investor.checks.nearlyAll")
    : messages.text("furniture.tooFew");
}

function checkRow(check: Check, { messages }: ReportInput): TableRow {
  const show = (value: number): string =>
    AS_PERCENT.has(check.name)
      ? percent(value, messages.locale, 1)
      : decimal(value, DIGITS[check.name] ?? 0, messages.locale);
  const bound = AT_MOST.has(check.name) ? "atMost" : "atLeast";
  const verdict = check.passed === null ? "unpublished" : check.passed ? "pass" : "fail";
  return {
    cells: [
      { text: messages.text(`investor.checks.${check.name}`) },
      check.figure === null
        ? { text: hiddenWords(check, messages), marker: check.marker }
        : { text: show(check.figure), value: check.figure },
      { text: messages.text(`investor.checks.${bound}`, { x: show(check.threshold) }) },
      { text: messages.text(`investor.checks.${verdict}`) },
    ],
  };
}
