import type { z } from "zod";
import { closest } from "./closest.ts";

type Issue = z.core.$ZodRawIssue;

/**
 * What is wrong with an entry of a YAML file, in the words of whoever wrote it: given to `safeParse` as `error`. What a
 * schema says itself of an entry comes first.
 */
export const schemaProblem: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "invalid_type") return typeProblem(issue);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, issue)).join("; ");
  if (issue.code === "invalid_value") return unknownValue(issue.input, issue.values.map(String));
  if (issue.code === "invalid_union") return unionProblem(issue);
  if (issue.code === "too_small" || issue.code === "too_big") return sizeProblem(issue);
  if (issue.code === "invalid_format" && issue.format === "date")
    return `${shown(issue.input)} is not a day; write it as year-month-day, e.g. 2018-03-31`;
  return undefined;
};

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys",
  record: "a group of keys",
};

function typeProblem({ expected, input, inst }: Extract<Issue, { code: "invalid_type" }>): string {
  const wanted = `${TYPES[expected] ?? String(expected)}${neededKeys(inst)}`;
  if (input === undefined) return `is missing; ${wanted} belongs here`;
  return `${shown(input)} stands where ${wanted} belongs`;
}

/** The keys that a group can't be without, in brackets. */
function neededKeys(inst: Issue["inst"]): string {
  const shape: object = inst !== undefined && "shape" in inst ? Object(inst.shape) : {};
  const needed = Object.entries(shape).filter(([, schema]) => schema._zod.optin === undefined);
  return needed.length === 0 ? "" : ` (${needed.map(([key]) => key).join(", ")})`;
}

/** Signs of a value that are shown. */
const LONGEST = 80;

/** A value as a sentence names it. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys";
  const text = String(value).replaceAll(/\s+/g, " ");
  return `'${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}'`;
}

function unknownKey(key: string, { inst }: Issue): string {
  const shape = inst !== undefined && "shape" in inst ? Object.keys(Object(inst.shape)) : [];
  return `'${key}' is not a key that can stand here${shape.length === 0 ? "" : `; ${closest(key, shape)}`}`;
}

function unknownValue(input: unknown, values: readonly string[]): string {
  if (input === undefined) return `is missing; there are ${values.join(", ")}`;
  return typeof input === "string"
    ? `'${input}' is not known here; ${closest(input, values)}`
    : `${shown(input)} stands where one of ${values.join(", ")} belongs`;
}

function unionProblem(issue: Extract<Issue, { code: "invalid_union" }>): string | undefined {
  if ("discriminator" in issue && "options" in issue && Array.isArray(issue.options)) {
    const { discriminator, input, options } = issue;
    const given: unknown = Object(input)[String(discriminator)];
    return unknownValue(given, options.map(String));
  }
  const reasons = new Set(issue.errors.flatMap(([first]) => (first === undefined ? [] : [reasonOf(first)])));
  return reasons.size === 0 ? undefined : [...reasons].join(", or ");
}

const reasonOf = ({ path, message }: z.core.$ZodIssue): string => [...path, message].join(": ");

function sizeProblem(issue: Extract<Issue, { code: "too_small" | "too_big" }>): string {
  const [limit, word] = issue.code === "too_small" ? [issue.minimum, "at least"] : [issue.maximum, "at most"];
  if (issue.origin === "string" && limit === 1) return "is empty; a text belongs here";
  const beyond = issue.code === "too_small" ? "more than" : "less than";
  const bound = `${issue.inclusive === false ? beyond : word} ${limit}`;
  const [one, several] = COUNTED[issue.origin] ?? [];
  return several === undefined
    ? `must be ${bound}, and is ${shown(issue.input)}`
    : `must have ${bound} ${Number(limit) === 1 ? one : several}`;
}

const COUNTED: Readonly<Record<string, readonly [string, string]>> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
};
