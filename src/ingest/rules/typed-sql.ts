import { STAGED_CODES } from "../../catalogue/staging.ts";
import { quoteText } from "../../engine/engine.ts";
import { dayIn } from "../mapping/date-format.ts";
import { type ColumnMapping, isComputed, isDirect, type SettledMapping } from "../mapping/mapping.ts";
import { type NumberSigns, numberPattern, plainNumber } from "../mapping/number-signs.ts";
import { formatsDetail } from "./sentences.ts";

/** A staged column's value in SQL, and the rule (with what it expected) that a text without a value breaks. */
interface Typed {
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
  mapping: SettledMapping,
  isTyped: boolean,
): Typed {
  if (given === undefined) return { value: `cast(null as ${type})`, rule: "", detail: "" };
  const own = typeof given !== "string" && isDirect(given) ? given : undefined;
  if (STAGED_CODES[name] !== undefined) return coded(text, codesOf(name, given));
  const isPlain = isTyped || isComputed(given);
  if (type === "DATE") return dated(text, isComputed(given) ? "YYYY-MM-DD" : (own?.dates ?? mapping.dates), isTyped);
  const signs: NumberSigns = isPlain ? { decimal: "." } : signsOf(mapping, name);
  if (type === "INTEGER") return wholeNumber(text, signs);
  if (type === "DOUBLE") return decimalNumber(text, signs);
  return own?.codes === undefined ? { value: text, rule: "", detail: "" } : coded(text, own.codes);
}

/** How a column writes its numbers; what `auto` stands for is known once the file has been read. */
const signsOf = ({ csv, numbers }: SettledMapping, name: string): NumberSigns =>
  numbers?.[name] ?? { decimal: csv.decimal === "auto" ? "." : csv.decimal, thousands: csv.thousands };

/** Our codes by theirs, of a column that has codes. */
const codesOf = (name: string, given: ColumnMapping): Readonly<Record<string, string>> =>
  (typeof given !== "string" && isDirect(given) ? given.codes : undefined) ??
  Object.fromEntries((STAGED_CODES[name] ?? []).map((code) => [code, code]));

/** SQL of a column's code as an enumeration, which takes a byte and no text; undefined for a column without codes. */
export function enumerated(name: string, text: string, given: ColumnMapping): string | undefined {
  if (STAGED_CODES[name] === undefined) return undefined;
  const codes = codesOf(name, given);
  const all = [...new Set(Object.values(codes))].map(quoteText).join(", ");
  return coded(text, codes, (code) => `cast(${quoteText(code)} as enum(${all}))`).value;
}

function coded(text: string, codes: Readonly<Record<string, string>>, written = quoteText): Typed {
  const entries = Object.entries(codes);
  const known = entries.filter(([theirs]) => theirs !== "");
  const empty = codes[""];
  const cases = known.map(([theirs, ours]) => `when ${quoteText(theirs)} then ${written(ours)}`).join(" ");
  const value = known.length === 0 ? "cast(null as varchar)" : `case ${text} ${cases} end`;
  return {
    value: empty === undefined ? value : `case when ${text} is null then ${written(empty)} else ${value} end`,
    rule: "unknown_code",
    detail: known.map(([theirs]) => theirs).join(", "),
  };
}

const STORED_DATES = ["YYYY-MM-DD", "YYYY-MM-DD HH:mm:ss"];

/** Of several formats the first that fits; a text that two of them read as different days has no value. */
function dated(text: string, given: string | readonly string[], isTyped: boolean): Typed {
  const own = typeof given === "string" ? [given] : given;
  const days = [...new Set([...own, ...(isTyped ? STORED_DATES : [])])].map((format) => dayIn(format, text));
  const [first = "null", ...others] = days;
  const value = others.length === 0 ? first : `case when ${agree(days)} then coalesce(${days.join(", ")}) end`;
  return { value, rule: "not_a_date", detail: formatsDetail(own) };
}

const agree = (days: readonly string[]): string =>
  days.flatMap((one, i) => days.slice(i + 1).map((other) => `coalesce((${one}) = (${other}), true)`)).join(" and ");

function decimalNumber(text: string, signs: NumberSigns): Typed {
  const number = `try_cast(${plainNumber(text, signs)} as double)`;
  const fits = `regexp_full_match(${text}, ${quoteText(numberPattern(signs, "([0-9]+)"))})`;
  return {
    value: `case when ${fits} and isfinite(${number}) then ${number} end`,
    rule: "not_a_number",
    detail: `12${signs.decimal}5`,
  };
}

function wholeNumber(text: string, signs: NumberSigns): Typed {
  const fits = `regexp_full_match(${text}, ${quoteText(numberPattern(signs, "0+"))})`;
  return {
    value: `case when ${fits} then try_cast(${plainNumber(text, signs)} as integer) end`,
    rule: "not_a_whole_number",
    detail: "12",
  };
}
