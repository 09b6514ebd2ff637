import { excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { parseCsv } from "./csv-parse.ts";
import { USUAL_DELIMITERS } from "./delimiter-candidates.ts";
import { firstLine, firstLines, inPieces, linesOf, withLineEndings } from "./lines-of-text.ts";

/** What is said of a text, as far as it matters for its lines. */
export interface LineSettings {
  readonly delimiter?: string;
  readonly quote?: string;
  /** Lines to leave out at the beginning. */
  readonly skip?: number;
}

/** A way in which whole lines may be written otherwise than as cells and separators, and how they are read then. */
export interface LineMend<Found> {
  /** What shows that lines are written so; undefined where they aren't. */
  readonly detect: (text: string, given: LineSettings) => Found | undefined;
  readonly mend: (text: string, found: Found) => string;
  readonly tell: (found: Found) => readonly ReadWarning[];
}

/** Signs that end lines nowhere but in files of a few programs. */
const RARE_LINE_ENDS = ["\v", "\f", "\u001e", "\u0085", "\u2028", "\u2029"];

/** No usual line end, and a rare sign that cuts the text into rows of as many cells. */
export const rareLineEnds: LineMend<string> = {
  detect: (text, { delimiter }) =>
    /[\r\n]/.test(text.trimEnd())
      ? undefined
      : RARE_LINE_ENDS.find((sign) => text.includes(sign) && isTableOf(text.split(sign), delimiter)),
  mend: (text, sign) => text.replaceAll(sign, "\n"),
  tell: (sign) => [warning("line_ends", null, `lines end with '${excerpt(sign)}', and with no usual line end`)],
};

/** Lines that are left out as told: emptied, so that they tell nothing of the syntax and the others keep their numbers. */
export const skippedLines: LineMend<number> = {
  detect: (_, { skip }) => skip,
  mend: withoutLines,
  tell: () => [],
};

function withoutLines(text: string, count: number): string {
  const ends = /\r\n|\n|\r/g;
  let kept = "";
  for (let i = 0; i < count; i++) {
    const end = ends.exec(text);
    if (end === null) return kept;
    kept += end[0];
  }
  return kept + text.slice(ends.lastIndex);
}

/** Marks of the encoding in front of further lines: files that were put together have them. */
export const marksWithin: LineMend<readonly number[]> = {
  detect: (text) => {
    if (!text.includes("\ufeff")) return undefined;
    const lines = linesOf(inPieces(text)).flatMap((line, i) => (line.startsWith("\ufeff") ? [i + 1] : []));
    return lines.length > 0 ? lines : undefined;
  },
  mend: (text) => text.replaceAll(/(?<=^|[\r\n])\ufeff+/g, ""),
  tell: (lines) =>
    lines.map((line) =>
      warning("second_mark", line, `line ${line} begins with the mark of the encoding; it was dropped`),
    ),
};

/** A line drawn by dashes between bars or crosses, as databases and plain texts draw one below names: `|----|:--:|`, `----+----`. */
const DRAWN_LINE = /^[ |+]*:?-{2,}:?(?:[ |+]+:?-{2,}:?)*[ |+]*$/;
const isDrawnLine = (line: string): boolean => /[|+]/.test(line) && DRAWN_LINE.test(line);

/** Cells that bars part, which may stand at both ends too, and blanks fill up. */
const betweenBars = (line: string): readonly string[] =>
  line
    .replace(/^ *\|(.*)\| *$/, "$1")
    .split("|")
    .map((cell) => cell.trim());

/** A table drawn with bars, a drawn line below its names. */
export const drawnTable: LineMend<number> = {
  detect: (text, { delimiter = "|" }) => {
    if (delimiter !== "|" || !text.includes("|") || !text.includes("--")) return undefined;
    const lines = linesOf(inPieces(text));
    const names = lines.findIndex((line) => line.includes("|") && !isDrawnLine(line));
    if (names < 0 || !isDrawnLine(lines[names + 1] ?? "")) return undefined;
    const rows = lines.filter((line) => line.includes("|") && !isDrawnLine(line)).map(betweenBars);
    const isTable = rows.length > 1 && rows.every((cells) => cells.length > 1 && cells.length === rows[0]?.length);
    return isTable ? names + 1 : undefined;
  },
  mend: (text, line) =>
    inPieces(text)
      .map((piece, i) => (i === 2 * line ? piece.replaceAll("+", "|") : piece))
      .map((piece) => (piece.includes("|") ? betweenBars(piece).join("|") : piece))
      .join(""),
  tell: (line) => [
    warning("drawn_table", line, "the table is drawn with bars: those around its rows, and blanks, were taken off"),
  ],
};

/** A separator that ends each line and stands nowhere else in the first, where another one parts them: `1,2,3;`. */
export const signsAtEnds: LineMend<string> = {
  detect: (text, { delimiter }) => {
    const first = firstLine(text);
    const sign = USUAL_DELIMITERS.find((one) => one !== delimiter && first.indexOf(one) === first.length - 1);
    const bare = sign === undefined || first === "" ? undefined : withLineEndings(text, sign, "");
    if (bare === undefined) return undefined;
    const others = USUAL_DELIMITERS.filter((one) => one !== sign && (delimiter ?? one) === one);
    return others.some((one) => isTableOf(linesOf(bare), one)) ? sign : undefined;
  },
  mend: (text, sign) => withLineEndings(text, sign, "")?.join("") ?? text,
  tell: (sign) => [warning("line_ends", null, `every line ends with '${sign}'; it was left out`)],
};

/** A line that stands in quotes as a whole, its own ones doubled. */
const QUOTED_LINE = /^"((?:[^"]|"")+)"[ \t]*$/;

