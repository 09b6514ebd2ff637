import { inflateSync } from "node:zlib";

/** A PDF's objects as text, with every deflated stream opened; enough to read structure back without a PDF library. */
export function pdfSource(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString("latin1");
  return raw.replace(/(\/FlateDecode[\s\S]*?stream\r?\n)([\s\S]*?)(\r?\nendstream)/g, (whole, head, packed, tail) => {
    try {
      return `${head}${inflateSync(Buffer.from(packed, "latin1")).toString("latin1")}${tail}`;
    } catch {
      return whole;
    }
  });
}

/** Types of the structure elements in reading order of the file: `H1`, `P`, `Figure`, `TH`. */
export function tagCounts(source: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, tag = ""] of source.matchAll(/\/Type \/StructElem\s+\/S \/(\w+)/g))
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return counts;
}

/** Titles of the bookmarks in the file's order, one a heading. */
export function bookmarks(source: string): readonly string[] {
  return [...source.matchAll(/^ *\/Title (\(.*\)|<[0-9A-F]+>)\n *\/Dest /gm)].map(([, text = ""]) => pdfText(text));
}

/** Alternative texts of the figures. */
export function alternatives(source: string): readonly string[] {
  return [...source.matchAll(/^ *\/Alt (\(.*\)|<[0-9A-F]+>)$/gm)].map(([, text = ""]) => pdfText(text));
}

/** A string object: literal in parentheses, or UTF-16BE with a byte order mark in hexadecimal. */
function pdfText(object: string): string {
  if (object.startsWith("(")) return object.slice(1, -1).replace(/\\([()\\])/g, "$1");
  const bytes = Buffer.from(object.slice(1, -1), "hex");
  return bytes.subarray(2).swap16().toString("utf16le");
}

/** How many pages the file has. */
export const pageCount = (source: string): number => [...source.matchAll(/\/Type \/Page\b(?!s)/g)].length;
