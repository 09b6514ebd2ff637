import { inflateSync } from "node:zlib";

/**
 * The texts of a PDF, a line each: what its pages show (glyph codes back to letters by the fonts' own tables), titles,
 * descriptions and metadata.
 */
export function pdfWords(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString("latin1");
  const objects = new Map(
    [...raw.matchAll(/(\d+) 0 obj([\s\S]*?)endobj/g)].map(([, id = "", body = ""]) => [id, body]),
  );
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, packed = ""]) => opened(packed));
  const outside = raw.replaceAll(/stream\r?\n[\s\S]*?\r?\nendstream/g, "");
  const fonts = fontsOf(outside, objects);
  const shown = streams
    .filter((stream) => stream.includes("BT"))
    .flatMap(shownCodes)
    .flatMap(({ font, codes }) =>
      (fonts.get(font) ?? []).map((letters) => codes.map((code) => letters.get(code) ?? "\n").join("")),
    );
  const metadata = streams.filter((stream) => stream.includes("<rdf:") || stream.includes("<x:xmpmeta"));
  return [...shown, ...metadata, ...strings(outside)].join("\n");
}

type Letters = ReadonlyMap<number, string>;

/** By a font's name on pages (`f0`), the letters of each font that bears it somewhere. */
function fontsOf(outside: string, objects: ReadonlyMap<string, string>): ReadonlyMap<string, readonly Letters[]> {
  const fonts = new Map<string, Map<string, Letters>>();
  for (const [, name = "", id = ""] of outside.matchAll(/\/(\w+) (\d+) 0 R/g)) {
    const [, table = ""] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? "") ?? [];
    const [, packed] = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(objects.get(table) ?? "") ?? [];
    if (packed === undefined) continue;
    const known = fonts.get(name) ?? new Map<string, Letters>();
    if (!known.has(id)) known.set(id, lettersOf(opened(packed)));
    fonts.set(name, known);
  }
  return new Map([...fonts].map(([name, known]) => [name, [...known.values()]]));
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
  const operator =
    /\/(\w+) [0-9.]+ Tf|(\[(?:[^\]\\(<]|<[^>]*>|\((?:\\[\s\S]|[^\\)])*\))*\]|\((?:\\[\s\S]|[^\\)])*\)|<[0-9A-Fa-f]+>)\s*T[jJ]/g;
  const shown: Shown[] = [];
  let font = "";
  for (const [, name, text] of page.matchAll(operator))
    if (name !== undefined) font = name;
    else shown.push({ font, codes: codesOf(text ?? "") });
  return shown;
}

const codesOf = (operand: string): readonly number[] =>
  [...operand.matchAll(/\(((?:\\[\s\S]|[^\\)])*)\)|<([0-9A-Fa-f]+)>/g)].flatMap(([, literal, hex]) =>
    pairs(hex === undefined ? unescaped(literal ?? "") : Buffer.from(hex, "hex").toString("latin1")),
  );

const pairs = (text: string): number[] =>
  Array.from({ length: text.length >> 1 }, (_, i) => (text.charCodeAt(2 * i) << 8) | text.charCodeAt(2 * i + 1));

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{1,3}|[\s\S])/g, (_, sign: string) =>
    /^[0-7]/.test(sign) ? String.fromCharCode(Number.parseInt(sign, 8)) : (ESCAPES[sign] ?? sign),
  );

/** String objects: titles of bookmarks, alternative texts, the document's own facts. */
function strings(source: string): readonly string[] {
  return [...source.matchAll(/\(((?:\\[\s\S]|[^\\)])*)\)|<FEFF([0-9A-F]+)>/g)].map(([, literal, hex]) => {
    if (hex !== undefined) return utf16(hex);
    const text = unescaped(literal ?? "");
    return text.startsWith("\u00fe\u00ff") ? utf16(Buffer.from(text.slice(2), "latin1").toString("hex")) : text;
  });
}
