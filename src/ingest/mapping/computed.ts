import { z } from "zod";
import { closest } from "../../closest.ts";
import { quoteText } from "../../engine/engine.ts";
import { schemaProblem } from "../../schema-problem.ts";
import { dateFormatProblem, dayIn } from "./date-format.ts";

/** What a function reads: a column by its header, a constant, or another function's result. */
type Argument = string | { readonly constant: string } | Computation;

/** A staged column computed from others, by the name of its function. */
export interface Computation {
  readonly compute: string;
  readonly [option: string]: unknown;
}

/** What a function gives, and so which staged types it may fill: dates as YYYY-MM-DD, numbers with a point. */
type Gives = "text" | "date" | "number";

/** SQL of an argument's text, null where the cell is empty. */
type TextOf = (argument: Argument) => string;

interface ComputedFunction {
  readonly name: string;
  readonly gives: Gives;
  readonly schema: z.ZodObject;
  /** SQL of the result as text; null where a cell is empty or the texts don't allow one. */
  readonly sql: (given: Computation, text: TextOf) => string;
}

const argument: z.ZodType<Argument> = z.lazy(() =>
  z.union([
    z.string().min(1).describe("A column's header in the file"),
    z.strictObject({ constant: z.string().min(1) }),
    computation,
  ]),
);
const dates = z
  .string()
  .superRefine((format, context) => {
    const problem = dateFormatProblem(format);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  })
  .default("YYYY-MM-DD")
  .describe("How the argument writes dates, e.g. DD/MM/YYYY");
const separator = z.string().min(1);
const of = argument.describe("What is read: a column, a constant or another function");
const several = z.array(argument).min(1).describe("What is read, in order");

function computed<S extends z.ZodRawShape>(
  name: string,
  description: string,
  gives: Gives,
  shape: S,
  sql: (given: z.infer<z.ZodObject<S>>, text: TextOf) => string,
): ComputedFunction {
  const options = z.object(shape);
  const schema = z.strictObject({ compute: z.literal(name).describe(description), ...shape });
  return { name, gives, schema, sql: (given, text) => sql(options.parse(given), text) };
}

const filled = (sql: string): string => `nullif(trim(${sql}), '')`;
const part = (text: string, sign: string, sql: string): string =>
  `case when contains(${text}, ${quoteText(sign)}) then ${filled(sql)} end`;

/** Every function of computed columns: one entry each. */
export const COMPUTED: readonly ComputedFunction[] = [
  computed(
    "concat",
    "The texts one after the other; no value where one of them is empty",
    "text",
    { of: several, separator: z.string().default("").describe("Put between them") },
    (given, text) => given.of.map(text).join(` || ${quoteText(given.separator)} || `),
  ),
  computed(
    "first_of",
    "The first of the texts that isn't empty",
    "text",
    { of: several },
    (given, text) => `coalesce(${given.of.map(text).join(", ")}, null)`,
  ),
  computed(
    "default",
    "The text, or a fixed value where it is empty",
    "text",
    { of, value: z.string().min(1) },
    (given, text) => `coalesce(${text(given.of)}, ${quoteText(given.value)})`,
  ),
  computed("upper", "The text in capitals", "text", { of }, (given, text) => `upper(${text(given.of)})`),
  computed("lower", "The text in small letters", "text", { of }, (given, text) => `lower(${text(given.of)})`),
  computed(
    "trim",
    "The text without certain signs at its beginning and end",
    "text",
    { of, signs: z.string().min(1).default(" ").describe("The signs to take off, blanks when absent") },
    (given, text) => filled(`trim(${text(given.of)}, ${quoteText(given.signs)})`),
  ),
  computed(
    "substring",
    "A piece of the text",
    "text",
    { of, from: z.int().min(1).describe("Its first character, from 1"), length: z.int().min(1).optional() },
    (given, text) =>
      filled(`substring(${text(given.of)}, ${given.from}${given.length === undefined ? "" : `, ${given.length}`})`),
  ),
  computed("part_before", "What stands before the first separator", "text", { of, separator }, (given, text) =>
    part(text(given.of), given.separator, `split_part(${text(given.of)}, ${quoteText(given.separator)}, 1)`),
  ),
  computed("part_after", "What stands after the first separator", "text", { of, separator }, (given, text) =>
    part(
      text(given.of),
      given.separator,
      `substring(${text(given.of)}, instr(${text(given.of)}, ${quoteText(given.separator)}) + ${given.separator.length})`,
    ),
  ),
  computed(
    "translate",
    "The text's code by a list; a text that isn't in the list is rejected",
    "text",
    { of, codes: z.record(z.string(), z.string().min(1)).describe("Their text: ours") },
    (given, text) => {
      const cases = Object.entries(given.codes).map(([a, b]) => `when ${quoteText(a)} then ${quoteText(b)}`);
      return cases.length === 0 ? "cast(null as varchar)" : `case ${text(given.of)} ${cases.join(" ")} end`;
    },
  ),
  computed(
    "as_date",
    "A date from a text",
    "date",
    { of, dates },
    (given, text) => `cast(${dayIn(given.dates, text(given.of))} as varchar)`,
  ),
  computed(
    "date_of",
    "A date from its parts; month and day may be constants",
    "date",
    { year: argument, month: argument, day: argument },
    (given, text) => {
      const two = (one: Argument): string => `lpad(${text(one)}, 2, '0')`;
      const parts = `${text(given.year)} || '-' || ${two(given.month)} || '-' || ${two(given.day)}`;
      return `cast(${dayIn("YYYY-MM-DD", `(${parts})`)} as varchar)`;
    },
  ),
  computed(
    "add_months",
    "The same day some months later (earlier: a negative number), or the last day of a shorter month",
    "date",
    { of, dates, months: z.int().min(-1200).max(1200) },
    (given, text) => `cast(add_months(${dayIn(given.dates, text(given.of))}, ${given.months}) as varchar)`,
  ),
  computed(
    "year_of",
    "The year of a date",
    "number",
    { of, dates },
    (given, text) => `cast(year(${dayIn(given.dates, text(given.of))}) as varchar)`,
  ),
  computed(
    "number_in",
    "The one number of a text such as '6 months'",
    "number",
    {
      of,
      decimal: z.enum([".", ","]).default("."),
      units: z
        .record(z.string().min(1), z.number())
        .optional()
        .describe("Units after the number and what one is worth: {months: 1, years: 12}; others are rejected"),
    },
    (given, text) => numberIn(text(given.of), given.decimal, given.units),
  ),
];

