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
import { type Language, languageOf, type NumberToken, numberTokens } from "./number-tokens.ts";
import { jsonIn, type Pack } from "./pack.ts";
import { type PageTexts, pageTexts } from "./page-texts.ts";
import { protocolIn } from "./protocol.ts";
import { type SheetNumber, sheetNumbers } from "./sheet-numbers.ts";

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
    const reading = readingOf(pack);
    const outcomes = [...pack.files].flatMap(([file, bytes]): readonly Outcome[] => {
      if (!isReport(file)) return [];
      if (file.endsWith(".xlsx")) return [traceWorkbook(file, reading.sheets(file) ?? [], released)];
      if (file.endsWith(".pdf")) return [tracePdf(reading, file, bytes)];
      return [tracePage(reading, file, { released, said })];
    });
    return {
      compared: outcomes.reduce((sum, { compared }) => sum + compared, 0),
      unequal: outcomes.flatMap(({ unequal }) => unequal),
    };
  },
};

const isReport = (file: string): boolean =>
  /^(?:reports|esf)\/.*\.(?:html|pdf|xlsx)$/.test(file) && languageOf(file) !== undefined;

/** What is read of a pack's files, each once however many others it is held against. */
interface Reading {
  readonly pages: (file: string) => PageTexts | undefined;
  readonly sheets: (file: string) => readonly SheetNumber[] | undefined;
  /** An index of numbers, which stand between commas: workbooks of one report in three languages hold the same. */
  readonly known: (numbers: string) => KnownNumbers;
  /** Texts of the settings and of the reports' own words, in a language. */
  readonly words: (language: Language) => ReadonlySet<string>;
  /** The numbers of a text: pages of one edition say most of theirs again and again. */
  readonly numbers: (language: Language) => (text: string) => Numbers;
}

interface Numbers {
  /** The text without names that look like numbers. */
  readonly line: string;
  readonly tokens: readonly NumberToken[];
  /** Those of the names too. */
  readonly printed: readonly NumberToken[];
}

function readingOf(pack: Pack): Reading {
  const settings = settingTexts([protocolIn(pack), jsonIn(pack, "metrics/datapackage.json")]).join("\n");
  const plain = withoutNames(pack);
  const ofFile = <T>(read: (bytes: Buffer) => T) =>
    kept((file: string): T | undefined => {
      const bytes = pack.files.get(file);
      return bytes === undefined ? undefined : read(bytes);
    });
  return {
    pages: ofFile((bytes) => pageTexts(bytes.toString("utf8"))),
    sheets: ofFile(sheetNumbers),
    known: kept((numbers) => knownNumbers(numbers === "" ? [] : numbers.split(",").map(Number))),
    words: kept(
      (language) => new Set([...wordNumbers(language), ...numberTokens(settings, language).map(({ text }) => text)]),
    ),
    numbers: kept((language) => kept((text: string) => numbersOf(text, plain(text), language))),
  };
}

function numbersOf(text: string, line: string, language: Language): Numbers {
  const tokens = numberTokens(line, language);
  return { line, tokens, printed: line === text ? tokens : numberTokens(text, language) };
}

/** The same function, which works out each answer once. */
function kept<K, V>(of: (key: K) => V): (key: K) => V {
  const answers = new Map<K, V>();
  return (key) => {
    const answer = answers.has(key) ? (answers.get(key) as V) : of(key);
    answers.set(key, answer);
    return answer;
  };
}

function traceWorkbook(file: string, numbers: readonly SheetNumber[], released: KnownNumbers): Outcome {
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

function tracePage(reading: Reading, file: string, { released, said }: Known): Outcome {
  const language = languageOf(file) ?? "en";
  const words = reading.words(language);
  const texts = reading.pages(file) ?? pageTexts("");
  const book = reading.sheets(file.replace(/html$/, "xlsx"));
  const inCells = book === undefined ? released : reading.known(book.map(({ value }) => value).join());
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
      const { line, tokens } = reading.numbers(language)(text);
      for (const token of tokens) {
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
function tracePdf(reading: Reading, file: string, bytes: Uint8Array): Outcome {
  const language = languageOf(file) ?? "en";
  const said = reading.pages(file.replace(/pdf$/, "html"));
  if (said === undefined) return { compared: 0, unequal: [] };
  const numbers = reading.numbers(language);
  const known = new Set(
    [...said.cells, ...said.prose, ...said.drawn].flatMap((text) => numbers(text).printed.map((token) => token.text)),
  );
  const lines = pdfPageWords(bytes)
    .split("\n")
    .filter((line) => line.length > 1);
  const tokens = lines.flatMap((text) => {
    const { line, tokens: own } = numbers(text);
    return own.flatMap((token) => (isFigure(token) ? [{ token, text: line }] : []));
  });
  const unequal = tokens
    .filter(({ token }) => !known.has(token.text))
    .map(({ token, text }) => ({
      file,
      what: `${token.text} ("${excerpt(text, token)}") is not in the page of the same name`,
    }));
  return { compared: tokens.length, unequal };
}

const excerpt = (text: string, { at, text: own }: NumberToken): string =>
  text
    .slice(Math.max(0, at - 25), at + own.length + 15)
    .replaceAll(/\s+/g, " ")
    .trim();
