import { inflateSync } from "node:zlib";

/** The texts of a PDF, a line each: what its pages show, titles, descriptions and metadata. */
export function pdfWords(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString("latin1");
  const streams = [...raw.matchAll(STREAM)].map(([, packed = ""]) => opened(packed));
  const outside = raw.replaceAll(STREAM, "");
  const metadata = streams.filter((stream) => stream.includes("<rdf:") || stream.includes("<x:xmpmeta"));
  return [...shownTexts(raw), ...metadata, ...strings(outside)].join("\n");
}

/** What the pages of a PDF show and nothing else, a line each piece of text. */
export const pdfPageWords = (bytes: Uint8Array): string => shownTexts(Buffer.from(bytes).toString("latin1")).join("\n");

const STREAM = /stream\r?\n([\s\S]*?)\r?\nendstream/g;

type Letters = ReadonlyMap<number, string>;

/** Glyph codes of each page or form back to letters, by the tables of the fonts that it names. */
function shownTexts(raw: string): readonly string[] {
  const objects = new Map(
    [...raw.matchAll(/(\d+) 0 obj([\s\S]*?)endobj/g)].map(([, id = "", body = ""]) => [id, body]),
  );
  const known = new Map<string, Letters>();
  const lettersIn = (font: string): Letters => {
    const letters =
      known.get(font) ?? lettersOf(streamOf(objects, /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? "")?.[1]));
    known.set(font, letters);
    return letters;
  };
  return [...objects].flatMap(([id, body]) => {
    const head = body.replaceAll(STREAM, "");
    const [, named = ""] = /\/Font\s*<<([^>]*)>>/.exec(head) ?? [];
    const fonts = new Map([...named.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = "", font = ""]) => [name, font]));
    const [, several, one] = /\/Contents (?:\[([^\]]*)\]|(\d+) 0 R)/.exec(head) ?? [];
    const contents = several === undefined ? [one ?? id] : [...several.matchAll(/(\d+) 0 R/g)].map(([, at = ""]) => at);
    if (fonts.size === 0) return [];
    return contents.flatMap((at) =>
      shownCodes(streamOf(objects, at)).map(({ font, codes }) => {
        const letters = lettersIn(fonts.get(font) ?? "");
        return codes.map((code) => letters.get(code) ?? "\n").join("");
      }),
    );
  });
}

function streamOf(objects: ReadonlyMap<string, string>, id: string | undefined): string {
  const [, packed] = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(objects.get(id ?? "") ?? "") ?? [];
  return packed === undefined ? "" : opened(packed);
}

function opened(packed: string): string {
  try {
    return inflateSync(Buffer.from(packed, "latin1")).toString("latin1");
  } catch {
    return packed;
  }
}

/** A font's letters by glyph code (its ToUnicode table). */
function lettersOf(table: string): Letters {
  const letters = new Map<number, string>();
  for (const [, block = ""] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = "", text = ""] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      letters.set(Number.parseInt(code, 16), utf16(text));
  for (const [, block = ""] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = "", to = "", text = ""] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const first = Number.parseInt(from, 16);
      const last = Math.min(Number.parseInt(to, 16), first + 65535);
      const start = utf16(text).codePointAt(0) ?? 32;
      for (let code = first; code <= last; code++) letters.set(code, String.fromCodePoint(start + code - first));
    }
  return letters;
}

const utf16 = (hex: string): string => Buffer.from(hex.padEnd(4, "0"), "hex").swap16().toString("utf16le");

interface Shown {
  readonly font: string;
  readonly codes: readonly number[];
}

/** The two-byte glyph codes of each `TJ` and `Tj` of a page, with the font set last before it. */
function shownCodes(page: string): readonly Shown[] {
  const token = /\/(\w+) [0-9.]+ Tf|\(|<([0-9A-Fa-f]+)>|[A-Za-z'"*]+/g;
  const shown: Shown[] = [];
  let [font, codes]: [string, number[]] = ["", []];
  for (let found = token.exec(page); found !== null; found = token.exec(page)) {
    const [text, name, hex] = found;
    if (name !== undefined) font = name;
    else if (hex !== undefined) addPairs(codes, Buffer.from(hex, "hex").toString("latin1"));
    else if (text === "(") {
      const literal = literalAt(page, found.index);
      addPairs(codes, literal.text);
      token.lastIndex = literal.end;
    } else {
      if (text === "TJ" || text === "Tj") shown.push({ font, codes });
      codes = [];
    }
  }
  return shown;
}

/**
 * What stands between the parenthesis at `start` and the one that closes it, without its escapes: pairs within need none.
 * A page of a chart is thousands of these, so each is read once, sign by sign.
 */
function literalAt(source: string, start: number): { readonly text: string; readonly end: number } {
  let [text, from, depth] = ["", start + 1, 1];
  for (let i = from; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === BACKSLASH) {
      const { sign, end } = escapedAt(source, i + 1);
      text += source.slice(from, i) + sign;
      from = end;
      i = end - 1;
    } else if (code === OPENS) depth += 1;
    else if (code === CLOSES && --depth === 0) return { text: text + source.slice(from, i), end: i + 1 };
  }
  return { text: text + source.slice(from), end: source.length };
}

const [OPENS, CLOSES, BACKSLASH, ZERO] = [40, 41, 92, 48];
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** The sign that one to three octal figures stand for, or one other sign. */
function escapedAt(source: string, start: number): { readonly sign: string; readonly end: number } {
  let [octal, end] = [0, start];
  for (; end < start + 3; end++) {
    const figure = source.charCodeAt(end) - ZERO;
    if (!(figure >= 0 && figure < 8)) break;
    octal = octal * 8 + figure;
  }
  if (end > start) return { sign: String.fromCharCode(octal), end };
  const sign = source[start] ?? "";
  return { sign: ESCAPES[sign] ?? sign, end: start + 1 };
}

function addPairs(codes: number[], text: string): void {
  for (let i = 1; i < text.length; i += 2) codes.push((text.charCodeAt(i - 1) << 8) | text.charCodeAt(i));
}

/** String objects: titles of bookmarks, alternative texts, the document's own facts. */
function strings(source: string): readonly string[] {
  const found: string[] = [];
  const token = /\(|<FEFF([0-9A-F]+)>/g;
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    if (match[1] !== undefined) {
      found.push(utf16(match[1]));
      continue;
    }
    const { text, end } = literalAt(source, match.index);
    token.lastIndex = end;
    found.push(text.startsWith("\u00fe\u00ff") ? utf16(Buffer.from(text.slice(2), "latin1").toString("hex")) : text);
  }
  return found;
}
