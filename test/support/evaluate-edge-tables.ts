import type { EvaluateOptions } from "../../src/commands/evaluate.ts";
import type { SeType } from "../../src/evaluate/effect.ts";
import { answerSchema } from "../../src/flat/answer-schema.ts";
import { METHODS } from "../../src/flat/methods.ts";
import { UserError } from "../../src/user-error.ts";
import { evaluate, fileOf } from "./evaluate-command.ts";

/* Tables in which statistics has little or nothing to say, through the command, for every method and error. */

type Row = readonly [id: number, treated: number, placed: number, group: string, age: number];
const table = (count: number, row: (i: number) => Row): string =>
  ["id,treated,placed,group,age", ...Array.from({ length: count }, (_, i) => row(i).join(","))].join("\n");
const third = (i: number): number => (i % 3 === 0 ? 1 : 0);

export const EDGE_TABLES: Readonly<Record<string, string>> = {
  "one participant": table(1, () => [1, 1, 1, "a", 20]),
  "one control": table(1, () => [1, 0, 1, "a", 20]),
  "one person in each arm": table(2, (i) => [i, i, i, "a", 20]),
  "nothing to match": table(6, (i) => [i, i % 2, third(i), i % 2 === 1 ? "a" : "b", i % 2 === 1 ? 20 : 30]),
  "participants only": table(6, (i) => [i, 1, i % 2, "a", 20 + i]),
  "controls only": table(6, (i) => [i, 0, i % 2, "a", 20 + i]),
  "everybody placed": table(40, (i) => [i, third(i), 1, i % 3 === 2 ? "a" : "b", 20 + (i % 5)]),
  "nobody placed": table(40, (i) => [i, third(i), 0, i % 3 === 2 ? "a" : "b", 20 + (i % 5)]),
  "the same number for everybody": table(40, (i) => [i, third(i), 3.7, i % 4 === 0 ? "a" : "b", 20 + (i % 5)]),
  "arms parted by a covariate": table(40, (i) => [
    i,
    i < 10 ? 1 : 0,
    i % 2,
    i < 10 ? "a" : "b",
    i < 10 ? 20 + i : 40 + i,
  ]),
  "a level without participants": table(40, (i) => [i, i < 10 ? 1 : 0, i % 2, i < 20 ? "a" : "b", 20 + (i % 5)]),
  "strata of one and one": table(40, (i) => [i, i % 2, third(i), `g${i >> 1}`, i >> 1]),
  "everybody alike": table(60, (i) => [i, third(i), i % 2, "a", 20]),
  "an outcome that is the arm": table(40, (i) => [i, third(i), third(i), i % 4 === 0 ? "a" : "b", 20 + (i % 5)]),
  "seven persons in sixty rows": table(60, (i) => [i % 7, third(i), i % 2, i % 5 === 0 ? "a" : "b", 20 + (i % 4)]),
  "one person in sixty rows": table(60, (i) => [1, third(i), i % 2, i % 5 === 0 ? "a" : "b", 20 + (i % 4)]),
  "large numbers": table(60, (i) => [i, third(i), ((i * 7919) % 100) * 1e12, i % 5 === 0 ? "a" : "b", 1e9 + (i % 4)]),
  "numbers near the largest": table(60, (i) => [
    i,
    third(i),
    i % 2 === 0 ? 1e300 : -1e300,
    "a",
    i % 2 === 0 ? 1e300 : 2,
  ]),
  "numbers near nothing": table(60, (i) => [i, third(i), (i % 2) * 1e-300, "a", (i % 4) * 1e-300]),
  "negative numbers": table(60, (i) => [i, third(i), (i % 7) - 3, i % 5 === 0 ? "a" : "b", -(i % 4)]),
};

export const MATCHES: ReadonlyArray<Partial<EvaluateOptions> & { readonly method: keyof typeof METHODS }> = [
  { method: "exact", exact: ["group"], covariates: ["age"], subgroups: ["group"] },
  { method: "exact", exact: ["group", "age"], relax: [["group"], ["age"]] },
  { method: "cem", exact: ["group"], cutpoints: { age: [21, 23] } },
  { method: "nearest", covariates: ["age", "group"], distance: "logit-linear", ratio: 2, caliper: 0.2 },
  { method: "nearest", covariates: ["age", "group"], replace: true, ratio: 2 },
  { method: "nearest", covariates: ["age", "group"], distance: "mahalanobis" },
  { method: "nearest", covariates: ["age"], order: "closest", subgroups: ["group"] },
  { method: "nearest", distance: { column: "age" } },
  { method: "optimal", covariates: ["age", "group"] },
  { method: "odds", covariates: ["age", "group"] },
  { method: "entropy", covariates: ["age", "group"], moments: 2 },
  { method: "aipw", covariates: ["age", "group"], subgroups: ["group"] },
];

/** A plain answer, nulls with a failed verdict, or a refusal in words; what is wrong otherwise. */
export async function wrongWith(file: string, options: Partial<EvaluateOptions>): Promise<string | null> {
  try {
    const { code, stdout } = await evaluate(file, options);
    const found = answerSchema.parse(JSON.parse(stdout));
    if (code !== 0 || /NaN|Infinity|undefined/.test(stdout)) return `${code}: ${stdout.slice(0, 200)}`;
    const failed = found.verdicts.some((verdict: { passed: boolean }) => !verdict.passed);
    if (found.difference.se === null && !failed) return "no error, and no verdict that says so";
    return found.difference.estimate === null && !failed ? "no estimate, and no verdict that says so" : null;
  } catch (error) {
    return error instanceof UserError ? null : String(error instanceof Error ? error.stack : error);
  }
}

/** What is wrong with the answers to one table, by every match; of each match's errors those that are chosen. */
export async function wrongAnswers(
  text: string,
  chosen: (types: readonly SeType[], match: number) => readonly SeType[],
): Promise<readonly string[]> {
  const file = fileOf(text);
  const wrong: string[] = [];
  for (const [m, match] of MATCHES.entries()) {
    const types = [...new Set(METHODS[match.method].errors({ exact: [], covariates: [], ...match }))];
    for (const type of chosen(types, m)) {
      const id = type.startsWith("CR") || type === "two-way" ? { id: "id" } : {};
      const found = await wrongWith(file, { ...match, ...id, errors: type });
      if (found !== null) wrong.push(`${match.method} ${m}, ${type}: ${found}`);
    }
    const { stdout } = await evaluate(file, { ...match, json: false }).catch((error: unknown) => {
      if (error instanceof UserError) return { stdout: "" };
      throw error;
    });
    if (/NaN|Infinity|undefined|null/.test(stdout)) wrong.push(`${match.method} ${m}: ${stdout}`);
  }
  return wrong;
}
