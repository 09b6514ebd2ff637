import type { Released } from "../../src/disclose/finding.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { decimal, points, rounded } from "../../src/wording/numbers.ts";
import { asPercent, type ReportInput, valueAt } from "../report-input.ts";

type PlaceboOutcome = "passed" | "failed" | "inconclusive" | "notInformative" | "hidden";

/** What the placebo test says; undefined where none was asked for. */
export function placeboOutcome(input: ReportInput): PlaceboOutcome | undefined {
  const passed = verdictAt(input, "verdict_passed");
  if (passed === undefined) return undefined;
  if (passed.conf_status !== "F" || differenceOf(input)?.conf_status !== "F") return "hidden";
  if (passed.value !== null) return passed.value === 1 ? "passed" : "failed";
  return differenceOf(input)?.value == null ? "notInformative" : "inconclusive";
}

/** The test in sentences: what was measured, what it says, of whom it speaks. */
export function placeboSentences(input: ReportInput): readonly string[] {
  const { messages } = input;
  const outcome = placeboOutcome(input);
  if (outcome === undefined) return [];
  const text = (key: KeyUnder<"investor.credibility.placebo">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.credibility.placebo.${key}`, values);
  const difference = differenceOf(input);
  const threshold = verdictAt(input, "verdict_threshold")?.value;
  if (difference?.value == null || difference.lower === null || difference.upper === null || threshold == null)
    return [text(outcome)];
  const inDays = difference.unit === "days";
  const show = (value: number): string =>
    inDays ? decimal(value, 1, messages.locale) : points(value, messages.locale);
  const shown = rounded(Math.abs(difference.value) * (inDays ? 1 : 100), 1);
  const measure = text("measure", {
    unit: difference.unit,
    d: show(difference.value),
    points: messages.text(inDays ? "unit.days" : "unit.points", { n: shown }),
    low: show(difference.lower),
    high: show(difference.upper),
    delta: show(threshold),
  });
  return [text(outcome), measure, ...observed(input)];
}

function observed(input: ReportInput): readonly string[] {
  const { messages } = input;
  const [a, b] = (["participants", "controls"] as const).map(
    (arm) => valueAt(input, { metric: "placebo_observed_share", dimension: "placebo", level: "observed", arm })?.value,
  );
  if (a == null || b == null) return [];
  return [
    messages.text("investor.credibility.placebo.observed", {
      a: asPercent(a, messages.locale),
      b: asPercent(b, messages.locale),
    }),
  ];
}

const verdictAt = (input: ReportInput, metric: string): Released | undefined =>
  valueAt(input, { metric, dimension: "verdict", level: "placebo" });

const differenceOf = (input: ReportInput): Released | undefined =>
  valueAt(input, {
    metric: "placebo_difference",
    dimension: "placebo",
    level: input.pipeline.evaluation.placebo?.outcome ?? "days90",
  });
