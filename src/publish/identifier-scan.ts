import { UserError } from "../user-error.ts";
import { fileWords } from "./file-words.ts";

/** What answers for tokens: the kind of identifier that a token is (`person number`), for those that are one. */
export type IdentifierLookup = (tokens: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What was searched, for the progress list. */
export interface ScanFacts {
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

/**
 * Tokens that may be identifiers, in small letters: one to five runs of letters and figures with the signs between them,
 * with a figure and at least six characters; such of figures only have nine, and are no grouped number or decimal.
 */
export function tokensOf(text: string): ReadonlySet<string> {
  const tokens = new Set<string>();
  const runs = [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: run, index }) => ({
    from: index,
    to: index + run.length,
  }));
  const lower = text.toLowerCase();
  for (let i = 0; i < runs.length; i++) {
    const from = runs[i]?.from ?? 0;
    for (let j = i; j < Math.min(i + MOST_RUNS, runs.length); j++) {
      const run = runs[j];
      const before = runs[j - 1];
      if (run === undefined || (j > i && before !== undefined && !joins(lower.slice(before.to, run.from)))) break;
      if (run.to - from > LONGEST) break;
      const token = lower.slice(from, run.to);
      if (mayBeIdentifier(token) && !(isFigures(token) && isDecimal(lower, from, run.to))) tokens.add(token);
    }
  }
  return tokens;
}

const joins = (between: string): boolean => between.length <= 2 && !/[\r\n\t<>"]/.test(between);

function mayBeIdentifier(token: string): boolean {
  if (token.length < 6 || !/[0-9]/.test(token)) return false;
  if (/\p{L}/u.test(token)) return true;
  return token.replaceAll(/[^0-9]/g, "").length >= 9 && (isFigures(token) || !/^[0-9.,\s]+$/.test(token));
}

const isFigures = (token: string): boolean => /^[0-9]+$/.test(token);

const isDecimal = (text: string, from: number, to: number): boolean =>
  text[from - 1] === "." || /^\.[0-9]/.test(text.slice(to, to + 2));
