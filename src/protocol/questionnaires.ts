import { join } from "node:path";
import { z } from "zod";
import { loadCodebook, WAVES } from "../ingest/surveys/questionnaire-codebook.ts";
import { loadQuotes } from "../ingest/surveys/questionnaire-quotes.ts";
import type { Questionnaires } from "../ingest/surveys/questionnaires.ts";

/** What was asked, in words. */
export type Codebook = Questionnaires["codebook"];

/** Which questionnaires are read, and from how many answers they are told. */
export const questionnairesSchema = z
  .strictObject({
    codebook: z.string().min(1).describe("Name of a file in questionnaires/, without .yaml"),
    privacyMinimum: z
      .int()
      .min(4)
      .default(10)
      .describe("Fewest persons whose answers may be shown; the audience's own minimum holds where it is larger"),
    reliabilityMinimum: z
      .int()
      .min(4)
      .default(20)
      .describe("Fewest persons whose answers are called reliable: below, marked, neither compared nor listed"),
    improve: z
      .strictObject({
        lowest: z.int().min(1).default(3).describe("How many items with the lowest shares are listed"),
        waves: z
          .array(z.enum(WAVES))
          .min(1)
          .default(["end", "alumni"])
          .describe("Moments whose items are listed: what people bring along at entry is nothing to improve"),
      })
      .prefault({}),
  })
  .describe("What mentors and mentees answered; needs `programme`");

/**
 * The codebook that the settings name and the quotes approved beside it; undefined where there are no questionnaires.
 * @throws UserError with every problem, each with its line
 */
export function loadQuestionnaires(
  pipelinesFolder: string,
  settings: { readonly codebook: string } | undefined,
): Questionnaires | undefined {
  if (settings === undefined) return undefined;
  const folder = join(pipelinesFolder, "questionnaires");
  return { codebook: loadCodebook(folder, settings.codebook), approved: loadQuotes(folder) };
}
