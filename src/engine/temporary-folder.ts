import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "duo-impact-spill-";
let opened = 0;

/** A folder of its own for an engine of this process to spill to; the engine makes it when it needs it. */
export function spillFolder(): string {
  return join(tmpdir(), `${PREFIX}${process.pid}-${opened++}`);
}

/** Removes the folders of processes that ended without removing theirs. */
export function clearLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (owner > 0 && !isRunning(owner)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** Signal 0 asks whether there is such a process; one of another user may not be signalled but runs. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
