import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EvaluateOptions, evaluateCommand } from "../../src/commands/evaluate.ts";
import type { TableAnswer } from "../../src/flat/answer.ts";
import { UserError } from "../../src/user-error.ts";

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "evaluate-"));

/** A file of that text in a folder of its own. */
export function fileOf(text: string | Uint8Array, name = "people.csv"): string {
  const path = join(newFolder(), name);
  writeFileSync(path, text);
  return path;
}

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function evaluate(table: string, options: Partial<EvaluateOptions>): Promise<Answer> {
  let [stdout, stderr] = ["", ""];
  const code = await evaluateCommand(
    table,
    { treated: "treated", outcome: "placed", exact: [], covariates: [], json: true, ...options },
    {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
    },
  );
  return { code, stdout, stderr };
}

export async function answerTo(table: string, options: Partial<EvaluateOptions>): Promise<TableAnswer> {
  return JSON.parse((await evaluate(table, { ...options, json: true })).stdout) as TableAnswer;
}

/** The problems a refused command names. */
export async function problemsOf(table: string, options: Partial<EvaluateOptions>): Promise<readonly string[]> {
  try {
    await evaluate(table, options);
  } catch (error) {
    if (error instanceof UserError) return error.problems.map((problem) => problem.replaceAll(table, "FILE"));
    throw error;
  }
  throw new Error("the command was not refused");
}
