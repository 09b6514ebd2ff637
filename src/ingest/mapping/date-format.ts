import { quoteText } from "../../engine/engine.ts";

const TOKENS: Readonly<Record<string, string>> = { YYYY: "%Y", MM: "%m", DD: "%d", HH: "%H", mm: "%M", ss: "%S" };
const TOKEN = /YYYY|MM|DD|HH|mm|ss/g;

/** Why a format can't be used, or undefined. */
export function dateFormatProblem(format: string): string | undefined {
  const tokens = format.match(TOKEN) ?? [];
  const rest = format.replaceAll(TOKEN, "");
  if (/[A-Za-z%'\\]/.test(rest.replaceAll("T", "")))
    return `'${format}' is not a date format: write it with YYYY, MM, DD, HH, mm and ss, e.g. DD/MM/YYYY`;
  for (const needed of ["YYYY", "MM", "DD"])
    if (tokens.filter((token) => token === needed).length !== 1)
      return `'${format}' is not a date format: it needs ${needed} once, e.g. DD/MM/YYYY`;
  return undefined;
}

/** The engine's pattern of a format: DD/MM/YYYY is %d/%m/%Y. */
export const strptimePattern = (format: string): string => format.replaceAll(TOKEN, (token) => TOKENS[token] ?? token);

/** Formats that run on without separators (YYYYMMDD) have one length only, others may drop leading zeros. */
const isFixedWidth = (format: string): boolean => format.replaceAll(TOKEN, "").length === 0;

/** SQL of a text's day in one format, null where it doesn't fit. The engine's strptime takes 'infinity' for a day: texts begin with a figure. */
export function dayIn(format: string, text: string): string {
  const day = `cast(try_strptime(${text}, ${quoteText(strptimePattern(format))}) as date)`;
  const whole = isFixedWidth(format) ? ` and length(${text}) = ${format.length}` : "";
  return `case when ascii(${text}) between 48 and 57 and year(${day}) between 1900 and 2199${whole} then ${day} end`;
}
