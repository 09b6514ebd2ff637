import { pdfPageWords } from "../publish/pdf-words.ts";
import type { Check, Outcome, Unequal } from "./check.ts";
import {
  correctedNumbers,
  derivedNumbers,
  type KnownNumbers,
  knownNumbers,
  releasedNumbers,
  settingNumbers,
  settingTexts,
  withoutNames,
  wordNumbers,
} from "./known-numbers.ts";
import { languageOf, type NumberToken, numberTokens } from "./number-tokens.ts";
import { jsonIn, type Pack } from "./pack.ts";
import { pageTexts } from "./page-texts.ts";
import { protocolIn } from "./protocol.ts";
import { sheetNumbers } from "./sheet-numbers.ts";

/**
 * Every number that a reader sees is a released one (checklist R8). Cells of workbooks hold it to the last digit, cells of
 * pages at their rounding, and where there is a workbook of the same report, what it holds; texts and charts may also
 * print settings and what they work out, and round numbers of an axis; a PDF prints what its page prints. Whole numbers below 1,000 in running
 * text are not traced: they may be days, places or counts of what is listed there.
 */
export const traceCheck: Check = {
  name: "tracing",
  title: "numbers in pages, PDFs and workbooks are released ones, at their rounding",
  applies: ({ files, rows }) => rows.length > 0 && [...files.keys()].some(isReport),
  run: (pack) => {
    const released = knownNumbers([...releasedNumbers(pack.rows), ...correctedNumbers(pack)]);
    const stated = [protocolIn(pack), pack.manifest.corrections].flatMap(settingNumbers);
    const said = knownNumbers([...stated, ...derivedNumbers(pack.rows)]);
    const outcomes = [...pack.files].flatMap(([file, bytes]): readonly Outcome[] => {
      if (!isReport(file)) return [];
      if (file.endsWith(".xlsx")) return [traceWorkbook(file, bytes, released)];
      if (file.endsWith(".pdf")) return [tracePdf(pack, file, bytes)];
      return [tracePage(pack, file, { released, said })];
    });
    return {
      compared: outcomes.reduce((sum, { compared }) => sum + compared, 0),
      unequal: outcomes.flatMap(({ unequal }) => unequal),
    };
  },
};

const isReport = (file: string): boolean =>
  /^(?:reports|esf)\/.*\.(?:html|pdf|xlsx)$/.test(file) && languageOf(file) !== undefined;

function traceWorkbook(file: string, bytes: Uint8Array, released: KnownNumbers): Outcome {
  const numbers = sheetNumbers(bytes);
  const unequal = numbers
    .filter(({ value }) => !released.has(value))
    .map(({ place, value }) => ({ file, what: `${place}: ${value} is no released number` }));
  return { compared: numbers.length, unequal };
}

interface Known {
  readonly released: KnownNumbers;
  /** Settings, and what texts work out. */
  readonly said: KnownNumbers;
}

function tracePage(pack: Pack, file: string, { released, said }: Known): Outcome {
  const language = languageOf(file) ?? "en";
  const own = settingTexts([protocolIn(pack), jsonIn(pack, "metrics/datapackage.json")]).join("\n");
  const words = new Set([...wordNumbers(language), ...numberTokens(own, language).map(({ text }) => text)]);
  const texts = pageTexts(textOf(pack, file));
  const book = pack.files.get(file.replace(/html$/, "xlsx"));
  const inCells = book === undefined ? released : knownNumbers(sheetNumbers(book).map(({ value }) => value));
  const isSaid = (token: NumberToken): boolean =>
    released.prints(token) || said.prints(token) || words.has(token.text) || !isFigure(token);
  const sets: readonly (readonly [readonly string[], string, (token: NumberToken, text: string) => boolean])[] = [
    [texts.cells, "a table", (token) => inCells.prints(token)],
    [texts.prose, "the text", isSaid],
    [texts.drawn, "a chart", (token, text) => isSaid(token) || isRound(token, text)],
  ];
  let compared = 0;
  const unequal: Unequal[] = [];
  for (const [own, where, isKnown] of sets)
    for (const text of own) {
      const line = withoutNames(text, pack);
      for (const token of numberTokens(line, language)) {
        compared += 1;
        if (token.isBound || isKnown(token, line.trim())) continue;
        unequal.push({ file, what: `${token.text} in ${where} ("${excerpt(line, token)}") is no released number` });
      }
    }
  return { compared, unequal };
}

/** A figure that only a number can be; years and small whole numbers may be dates, places or counts of what is listed. */
const isFigure = ({ isFigure: looksIt, value }: NumberToken): boolean => looksIt || (value >= 1000 && !isYear(value));

const isYear = (value: number): boolean => Number.isInteger(value) && value >= 1900 && value <= 2100;

/** A label of an axis: nothing but a number of at most two digits that count. */
const isRound = ({ text, value }: NumberToken, line: string): boolean =>
  line.replace(/[\u2212\u20ac%\s-]/g, "").length <= text.length + 1 && Number(value.toPrecision(2)) === value;

/** A PDF says what its page says; glyphs drawn one by one can't be told apart from each other's number. */
function tracePdf(pack: Pack, file: string, bytes: Uint8Array): Outcome {
  const language = languageOf(file) ?? "en";
  const page = textOf(pack, file.replace(/pdf$/, "html"));
  if (page === "") return { compared: 0, unequal: [] };
  const said = pageTexts(page);
  const known = new Set(
    [...said.cells, ...said.prose, ...said.drawn].flatMap((text) =>
      numberTokens(text, language).map((token) => token.text),
    ),
  );
  const lines = pdfPageWords(bytes)
    .split("\n")
    .filter((line) => line.length > 1);
  const tokens = lines.flatMap((line) => {
    const text = withoutNames(line, pack);
    return numberTokens(text, language).flatMap((token) => (isFigure(token) ? [{ token, text }] : []));
  });
  const unequal = tokens
    .filter(({ token }) => !known.has(token.text))
    .map(({ token, text }) => ({
      file,
      what: `${token.text} ("${excerpt(text, token)}") is not in the page of the same name`,
    }));
  return { compared: tokens.length, unequal };
}

const textOf = ({ files }: Pack, file: string): string => files.get(file)?.toString("utf8") ?? "";

const excerpt = (text: string, { at, text: own }: NumberToken): string =>
  text
    .slice(Math.max(0, at - 25), at + own.length + 15)
    .replaceAll(/\s+/g, " ")
    .trim();
