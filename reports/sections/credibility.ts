import type { Block, Fact } from "../../src/document/document.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { asRatio, type ReportInput, valueAt } from "../report-input.ts";
import { isSupported } from "./checks.ts";
import { placeboSentences } from "./placebo.ts";
import { specificationsFigure, specificationsSentence } from "./specifications.ts";

/** How far to believe the result: placebo test, what a hidden factor would need, and the declared alternatives. */
export function credibilitySection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const text = (key: KeyUnder<"investor.credibility">): string => messages.text(`investor.credibility.${key}`);
  const placebo = placeboSentences(input);
  const specifications = specificationsSentence(input);
  const facts: readonly Fact[] = [
    ...(placebo.length === 0 ? [] : [{ label: text("placeboTerm"), text: placebo.join(" ") }]),
    ...hiddenFactor(input),
    ...(specifications === undefined ? [] : [{ label: text("specificationsTerm"), text: specifications }]),
  ];
  if (facts.length === 0) return [];
  return [{ kind: "facts", id: "credibility", title: text("title"), facts }, ...specificationsFigure(input)];
}

/** The E-value in words; nothing is said of an estimate from which no conclusion is drawn. */
function hiddenFactor(input: ReportInput): readonly Fact[] {
  const { messages } = input;
  const value = valueAt(input, { metric: "e_value" })?.value;
  const limit = valueAt(input, { metric: "e_value_limit" })?.value;
  if (value == null || limit == null || !isSupported(input)) return [];
  const text = messages.text("investor.credibility.hidden", {
    e: asRatio(value, messages.locale),
    limit: limit > 1 ? asRatio(limit, messages.locale) : "none",
  });
  return [{ label: messages.text("investor.credibility.hiddenTerm"), text }];
}
