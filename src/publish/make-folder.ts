import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { hasCode } from "./read-if-there.ts";

/**
 * Makes a folder with those above it, one at a time: asked for all at once, Node tries for ever where the system takes
 * none, as below /proc. A folder that is there already is left as it is.
 * @param mode the rights of every folder that is made, e.g. `0o700`
 * @throws the system's error of `mkdir` with the `path` it failed on: the first folder that can't be made, or the file
 *   (`ENOTDIR`) that stands where a folder should
 */
export function makeFolder(folder: string, mode?: number): void {
  if (isFolder(folder)) return;
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    const above = dirname(folder);
    if (hasCode(error, "EEXIST")) {
      if (!isFolder(folder)) throw notAFolder(folder);
    } else if (hasCode(error, "ENOTDIR") && above !== folder) {
      makeFolder(above, mode); // names the file
      throw error;
    } else if (hasCode(error, "ENOENT") && above !== folder && !isFolder(above)) {
      makeFolder(above, mode);
      makeIn(folder, mode);
    } else throw error;
  }
}

/** In a folder that stands: of two runs that make it, the second finds it. */
function makeIn(folder: string, mode: number | undefined): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

const notAFolder = (path: string): Error =>
  Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${path}'`), { code: "ENOTDIR", syscall: "mkdir", path });
