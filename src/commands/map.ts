import type { Command } from "commander";

/** `duo-impact map FILE`: proposes a mapping for a file nobody has described yet. */
export function registerMap(program: Command): void {
  program
    .command("map")
    .argument("<file>", "file to describe")
    .option("--member <name>", "name or pattern of the file to read of a zip of several")
    .option("--sheet <name>", "sheet of a workbook")
    .option("--encoding <name>", "auto, utf-8, windows-1252, ...")
    .description("propose a mapping (pipelines/sources/NAME.yaml) for an unknown file, to edit")
    .action(async (file: string, options: { sheet?: string; encoding?: string; member?: string }) => {
      const { readTable } = await import("../ingest/files/read-table.ts");
      const { proposeMapping } = await import("../ingest/mapping/propose-mapping.ts");
      process.stdout.write(
        proposeMapping(file, await readTable(file, { ...options, beginning: true }), options.member),
      );
    });
}
