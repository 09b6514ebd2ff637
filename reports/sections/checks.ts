import type { Block, TableRow } from "../../src/document/document.ts";
import { lowerFirst } from "../../src/wording/first-letter.ts";
import type { Refutation } from "../../src/wording/interval-sentence.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
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

/** The checks in their order, and why nothing is concluded where one failed. */
const CHECKS: Readonly<Record<string, Refutation>> = {
  linkedShare: "unlinked",
  matchedShare: "unmatched",
  maxSmd: "poorMatch",
  minimumPersons: "smallNumbers",
  minimumPlacements: "smallNumbers",
  essControlPersons: "smallNumbers",
};
const AT_MOST: ReadonlySet<string> = new Set(["maxSmd"]);
const AS_PERCENT: ReadonlySet<string> = new Set(["linkedShare", "matchedShare"]);
const DIGITS: Readonly<Record<string, number>> = { maxSmd: 2 };

/** Declared thresholds held against the figures, as the evaluation judged them. */
function checks(input: ReportInput): readonly Check[] {
  return Object.keys(CHECKS).flatMap((name) => {
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
 * Why no conclusion may be drawn (method.md §6): the first check that failed, else the placebo test, else a check whose
 * outcome is not published; undefined where all passed. A placebo test that is inconclusive or not informative is told,
 * and refutes nothing.
 */
export function refutation(input: ReportInput): Refutation | undefined {
  const all = checks(input);
  const placebo = placeboOutcome(input);
  const failed = all.find(({ passed }) => passed === false);
  if (failed !== undefined) return CHECKS[failed.name];
  if (placebo === "failed") return "placeboFailed";
  return placebo === "hidden" || all.some(({ passed }) => passed === null) ? "unchecked" : undefined;
}

/** True where a conclusion may be drawn. */
export const isSupported = (input: ReportInput): boolean => refutation(input) === undefined;

/** What stands in the way of a conclusion, by name: checks that failed, else those whose outcome is not published. */
export function notPassed(input: ReportInput): { readonly state: "failed" | "unpublished"; readonly names: string[] } {
  const { messages } = input;
  const all = checks(input);
  const placebo = placeboOutcome(input);
  const named = (passed: boolean | null, outcome: typeof placebo): string[] => [
    ...all
      .filter((check) => check.passed === passed)
      .map(({ name }) => lowerFirst(messages.named("investor.checks", name))),
    ...(placebo === outcome ? [lowerFirst(messages.text("investor.credibility.placeboTerm"))] : []),
  ];
  const failed = named(false, "failed");
  return failed.length > 0
    ? { state: "failed", names: failed }
    : { state: "unpublished", names: named(null, "hidden") };
}

/** The heading that says how many checks passed, and the table of figures and thresholds. */
export function checksSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const all = checks(input);
  if (all.length === 0) return [];
  const failed = all.filter((check) => check.passed !== true).length;
  const heading = failed === 0 ? "investor.checks.passed" : "investor.checks.failed";
  const text = (key: KeyUnder<"investor.checks">): string => messages.text(`investor.checks.${key}`);
  return [
    {
      kind: "table",
      subtitle: messages.text("investor.checks.subtitle", {
        state: failed === 0 ? "passed" : "failed",
        isPaid: input.contract === undefined ? "no" : "yes",
      }),
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
      { text: messages.named("investor.checks", check.name) },
      check.figure === null
        ? { text: hiddenWords(check, messages), marker: check.marker }
        : { text: show(check.figure), value: check.figure },
      { text: messages.text(`investor.checks.${bound}`, { x: show(check.threshold) }) },
      { text: messages.text(`investor.checks.${verdict}`) },
    ],
  };
}