/** What stands in the quotes around a line, undefined where none do. */
const withoutQuotes = (line: string): string | undefined => QUOTED_LINE.exec(line)?.[1]?.replaceAll('""', '"');

/** Quotes around each line, or each below the names, as a spreadsheet writes where it took each for one cell: `"1,""a, b"",3"`. */
export const quotesOfAll: LineMend<{ readonly pieces: readonly string[]; readonly areMeant: boolean }> = {
  detect: (text, { delimiter, quote }) => {
    // most texts are known by their first two lines, and not cut any further
    if (!firstLines(text).some((line) => withoutQuotes(line) !== undefined)) return undefined;
    const pieces = inPieces(text);
    const lines = linesOf(pieces);
    const first = lines.findIndex((line) => line.trim() !== "");
    const inside = lines.map(
      (line, i) => withoutQuotes(line) ?? (i === first || line.trim() === "" ? line : undefined),
    );
    const whole = inside.filter((line) => line !== undefined);
    if (whole.length < lines.length) return undefined;
    const filled = whole.filter((line) => line.trim() !== "");
    const areAll = withoutQuotes(lines[first] ?? "") !== undefined;
    const parts = (sign: string): boolean => {
      const { width, share } = usualWidth(filled, sign);
      const isSure = width >= SURE_WIDTH && share >= MOST;
      return areAll ? width > 1 && (share === 1 || isSure) : isSure && widthOf(filled[0] ?? "", sign) === width;
    };
    const isTable = filled.length > (areAll ? 1 : 2) && signsOf(delimiter).some(parts);
    const bare = pieces.map((piece, i) => (i % 2 === 0 ? (whole[i / 2] ?? piece) : piece));
    return isTable ? { pieces: bare, areMeant: quote !== undefined } : undefined;
  },
  mend: (text, { pieces, areMeant }) => (areMeant ? text : pieces.join("")),
  tell: ({ areMeant }) => [
    warning(
      "whole_lines_quoted",
      null,
      `every line stands in quotes as a whole; ${areMeant ? "it was read as one cell, as the quote that was said has it" : "they were taken off"}`,
    ),
  ],
};

/** Other lines that are held against those in quotes. */
const TRIED = 100;

/** Quotes around a few lines, which have as many cells in them as the others: a spreadsheet leaves them around those that have its own separator in them. */
export const quotesOfFew: LineMend<ReadonlyMap<number, string>> = {
  detect: (text, { delimiter, quote = '"' }) => {
    if (quote !== '"' || !/^"(?:[^"\r\n]|"")+"[ \t]*$/m.test(text)) return undefined;
    const quoted = new Map<number, string>();
    const others: string[] = [];
    for (const [i, line] of linesOf(inPieces(text)).entries()) {
      if (line.trim() === "") continue;
      const inside = withoutQuotes(line);
      if (inside === undefined) others.push(line);
      else quoted.set(i, inside);
    }
    if (quoted.size >= others.length) return undefined;
    const found = signsOf(delimiter).map((sign) => {
      const { width, share } = usualWidth(others.slice(0, TRIED), sign);
      const isSure = width >= SURE_WIDTH && share >= MOST / 2;
      return isSure ? [...quoted].filter(([, line]) => widthOf(line, sign) === width) : [];
    });
    const most = found.reduce((best, lines) => (lines.length > best.length ? lines : best), []);
    return most.length > 0 ? new Map(most) : undefined;
  },
  mend: (text, lines) =>
    inPieces(text)
      .map((piece, i) => (i % 2 === 0 ? (lines.get(i / 2) ?? piece) : piece))
      .join(""),
  tell: (lines) =>
    [...lines.keys()].map((i) =>
      warning("repaired_row", i + 1, `line ${i + 1} stands in quotes as a whole; they were taken off`),
    ),
};

/** Cells of a line from which on its separator is hardly there by chance, and the share of the lines that has as many. */
const SURE_WIDTH = 3;
const MOST = 0.8;

const signsOf = (delimiter: string | undefined): readonly string[] =>
  delimiter === undefined ? USUAL_DELIMITERS : [delimiter];

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
