import { STAGED_CODES } from "../catalogue/staging.ts";
import { quoteText } from "../engine/engine.ts";
import { isFixedWidth, strptimePattern } from "./date-format.ts";
import type { ColumnMapping, TableMapping } from "./mapping.ts";

/** A staged column's value in SQL, and the rule (with what it expected) that a text without a value breaks. */
export interface Typed {
  readonly value: string;
  readonly rule: string;
  readonly detail: string;
}

/** How a column's text (SQL) becomes its staged type. */
export function typed(
  name: string,
  type: string,
  text: string,
  given: ColumnMapping | undefined,
  mapping: TableMapping,
  isTyped: boolean,
): Typed {
  if (given === undefined) return { value: `cast(null as ${type})`, rule: "", detail: "" };
  const codes = STAGED_CODES[name];
  const own = typeof given !== "string" && "column" in given ? given : undefined;
  if (codes !== undefined) return coded(text, own?.codes ?? Object.fromEntries(codes.map((code) => [code, code])));
  if (type === "DATE") return dated(text, own?.dates ?? mapping.dates, isTyped);
  if (type === "INTEGER") return wholeNumber(text, isTyped ? "." : mapping.csv.decimal);
  if (type === "DOUBLE") return decimalNumber(text, isTyped ? "." : mapping.csv.decimal);
  return own?.codes === undefined ? { value: text, rule: "", detail: "" } : coded(text, own.codes);
}

function coded(text: string, codes: Readonly<Record<string, string>>): Typed {
  const entries = Object.entries(codes);
  const known = entries.filter(([theirs]) => theirs !== "");
  const empty = codes[""];
  const cases = known.map(([theirs, ours]) => `when ${quoteText(theirs)} then ${quoteText(ours)}`).join(" ");
  const value = known.length === 0 ? "cast(null as varchar)" : `case ${text} ${cases} end`;
  return {
    value: empty === undefined ? value : `case when ${text} is null then ${quoteText(empty)} else ${value} end`,
    rule: "unknown_code",
    detail: known.map(([theirs]) => theirs).join(", "),
  };
}

/** SQL of a text's day in one format, null where it doesn't fit. The engine's strptime takes 'infinity' for a day: texts begin with a figure. */
export function dayIn(format: string, text: string): string {
  const day = `cast(try_strptime(${text}, ${quoteText(strptimePattern(format))}) as date)`;
  const whole = isFixedWidth(format) ? ` and length(${text}) = ${format.length}` : "";
  return `case when ascii(${text}) between 48 and 57 and year(${day}) between 1900 and 2199${whole} then ${day} end`;
}

const STORED_DATES = ["YYYY-MM-DD", "YYYY-MM-DD HH:mm:ss"];

/** Of several formats the first that fits; a text that two of them read as different days has no value. */
function dated(text: string, given: string | readonly string[], isTyped: boolean): Typed {
  const own = typeof given === "string" ? [given] : given;
  const days = [...new Set([...own, ...(isTyped ? STORED_DATES : [])])].map((format) => dayIn(format, text));
  const [first = "null", ...others] = days;
  const value = others.length === 0 ? first : `case when ${agree(days)} then coalesce(${days.join(", ")}) end`;
  return { value, rule: "not_a_date", detail: own.join(" or ") };
}

const agree = (days: readonly string[]): string =>
  days.flatMap((one, i) => days.slice(i + 1).map((other) => `coalesce((${one}) = (${other}), true)`)).join(" and ");

const withPoint = (text: string, decimal: "." | ","): string => (decimal === "." ? text : `replace(${text}, ',', '.')`);

function decimalNumber(text: string, decimal: "." | ","): Typed {
  const pattern = decimal === "." ? "[+-]?[0-9]+([.][0-9]+)?" : "[+-]?[0-9]+(,[0-9]+)?";
  const number = `try_cast(${withPoint(text, decimal)} as double)`;
  return {
    value: `case when regexp_full_match(${text}, ${quoteText(pattern)}) and isfinite(${number}) then ${number} end`,
    rule: "not_a_number",
    detail: decimal === "." ? "12.5" : "12,5",
  };
}

function wholeNumber(text: string, decimal: "." | ","): Typed {
  const pattern = decimal === "." ? "[+-]?[0-9]+([.]0+)?" : "[+-]?[0-9]+(,0+)?";
  return {
    value: `case when regexp_full_match(${text}, ${quoteText(pattern)}) then try_cast(${withPoint(text, decimal)} as integer) end`,
    rule: "not_a_whole_number",
    detail: "12",
  };
}
