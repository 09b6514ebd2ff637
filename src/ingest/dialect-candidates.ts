import type { CsvSyntax, LineEnds } from "./csv-parse.ts";

/** What the sender or the mapping says of the syntax; the rest is detected. */
export interface GivenSyntax {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
}

/** A syntax that may be that of a text. */
export interface Candidate {
  readonly syntax: CsvSyntax;
  /** What the score is multiplied by before anything is read. */
  readonly prior: number;
}

/** So much of a text tells of separators as well as all of it. */
export const FEW_SIGNS = 1 << 13;

const DELIMITERS = [
  ",",
  ";",
  "\t",
  "|",
  ":",
  "^",
  "~",
  "§",
  "¦",
  "\u001f",
  "\u001e",
  "\u001d",
  "\u001c",
  "\u0001",
  "\u0002",
  "\u0003",
  "\u00ac",
  "\u00b6",
  "\u00fe",
  "*",
  "%",
  "$",
  "`",
  "#",
  "&",
  "!",
  "@",
  " ",
];

/** Every syntax that the signs of a text leave possible, the likelier ones first. */
export function candidateSyntaxes(text: string, given: GivenSyntax): readonly Candidate[] {
  return quotesOf(text, given).flatMap(({ quote, prior }) =>
    delimitersOf(text, quote, given).flatMap((delimiter) =>
      escapesOf(text, quote, given).flatMap((escaping) =>
        lineEndsOf(text).map((lineEnds) => ({ syntax: { delimiter, quote, escape: escaping, lineEnds }, prior })),
      ),
    ),
  );
}

/** The beginning of a text, in whole lines where it has any. */
export function wholeLines(text: string, signs: number): string {
  if (text.length <= signs) return text;
  const end = Math.max(text.lastIndexOf("\n", signs), text.lastIndexOf("\r", signs));
  return text.slice(0, end > 0 ? end + 1 : signs);
}

/** Signs other than ' and " that cells may be wrapped in. */
const OTHER_QUOTES = ["`", "$", "|", "~", "%", "*", "#", "^", "/", "´", "¨"];
/** Signs that may make a quote inside a cell text. */
const ESCAPES = ["\\", "\u0000", "^", "~", "'", '"', "`", "|", "*", "#", "!", "@", "$", "%", "&"];

/** The double quote unless others open far more cells; no quote at all only where that explains much more. */
function quotesOf(text: string, given: GivenSyntax): ReadonlyArray<{ quote: string; prior: number }> {
  if (given.quote !== undefined) return [{ quote: given.quote, prior: 1 }];
  const double = wrapped(text, '"');
  const single = wrapped(text, "'");
  const others = OTHER_QUOTES.filter((sign) => wrapped(text, sign) > Math.max(1, 2 * double));
  return [
    { quote: '"', prior: 1 },
    ...(single > 0 ? [{ quote: "'", prior: double === 0 ? 0.95 : single > 2 * double ? 1 : 0.3 }] : []),
    ...others.map((quote) => ({ quote, prior: 0.95 })),
    ...(opened(text, '"') > 0 ? [{ quote: "", prior: 0.4 }] : []),
  ];
}

/** How often a quote stands where a cell may begin. */
const opened = (text: string, quote: string): number =>
  text.match(new RegExp(`(^|[\\n\\r,;\\t| ])${quote}`, "g"))?.length ?? 0;

/** How often a sign opens and how often it closes a cell of the usual separators: the rarer of both. */
function wrapped(text: string, sign: string): number {
  if (!text.includes(sign)) return 0;
  const borders = [",", ";", "\t", "|", "\n", "\r"].filter((border) => border !== sign);
  const count = (piece: string): number => text.split(piece).length - 1;
  const opens = borders.reduce((sum, border) => sum + count(border + sign), text.startsWith(sign) ? 1 : 0);
  const closes = borders.reduce((sum, border) => sum + count(sign + border), text.endsWith(sign) ? 1 : 0);
  return Math.min(opens, closes);
}

