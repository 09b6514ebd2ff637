import fc from "fast-check";
import { expect, it } from "vitest";
import type { EvaluateOptions } from "../../src/commands/evaluate.ts";
import { answerSchema } from "../../src/flat/answer-schema.ts";
import { UserError } from "../../src/user-error.ts";
import { evaluate, fileOf } from "../support/evaluate-command.ts";
import { MATCHES } from "../support/evaluate-edge-tables.ts";

/* Tables as they may come, through the command, by every method: an answer of the declared form, or a refusal in words. */

const treated = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("0", "1") },
  { weight: 1, arbitrary: fc.constantFrom("true", "FALSE", "yes", "no", "1.0") },
);
const outcome = fc.constantFrom(
  fc.constantFrom("0", "1"),
  fc.constantFrom("0", "1", "true", "no"),
  fc.integer({ min: -50, max: 50 }).map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String),
  fc.constant("1"),
);
const age = fc.constantFrom(
  fc.integer({ min: 18, max: 33 }).map(String),
  fc.constantFrom("1e300", "-1e300", "0", "1e-300", "-0"),
  fc.constantFrom("NaN", "Infinity", "-Infinity", "21", "22"),
  fc.constantFrom("", "NA", "20", "30"),
  fc.constantFrom("20,5", "21", "22"),
  fc.constant("20"),
);
const group = fc.constantFrom(
  fc.constantFrom("a", "b", "c"),
  fc.constantFrom("", " ", "é", "=1+1", '"a,b"', "NULL", "'", "0x10", "007"),
  fc.integer({ min: 0, max: 400 }).map((level) => `g${level}`),
  fc.constant("a"),
);

/** One kind of column for each of the table's columns, and its rows. */
const table = fc
  .tuple(outcome, age, group, fc.integer({ min: 1, max: 12 }))
  .chain(([y, x, g, persons]) =>
    fc
      .array(fc.tuple(fc.integer({ min: 1, max: persons * 5 }), treated, y, g, x), { maxLength: 60 })
      .map((rows) => ["id,treated,placed,group,age", ...rows.map((row) => row.join(","))].join("\n")),
  );

async function wrongWith(file: string, options: Partial<EvaluateOptions>): Promise<string | null> {
  try {
    const { code, stdout } = await evaluate(file, { ...options, json: true });
    const found = answerSchema.parse(JSON.parse(stdout));
    const text = (await evaluate(file, { ...options, json: false })).stdout;
    if (
      /NaN|Infinity|undefined|null/.test(
        text.replaceAll(/NaN|Infinity|null/gi, (word) => (IN_DATA.has(word) ? "" : word)),
      )
    )
      return text;
    const failed = found.verdicts.some(({ passed }) => !passed);
    if (found.difference.se === null && !failed) return "no error, and no verdict that says so";
    return code === 0 ? null : `exit code ${code}`;
  } catch (error) {
    if (error instanceof UserError) return error.problems.every((problem) => problem.length > 10) ? null : "no words";
    return String(error instanceof Error ? error.stack : error);
  }
}

/** Words that the tables hold as levels. */
const IN_DATA = new Set(["NULL", "NaN", "Infinity"]);

it.each(MATCHES.map((match, m) => ({ ...match, m })))(
  "$method ($m) has an answer or a refusal for any table, with and without ids",
  async ({ m: _, ...match }) => {
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (text, ids) => {
        expect(await wrongWith(fileOf(text), { ...match, ...(ids ? { id: "id" } : {}) })).toBeNull();
      }),
      { numRuns: 12, seed: 2026 },
    );
  },
  120_000,
);
