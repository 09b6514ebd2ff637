import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { parsedJson } from "./parsed-json.ts";

/** Who holds a folder, written into its lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** The machine's boot and the space of process numbers that `pid` is one of; null where the system doesn't tell. */
  readonly boot: string | null;
  readonly pids: string | null;
  /** When the process began, in the system's own count: numbers of processes are used again. */
  readonly born: string | null;
  /** Told to the other run; never compared, since clocks are set. */
  readonly since: string;
  readonly id: string;
}

/** This process as the owner of a lock. */
export function thisProcess(id: string): LockOwner {
  return {
    pid: process.pid,
    host: hostname(),
    boot: told(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    pids: told(() => readlinkSync("/proc/self/ns/pid")),
    born: birthOf(process.pid),
    since: new Date().toISOString(),
    id,
  };
}

/**
 * Whether the owner still runs, by its process where that can be seen from here, whatever the clock says; `unknown` on
 * another machine or in another container. A machine that was started again since holds nothing.
 */
export function stateOf(owner: LockOwner, self: LockOwner): "running" | "ended" | "unknown" {
  if (owner.host !== self.host) return "unknown";
  if (owner.boot !== self.boot) return "ended";
  if (owner.pids !== self.pids) return "unknown";
  if (!isRunning(owner.pid)) return "ended";
  return owner.born === birthOf(owner.pid) ? "running" : "ended";
}

/** The owner in a lock's text, undefined where that is none. */
export function ownerIn(text: string): LockOwner | undefined {
  const found = parsedJson(text);
  return typeof found === "object" && found !== null && "pid" in found && "id" in found
    ? (found as LockOwner)
    : undefined;
}

/** Signal 0 asks whether there is such a process; one of another user may not be signalled but runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Field 22 of the process's line; the second one, its name, may hold blanks and brackets. */
const birthOf = (pid: number): string | null =>
  told(
    () =>
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[19] ?? null,
  );

function told(read: () => string | null): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
