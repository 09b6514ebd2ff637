import { cellKind, isFigure } from "./cell-kind.ts";
import { type CsvRecord, type CsvSyntax, csvParser, type LineEnds, parseCsv } from "./csv-parse.ts";

/** What the sender or the mapping says of the syntax; the rest is detected. */
export interface GivenSyntax {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
}

/** A detected syntax; `rival` is another that explains the text nearly as well, so that the choice has to be reported. */
export interface DetectedSyntax {
  readonly syntax: CsvSyntax;
  readonly score: number;
  readonly rival?: CsvSyntax;
}

/** Texts of very many signs have hundreds of candidates, which are then judged by fewer lines: time stays bounded. */
const MANY = 60;
const FEW_SIGNS = 1 << 13;

interface Candidate {
  readonly syntax: CsvSyntax;
  /** What the score is multiplied by before anything is read. */
  readonly prior: number;
}

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
/** What a delimiter other than the usual ones has to beat them by. */
const PRIOR: Readonly<Record<string, number>> = { ",": 1, ";": 1, "\t": 1, "|": 1, " ": 0.6, ":": 0.7 };
const OTHER_PRIOR = 0.8;
const RIVAL_MARGIN = 0.9;
/** A line that as a whole is one number, date, time or link speaks for a table of one column. */
const WHOLE_FIGURE = 0.55;
/** A line of text counts little for a table of one column, and for nothing where others have several cells. */
const WHOLE_TEXT = 0.1;
const LONE_CELL = 1e-3;
/** How much better another syntax has to fit than the one that was said, before that is doubted. */
const DOUBT = 2;

/**
 * The syntax under which a sample of a text is most like a table: rows of one width, cells of a recognisable kind.
 * Score of a candidate: pattern score (the mean, over distinct row widths L, of rows of that width times (L - 1) / L)
 * times the share of cells whose kind is recognised, after van den Burg, Nazábal and Sutton (2019).
 * @param isCut whether the sample's last record may go on behind it
 */
export function detectSyntax(sample: string, given: GivenSyntax = {}, isCut = false): DetectedSyntax {
  const declared = /^sep=(.)\r?\n/.exec(sample)?.[1];
  const text = declared === undefined ? sample : sample.slice(sample.indexOf("\n") + 1);
  const candidates = candidateSyntaxes(text, declared === undefined ? given : { delimiter: declared, ...given });
  const judged = candidates.length > MANY ? wholeLines(text, FEW_SIGNS) : text;
  const scored = candidates
    .map(({ syntax, prior }, order) => ({
      syntax,
      order,
      score: prior * sampleScore(judged, syntax, isCut || judged.length < text.length),
    }))
    .sort((a, b) => b.score - a.score || a.order - b.order);
  const [best, ...others] = scored;
  if (best === undefined) throw new Error("no candidate syntax");
  const rival = others.find(
    ({ syntax, score }) => score >= RIVAL_MARGIN * best.score && readsOtherwise(judged, best.syntax, syntax),
  );
  const { syntax, score } = best;
  return rival === undefined ? { syntax, score } : { syntax, score, rival: rival.syntax };
}

/** The syntax that fits a text far better than the one that was said, if any does. */
export function betterSyntax(sample: string, given: GivenSyntax, isCut: boolean): CsvSyntax | undefined {
  if (given.delimiter === undefined && given.quote === undefined) return undefined;
  const said = detectSyntax(sample, given, isCut);
  const free = detectSyntax(sample, {}, isCut);
  const isBetter = free.score > DOUBT * said.score && readsOtherwise(sample, said.syntax, free.syntax);
  return isBetter ? free.syntax : undefined;
}

/** The beginning of a text, in whole lines where it has any. */
export function wholeLines(text: string, signs: number): string {
  if (text.length <= signs) return text;
  const end = Math.max(text.lastIndexOf("\n", signs), text.lastIndexOf("\r", signs));
  return text.slice(0, end > 0 ? end + 1 : signs);
}

