import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { sha256 } from "../publish/hash.ts";
import { makeFolder } from "../publish/make-folder.ts";

/** Bytes that a cache folder may hold by default. */
export const CACHE_LIMIT = 5 * 2 ** 30;

const HASH = 64;

/** What is kept under a name, or undefined where there is nothing; what is damaged is never believed. */
export function readKept(folder: string, name: string): Uint8Array | "damaged" | undefined {
  try {
    const bytes = readFileSync(join(folder, name));
    const content = bytes.subarray(HASH);
    const isWhole = bytes.length >= HASH && bytes.toString("latin1", 0, HASH) === sha256(content);
    return isWhole ? content : "damaged";
  } catch {
    return undefined; // gone, or it can't be read: as if it had never been kept
  }
}

/** Keeps content under a name, whole or not at all, with its hash in front. */
export function writeKept(folder: string, name: string, content: Uint8Array): void {
  makeCacheFolder(folder);
  const bytes = Buffer.concat([Buffer.from(sha256(content), "latin1"), content]);
  writeFileAtomic.sync(join(folder, name), bytes, { mode: 0o600, fsync: false });
}

/** The folder holds rows of persons, as the sources do: nobody else may look into it. */
export function makeCacheFolder(folder: string): void {
  makeFolder(folder, 0o700);
}

/** Notes that a file was used; those unused the longest go first. */
export function touch(folder: string, name: string): void {
  try {
    utimesSync(join(folder, name), new Date(), new Date());
  } catch {
    // it only goes sooner
  }
}

interface Pruned {
  readonly removed: number;
  readonly bytes: number;
  readonly left: number;
}

/** Removes what was used the longest ago until at most `limit` bytes stay; names in `spared` stay in any case. */
export function pruneCache(folder: string, limit: number, spared: ReadonlySet<string> = new Set()): Pruned {
  const files = existsSync(folder) ? readdirSync(folder).flatMap((name) => sized(folder, name)) : [];
  let left = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const before = left;
  let removed = 0;
  for (const { name, bytes } of files.toSorted((a, b) => a.used - b.used || (a.name < b.name ? -1 : 1))) {
    if (left <= limit) break;
    if (spared.has(name)) continue;
    rmSync(join(folder, name), { force: true, recursive: true });
    left -= bytes;
    removed += 1;
  }
  return { removed, bytes: before - left, left };
}

function sized(folder: string, name: string): readonly { name: string; bytes: number; used: number }[] {
  try {
    const { size, mtimeMs } = statSync(join(folder, name));
    return [{ name, bytes: size, used: mtimeMs }];
  } catch {
    return [];
  }
}
