import type { Command } from "commander";

interface ReadOptions {
  readonly mapping?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
  readonly encoding?: string;
  readonly headerRow?: string;
  readonly headerRows?: string;
  readonly footerRows?: string;
  readonly sheet?: string;
  readonly json?: boolean;
}

/** `duo-impact read FILE`: one file as a table of text, with what was detected and every guess and repair. */
export function registerRead(program: Command): void {
  program
    .command("read")
    .argument("<file>", "file to read")
    .description("read one file as a table of text and report what was detected, guessed and repaired")
    .option("--mapping <file>", "mapping (pipelines/sources/NAME.yaml) whose settings apply")
    .option("--delimiter <text>", "separator, e.g. ; or \\t")
    .option("--quote <sign>", "quote, empty for none")
    .option("--escape <sign>", "sign that makes a quote inside a cell text")
    .option("--encoding <name>", "auto, utf-8, windows-1252, ...")
    .option("--header-row <line>", "line of the header")
    .option("--header-rows <count>", "rows the header takes; 0: the file has none")
    .option("--footer-rows <count>", "lines to leave out at the end")
    .option("--sheet <name>", "sheet of a workbook")
    .option("--json", "print {dialect, columns, rows, warnings} as JSON")
    .action(async (file: string, options: ReadOptions) => {
      const { readFileText } = await import("../ingest/read-command.ts");
      process.stdout.write(await readFileText(file, options));
    });
}
