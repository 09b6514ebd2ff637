import { readFileSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { UserError } from "../user-error.ts";
import { makeFolder } from "./make-folder.ts";
import { parsedJson } from "./parsed-json.ts";
import { namesIn } from "./read-if-there.ts";

/** An edition that was removed, as its manifest told of it. */
export interface PurgedEdition {
  readonly edition: string;
  readonly runId: string | null;
  readonly protocolHash: string | null;
  readonly version: string | null;
  readonly publishedAt: string;
  /** sha256 of its manifest.json, which lists what it held: whoever has a copy can prove that it was this one. */
  readonly manifest: string | null;
  readonly files: number;
  readonly bytes: number;
  /** Files under `restricted/<edition>`, rows of persons among them, which went with it. */
  readonly restrictedFiles: number;
}

interface PurgeRecord {
  readonly pipeline: string;
  readonly purgedAt: string;
  /** What was asked: `--keep 2`. */
  readonly rule: string;
  readonly editions: readonly PurgedEdition[];
}

const folderOf = (out: string): string => join(out, "purges");

/** Writes `purges/<moment>.json` under the pipeline's output folder, and gives the file. */
export function recordPurge(out: string, record: PurgeRecord): string {
  makeFolder(folderOf(out));
  const file = join(folderOf(out), `${record.purgedAt.replaceAll(/[:.]/g, "-")}.json`);
  writeFileAtomic.sync(file, `${JSON.stringify(record, null, 2)}\n`, { fsync: true });
  return file;
}

/** Names of editions that once stood there: a name is never given twice. @throws UserError for a damaged record */
export function purgedEditions(out: string): readonly string[] {
  return namesIn(folderOf(out))
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => editionsIn(join(folderOf(out), name)));
}

function editionsIn(file: string): readonly string[] {
  const found = parsedJson(readFileSync(file));
  if (typeof found === "object" && found !== null && "editions" in found && Array.isArray(found.editions))
    return (found as PurgeRecord).editions.map(({ edition }) => edition);
  throw new UserError(
    `${file}: not the record of a purge as it was written; restore it from a copy (without it, a name could be given twice)`,
  );
}
