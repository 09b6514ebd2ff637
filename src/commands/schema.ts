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
      const { schemaText } = await import("./json-schema.ts");
      process.stdout.write(schemaText(kind));
    });
}
