import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { hasCode, isFolder } from "./read-if-there.ts";

/**
 * Makes a folder with those above it, one at a time: asked for all at once, Node tries for ever where the system takes
 * none, as below /proc. A folder that is there already is left as it is.
 * @param mode the rights of every folder that is made, e.g. `0o700`
 * @throws the system's error of `mkdir` with the `path` it failed on: the first folder that can't be made, or the file
 *   (`ENOTDIR`) that stands where a folder should
 */
export function makeFolder(folder: string, mode?: number): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // of two runs that make it, the second finds it
    if (isFolder(folder)) return;
    throw hasCode(error, "EEXIST") ? notAFolder(folder) : error;
  }
}

const notAFolder = (path: string): Error =>
  Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${path}'`), { code: "ENOTDIR", syscall: "mkdir", path });
