import type { Command } from "commander";

export interface EvaluateOptions {
  readonly treated: string;
  readonly outcome: string;
  readonly exact: readonly string[];
  readonly covariates: readonly string[];
  readonly id?: string;
  readonly weights?: string;
  readonly json: boolean;
}

export interface CommandOutput {
  stdout(text: string): void;
  stderr(text: string): void;
}

/**
 * `duo-impact evaluate TABLE`: matches and compares one flat file. With `json`, JSON alone on stdout, proportions and
 * nulls; else a text for a person. Warnings go to stderr.
 * @returns the exit code: 0, also where nobody is matched (nulls, and a verdict that says so)
 * @throws UserError with every problem of the file or of the options
 */
export async function evaluateCommand(table: string, options: EvaluateOptions, io: CommandOutput): Promise<number> {
  const { evaluateTable } = await import("../flat/evaluate-table.ts");
  const { evaluation, clustered, proportion, warnings } = await evaluateTable(table, options);
  for (const warning of warnings) io.stderr(`warning: ${warning}\n`);
  if (options.json) {
    io.stdout(`${JSON.stringify(evaluation, null, 2)}\n`);
    return 0;
  }
  const { evaluationText } = await import("../flat/text.ts");
  const matchedOn = options.exact.join(", ");
  io.stdout(evaluationText(evaluation, { table, outcome: options.outcome, matchedOn, clustered, proportion }));
  return 0;
}

/** Adds `evaluate` to the program. */
export function registerEvaluate(program: Command): void {
  program
    .command("evaluate")
    .argument("<table>", "CSV or Parquet file, one row a person")
    .description("compare participants with matched controls in any flat file")
    .requiredOption("--treated <column>", "1 or true for participants, 0 or false for the others")
    .requiredOption("--outcome <column>", "a number; 0 and 1 give rates")
    .requiredOption("--exact <columns>", "columns to match on exactly: a,b,c", names)
    .option("--covariates <columns>", "further columns to show the balance of: d,e", names, [])
    .option("--id <column>", "column that names the person; where ids recur, errors are clustered by person")
    .option("--weights <file>", "write a CSV with the weight of each row")
    .option("--json", "print JSON (proportions, null where there is no answer)", false)
    .addHelpText(
      "after",
      "\nExample: duo-impact evaluate people.csv --treated duo --outcome placed --exact gender,age_band",
    )
    .action(async (table: string, options: EvaluateOptions) => {
      process.exitCode = await evaluateCommand(table, options, {
        stdout: (text) => process.stdout.write(text),
        stderr: (text) => process.stderr.write(text),
      });
    });
}

/** a,b,c as names; blanks around a name and empty names fall away. */
function names(list: string, before: readonly string[] = []): readonly string[] {
  const given = list.split(",").map((name) => name.trim());
  return [...before, ...given.filter((name) => name !== "")];
}