/** Numbers with units become multiples of the unit's worth; whole results are written without a point. */
function numberIn(text: string, decimal: "." | ",", units: Readonly<Record<string, number>> | undefined): string {
  const number = `[+-]?[0-9]+(?:[${decimal}][0-9]+)?`;
  const found = (pattern: string): string =>
    `try_cast(replace(nullif(regexp_extract(${text}, ${quoteText(pattern)}, 1), ''), ',', '.') as decimal(18, 6))`;
  const value =
    units === undefined
      ? found(`^[^0-9+-]*(${number})[^0-9]*$`)
      : `coalesce(${Object.entries(units)
          .map(([unit, worth]) => `${found(`^(${number})\\s*${escaped(unit)}$`)} * cast(${worth} as decimal(12, 6))`)
          .concat("null")
          .join(", ")})`;
  return `regexp_replace(cast(${value} as varchar), '[.]?0+$', '')`;
}

const escaped = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");

const [first, ...others] = COMPUTED.map(({ schema }) => schema);
if (first === undefined) throw new Error("no functions");
/** A computed column, by the name of its function. */
export const computation = z.union([first, ...others]) as unknown as z.ZodType<Computation>;

const functionOf = (given: Computation): ComputedFunction => {
  const found = COMPUTED.find(({ name }) => name === given.compute);
  if (found === undefined) throw new Error(`no function ${given.compute}`);
  return found;
};

/** What a computed column gives. */
export const givesOf = (given: Computation): Gives => functionOf(given).gives;

/** SQL of a computed column's text; `cell` gives that of a column by its header. */
export function computedText(given: Computation, cell: (header: string) => string): string {
  const text: TextOf = (one) =>
    typeof one === "string" ? cell(one) : isConstant(one) ? quoteText(one.constant) : computedText(one, cell);
  return `(${functionOf(given).sql(given, text)})`;
}

const isConstant = (one: Exclude<Argument, string>): one is { readonly constant: string } => !("compute" in one);

/** The headers that a computed column reads, each once. */
export function computedFrom(given: Computation): readonly string[] {
  const headers = new Set<string>();
  computedText(given, (header) => {
    headers.add(header);
    return "null";
  });
  return [...headers];
}

/** What is wrong with a computed column that doesn't fit the schema. */
export function computationProblem(given: object): string {
  const name = "compute" in given ? String(given.compute) : "";
  const known = COMPUTED.find((entry) => entry.name === name);
  if (known === undefined)
    return `'${name}' is not a function; ${closest(
      name,
      COMPUTED.map((entry) => entry.name),
    )}`;
  const issues = known.schema.safeParse(given, { error: schemaProblem }).error?.issues ?? [];
  return issues
    .map((issue) => {
      const inner = nested(given, issue.path);
      return `${[name, ...issue.path].join(".")}: ${inner === undefined ? issue.message : computationProblem(inner)}`;
    })
    .join("; ");
}

/** The function inside a function that a problem's path leads to. */
function nested(given: unknown, path: readonly PropertyKey[]): object | undefined {
  const found = path.reduce<unknown>(
    (node, key) => (typeof node === "object" && node !== null ? Reflect.get(node, key) : undefined),
    given,
  );
  return path.length > 0 && typeof found === "object" && found !== null && "compute" in found ? found : undefined;
}
