import { z } from "zod";
import { SourceMapping } from "../ingest/mapping.ts";
import { QuestionnaireCodebook } from "../ingest/questionnaire-codebook.ts";
import { QuoteList } from "../ingest/questionnaire-quotes.ts";
import { UserError } from "../user-error.ts";
import { pipelineSchema } from "./protocol.ts";

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  pipeline: pipelineSchema,
  source: SourceMapping,
  questionnaire: QuestionnaireCodebook,
  quotes: QuoteList,
};

/** JSON Schema (draft 2020-12) of a kind of YAML file, for editors. */
export function jsonSchemaOf(kind: string): unknown {
  const schema = SCHEMAS[kind];
  if (schema === undefined)
    throw new UserError([
      `no schema for '${kind}'; choose one of ${[...Object.keys(SCHEMAS), "evaluation"].join(", ")}`,
    ]);
  return z.toJSONSchema(schema, { io: "input" });
}
