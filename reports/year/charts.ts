import { type FunnelStep, funnel } from "../../src/chart/funnel.ts";
import { type OutcomePart, stackedOutcomes } from "../../src/chart/stacked-outcomes.ts";
import type { Graphic } from "../../src/document/document.ts";
import { STEPS } from "../../src/indicators/funnel.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { asPoints, type ReportInput } from "../report-input.ts";
import { allYears, shortWords, shown, told } from "./place.ts";

/** Fewer bars than this compare nothing: their table tells them better. */
const LEAST_BARS = 2;

/** The steps of one role as bars from zero, each with its share of the step before; undefined where there are too few. */
export function funnelChart(input: ReportInput, role: keyof typeof STEPS, period: string): Graphic | undefined {
  const { messages } = input;
  const arm = `${role}s`;
  const text = (key: KeyUnder<"year.column">): string => messages.text(`year.column.${key}`);
  const steps = STEPS[role].map((step, i): FunnelStep => {
    const at = { arm, dimension: "step", level: String(step), period };
    const count =
      i === 0 ? told(input, { metric: "entered", arm, period }) : told(input, { ...at, metric: "step_reached" });
    const passed = i === 0 ? undefined : told(input, { ...at, metric: "step_conversion" });
    const name = messages.text(`year.step.${step}`);
    if (count?.value == null) return { name, words: shortWords(count, messages) };
    const share = passed?.value == null ? {} : { passed: shown(passed, "rate", messages) };
    return { name, count: { value: count.value, text: shown(count, "count", messages) }, ...share };
  });
  if (steps.filter(({ count }) => count !== undefined).length < LEAST_BARS) return undefined;
  return funnel({
    words: { name: text("step"), count: text("reached"), passed: text("passed"), passedShort: text("passed") },
    steps,
  });
}

const PARTS = [
  ["job", "a"],
  ["training", "aPale"],
  ["internship", "aOpen"],
  ["other", "tint"],
  ["none", "grey"],
] as const satisfies ReadonlyArray<readonly [string, OutcomePart["fill"]]>;

/** Declared outcomes of each year as one bar of the answers known. */
export function outcomesChart(input: ReportInput): Graphic {
  const { messages } = input;
  return stackedOutcomes({
    parts: PARTS.map(([solution, fill]) => ({ name: messages.text(`year.solution.${solution}`), fill })),
    rows: allYears(input).map((period) => {
      const values = PARTS.map(([level]) =>
        told(input, { metric: "declared_outcome", arm: "duos", dimension: "solution", level, period }),
      );
      const hidden = values.find((value) => value?.value == null);
      const isAnyHidden = values.some((value) => value?.value == null);
      return {
        name: period,
        shares: values.map((value) =>
          value?.value == null ? null : { value: value.value * 100, text: asPoints(value.value, messages.locale) },
        ),
        ...(isAnyHidden ? { words: shortWords(hidden, messages) } : {}),
      };
    }),
  });
}
