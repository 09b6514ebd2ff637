import { parseCsv } from "./csv-parse.ts";
import { USUAL_DELIMITERS } from "./delimiter-candidates.ts";

/** A line that stands in quotes as a whole, its own ones doubled. */
const QUOTED_LINE = /^"((?:[^"]|"")+)"[ \t]*$/;

/**
 * The text without the quotes around each of its lines, as a spreadsheet writes where it took each line for one cell:
 * `"1,""a, b"",3"`. Undefined where a line hasn't any, or where nothing parts what is in them into as many cells.
 */
export function withoutLineQuotes(text: string, delimiter: string | undefined): string | undefined {
  // most texts are known by their first line, and not cut any further
  if (!QUOTED_LINE.test(/^[^\r\n]*/.exec(text)?.[0] ?? "")) return undefined;
  const pieces = text.split(/(\r\n|\n|\r)/);
  const inside: string[] = [];
  for (const [i, piece] of pieces.entries()) {
    if (i % 2 === 1 || piece.trim() === "") continue;
    const line = QUOTED_LINE.exec(piece)?.[1]?.replaceAll('""', '"');
    if (line === undefined) return undefined;
    inside.push(line);
    pieces[i] = line;
  }
  const parts = (sign: string): boolean => {
    const widths = new Set(
      inside.map(
        (line) => parseCsv(line, { delimiter: sign, quote: '"', escape: '"', lineEnds: "any" })[0]?.cells.length,
      ),
    );
    return widths.size === 1 && !widths.has(1);
  };
  const signs = delimiter === undefined ? USUAL_DELIMITERS : [delimiter];
  return inside.length > 1 && signs.some(parts) ? pieces.join("") : undefined;
}

/** The text with a blank behind each separator at a line's end, where one stands at every line's end and others have a blank behind them. */
export function withLastBlanks(text: string, delimiter: string): string {
  const sign = delimiter.trimEnd();
  if (sign === delimiter || sign === "") return text;
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  if (lines.length < 2 || !lines.every((line) => line.endsWith(sign))) return text;
  return text
    .split(/(\r\n|\n|\r)/)
    .map((piece, i) => (i % 2 === 0 && piece.endsWith(sign) ? `${piece}${delimiter.slice(sign.length)}` : piece))
    .join("");
}
