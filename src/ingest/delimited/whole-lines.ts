import type { ReadWarning } from "../files/read-warning.ts";
import {
  drawnTable,
  type LineMend,
  type LineSettings,
  marksWithin,
  rareLineEnds,
  signsAround,
  signsAtEnds,
  skippedLines,
} from "./line-mends.ts";
import { withLineEndings } from "./lines-of-text.ts";
import { printedQuotes, quotesOfAll, quotesOfFew } from "./quoted-lines.ts";

interface MendedText {
  readonly text: string;
  readonly told: readonly ReadWarning[];
}

/** A text whose lines hold cells and separators only, and what was mended for that: each mend has the text that the one above it leaves. */
export const mendedLines = (text: string, given: LineSettings): MendedText =>
  MENDS.reduce<MendedText>(
    (sofar, mend) => {
      const { text: next, told } = mend(sofar.text, given);
      return { text: next, told: [...sofar.told, ...told] };
    },
    { text, told: [] },
  );

const mended =
  <Found>({ detect, mend, tell }: LineMend<Found>) =>
  (text: string, given: LineSettings): MendedText => {
    const found = detect(text, given);
    return found === undefined ? { text, told: [] } : { text: mend(text, found), told: tell(found) };
  };

/** In this order: what ends lines before what stands at their ends, and that before the quotes around them. */
const MENDS = [
  mended(rareLineEnds),
  mended(skippedLines),
  mended(marksWithin),
  mended(drawnTable),
  mended(signsAround),
  mended(signsAtEnds),
  mended(printedQuotes),
  mended(quotesOfAll),
  mended(quotesOfFew),
];

/** The text with a blank behind each separator at a line's end, where one stands at every line's end and others have a blank behind them. */
export function withLastBlanks(text: string, delimiter: string): string {
  const sign = delimiter.trimEnd();
  if (sign === delimiter || sign === "") return text;
  return withLineEndings(text, sign, delimiter)?.join("") ?? text;
}
