import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { answerSchema } from "../flat/answer-schema.ts";
import { SourceMapping } from "../ingest/mapping/mapping.ts";
import { QuestionnaireCodebook } from "../ingest/surveys/questionnaire-codebook.ts";
import { QuoteList } from "../ingest/surveys/questionnaire-quotes.ts";
import { pipelineSchema } from "../protocol/protocol.ts";
import { UserError } from "../user-error.ts";

interface Kind {
  readonly schema: z.ZodType;
  /** Whether a person writes it or the program does: what has a default may be left out of the first. */
  readonly io: "input" | "output";
}

const KINDS: Readonly<Record<string, Kind>> = {
  pipeline: { schema: pipelineSchema, io: "input" },
  source: { schema: SourceMapping, io: "input" },
  questionnaire: { schema: QuestionnaireCodebook, io: "input" },
  quotes: { schema: QuoteList, io: "input" },
  evaluation: { schema: answerSchema, io: "output" },
};

/**
 * JSON Schema (draft 2020-12) of a kind of YAML file, or of what `evaluate --json` prints.
 * @throws UserError where the kind is none of them
 */
export function jsonSchemaOf(kind: string): unknown {
  const found = KINDS[kind];
  if (found === undefined)
    throw new UserError([`no schema for '${kind}'; choose one of ${Object.keys(KINDS).join(", ")}`]);
  return z.toJSONSchema(found.schema, { io: found.io });
}

/** The schema of a kind as text, for a file or to print. */
export const schemaText = (kind: string): string => `${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`;

/** Writes `KIND.schema.json` of each kind of YAML file into a folder, as the first line of each such file names it. */
export function writeSchemas(folder: string): void {
  for (const [kind, { io }] of Object.entries(KINDS))
    if (io === "input") writeFileSync(join(folder, `${kind}.schema.json`), schemaText(kind));
}
