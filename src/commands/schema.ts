import type { Command } from "commander";

/** `duo-impact schema`: the JSON Schema of the YAML files, for editors. */
export function registerSchema(program: Command): void {
  program
    .command("schema")
    .argument("[kind]", "pipeline, source, questionnaire or quotes", "pipeline")
    .description("print the JSON Schema of the YAML files, for editors")
    .action(async (kind: string) => {
      const { jsonSchemaOf } = await import("../protocol/json-schema.ts");
      process.stdout.write(`${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`);
    });
}
