import type { Block, Fact } from "../../src/document/document.ts";
import { longDate } from "../../src/wording/numbers.ts";
import { disclosureValues, type ReportInput } from "../report-input.ts";
import { cutoffOf } from "./frame.ts";

type Part = "method" | "limits" | "glossary";

const METHOD = ["counts", "funnel", "declared", "intervals", "mentors", "compared"] as const;
const LIMITS = ["cause", "unknown", "small"] as const;
const TERMS = ["duo", "mentee", "mentor", "running", "completed", "solution", "interval"] as const;

/** How the figures were made, what they don't say, and the words used. */
export function yearBack(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const values = {
    day: longDate(cutoffOf(input), messages.locale),
    ...disclosureValues(input),
  };
  const facts = (part: Part, keys: readonly string[]): readonly Fact[] =>
    keys.map((key) => ({
      label: messages.named(`year.${part}`, `${key}Term`),
      text: messages.named(`year.${part}`, key, values),
    }));
  const block = (part: Part, keys: readonly string[]): Block => ({
    kind: "facts",
    id: part,
    title: messages.text(`year.${part}.title`),
    facts: facts(part, keys),
  });
  return [block("method", [...METHOD, "disclosure"]), block("limits", LIMITS), block("glossary", TERMS)];
}
