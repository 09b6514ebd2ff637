import { extname } from "node:path";
import { DataType, tableFromIPC } from "apache-arrow";
import { unzipSync } from "fflate";
import { pdfWords } from "./pdf-words.ts";

/** What a file says as text, for searching: containers are opened, embedded fonts and pictures left out. */
export function fileWords(path: string, content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const reader = WORDS[extname(path).toLowerCase()] ?? plainWords;
  return `${path}\n${reader(bytes)}`;
}

const WORDS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  ".html": markupWords,
  ".svg": markupWords,
  ".json": jsonWords,
  ".pdf": pdfWords,
  ".xlsx": zipWords,
  ".zip": zipWords,
  ".arrow": arrowWords,
  ".png": pngWords,
};

const plainWords = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

/** Tags stay, since attributes speak too; entities become the signs they stand for. */
function markupWords(bytes: Uint8Array): string {
  return plainWords(bytes)
    .replaceAll(/data:[\w/+.-]+;(?:charset=[\w-]+;)?base64,[A-Za-z0-9+/=]+/g, " ")
    .replaceAll(/ (?:d|points|transform)="[^"]*"/g, " ")
    .replaceAll(/&#(x?)([0-9a-fA-F]+);/g, (_, hex: string, code: string) =>
      String.fromCodePoint(Math.min(Number.parseInt(code, hex === "" ? 10 : 16), 0x10ffff)),
    )
    .replaceAll(/&(?:amp|lt|gt|quot|nbsp|shy);/g, (entity) => ENTITIES[entity] ?? " ");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&shy;": "",
};

/** Numbers that are values, not texts, can't be identifiers: counts and sizes are left out. */
function jsonWords(bytes: Uint8Array): string {
  return plainWords(bytes).replaceAll(/([:[,]\s*)-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=\s*[,}\]])/g, "$1");
}

function zipWords(bytes: Uint8Array): string {
  return Object.entries(unzipSync(bytes))
    .map(([name, inside]) => `${name}\n${markupWords(inside)}`)
    .join("\n");
}

/** Names of columns, and every different text; columns of numbers hold none. */
function arrowWords(bytes: Uint8Array): string {
  const table = tableFromIPC(bytes);
  return table.schema.fields
    .map(({ name, type }) => {
      const seen = new Set<string>();
      if (DataType.isInt(type) || DataType.isFloat(type)) return name;
      for (const value of table.getChild(name) ?? []) if (typeof value === "string") seen.add(value);
      return [name, ...seen].join("\n");
    })
    .join("\n");
}

/** Pictures are drawn from texts that the page holds too: only their text chunks are read. */
function pngWords(bytes: Uint8Array): string {
  const view = Buffer.from(bytes);
  const texts: string[] = [];
  for (let at = 8; at + 12 <= view.length; at += 12 + view.readUInt32BE(at)) {
    const size = view.readUInt32BE(at);
    if (/^[tiz]TXt$|^tEXt$/.test(view.toString("latin1", at + 4, at + 8)))
      texts.push(view.toString("utf8", at + 8, at + 8 + size));
  }
  return texts.join("\n");
}
