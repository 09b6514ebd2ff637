import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { closest } from "../closest.ts";
import { DEFINITIONS } from "../cohort/settings.ts";
import { contractProblems } from "../evaluate/contract-problems.ts";
import type { Contract } from "../evaluate/payment.ts";
import { UserError } from "../user-error.ts";
import type { Evaluation } from "./protocol.ts";
import { lineIn, parseYaml, yamlNames, yamlText } from "./yaml-file.ts";

/** A contract with the place where it is written, for messages. */
export interface ContractFile {
  readonly contract: Contract;
  readonly file: string;
  /** The line on which a part begins. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

const bound = z.number().optional();
const accrual = z.enum(["compound", "simple", "once"]);
const premium = z.discriminatedUnion("shape", [
  z.strictObject({ shape: z.literal("flat"), accrual, rate: z.number() }),
  z.strictObject({
    shape: z.literal("linear"),
    accrual,
    points: z.array(z.strictObject({ at: z.number(), rate: z.number() })).min(1),
  }),
  z.strictObject({
    shape: z.literal("steps"),
    accrual,
    steps: z.array(z.strictObject({ from: z.number(), rate: z.number() })).min(1),
  }),
]);
const band = z.strictObject({
  name: z.string().min(1),
  from: bound,
  above: bound,
  to: bound,
  below: bound,
  pays: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("nothing") }),
    z.strictObject({ kind: z.literal("principal"), share: z.number().positive().optional() }),
    z.strictObject({ kind: z.literal("premium"), premium }),
  ]),
});

/** One file of `pipelines/contracts/`; amounts are published in euro, so other currencies are refused. */
export const contractSchema = z.strictObject({
  name: z.string().min(1),
  currency: z.literal("EUR", "amounts are published in euro: give the contract's in EUR"),
  principal: z.number(),
  cap: z.number().optional(),
  threshold: z.number().optional(),
  dates: z.strictObject({ invested: z.iso.date(), repaid: z.iso.date() }),
  dayCount: z.enum(["30/360", "actual/365", "actual/actual"]),
  metric: z.strictObject({
    kind: z.enum(["difference", "relative-uplift"]),
    definition: z.enum(DEFINITIONS),
    after: z.union([z.literal(0), z.literal(6)]),
    months: z.literal(12),
  }),
  direction: z.enum(["increase", "decrease"]),
  rounding: z.strictObject({ mode: z.enum(["none", "half-up", "half-even", "truncate"]), decimals: z.int() }),
  bands: z.strictObject({ cohort: z.array(band).min(1).optional(), pooled: z.array(band).min(1).optional() }),
});

/**
 * The contract that the evaluation pays under; undefined where it names none.
 * @param folder the folder of pipelines, whose `contracts` holds the file
 * @throws UserError with every problem, its file and line; also where the contract reads an outcome that isn't evaluated
 */
export function loadContract(folder: string, evaluation: Evaluation): ContractFile | undefined {
  if (evaluation.payment === undefined) return undefined;
  const name = `contracts/${evaluation.payment.contract}.yaml`;
  const path = join(folder, name);
  if (!existsSync(path))
    throw new UserError(
      `evaluation.payment.contract: there is no file ${name}; ${closest(evaluation.payment.contract, yamlNames(join(folder, "contracts")))}`,
    );
  const text = yamlText(path, name);
  const contract = parseYaml(name, text, contractSchema);
  const lineOf = (at: readonly (string | number)[]): number => lineIn(text, at);
  const problems = [
    ...contractProblems(contract).map(({ place, problem }) => `${name}:${lineOf(parts(place))}: ${place} ${problem}`),
    ...readingProblems(contract, evaluation).map((problem) => `${name}:${lineOf(["metric"])}: metric: ${problem}`),
  ];
  if (problems.length > 0) throw new UserError(problems);
  return { contract, file: name, lineOf };
}

function readingProblems({ metric }: Contract, evaluation: Evaluation): readonly string[] {
  const outcomes = [evaluation.outcome, ...evaluation.secondary];
  const evaluated = outcomes.some(
    ({ definition, after }) => definition === metric.definition && after === metric.after,
  );
  return evaluated
    ? []
    : [`${metric.definition} after ${metric.after} months is not evaluated; add it under \`evaluation.secondary\``];
}

/** `bands.pooled[1].pays` as a path. */
const parts = (place: string): readonly (string | number)[] =>
  place
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
