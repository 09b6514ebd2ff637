import { Command } from "commander";
import { vi } from "vitest";
import { registerEvaluate } from "../../src/commands/evaluate.ts";
import { referenceText } from "./reference-values.ts";

/** A case of a folder under test/reference: its table, and what is typed behind it. */
export interface CommandCase {
  readonly name: string;
  readonly file: string;
  readonly options: readonly string[];
}

/** One number that a folder's make.R gave of a case. */
export interface CommandValue {
  readonly of: string;
  readonly name: string;
  readonly value: number;
}

const lines = (path: string): readonly string[] => referenceText(path).trimEnd().split("\n");

/** The cases of a folder, tab-separated in cases.tsv. */
export const commandCases = (folder: string): readonly CommandCase[] =>
  lines(`${folder}/cases.tsv`).map((line) => {
    const [name = "", file = "", ...options] = line.split("\t");
    return { name, file, options };
  });

/** The values of a folder, as its make.R wrote values.csv. */
export const commandValues = (folder: string): readonly CommandValue[] =>
  lines(`${folder}/values.csv`)
    .slice(1)
    .map((line) => /^"(.*)","(.*)","?([^"]*)"?$/.exec(line) ?? [])
    .map(([, of = "", name = "", value]) => ({ of, name, value: Number(value) }));

/** What `evaluate TABLE OPTIONS --json` prints, as typed. */
export async function printedAnswer<T>(table: string, options: readonly string[]): Promise<T> {
  const chunks: string[] = [];
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => chunks.push(String(chunk)) > 0),
    vi.spyOn(process.stderr, "write").mockImplementation(() => true),
  ];
  try {
    const program = new Command();
    registerEvaluate(program);
    await program.parseAsync(["evaluate", table, ...options, "--json"], { from: "user" });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return JSON.parse(chunks.join("")) as T;
}
