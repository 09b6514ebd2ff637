import type { Command } from "commander";

/** `duo-impact schema`: the JSON Schema of the YAML files, for editors, and of what `evaluate --json` prints. */
export function registerSchema(program: Command): void {
  program
    .command("schema")
    .argument(
      "[kind]",
      "pipeline, source, questionnaire or quotes; evaluation for what evaluate --json prints",
      "pipeline",
    )
    .description("print the JSON Schema of the YAML files, for editors")
    .action(async (kind: string) => {
      process.stdout.write(`${JSON.stringify(await schemaOf(kind), null, 2)}\n`);
    });
}

async function schemaOf(kind: string): Promise<unknown> {
  if (kind === "evaluation") {
    const { z } = await import("zod");
    const { answerSchema } = await import("../flat/answer-schema.ts");
    return z.toJSONSchema(answerSchema);
  }
  const { jsonSchemaOf } = await import("../protocol/json-schema.ts");
  return jsonSchemaOf(kind);
}
