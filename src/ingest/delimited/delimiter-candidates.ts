import { FEW_SIGNS, wholeLines } from "./csv-sample.ts";

/** Signs other than ' and " that cells may be wrapped in. */
export const OTHER_QUOTES = ["`", "$", "|", "~", "%", "*", "#", "^", "/", "´", "¨"];

/** The separators that most files have. */
export const USUAL_DELIMITERS = [",", ";", "\t", "|"];

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

/** Signs that dates, codes, numbers and addresses are full of: separators only where each line has as many of them. */
export const COMMON_IN_CELLS = ["-", "_", "/", "\\", "+", "=", "?", "."];

/** A sign that is none of the above and stands in words as little as in figures: neither a letter, a bracket, a quote nor a country's money. */
const OTHER_SIGN =
  /(?!\s)\p{Cc}|[\u00a4\u00b7]|(?![\p{ASCII}\u00b0\u00a8\u00b4\u2026])[\p{Sm}\p{Sk}\p{So}\p{Po}\p{Pd}]/gu;

/** Stands where text was UTF-16 or a program ended it, and parts nothing. */
const NUL = "\0";

/** The share of a sign's places that is nearly each of them. */
const MOSTLY = 0.8;

/** Lines that are looked at for separators that each of them has as often. */
const FIRST_LINES = 10;

/** Every separator that the signs of a text leave possible. */
export function delimitersOf(text: string, quote: string): readonly string[] {
  const single = DELIMITERS.filter((sign) => sign !== quote && text.includes(sign) && !wrapsCells(text, sign));
  const absent = [",", ";", "\t", "\u001f"].filter((sign) => !text.includes(sign)).slice(0, 1);
  const outside = outsideQuotes(text, quote);
  const longer = single.flatMap((sign) =>
    [`${sign} `, sign + sign].filter((two) => two !== "  " && [text, outside].some((part) => mostly(part, sign, two))),
  );
  const lines = linesOutsideQuotes(text, quote);
  // signs inside cells have no blank behind them: 1,000
  const withBlank = [",", ";"]
    .map((sign) => `${sign} `)
    .filter((two) => isSteady(lines, two, 1) && isTwice(lines, two));
  const steady = COMMON_IN_CELLS.filter((sign) => sign !== quote && isSteady(lines, sign, 0.9));
  return [
    ...new Set([
      ...single,
      ...longer,
      ...repeatedSigns(lines),
      ...withBlank,
      ...steady,
      ...otherSigns(lines),
      ...absent,
    ]),
  ];
}

/** Signs beyond the usual ones that most lines have as often, whatever stands above them. */
function otherSigns(lines: readonly string[]): readonly string[] {
  const signs = new Set(lines.flatMap((line) => line.match(OTHER_SIGN) ?? []));
  return [...signs].filter((sign) => {
    if (sign === NUL || DELIMITERS.includes(sign)) return false;
    const counts = lines.map((line) => line.split(sign).length - 1).filter((count) => count > 0);
    const most = Math.max(...counts.map((count) => counts.filter((other) => other === count).length));
    return lines.length > 1 && most >= 0.6 * lines.length;
  });
}

/** Whether a sign stands on both sides of a usual separator in most lines: it wraps cells and parts none. */
function wrapsCells(text: string, sign: string): boolean {
  if (!OTHER_QUOTES.includes(sign)) return false;
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== "");
  const around = sign === "|" ? lines.filter((line) => line.startsWith(sign) && line.endsWith(sign)) : lines;
  return USUAL_DELIMITERS.some(
    (separator) => 2 * around.filter((line) => line.includes(sign + separator + sign)).length > lines.length,
  );
}

/** The first lines with one letter in the place of each quoted cell. */
function linesOutsideQuotes(text: string, quote: string): readonly string[] {
  return outsideQuotes(wholeLines(text, FEW_SIGNS), quote)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, FIRST_LINES)
    .map((line) => line.replaceAll(/q{2,}/g, "q"));
}

/** The text with one letter in the place of each quoted cell. */
function outsideQuotes(text: string, quote: string): string {
  if (quote === "") return text;
  const sign = quote.replaceAll(/[\\^$.|?*+()[\]{}/]/g, "\\$&");
  return text.replaceAll(new RegExp(`${sign}[^${sign}]*${sign}`, "g"), "q");
}

/** Whether the first line has a sign, and so large a share of the lines has it as often. */
function isSteady(lines: readonly string[], sign: string, share: number): boolean {
  const counts = lines.map((line) => line.split(sign).length - 1);
  const [first = 0] = counts;
  return first > 0 && lines.length > 1 && counts.filter((count) => count === first).length >= share * lines.length;
}

/** Whether the first line has a sign twice at least. */
const isTwice = ([first = ""]: readonly string[], sign: string): boolean => first.split(sign).length > 2;

/** Separators of several signs: what stands between words in the first lines, as often in each. */
function repeatedSigns(lines: readonly string[]): readonly string[] {
  const first = lines[0] ?? "";
  const runs = new Set(first.match(/[^\p{L}\p{N}.]{2,}/gu) ?? []);
  const found = [...runs]
    .map(unitOf)
    .filter((sign) => sign.length >= 2 && sign.length <= 5 && !/^[,;] $/.test(sign) && !areQuotesAround(sign, first))
    .filter((sign) => USUAL_DELIMITERS.every((one) => !sign.includes(one) || standsWith(sign, one, first)));
  return [...new Set(found)].filter((sign) => isSteady(lines, sign, 0.6) && !fillsUp(lines, sign)).slice(0, 3);
}

/** Whether the blanks in front of a separator fill cells up: there are more of them in some places. */
const fillsUp = (lines: readonly string[], sign: string): boolean =>
  /^ +\S$/.test(sign) && lines.some((line) => line.includes(` ${sign}`));

/** Whether most separators of a line stand in a longer one: elsewhere its other signs belong to cells. */
const standsWith = (sign: string, one: string, line: string): boolean =>
  (line.split(sign).length - 1) * (sign.split(one).length - 1) >= MOSTLY * (line.split(one).length - 1);

/** Whether what stands between the words of a line is a separator in the quotes that the line begins and ends with. */
const areQuotesAround = (run: string, line: string): boolean =>
  run.charAt(0) === run.at(-1) && line.startsWith(run.charAt(0)) && line.endsWith(run.charAt(0));

/** The shortest text that repeated gives this one. */
function unitOf(run: string): string {
  for (let length = 1; length <= run.length / 2; length++)
    if (run.length % length === 0 && run === run.slice(0, length).repeat(run.length / length))
      return length === 1 ? run.slice(0, 2) : run.slice(0, length);
  return run;
}

/** Whether nearly every place of `sign` is one of `two`. */
function mostly(text: string, sign: string, two: string): boolean {
  const signs = text.split(sign).length - 1;
  const twos = text.split(two).length - 1;
  return twos * (two === sign + sign ? 2 : 1) >= MOSTLY * signs;
}
