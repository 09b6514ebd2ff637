import type { Command } from "commander";
import type { KeyOrigin } from "../ingest/identity/pseudonym.ts";

interface PseudonymOptions {
  readonly column: string;
  readonly domain: string;
  readonly out: string;
  readonly keyFile?: string;
}

/** `duo-impact pseudonyms FILE`: one column of identifiers becomes pseudonyms, under a key that two parties share. */
export function registerPseudonyms(program: Command, key: KeyOrigin): void {
  program
    .command("pseudonyms")
    .argument("<file>", "CSV or workbook that holds the column")
    .requiredOption("--column <name>", "header of the column of identifiers")
    .requiredOption("--domain <name>", "what they identify, e.g. participant; the same in both files")
    .requiredOption("--out <file>", "CSV to write")
    .option("--key-file <file>", "file with the key (or DUO_IMPACT_KEY_FILE, or the key in DUO_IMPACT_KEY)")
    .description("write a copy of a file with a column of identifiers replaced by pseudonyms (HMAC-SHA-256)")
    .action(async (file: string, options: PseudonymOptions) => {
      const { writePseudonyms } = await import("./write-pseudonyms.ts");
      const origin = options.keyFile === undefined ? key : { file: options.keyFile };
      process.stdout.write(await writePseudonyms(file, options, origin));
    });
}
