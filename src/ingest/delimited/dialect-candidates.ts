import type { CsvSyntax, LineEnds } from "./csv-parse.ts";
import { delimitersOf, OTHER_QUOTES, USUAL_DELIMITERS } from "./delimiter-candidates.ts";

/** What the sender or the mapping says of the syntax; the rest is detected. */
export interface GivenSyntax {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
}

/** A syntax that may be that of a text. */
interface Candidate {
  readonly syntax: CsvSyntax;
  /** What the score is multiplied by before anything is read. */
  readonly prior: number;
}

/** Every syntax that the signs of a text leave possible, the likelier ones first. */
export function candidateSyntaxes(text: string, given: GivenSyntax): readonly Candidate[] {
  const delimiters = (quote: string): readonly string[] =>
    given.delimiter === undefined ? delimitersOf(text, quote) : [given.delimiter];
  const ends = lineEndsOf(text);
  return quotesOf(text, given).flatMap(({ quote, prior }) => {
    const escapes = escapesOf(text, quote, given);
    return delimiters(quote).flatMap((delimiter) =>
      escapes
        .filter((escaping) => given.escape !== undefined || escaping === "" || !delimiter.includes(escaping))
        .flatMap((escaping) =>
          ends.map((lineEnds) => ({ syntax: { delimiter, quote, escape: escaping, lineEnds }, prior })),
        ),
    );
  });
}

/** Signs that may make a quote inside a cell text. */
const ESCAPES = ["\\", "\u0000", "^", "~", "'", '"', "`", "|", "/", "*", "#", "!", "@", "$", "%", "&"];

/** The double quote unless others open far more cells; no quote at all only where that explains much more. */
function quotesOf(text: string, given: GivenSyntax): ReadonlyArray<{ quote: string; prior: number }> {
  if (given.quote !== undefined) return [{ quote: given.quote, prior: 1 }];
  const double = wrapped(text, '"');
  const single = wrapped(text, "'");
  const others = OTHER_QUOTES.filter((sign) => wrapped(text, sign) > Math.max(1, 2 * double));
  return [
    { quote: '"', prior: 1 },
    ...(single > 0 ? [{ quote: "'", prior: singlePrior(text, single, double) }] : []),
    ...others.map((quote) => ({ quote, prior: isAroundNames(text, quote) ? AROUND_NAMES : 0.95 })),
    ...(opened(text, '"') > 0 ? [{ quote: "", prior: 0.4 }] : []),
  ];
}

/** How likely the single quote is, with so many cells between it and so many between double ones. */
function singlePrior(text: string, single: number, double: number): number {
  if (double === 0) return isAroundNames(text, "'") ? AROUND_NAMES : hasDoubled(text) ? 1.1 : 0.95;
  return single > 2 * double && linesWith(text, "'") >= linesWith(text, '"') ? 1 : 0.3;
}

/** Of a quote that stands around every name. */
const AROUND_NAMES = 1.2;

/** Whether every cell of the first line, by a usual separator, stands in a sign. */
function isAroundNames(text: string, sign: string): boolean {
  const line = text.split(/\r\n|\n|\r/, 20).find((one) => one.trim() !== "") ?? "";
  return USUAL_DELIMITERS.some((delimiter) => {
    const cells = line.split(delimiter);
    return cells.length > 1 && cells.every((cell) => cell.length > 2 && cell.startsWith(sign) && cell.endsWith(sign));
  });
}

/** Lines in which a quote opens a cell: one line of many cells tells nothing of the others. */
const linesWith = (text: string, quote: string): number =>
  text.match(new RegExp(`^([^\\n\\r]*[,;\\t|])?${quote}`, "gm"))?.length ?? 0;

/** Whether a cell in single quotes has one doubled inside. */
const hasDoubled = (text: string): boolean => /(^|[\n\r,;\t|])'[^'\n\r]+''[^'\n\r]+'([\n\r,;\t|]|$)/.test(text);

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
  const alone = borders.reduce((sum, border) => sum + count(border + sign + border), 0);
  return Math.min(opens, closes) - alone;
}

function escapesOf(text: string, quote: string, given: GivenSyntax): readonly string[] {
  if (quote === "") return [given.escape ?? ""];
  if (given.escape !== undefined) return [given.escape === "" ? quote : given.escape];
  return [
    quote,
    ...ESCAPES.filter((sign) => sign !== quote && escapesIn(text, sign, quote) && !mostlyDoubled(text, sign, quote)),
  ];
}

/** Whether more quotes beside letters are doubled than escaped by a sign: one row of another escape isn't the file's. */
function mostlyDoubled(text: string, sign: string, quote: string): boolean {
  const q = `\\u{${quote.charCodeAt(0).toString(16)}}`;
  const word = "[\\p{L}\\p{N}]";
  const doubled = new RegExp(
    `${q}{3}(?=${word})|(?<=${word})${q}{3}|(?<=${word})${q}{2}(?= ?${word})|(?<=${word} )${q}{2}(?=${word})`,
    "gu",
  );
  return (text.match(doubled)?.length ?? 0) > text.split(sign + quote).length - 1;
}

/** Whether a sign stands in front of quotes that neither open nor close a cell. */
function escapesIn(text: string, sign: string, quote: string): boolean {
  if (sign === "\\" || sign === "\u0000") return text.includes(sign + quote);
  if (USUAL_DELIMITERS.includes(sign) && text.includes(quote + sign + quote)) return false;
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
