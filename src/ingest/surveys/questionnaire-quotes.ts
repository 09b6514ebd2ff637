import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { lineIn, parseYaml, yamlText } from "../../protocol/yaml-file.ts";
import { UserError } from "../../user-error.ts";

const quote = z
  .strictObject({
    export: z.string().min(1),
    response: z.string().min(1).describe("The tool's own number of the response"),
    item: z.string().min(1),
    consent: z.enum(["yes", "no"]).describe("Whether the writer agreed to be quoted"),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")
      .optional()
      .describe("Of the answer as it was approved, UTF-8, without blanks around it"),
    text: z.string().min(1).optional().describe("The answer as approved; with `sha256`, what is printed instead of it"),
  })
  .refine(({ sha256, text }) => sha256 !== undefined || text !== undefined, "give the `text` or its `sha256`");

/** `pipelines/questionnaires/quotes.yaml`: the answers that may be quoted, each as it was approved. */
export const QuoteList = z.strictObject({ quotes: z.array(quote).default([]) });

/** An approved quote with the place where it is approved, for messages. */
export type ApprovedQuote = z.infer<typeof quote> & { readonly at: string };

/**
 * The approved quotes beside a codebook; none where there is no list.
 * @throws UserError with every problem, each with its line
 */
export function loadQuotes(folder: string): readonly ApprovedQuote[] {
  const path = join(folder, "quotes.yaml");
  if (!existsSync(path)) return [];
  const text = yamlText(path);
  const { quotes } = parseYaml(path, text, QuoteList);
  return quotes.map((one, i) => ({ ...one, at: `quotes.yaml:${lineIn(text, ["quotes", i])}` }));
}

/** An answer in words, as it was read. */
interface TextAnswer {
  readonly responseId: string;
  readonly export: string;
  readonly id: string;
  readonly item: string;
  readonly text: string;
}

/** What may be printed of an answer. */
interface ChosenQuote {
  readonly responseId: string;
  readonly item: string;
  readonly text: string;
}

/**
 * The answers that are approved with consent, and are still what was approved.
 * @throws UserError for a quote that no response holds, or whose answer has changed since
 */
export function chosenQuotes(
  approved: readonly ApprovedQuote[],
  answers: readonly TextAnswer[],
): readonly ChosenQuote[] {
  const problems: string[] = [];
  const chosen = approved.flatMap((one) => {
    if (one.consent !== "yes") return [];
    const named = answers.filter(
      (answer) => answer.export === one.export && answer.id === one.response && answer.item === one.item,
    );
    const found = named.find(({ text }) => isApproved(text, one));
    if (found !== undefined) return [{ responseId: found.responseId, item: one.item, text: one.text ?? found.text }];
    problems.push(
      named.length === 0
        ? `${one.at}: '${one.export}' has no counted response ${one.response} with '${one.item}'; take the quote off the list`
        : `${one.at}: response ${one.response} of '${one.export}' isn't what was approved; approve it again`,
    );
    return [];
  });
  if (problems.length > 0) throw new UserError(problems);
  return chosen;
}

const isApproved = (answer: string, { sha256, text }: ApprovedQuote): boolean =>
  sha256 === undefined ? answer === text?.trim() : createHash("sha256").update(answer.trim()).digest("hex") === sha256;
