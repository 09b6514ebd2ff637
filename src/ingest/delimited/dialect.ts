import { type CsvSyntax, parseCsv, wholeRecords } from "./csv-parse.ts";
import { FEW_SIGNS, wholeLines } from "./csv-sample.ts";
import { candidateSyntaxes, type GivenSyntax } from "./dialect-candidates.ts";
import { sampleScore } from "./dialect-score.ts";

/** A detected syntax; `rival` is another that explains the text nearly as well, so that the choice has to be reported. */
interface DetectedSyntax {
  readonly syntax: CsvSyntax;
  readonly score: number;
  readonly rival?: CsvSyntax;
}

/** Texts of very many signs have hundreds of candidates, which are then judged by fewer lines: time stays bounded. */
const MANY = 60;

const RIVAL_MARGIN = 0.9;
/** How much better another syntax has to fit than the one that was said, before that is doubted. */
const DOUBT = 2;

/**
 * The syntax under which a sample of a text is most like a table: rows of one width, cells of a recognisable kind.
 * Score of a candidate: pattern score (the mean, over distinct row widths L, of rows of that width times (L - 1) / L)
 * times the share of cells whose kind is recognised, after van den Burg, Nazábal and Sutton (2019).
 * @param isCut whether the sample's last record may go on behind it
 */
export function detectSyntax(sample: string, given: GivenSyntax = {}, isCut = false): DetectedSyntax {
  const [line = "", declared] = /^sep=(.)(?:\r\n|\n|\r)/.exec(sample) ?? [];
  const text = sample.slice(line.length);
  const candidates = candidateSyntaxes(text, declared === undefined ? given : { delimiter: declared, ...given });
  const judged = candidates.length > MANY ? wholeLines(text, FEW_SIGNS) : text;
  const goesOn = isCut || judged.length < text.length;
  const scored = candidates
    .map(({ syntax, prior }, order) => ({
      syntax,
      order,
      score: prior * sampleScore(judged, syntax, goesOn),
    }))
    .sort((a, b) => b.score - a.score || a.order - b.order);
  const [best, ...others] = scored;
  if (best === undefined) throw new Error("no candidate syntax");
  const rival = others.find(
    ({ syntax, score }) => score >= RIVAL_MARGIN * best.score && isRival(judged, goesOn, best.syntax, syntax),
  );
  const { syntax, score } = best;
  return rival === undefined ? { syntax, score } : { syntax, score, rival: rival.syntax };
}

/** The syntax that fits a text far better than the one that was said, if any does. */
export function betterSyntax(sample: string, given: GivenSyntax, isCut: boolean): CsvSyntax | undefined {
  if (given.delimiter === undefined && given.quote === undefined) return undefined;
  const said = detectSyntax(sample, given, isCut);
  const free = detectSyntax(sample, {}, isCut);
  const isBetter = free.score > DOUBT * said.score && readsOtherwise(sample, isCut, said.syntax, free.syntax);
  return isBetter ? free.syntax : undefined;
}

/** Whether another syntax reads a text otherwise, and neither by a quote that isn't in it nor by an escape that leaves more faults. */
function isRival(text: string, isCut: boolean, best: CsvSyntax, other: CsvSyntax): boolean {
  if (!readsOtherwise(text, isCut, best, other)) return false;
  if (other.delimiter !== best.delimiter) return true;
  if (other.quote !== best.quote) return text.includes(other.quote);
  return faultyRecords(text, other) <= faultyRecords(text, best);
}

const faultyRecords = (text: string, syntax: CsvSyntax): number =>
  parseCsv(text, syntax).filter(({ faults }) => faults.length > 0).length;

/** Whether two syntaxes cut a text into different cells; where it is cut off, the last record tells nothing. */
function readsOtherwise(text: string, isCut: boolean, one: CsvSyntax, other: CsvSyntax): boolean {
  const [a, b] = [one, other].map((syntax) => (isCut ? wholeRecords(text, syntax) : parseCsv(text, syntax)));
  if (a === undefined || b === undefined || Math.abs(a.length - b.length) > (isCut ? 1 : 0)) return true;
  return a.slice(0, b.length).some(({ cells }, i) => {
    const others = b[i]?.cells ?? [];
    return cells.length !== others.length || cells.some((cell, j) => cell !== others[j]);
  });
}
