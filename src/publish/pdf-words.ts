import { inflateSync } from "node:zlib";

/** The texts of a PDF, a line each: what its pages show, titles, descriptions and metadata. */
export function pdfWords(bytes: Uint8Array): string {
  const pdf = partsOf(bytes);
  const streams = [...pdf.objects.keys()].map((id) => pdf.streamOf(id));
  const metadata = streams.filter((stream) => stream.includes("<rdf:") || stream.includes("<x:xmpmeta"));
  return [...shownTexts(pdf), ...metadata, ...strings(pdf.raw.replaceAll(STREAM, ""))].join("\n");
}

/** What the pages of a PDF show and nothing else, a line each piece of text. */
export const pdfPageWords = (bytes: Uint8Array): string => shownTexts(partsOf(bytes)).join("\n");

const STREAM = /stream\r?\n([\s\S]*?)\r?\nendstream/g;

interface Parts {
  readonly raw: string;
  /** What stands between `obj` and `endobj`, by the object's number. */
  readonly objects: ReadonlyMap<string, string>;
  /** An object's stream, unpacked once; empty where it has none. */
  streamOf(id: string | undefined): string;
}

function partsOf(bytes: Uint8Array): Parts {
  const raw = Buffer.from(bytes).toString("latin1");
  const objects = new Map(
    [...raw.matchAll(/(\d+) 0 obj([\s\S]*?)endobj/g)].map(([, id = "", body = ""]) => [id, body]),
  );
  const streams = new Map<string, string>();
  const streamOf = (id = ""): string => {
    const known = streams.get(id);
    if (known !== undefined) return known;
    const [, packed] = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(objects.get(id) ?? "") ?? [];
    const stream = packed === undefined ? "" : opened(packed);
    streams.set(id, stream);
    return stream;
  };
  return { raw, objects, streamOf };
}

type Letters = ReadonlyMap<number, string>;

/** Glyph codes of each page or form back to letters, by the tables of the fonts that it names. */
function shownTexts({ objects, streamOf }: Parts): readonly string[] {
  const known = new Map<string, Letters>();
  const lettersIn = (font: string): Letters => {
    const letters = known.get(font) ?? lettersOf(streamOf(/\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? "")?.[1]));
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
    return contents.flatMap((at) => shownLines(streamOf(at), (font) => lettersIn(fonts.get(font) ?? "")));
  });
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

/**
 * What a page shows, a line each `TJ` and `Tj`: the two-byte glyph codes before it, by the letters of the font set last.
 * Read sign by sign, since a page of a chart has thousands of these.
 */
function shownLines(page: string, lettersIn: (font: string) => Letters): readonly string[] {
  const lines: string[] = [];
  let [name, line, letters]: [string, string, Letters] = ["", "", new Map()];
  for (let i = 0; i < page.length; ) {
    const sign = page.charCodeAt(i);
    if (sign === OPENS) {
      const { text, end } = literalAt(page, i);
      line += shown(text, letters);
      i = end;
    } else if (sign === LESS) {
      const hex = matchAt(/<([0-9A-Fa-f]+)>/y, page, i);
      line += shown(Buffer.from(hex.slice(1, -1), "hex").toString("latin1"), letters);
      i += Math.max(1, hex.length);
    } else if (sign === SLASH) {
      name = matchAt(/\w*/y, page, i + 1);
      i += 1 + name.length;
    } else if (isOperator(sign)) {
      const operator = matchAt(/[A-Za-z'"*]+/y, page, i);
      if (operator === "Tf") letters = lettersIn(name);
      else {
        if (operator === "TJ" || operator === "Tj") lines.push(line);
        line = "";
      }
      i += operator.length;
    } else i += 1;
  }
  return lines;
}

function matchAt(sticky: RegExp, page: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(page)?.[0] ?? "";
}

const isOperator = (sign: number): boolean => (sign | 32) >= 97 && (sign | 32) <= 122;

/** The letters of two-byte glyph codes; a code without one ends a piece of text. */
function shown(codes: string, letters: Letters): string {
  let text = "";
  for (let i = 1; i < codes.length; i += 2)
    text += letters.get((codes.charCodeAt(i - 1) << 8) | codes.charCodeAt(i)) ?? "\n";
  return text;
}

/**
 * What stands between the parenthesis at `start` and the one that closes it, without its escapes: pairs within need none.
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

const [OPENS, CLOSES, SLASH, LESS, BACKSLASH, ZERO] = [40, 41, 47, 60, 92, 48];
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
