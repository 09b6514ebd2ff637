import type { Design } from "./design.ts";
import { tableToIPC } from "./ipc.ts";
import type { Results } from "./results.ts";

/**
 * What only the evaluator may see: the tables of method.md §2, which have cells of one person.
 * @param results one entry an outcome; their tables are joined
 */
export function restrictedFiles(design: Design, results: readonly Results[]): ReadonlyMap<string, string | Uint8Array> {
  const joined = (name: keyof Results["tables"]): Uint8Array => {
    const [first, ...rest] = results.map((result) => result.tables[name]);
    if (first === undefined) throw new Error("no outcome was read");
    return tableToIPC(first.concat(...rest));
  };
  return new Map<string, string | Uint8Array>([
    ["patterns.arrow", tableToIPC(design.tables.patterns)],
    ["counts.arrow", tableToIPC(design.tables.counts)],
    ["outcomes.arrow", joined("outcomes")],
    ["recurrence.arrow", joined("recurrence")],
    ["populations.arrow", joined("populations")],
  ]);
}
