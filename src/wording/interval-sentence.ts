import type { Messages } from "./messages.ts";
import { points, rounded } from "./numbers.ts";

/** What a conclusion may rest on (method.md §7): an interval as proportions, and whether the verdicts allow one. */
export interface Conclusion {
  readonly lower: number | null;
  readonly upper: number | null;
  /** False where a verdict failed: then nothing is concluded, whatever the interval. */
  readonly supported: boolean;
  /** After adjustment for the family the result belongs to, where there is one. */
  readonly significant?: boolean;
}

export type ConclusionRule = "higher" | "lower" | "unclear" | "poorMatch" | "tooFew";

/** Chooses the sentence: an interval that excludes 0 speaks of a difference, one that includes it never does. */
export function conclusionRule({ lower, upper, supported, significant = true }: Conclusion): ConclusionRule {
  if (lower === null || upper === null) return "tooFew";
  if (!supported) return "poorMatch";
  if (significant && lower > 0) return "higher";
  if (significant && upper < 0) return "lower";
  return "unclear";
}

/**
 * The sentence in the messages' language, range first; `lead` is the part that follows the headline.
 * @param definition code of the placement definition that the sentence speaks of
 */
export function conclusion(
  result: Conclusion,
  messages: Messages,
  definition: string,
): { rule: ConclusionRule; headline: string; lead: string } {
  const rule = conclusionRule(result);
  const R = messages.text(`outcome.${definition}`);
  const values = { ...slots(rule, result.lower ?? 0, result.upper ?? 0, messages), R };
  return {
    rule,
    headline: messages.text(`conclusion.${rule}.headline`, values),
    lead: messages.text(`conclusion.${rule}.lead`, values),
  };
}

/** Limits in words, and the noun that agrees with the number before it: French counts 1.8 as singular. */
function slots(rule: ConclusionRule, lower: number, upper: number, messages: Messages): Record<string, string> {
  const low = Math.min(Math.abs(lower), Math.abs(upper));
  const high = Math.max(Math.abs(lower), Math.abs(upper));
  const digits = enoughDigits(rule, low, high);
  const text = (value: number): string => points(value, messages.locale, digits);
  const noun = (value: number): string => messages.text("unit.points", { n: rounded(value * 100, digits) });
  if (rule === "higher" || rule === "lower") return { L: text(low), H: text(high), points: noun(high) };
  const [less, more] = [Math.max(0, -lower), Math.max(0, upper)];
  return { A: text(less), B: text(more), points: noun(less) };
}

/** One decimal, more where rounding would turn a limit into 0 or both limits into one number. */
function enoughDigits(rule: ConclusionRule, low: number, high: number): number {
  let digits = 1;
  const contradicts = (): boolean =>
    (rule === "higher" || rule === "lower") &&
    (rounded(low * 100, digits) === 0 || rounded(low * 100, digits) === rounded(high * 100, digits));
  while (digits < 4 && contradicts()) digits++;
  return digits;
}
