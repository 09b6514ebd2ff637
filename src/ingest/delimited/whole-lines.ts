import { parseCsv } from "./csv-parse.ts";
import { USUAL_DELIMITERS } from "./delimiter-candidates.ts";

/** A line that stands in quotes as a whole, its own ones doubled. */
const QUOTED_LINE = /^"((?:[^"]|"")+)"[ \t]*$/;

/** Cells of a line from which on its separator is hardly there by chance, and the share of the lines that has as many. */
const SURE_WIDTH = 3;
const MOST = 0.8;

/**
 * The text without the quotes around each of its lines, as a spreadsheet writes where it took each line for one cell:
 * `"1,""a, b"",3"`. Undefined where a line hasn't any, or where nothing parts what is in them into as many cells.
 */
export function withoutLineQuotes(text: string, delimiter: string | undefined): string | undefined {
  // most texts are known by their first line, and not cut any further
  if (!QUOTED_LINE.test(/^[^\r\n]*/.exec(text)?.[0] ?? "")) return undefined;
  const pieces = inPieces(text);
  const inside: string[] = [];
  for (const [i, piece] of pieces.entries()) {
    if (i % 2 === 1 || piece.trim() === "") continue;
    const line = QUOTED_LINE.exec(piece)?.[1]?.replaceAll('""', '"');
    if (line === undefined) return undefined;
    inside.push(line);
    pieces[i] = line;
  }
  const parts = (sign: string): boolean => {
    const { width, share } = usualWidth(inside, sign);
    return width > 1 && (share === 1 || (width >= SURE_WIDTH && share >= MOST));
  };
  const signs = delimiter === undefined ? USUAL_DELIMITERS : [delimiter];
  return inside.length > 1 && signs.some(parts) ? pieces.join("") : undefined;
}

/** The width that most lines have by a separator, and the share of the lines that have it. */
function usualWidth(lines: readonly string[], delimiter: string): { readonly width: number; readonly share: number } {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const width = widthOf(line, delimiter);
    counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  const [width = 1, count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return { width, share: lines.length === 0 ? 0 : count / lines.length };
}

const widthOf = (line: string, delimiter: string): number =>
  parseCsv(line, { delimiter, quote: '"', escape: '"', lineEnds: "any" })[0]?.cells.length ?? 0;

/** Other lines that are held against those in quotes. */
const TRIED = 100;

/**
 * The text without the quotes around a few of its lines, as a spreadsheet leaves them around those that have its own
 * separator in them; `lines`: which. Undefined where none has as many cells in its quotes as the others have without.
 */
export function withoutQuotesOfFew(
  text: string,
  delimiter: string | undefined,
): { readonly text: string; readonly lines: readonly number[] } | undefined {
  if (!/^"(?:[^"\r\n]|"")+"[ \t]*$/m.test(text)) return undefined;
  const pieces = inPieces(text);
  const quoted = new Map<number, string>();
  const others: string[] = [];
  for (const [i, piece] of pieces.entries()) {
    if (i % 2 === 1 || piece.trim() === "") continue;
    const line = QUOTED_LINE.exec(piece)?.[1]?.replaceAll('""', '"');
    if (line === undefined) others.push(piece);
    else quoted.set(i, line);
  }
  if (quoted.size >= others.length) return undefined;
  for (const sign of delimiter === undefined ? USUAL_DELIMITERS : [delimiter]) {
    const { width, share } = usualWidth(others.slice(0, TRIED), sign);
    if (width < SURE_WIDTH || share < MOST / 2) continue;
    const found = [...quoted].filter(([, line]) => widthOf(line, sign) === width);
    for (const [i, line] of found) pieces[i] = line;
    if (found.length > 0) return { text: pieces.join(""), lines: found.map(([i]) => i / 2 + 1) };
  }
  return undefined;
}

/** The text with a blank behind each separator at a line's end, where one stands at every line's end and others have a blank behind them. */
export function withLastBlanks(text: string, delimiter: string): string {
  const sign = delimiter.trimEnd();
  if (sign === delimiter || sign === "") return text;
  return withLineEndings(text, sign, delimiter)?.join("") ?? text;
}

/** The text in pieces, with `other` where its lines end with `sign`; undefined where one doesn't, or there aren't several. */
function withLineEndings(text: string, sign: string, other: string): readonly string[] | undefined {
  const pieces = inPieces(text);
  const lines = linesOf(pieces).filter((line) => line.trim() !== "");
  if (lines.length < 2 || !lines.every((line) => line.endsWith(sign))) return undefined;
  return pieces.map((piece, i) => (i % 2 === 0 && piece.endsWith(sign) ? piece.slice(0, -sign.length) + other : piece));
}

/** A text's lines, and between them what ends them. */
const inPieces = (text: string): string[] => text.split(/(\r\n|\n|\r)/);
const linesOf = (pieces: readonly string[]): readonly string[] => pieces.filter((_, i) => i % 2 === 0);

/** Signs that end lines nowhere but in files of a few programs. */
const RARE_LINE_ENDS = ["\v", "\f", "\u001e", "\u0085", "\u2028", "\u2029"];

/** The text with usual line ends, where it has none and a rare sign cuts it into rows of as many cells; `sign`: which. */
export function withUsualLineEnds(
  text: string,
  delimiter: string | undefined,
): { readonly text: string; readonly sign: string } | undefined {
  if (/[\r\n]/.test(text.trimEnd())) return undefined;
  const sign = RARE_LINE_ENDS.find((one) => text.includes(one) && isTableOf(text.split(one), delimiter));
  return sign === undefined ? undefined : { text: text.replaceAll(sign, "\n"), sign };
}

/**
 * The text without a separator that ends each of its lines and stands nowhere else in the first, where another one parts
 * them: `1,2,3;`. `sign`: which.
 */
export function withoutLineSigns(
  text: string,
  delimiter: string | undefined,
): { readonly text: string; readonly sign: string } | undefined {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const sign = USUAL_DELIMITERS.find((one) => one !== delimiter && first.indexOf(one) === first.length - 1);
  if (sign === undefined || first === "") return undefined;
  const bare = withLineEndings(text, sign, "");
  if (bare === undefined) return undefined;
  const others = USUAL_DELIMITERS.filter((one) => one !== sign && (delimiter ?? one) === one);
  return others.some((one) => isTableOf(linesOf(bare), one)) ? { text: bare.join(""), sign } : undefined;
}

/** Whether a separator cuts most of several lines into as many cells. */
function isTableOf(pieces: readonly string[], delimiter: string | undefined): boolean {
  const lines = pieces.filter((piece) => piece.trim() !== "");
  const signs = delimiter === undefined ? [...USUAL_DELIMITERS, "\u001f"] : [delimiter];
  return (
    lines.length > 1 &&
    signs.some((sign) => {
      const { width, share } = usualWidth(lines, sign);
      return width >= SURE_WIDTH && share >= MOST;
    })
  );
}