function delimitersOf(text: string, quote: string, given: GivenSyntax): readonly string[] {
  if (given.delimiter !== undefined) return [given.delimiter];
  const single = DELIMITERS.filter((sign) => sign !== quote && text.includes(sign) && !wrapsCells(text, sign));
  const absent = [",", ";", "\t", "\u001f"].filter((sign) => !text.includes(sign)).slice(0, 1);
  const longer = single.flatMap((sign) =>
    [`${sign} `, sign + sign].filter((two) => two.trim() !== "" && mostly(text, sign, two)),
  );
  return [...new Set([...single, ...longer, ...repeatedSigns(text, quote), ...absent])];
}

/** Whether a sign stands on both sides of a usual separator in most lines: it wraps cells and parts none. */
function wrapsCells(text: string, sign: string): boolean {
  if (sign === "|" || !OTHER_QUOTES.includes(sign)) return false;
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== "");
  return [",", ";", "\t", "|"].some(
    (separator) => 2 * lines.filter((line) => line.includes(sign + separator + sign)).length > lines.length,
  );
}

/** Separators of several signs: what stands between words in the first lines, as often in each. */
function repeatedSigns(text: string, quote: string): readonly string[] {
  const lines = wholeLines(text, FEW_SIGNS)
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== "")
    .slice(0, 10);
  const runs = new Set((lines[0] ?? "").match(/[^\p{L}\p{N}\s.\-_]{2,}/gu) ?? []);
  const found = [...runs]
    .map((run) => unitOf(run.replaceAll(quote === "" ? "\n" : quote, "")))
    .filter((sign) => sign.length >= 2 && sign.length <= 5 && !/[,;'"]/.test(sign));
  const counts = (sign: string): readonly number[] => lines.map((line) => line.split(sign).length - 1);
  return [...new Set(found)]
    .filter((sign) => {
      const own = counts(sign);
      return own.filter((count) => count === own[0]).length >= 0.6 * lines.length && !/^(.)\1$/u.test(sign);
    })
    .slice(0, 3);
}

/** The shortest text that repeated gives this one. */
function unitOf(run: string): string {
  for (let length = 1; length <= run.length / 2; length++)
    if (run.length % length === 0 && run === run.slice(0, length).repeat(run.length / length))
      return length === 1 ? run : run.slice(0, length);
  return run;
}

/** Whether nearly every place of `sign` is one of `two`. */
function mostly(text: string, sign: string, two: string): boolean {
  const signs = text.split(sign).length - 1;
  const twos = text.split(two).length - 1;
  return twos * (two === sign + sign ? 2 : 1) >= 0.8 * signs;
}

function escapesOf(text: string, quote: string, given: GivenSyntax): readonly string[] {
  if (quote === "") return [given.escape ?? ""];
  if (given.escape !== undefined) return [given.escape === "" ? quote : given.escape];
  return [quote, ...ESCAPES.filter((sign) => sign !== quote && escapesIn(text, sign, quote))];
}

/** Whether a sign stands in front of quotes that neither open nor close a cell. */
function escapesIn(text: string, sign: string, quote: string): boolean {
  if (sign === "\\" || sign === "\u0000") return text.includes(sign + quote);
  for (let at = text.indexOf(sign + quote); at >= 0; at = text.indexOf(sign + quote, at + 1))
    if (/[\p{L}\p{N} ]/u.test(text.charAt(at + 2))) return true;
  return false;
}

/** Lone line feeds (or returns) may be text where most lines end otherwise. */
function lineEndsOf(text: string): readonly LineEnds[] {
  const pairs = text.split("\r\n").length - 1;
  const feeds = text.split("\n").length - 1 - pairs;
  const returns = text.split("\r").length - 1 - pairs;
  return [
    "any",
    ...(returns > 0 && pairs + feeds > returns ? (["lf"] as const) : []),
    ...(feeds > 0 && pairs > feeds ? (["crlf"] as const) : []),
  ];
}
