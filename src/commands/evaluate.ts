import { type Command, InvalidArgumentError, Option } from "commander";
import { type CutRule, type Cuts, cutRule } from "../flat/cut-rules.ts";
import { ERROR_TYPES } from "../flat/errors.ts";
import type { DistanceChoice } from "../flat/match.ts";
import type { TableSettings } from "../flat/settings.ts";
import { number, whole } from "./typed-numbers.ts";

/**
 * Options of `duo-impact evaluate` as they were read: columns by name, calipers in standard deviations, rates as
 * fractions.
 */
export interface EvaluateOptions extends Omit<TableSettings, "method"> {
  /** `exact` by default. */
  readonly method?: TableSettings["method"];
  readonly json: boolean;
}

interface CommandOutput {
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
  const found = await evaluateTable(table, { ...options, method: options.method ?? "exact" });
  for (const warning of found.warnings) io.stderr(`warning: ${warning}\n`);
  if (options.json) {
    io.stdout(`${JSON.stringify(found.evaluation, null, 2)}\n`);
    return 0;
  }
  const { evaluationText } = await import("../flat/text.ts");
  io.stdout(evaluationText(table, found));
  return 0;
}

const EXAMPLES = `
Examples:
  duo-impact evaluate people.csv --treated duo --outcome placed --exact gender,age_band
  duo-impact evaluate people.csv --treated duo --outcome placed --method cem --cutpoints age=22:26:30 --exact gender
  duo-impact evaluate people.csv --treated duo --outcome placed --method nearest --covariates age,gender --caliper 0.2

Errors by default: HC3; clustered by person (CR1) where an --id recurs; by matched set for nearest and optimal, two-way (person and
set) with --replace; with the fit of the weights for odds, entropy and aipw. Nobody matched is an answer: nulls, a failed verdict and exit code 0.`;

/** Adds `evaluate` to the program. */
export function registerEvaluate(program: Command): void {
  program
    .command("evaluate")
    .argument("<table>", "CSV or Parquet file, one row a person")
    .description("compare participants with matched controls in any flat file")
    .requiredOption(
      "--treated <column>",
      "1, true, yes, oui or ja for participants, 0, false, no, non or nee for the others",
    )
    .requiredOption("--outcome <column>", "a number; 0 and 1 (or words, as for --treated) give rates")
    .option("--exact <columns>", "columns to match on exactly: a,b,c", names, [])
    .option(
      "--covariates <columns>",
      "further columns: shown in the balance; all methods but exact and cem go by them",
      names,
      [],
    )
    .addOption(
      new Option("--method <method>", "how to match")
        .choices(["exact", "cem", "nearest", "optimal", "odds", "entropy", "aipw"])
        .default("exact"),
    )
    .option("--relax <columns>", "exact: a coarser set for participants without a control (repeat for a ladder)", rungs)
    .option(
      "--cutpoints <cuts>",
      "cem: where to cut numbers, age=20:25:30,education=8:12; =sturges (bands of one width, as MatchIt), =q4 (quarters)",
      cuts,
    )
    .option("--distance <distance>", "nearest, optimal: logit, logit-linear, mahalanobis or column:NAME", distance)
    .option("--ratio <k>", "nearest, optimal: controls a participant", whole)
    .option("--replace", "nearest: a control may serve several participants")
    .option("--caliper <sd>", "nearest: widest difference, in standard deviations of the score", number)
    .addOption(
      new Option("--order <order>", "nearest: who chooses first").choices(["largest", "smallest", "closest", "data"]),
    )
    .addOption(new Option("--moments <moments>", "entropy: 1 balances means, 2 squares too").argParser(moments))
    .addOption(new Option("--errors <type>", "instead of the method's own").choices(ERROR_TYPES))
    .option(
      "--subgroups <columns>",
      "columns by whose levels to tell effects apart, with a test that they differ",
      names,
    )
    .option("--id <column>", "column that names the person; rows that share one are clustered")
    .option(
      "--planned-rate <rate>",
      "the controls' rate expected beforehand (0.33): the least effect that can be found is computed at it",
      number,
    )
    .option("--weights <file>", "write a CSV with the weight of each row")
    .option("--pairs <file>", "nearest, optimal: write a CSV with who is matched with whom")
    .option("--json", "print JSON (proportions, null where there is no answer)", false)
    .addHelpText("after", EXAMPLES)
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

const rungs = (list: string, before: ReadonlyArray<readonly string[]> = []): ReadonlyArray<readonly string[]> => [
  ...before,
  names(list),
];

/** age=20:25,education=8:12 as points by column. */
function cuts(list: string, before: Cuts = {}) {
  const given = list.split(",").map((part): [string, readonly number[] | CutRule] => {
    const at = part.lastIndexOf("=");
    if (at < 1)
      throw new InvalidArgumentError("expected column=point:point, e.g. age=20:25:30, or column=sturges, column=q4");
    return [
      part.slice(0, at).trim(),
      cutRule(part.slice(at + 1).trim()) ??
        part
          .slice(at + 1)
          .split(":")
          .map(number),
    ];
  });
  return { ...before, ...Object.fromEntries(given) };
}

function moments(text: string): 1 | 2 {
  if (text === "1" || text === "2") return text === "1" ? 1 : 2;
  throw new InvalidArgumentError("expected 1 or 2");
}

function distance(text: string): DistanceChoice {
  if (text === "logit" || text === "logit-linear" || text === "mahalanobis") return text;
  if (text.startsWith("column:") && text.length > 7) return { column: text.slice(7) };
  throw new InvalidArgumentError("expected logit, logit-linear, mahalanobis or column:NAME");
}
