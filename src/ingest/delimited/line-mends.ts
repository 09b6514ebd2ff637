import { excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { parseCsv } from "./csv-parse.ts";
import { USUAL_DELIMITERS } from "./delimiter-candidates.ts";
import { firstLine, inPieces, inRows, linesOf, withLineEndings } from "./lines-of-text.ts";

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
const RARE_LINE_ENDS = ["\v", "\f", "\u001e", "\u0085", "\u2028", "\u2029", "\\r\\n", "\\n"];

/** No usual line end but in quoted cells, and a rare sign that cuts the text into rows of as many cells. */
export const rareLineEnds: LineMend<string> = {
  detect: (text, { delimiter }) =>
    /[\r\n]/.test(text.trimEnd().replaceAll(/"[^"]*"/g, ""))
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

/** A text whose first lines are empty. */
export function withoutLines(text: string, count: number): string {
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

/** Signs that each line may stand between. */
const AROUND: ReadonlyArray<readonly [string, string]> = [
  ["|", "|"],
  ["[", "]"],
  ["[", "],"],
  ["(", ")"],
  ["(", "),"],
  ["{", "}"],
];

interface Around {
  readonly open: string;
  readonly close: string;
}

/** Bars or brackets around each line: `| a | b |`, `(1,'x'),`. */
export const signsAround: LineMend<Around> = {
  detect: (text, { delimiter, quote }) => {
    const pair = AROUND.find(([open, close]) => isBetween(firstLine(text), open, close));
    if (pair === undefined || pair.includes(quote ?? "")) return undefined;
    const [open, close] = pair;
    const lines = linesOf(inRows(text)).filter((line) => line.trim() !== "");
    if (lines.length < 2 || !lines.every((line) => isBetween(line, open, close))) return undefined;
    if (open !== "|") return isTableOf(lines.map(bareOf({ open, close })), delimiter) ? { open, close } : undefined;
    // bars around each cell are quotes
    const areQuotes = lines.some((line) => /\|[,;\t]\|/.test(line));
    const { share } = usualWidth(lines, open);
    return (delimiter ?? open) === open && !areQuotes && share >= MOST ? { open, close } : undefined;
  },
  mend: (text, pair) =>
    inRows(text)
      .map((piece, i) => (i % 2 === 1 || piece.trim() === "" ? piece : bareOf(pair)(piece)))
      .join(""),
  tell: ({ open, close }) => [
    warning("line_ends", null, `every line stands between '${open}' and '${close}'; they were left out`),
  ],
};

const isBetween = (line: string, open: string, close: string): boolean =>
  line.trim().length > open.length + close.length &&
  line.trimStart().startsWith(open) &&
  line.trimEnd().endsWith(close);

/** A line without what it stands between; of bars the blanks beside them too. */
const bareOf =
  ({ open, close }: Around) =>
  (line: string): string =>
    open === "|" ? betweenBars(line).join("|") : line.trim().slice(open.length, -close.length);

/** A separator that ends each line and stands nowhere else in the first, where another one parts them, or one blank: `1,2,3;`. */
export const signsAtEnds: LineMend<string> = {
  detect: (text, { delimiter }) => {
    const first = firstLine(text);
    const sign = /[^ ,;\t|] $/.test(first) && !/ [,;\t|]/.test(first) ? " " : separatorAtEnd(first, delimiter);
    const bare = sign === undefined || first === "" ? undefined : withLineEndings(text, sign, "");
    if (bare === undefined || linesOf(bare).some((line) => line.endsWith(" "))) return undefined;
    const others = USUAL_DELIMITERS.filter((one) => one !== sign && (delimiter ?? one) === one);
    return others.some((one) => isTableOf(linesOf(bare), one)) ? sign : undefined;
  },
  mend: (text, sign) => withLineEndings(text, sign, "")?.join("") ?? text,
  tell: (sign) => [warning("line_ends", null, `every line ends with '${sign}'; it was left out`)],
};

const separatorAtEnd = (line: string, delimiter: string | undefined): string | undefined =>
  USUAL_DELIMITERS.find((one) => one !== delimiter && line.indexOf(one) === line.length - 1);

/** Cells of a line from which on its separator is hardly there by chance, and the share of the lines that has as many. */
export const SURE_WIDTH = 3;
export const MOST = 0.8;

/** The separators that may part a line's cells. */
export const signsOf = (delimiter: string | undefined): readonly string[] =>
  delimiter === undefined ? USUAL_DELIMITERS : [delimiter];

/** Whether a separator cuts most of several lines into as many cells. */
function isTableOf(pieces: readonly string[], delimiter: string | undefined): boolean {
  const lines = pieces.filter((piece) => piece.trim() !== "");
  const signs = delimiter === undefined ? [...USUAL_DELIMITERS, "\u001f"] : [delimiter];
  return (
    lines.length > 1 &&
    signs.some((sign) => {
      const { width, share } = usualWidth(lines, sign);
      return width >= SURE_WIDTH ? share >= MOST : width > 1 && share === 1 && lines.length >= SURE_WIDTH;
    })
  );
}

/** The width that most lines have by a separator, and the share of the lines that have it. */
export function usualWidth(
  lines: readonly string[],
  delimiter: string,
): { readonly width: number; readonly share: number } {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const width = widthOf(line, delimiter);
    counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  const [width = 1, count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return { width, share: lines.length === 0 ? 0 : count / lines.length };
}

/** How many cells a line's separators make of it. */
export const widthOf = (line: string, delimiter: string): number =>
  parseCsv(line, { delimiter, quote: '"', escape: '"', lineEnds: "any" })[0]?.cells.length ?? 0;
