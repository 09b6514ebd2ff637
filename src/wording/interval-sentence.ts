import type { Messages } from "./messages.ts";
import { points, rounded } from "./numbers.ts";

/** Why nothing is concluded from an interval: the check that did not pass (method.md §6). */
export type Refutation =
  | "unlinked"
  | "unmatched"
  | "poorMatch"
  | "smallNumbers"
  | "placeboFailed"
  /** The outcome of a check is itself too small a matter to publish. */
  | "unchecked";

/** Why there is no interval. */
export type Absence = "tooFew" | "protected" | "noResult";

/** What a conclusion may rest on (method.md §7): an interval as proportions, and whether the checks allow one. */
interface Conclusion {
  readonly lower: number | null;
  readonly upper: number | null;
  /** The first check that did not pass: then nothing is concluded, whatever the interval. */
  readonly refutation?: Refutation | undefined;
  /** Read where there is no interval. */
  readonly absence?: Absence | undefined;
}

type ConclusionRule = "higher" | "lower" | "unclear" | Refutation | Absence;

/** Limits nearer to 0 than this, as proportions, are 0 but for the computer's arithmetic. */
const NOISE = 1e-12;

/** Chooses the sentence: an interval that excludes 0 speaks of a difference, one that includes it never does. */
export function conclusionRule({ lower, upper, refutation, absence = "noResult" }: Conclusion): ConclusionRule {
  if (lower === null || upper === null) return absence;
  if (refutation !== undefined) return refutation;
  if (lower > NOISE) return "higher";
  if (upper < -NOISE) return "lower";
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
  const R = messages.named("outcome", definition);
  const values = { ...slots(rule, result.lower ?? 0, result.upper ?? 0, messages), R };
  return {
    rule,
    headline: messages.text(`conclusion.${rule}.headline`, values),
    lead: messages.text(`conclusion.${rule}.lead`, values),
  };
}

/** Limits in words, and the noun that agrees with the number before it: French counts 1.8 as singular. */
function slots(rule: ConclusionRule, lower: number, upper: number, messages: Messages): Record<string, string> {
  const sizes = [Math.abs(lower), Math.abs(upper)].map((size) => (size > NOISE ? size * 100 : 0));
  const [low = 0, high = 0] = sizes.toSorted((a, b) => a - b);
  const digits = enoughDigits(low, high, rule === "higher" || rule === "lower");
  const text = (value: number): string => points(value / 100, messages.locale, digits);
  const noun = (value: number): string => messages.text("unit.points", { n: rounded(value, digits) });
  if (rule === "higher" || rule === "lower") return { L: text(low), H: text(high), points: noun(high) };
  const [less, more] = [Math.max(0, -lower * 100), Math.max(0, upper * 100)];
  return { A: text(less), B: text(more), points: noun(less) };
}

/** Digits that a conclusion is told with, at least and at most: more only keep a limit from reading as 0. */
const DIGITS = { least: 1, most: 12, toTellApart: 4 };

/**
 * One decimal, more where rounding would turn a limit that is not 0 into 0, or both limits of a difference, in points,
 * into one number.
 */
function enoughDigits(low: number, high: number, apart: boolean): number {
  let digits = DIGITS.least;
  const vanishes = (limit: number): boolean => limit > 0 && rounded(limit, digits) === 0;
  const same = (): boolean => apart && digits < DIGITS.toTellApart && rounded(low, digits) === rounded(high, digits);
  while (digits < DIGITS.most && (vanishes(low) || vanishes(high) || same())) digits++;
  return digits;
}
