import type { Command } from "commander";
import type { ReadCommandOptions } from "../ingest/files/read-command.ts";

/** `duo-impact read FILE`: one file as a table of text, with what was detected and every guess and repair. */
export function registerRead(program: Command): void {
  program
    .command("read")
    .argument("<file>", "file to read")
    .description("read one file as a table of text and report what was detected, guessed and repaired")
    .option("--mapping <file>", "mapping (pipelines/sources/NAME.yaml) whose settings apply")
    .option("--delimiter <text>", "separator of one sign or more, e.g. ; || or tab")
    .option("--quote <sign>", "quote; none: the file has no quotes")
    .option("--escape <sign>", "sign that makes a quote inside a cell text; none: quotes are doubled")
    .option("--encoding <name>", "auto, utf-8, windows-1252, ...")
    .option("--header-row <line>", "line of the header")
    .option("--header-rows <count>", "rows the header takes; 0: the file has none")
    .option("--no-header", "the file has no header")
    .option("--skip <count>", "lines to leave out at the beginning")
    .option("--footer <count>", "rows to leave out at the end; 0: none is a footer")
    .option("--nulls <texts>", "texts that stand for no value, with commas between them: NULL,#N/A")
    .option("--decimal <sign>", "how numbers are written, . or , (cells stay as they are)")
    .option("--format <name>", "csv, xlsx, json or parquet, where the file's name doesn't tell")
    .option("--member <name>", "name or pattern of the file to read of a zip of several")
    .option("--sheet <name>", "sheet of a workbook")
    .option("--json", "print {dialect, columns, rows, warnings} as JSON")
    .action(async (file: string, options: ReadCommandOptions) => {
      const { readFileText } = await import("../ingest/files/read-command.ts");
      process.stdout.write(await readFileText(file, options));
    });
}
