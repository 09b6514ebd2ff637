import type { Document } from "../../src/document/document.ts";
import { sampleDocument } from "./sample-document.ts";

/** Keys whose texts are codes, not words. */
const CODES: ReadonlySet<string> = new Set([
  "kind",
  "id",
  "language",
  "locale",
  "date",
  "mark",
  "style",
  "where",
  "format",
  "marker",
  "markers",
  "graphic",
]);

/** The sample document with texts, in turn, in the place of every text a reader sees; codes and blank alt texts stay. */
export function everywhere(texts: readonly string[]): Document {
  let turn = 0;
  const next = (): string => texts[turn++ % texts.length] ?? "";
  return replaced(sampleDocument(), next) as Document;
}

function replaced(value: unknown, next: () => string, key = ""): unknown {
  if (CODES.has(key)) return value;
  if (typeof value === "string") return visible(value, next(), key);
  if (Array.isArray(value)) return value.map((item) => replaced(item, next, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(item, next, name)]));
}

/** A figure must have an alternative text: a blank one would rightly be refused. */
const visible = (before: string, text: string, key: string): string =>
  key === "alt" && text.trim() === "" ? before : text;
