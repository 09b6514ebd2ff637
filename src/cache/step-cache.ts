import { canonicalJson } from "../publish/hash.ts";
import type { KeptStep, StepCache, StepKey } from "../run.ts";
import { decode, encode } from "./codec.ts";
import type { Fingerprints } from "./fingerprint.ts";
import { CACHE_LIMIT, pruneCache, readKept, touch, writeKept } from "./store.ts";
import { type KeptTable, keepTables, restoreTables } from "./tables.ts";

interface CacheSettings {
  readonly folder: string;
  /** In its name the last key of each step is noted, to say why a step must be computed. */
  readonly pipeline: string;
  readonly limit?: number;
  /** Computes everything (`true`), or this step and all after it. */
  readonly force?: true | string;
  /** Looks only: `plan` writes nothing. */
  readonly isReadOnly?: boolean;
}

interface Content {
  readonly value: unknown;
  readonly rows?: number;
  readonly note?: string;
  readonly tables?: readonly KeptTable[];
}

/** Steps' values in a folder, by the hash of all that they were made from; what can't be kept is computed next time. */
export function stepCache({
  folder,
  pipeline,
  limit = CACHE_LIMIT,
  force,
  isReadOnly = false,
}: CacheSettings): StepCache {
  const used = new Set<string>();
  let isForced = force === true;
  const use = (name: string): void => {
    used.add(name);
    if (!isReadOnly) touch(folder, name);
  };
  return {
    look({ name, key, parts }) {
      if (name === force) isForced = true;
      if (isForced) return { reason: "forced" };
      const found = readKept(folder, `${key}.step`);
      if (found === "damaged") return { reason: "what was kept is damaged", isDamaged: true };
      const content = found && contentOf(found);
      if (content === undefined) return { reason: reasonOf(folder, noteName(pipeline, name), parts) };
      use(`${key}.step`);
      for (const { file } of content.tables ?? []) used.add(file);
      return { kept: keptStep(folder, content) };
    },
    async keep({ name, key, parts }, content, engine) {
      if (isReadOnly) return undefined;
      try {
        const tables = engine === undefined ? undefined : await keepTables(engine, folder, key);
        writeKept(folder, `${key}.step`, encode(tables === undefined ? content : { ...content, tables }));
        writeKept(folder, noteName(pipeline, name), Buffer.from(canonicalJson(parts)));
        for (const file of [`${key}.step`, noteName(pipeline, name), ...(tables ?? []).map((table) => table.file)])
          used.add(file);
        return undefined;
      } catch (error) {
        if (!isOfTheDisk(error)) throw error;
        return error.message.split("\n")[0];
      }
    },
    close() {
      if (isReadOnly) return;
      try {
        pruneCache(folder, limit, used);
      } catch (error) {
        if (!isOfTheDisk(error)) throw error;
      }
    },
  };
}

/** A full or read-only disk: the run goes on without keeping. */
const isOfTheDisk = (error: unknown): error is Error =>
  error instanceof Error && ("code" in error || error.name === "SqlError");

const keptStep = (folder: string, { value, rows, note, tables }: Content): KeptStep => ({
  value,
  ...(rows === undefined ? {} : { rows }),
  ...(note === undefined ? {} : { note }),
  restore: async (engine) => tables !== undefined && (await restoreTables(engine, folder, tables)),
});

function contentOf(bytes: Uint8Array): Content | undefined {
  try {
    return decode(bytes) as Content;
  } catch {
    return undefined; // written by another version of Node
  }
}

const noteName = (pipeline: string, step: string): string =>
  `${pipeline}.${step.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.last`;

/** What differs from the last time that the step was computed. */
function reasonOf(folder: string, noted: string, parts: StepKey["parts"]): string {
  const bytes = readKept(folder, noted);
  if (bytes === undefined || bytes === "damaged") return "never computed here";
  const last = JSON.parse(Buffer.from(bytes).toString()) as StepKey["parts"];
  const changes = [
    ...(last.version === parts.version ? [] : [`version ${last.version} -> ${parts.version}`]),
    ...(last.program === parts.program ? [] : ["the program has changed"]),
    ...changed("settings", last.settings, parts.settings),
    ...changed("file", last.files, parts.files),
    ...changed("SQL", last.sql, parts.sql),
    ...changed("step", last.reads, parts.reads),
  ];
  return changes.length === 0 ? "no longer kept" : changes.join("; ");
}

function changed(what: string, last: Fingerprints, now: Fingerprints): readonly string[] {
  const names = [...new Set([...Object.keys(last), ...Object.keys(now)])].filter((name) => last[name] !== now[name]);
  if (names.length === 0) return [];
  const told = names.slice(0, 5).join(", ");
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return [`${what} changed: ${told}${more}`];
}
