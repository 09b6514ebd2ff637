import { type ReadWarning, warning } from "../files/read-warning.ts";
import { PRINTED } from "./csv-quoted-cells.ts";
import { type LineMend, type LineSettings, MOST, SURE_WIDTH, signsOf, usualWidth, widthOf } from "./line-mends.ts";
import { firstLine } from "./lines-of-text.ts";

/** Quotes that whole rows may stand in. */
const QUOTES = ['"', "'"] as const;

/** A row of a text, with what ends it; `inside`: what stands in the quotes around the whole of it, its own ones doubled. */
interface RowText {
  /** Physical line on which it begins. */
  readonly line: number;
  readonly text: string;
  readonly end: string;
  readonly inside?: string;
}

/** A row in quotes as a whole, which may take several lines, or else a line. */
const rowPattern = (quote: string): RegExp =>
  new RegExp(
    `(${quote}([^${quote}]*(?:${quote}${quote}[^${quote}]*)*)${quote}[ \\t]*|[^\\r\\n]*)(\\r\\n|\\n|\\r|$)`,
    "y",
  );

/** The rows of a text, one by one. */
function* rowsIn(text: string, quote: string): Generator<RowText> {
  const row = rowPattern(quote);
  let line = 1;
  while (row.lastIndex < text.length) {
    const [all = "", own = "", content = "", end = ""] = row.exec(text) ?? [];
    if (all === "") return;
    const inside = content === "" ? {} : { inside: content.replaceAll(quote + quote, quote) };
    yield { line, text: own, end, ...inside };
    line += content === "" ? 1 : (all.match(/\r\n|\n|\r/g)?.length ?? 0);
  }
}

const isBlank = ({ text }: RowText): boolean => text.trim() === "";

/** The text of rows without the quotes around them. */
const bareText = (rows: readonly RowText[]): string =>
  rows.map(({ inside, text, end }) => (inside ?? text) + end).join("");

interface AllQuoted {
  readonly text: string;
  readonly areMeant: boolean;
}

/** Quotes around each row, or each below the names, as a spreadsheet writes where it took each for one cell: `"1,""a, b"",3"`. */
export const quotesOfAll: LineMend<AllQuoted> = {
  detect: (text, given) => QUOTES.map((quote) => quotedAll(text, quote, given)).find((found) => found !== undefined),
  mend: (text, { text: bare, areMeant }) => (areMeant ? text : bare),
  tell: ({ areMeant }) => [
    warning(
      "whole_lines_quoted",
      null,
      `every line stands in quotes as a whole; ${areMeant ? "it was read as one cell, as the quote that was said has it" : "they were taken off"}`,
    ),
  ],
};

function quotedAll(text: string, sign: string, { delimiter, quote }: LineSettings): AllQuoted | undefined {
  const rows: RowText[] = [];
  for (const row of rowsIn(text, sign)) {
    // most texts are known by their first rows, and not cut any further
    if (row.inside === undefined && !isBlank(row) && !rows.every(isBlank)) return undefined;
    rows.push(row);
  }
  const filled = rows.filter((row) => !isBlank(row));
  const bare = filled.map(({ inside, text: own }) => inside ?? own);
  const areAll = filled[0]?.inside !== undefined;
  const parts = (one: string): boolean => {
    const { width, share } = usualWidth(bare, one);
    const isSure = width >= SURE_WIDTH && share >= MOST;
    return areAll ? width > 1 && (share === 1 || isSure) : isSure && widthOf(bare[0] ?? "", one) === width;
  };
  const isTable = filled.length > (areAll ? 1 : 2) && signsOf(delimiter).some(parts);
  return isTable ? { text: bareText(rows), areMeant: quote !== undefined } : undefined;
}

/** Other lines that are held against those in quotes. */
const TRIED = 100;

interface FewQuoted {
  readonly text: string;
  readonly lines: readonly number[];
}

/** Quotes around a few rows, which have as many cells in them as the others: a spreadsheet leaves them around those that have its own separator in them. */
export const quotesOfFew: LineMend<FewQuoted> = {
  detect: (text, given) => QUOTES.map((quote) => quotedFew(text, quote, given)).find((found) => found !== undefined),
  mend: (_, { text }) => text,
  tell: ({ lines }) =>
    lines.map(
      (line): ReadWarning =>
        warning("repaired_row", line, `line ${line} stands in quotes as a whole; they were taken off`),
    ),
};

function quotedFew(text: string, sign: string, { delimiter, quote = sign }: LineSettings): FewQuoted | undefined {
  const opening = new RegExp(`^${sign}[^${sign}]*(?:${sign}${sign}[^${sign}]*)*${sign}[ \\t]*$`, "m");
  if (quote !== sign || !opening.test(text)) return undefined;
  const rows = [...rowsIn(text, sign)];
  const quoted = rows.filter(({ inside }) => inside !== undefined);
  const others = rows.filter((row) => row.inside === undefined && !isBlank(row)).map((row) => row.text);
  if (quoted.length >= others.length) return undefined;
  const found = signsOf(delimiter).map((one) => {
    const { width, share } = usualWidth(others.slice(0, TRIED), one);
    const isSure = width >= SURE_WIDTH && share >= MOST / 2;
    const arePairs = width === 2 && share === 1 && others.length >= SURE_WIDTH;
    // of two cells a blank behind the separator makes a sentence
    const fits = (inside: string): boolean => widthOf(inside, one) === width && (isSure || !inside.includes(`${one} `));
    return isSure || arePairs ? quoted.filter(({ inside = "" }) => fits(inside)) : [];
  });
  const most = new Set(found.reduce((best, own) => (own.length > best.length ? own : best), []));
  if (most.size === 0) return undefined;
  const bare = rows.map((row) => (most.has(row) ? (row.inside ?? "") + row.end : row.text + row.end)).join("");
  return { text: bare, lines: [...most].map(({ line }) => line) };
}

interface Printed {
  readonly open: string;
  readonly close: string;
  readonly sign: string;
}

/** Quotes of texts around each name, and so around cells: `“id”,“name”`. */
export const printedQuotes: LineMend<Printed> = {
  detect: (text, { delimiter, quote }) => {
    const names = firstLine(text);
    if (quote !== undefined) return undefined;
    for (const [open, close] of PRINTED)
      for (const sign of signsOf(delimiter)) {
        const cells = names.split(close + sign + open).length;
        const areAround = cells > 1 && names.startsWith(open) && names.endsWith(close);
        if (areAround && cells === names.split(sign).length) return { open, close, sign };
      }
    return undefined;
  },
  mend: (text, { open, close, sign }) =>
    text
      .replaceAll('"', '""')
      .replaceAll(new RegExp(`(?<=^|[\\r\\n]|\\${sign})${open}|${close}(?=\\${sign}|[\\r\\n]|$)`, "g"), '"'),
  tell: ({ open, close }) => [
    warning("other_quotes", 1, `every name stands between ${open} and ${close}; they were taken for quotes`),
  ],
};
