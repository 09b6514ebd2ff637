import { UserError } from "../user-error.ts";
import { fileWords } from "./file-words.ts";

/** What answers for tokens: the kind of identifier that a token is (`person number`), for those that are one. */
type IdentifierLookup = (tokens: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What was searched, for the progress list. */
interface ScanFacts {
  readonly files: number;
  readonly tokens: number;
}

/**
 * Searches everything that is about to leave (files, manifest, progress notes) for identifiers of the input. Identifiers
 * are met as whole tokens, never as parts of longer ones, so the cost is that of reading the outputs once and one lookup.
 * @throws UserError naming each file and the kind of identifier in it, never the identifier
 */
export async function scanForIdentifiers(
  files: ReadonlyMap<string, string | Uint8Array>,
  lookup: IdentifierLookup,
): Promise<ScanFacts> {
  const places = new Map<string, Set<string>>();
  for (const [path, content] of files)
    for (const token of tokensOf(fileWords(path, content))) {
      const found = places.get(token);
      if (found === undefined) places.set(token, new Set([path]));
      else found.add(path);
    }
  const hits = await lookup([...places.keys()]);
  const problems = [...hits]
    .flatMap(([token, kind]) => [...(places.get(token) ?? [])].map((path) => `${path} holds a ${kind} of the input`))
    .map((what) => `${what}; nothing was published: find where it comes from (a title, a region's name, a code list)`);
  if (problems.length > 0) throw new UserError([...new Set(problems)].sort());
  return { files: files.size, tokens: places.size };
}

/** Signs within an identifier: up to this many runs of letters and figures, one or two other signs between two runs. */
const MOST_RUNS = 5;
const LONGEST = 60;

/** Letters and figures that stand together. */
interface Run {
  from: number;
  hasLetter: boolean;
  /** How many signs from 0 to 9. */
  figures: number;
}

/**
 * Tokens that may be identifiers, in small letters: one to five runs of letters and figures with the signs between them,
 * with a figure and at least six characters; such of figures only have nine, and are no grouped number or decimal.
 */
export function tokensOf(text: string): ReadonlySet<string> {
  const tokens = new Set<string>();
  const lower = text.toLowerCase();
  // the last runs of which each goes on from the one before, written over in turn: outputs have millions
  const runs = Array.from({ length: MOST_RUNS }, (): Run => ({ from: 0, hasLetter: false, figures: 0 }));
  let [count, end] = [0, 0];
  for (let i = nextOfRun(lower, 0); i < lower.length; i = nextOfRun(lower, i)) {
    count = joins(lower, end, i) ? count + 1 : 1;
    const run = runs[count % MOST_RUNS] as Run;
    end = measure(lower, i, run);
    i = end;
    addTokens(tokens, lower, end, runs, count);
  }
  return tokens;
}

/** Adds what may be an identifier and ends with the last run: that run, and with it up to four before. */
function addTokens(tokens: Set<string>, lower: string, end: number, runs: readonly Run[], count: number): void {
  let [hasLetter, figures] = [false, 0];
  for (let k = count; k > Math.max(0, count - MOST_RUNS); k--) {
    const run = runs[k % MOST_RUNS] as Run;
    if (end - run.from > LONGEST) return;
    hasLetter ||= run.hasLetter;
    figures += run.figures;
    if (end - run.from < SHORTEST || figures < (hasLetter ? 1 : FEWEST_FIGURES)) continue;
    const token = lower.slice(run.from, end);
    if ((hasLetter || !isGrouped(token)) && !(isFigures(token) && isDecimal(lower, run.from, end))) tokens.add(token);
  }
}

const SHORTEST = 6;
/** Of an identifier without a letter. */
const FEWEST_FIGURES = 9;

/** Notes the run that begins here, and tells where it ends. */
function measure(lower: string, from: number, run: Run): number {
  let [at, hasLetter, figures] = [from, false, 0];
  for (let kind = kindAt(lower, at); kind !== OTHER; kind = kindAt(lower, at)) {
    hasLetter ||= kind === LETTER;
    figures += kind === FIGURE ? 1 : 0;
    at += sizeAt(lower, at);
  }
  run.from = from;
  run.hasLetter = hasLetter;
  run.figures = figures;
  return at;
}

function nextOfRun(lower: string, start: number): number {
  let i = start;
  while (i < lower.length && kindAt(lower, i) === OTHER) i += sizeAt(lower, i);
  return i;
}

/** What a sign may be of a run, by its code: looked up, since outputs have tens of millions of signs. */
const [OTHER, LETTER, FIGURE, NUMBER] = [1, 2, 3, 4];
const kinds = new Uint8Array(0x110000);

function kindAt(text: string, i: number): number {
  const code = text.codePointAt(i);
  if (code === undefined) return OTHER;
  const known = kinds[code] ?? 0;
  if (known !== 0) return known;
  const kind = kindOf(String.fromCodePoint(code));
  kinds[code] = kind;
  return kind;
}

function kindOf(sign: string): number {
  if (/[0-9]/.test(sign)) return FIGURE;
  if (/\p{L}/u.test(sign)) return LETTER;
  return /\p{N}/u.test(sign) ? NUMBER : OTHER;
}

const sizeAt = (text: string, i: number): number => ((text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1);

const joins = (text: string, from: number, to: number): boolean =>
  to - from <= 2 && (to === from || !/[\r\n\t<>"]/.test(text.slice(from, to)));

const isFigures = (token: string): boolean => /^[0-9]+$/.test(token);

/** `12.345,60`: figures parted by the signs of a number. */
const isGrouped = (token: string): boolean => !isFigures(token) && /^[0-9.,\s]+$/.test(token);

const isDecimal = (text: string, from: number, to: number): boolean =>
  text[from - 1] === "." || /^\.[0-9]/.test(text.slice(to, to + 2));
