import { Type } from "apache-arrow";
import { tableFromIPC } from "../cohort/ipc.ts";

/** A pack's texts, for the search for identifiers: its JSON, and every different text of its tables. */
export function packWords(files: ReadonlyMap<string, string | Uint8Array>): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, content]) => [path.replace(/\.arrow$/, ".json"), wordsOf(path, content)]));
}

function wordsOf(path: string, content: string | Uint8Array): string {
  if (typeof content === "string") return content;
  if (!path.endsWith(".arrow")) return Buffer.from(content).toString("utf8");
  const table = tableFromIPC(content);
  const texts = new Set<string>();
  for (const field of table.schema.fields) {
    if (field.typeId !== Type.Utf8) continue;
    for (const value of table.getChild(field.name) ?? []) texts.add(String(value));
  }
  return [...texts].join("\n");
}