function candidateSyntaxes(text: string, given: GivenSyntax): readonly Candidate[] {
  return quotesOf(text, given).flatMap(({ quote, prior }) =>
    delimitersOf(text, quote, given).flatMap((delimiter) =>
      escapesOf(text, quote, given).flatMap((escaping) =>
        lineEndsOf(text).map((lineEnds) => ({ syntax: { delimiter, quote, escape: escaping, lineEnds }, prior })),
      ),
    ),
  );
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
  const single = DELIMITERS.filter((sign) => sign !== quote && text.includes(sign));
  const absent = [",", ";", "\t", "\u001f"].filter((sign) => !text.includes(sign)).slice(0, 1);
  const longer = single.flatMap((sign) =>
    [`${sign} `, sign + sign].filter((two) => two.trim() !== "" && mostly(text, sign, two)),
  );
  return [...new Set([...single, ...longer, ...repeatedSigns(text, quote), ...absent])];
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

/** A quoted cell that a sample cuts off seems never to be closed: what stands above it then tells as much as the whole. */
function sampleScore(text: string, syntax: CsvSyntax, isCut: boolean): number {
  const records = parseCsv(text, syntax);
  const score = tableScore(records, syntax);
  if (!isCut || !records.some(({ faults }) => faults.includes("unclosed_quote"))) return score;
  const whole: CsvRecord[] = [];
  csvParser(syntax, (record) => whole.push(record)).write(text);
  return Math.max(score, tableScore(whole, syntax));
}

function tableScore(all: readonly CsvRecord[], syntax: CsvSyntax): number {
  const records = all.filter(({ cells }) => cells.length > 1 || cells[0] !== "");
  const widths = new Map<number, number>();
  let wholeFigures = 0;
  let cellCount = 0;
  let recognised = 0;
  let faults = 0;
  for (const { cells, faults: wrong } of records) {
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    if (cells.length === 1 && isFigure(cellKind(cells[0] ?? ""))) wholeFigures++;
    faults += wrong.some((fault) => fault !== "lone_quote") ? 1 : 0;
    cellCount += cells.length;
    for (const cell of cells) recognised += recognition(cell, syntax);
  }
  if (records.length === 0) return 0;
  const perText = widths.size > 1 || /[;\t|]/.test(records[0]?.cells[0] ?? "") ? LONE_CELL : WHOLE_TEXT;
  const perFigure = isCutAsFigures(records) ? perText : WHOLE_FIGURE;
  let pattern = 0;
  for (const [width, count] of widths)
    pattern +=
      width === 1 ? perFigure * wholeFigures + perText * (count - wholeFigures) : (count * (width - 1)) / width;
  const doubled = syntax.delimiter.length > 1 && !syntax.delimiter.endsWith(" ") ? 1.6 : 1;
  const narrow = syntax.delimiter === " " && [...widths.keys()].every((width) => width < 3);
  const prior = narrow ? 1e-4 : (PRIOR[syntax.delimiter.charAt(0)] ?? OTHER_PRIOR);
  return (
    ((pattern / widths.size) *
      steadiness(records) *
      prior *
      doubled *
      Math.max(1e-10, recognised / cellCount) *
      (1 - faults / (2 * records.length))) /
    records.length
  );
}

/** Whether lines that may be one figure each (1,5) stand below one that isn't and holds their sign: `a,b` names two columns. */
function isCutAsFigures([first, second]: readonly CsvRecord[]): boolean {
  const [names, figure] = [first?.cells[0] ?? "", second?.cells[0] ?? ""];
  return !isFigure(cellKind(names)) && [...figure].some((sign) => /[^\w.\s+-]/.test(sign) && names.includes(sign));
}

/** Of the records from the first that is cut in cells, the share that are: titles stand above a table, texts among others. */
function steadiness(records: readonly CsvRecord[]): number {
  const from = records.findIndex(({ cells }) => cells.length > 1);
  if (from < 0) return 1;
  const below = records.slice(from);
  return below.filter(({ cells }) => cells.length > 1).length / below.length;
}

/** 1 for a kind that a cell of a table has, less for free text, 0 for what looks cut in the wrong place. */
function recognition(cell: string, { quote, delimiter }: CsvSyntax): number {
  const kind = cellKind(cell);
  if (kind !== "text") return cell !== cell.trim() && delimiter !== " " ? 0.8 : 1;
  if (quote === "" && /^\s*["']|["']\s*$/.test(cell)) return 0;
  if (quote !== '"' && /^\s*".*"\s*$/s.test(cell)) return 0.1;
  if (quote !== "'" && /^'.*(''|[\n\r,;]).*'$/s.test(cell)) return 0.1;
  return 0.5;
}

/** Whether two syntaxes cut a text into different cells. */
function readsOtherwise(text: string, one: CsvSyntax, other: CsvSyntax): boolean {
  const a = parseCsv(text, one);
  const b = parseCsv(text, other);
  return (
    a.length !== b.length ||
    a.some(({ cells }, i) => {
      const others = b[i]?.cells ?? [];
      return cells.length !== others.length || cells.some((cell, j) => cell !== others[j]);
    })
  );
}
