import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { MachineFailed } from "../user-error.ts";

interface Place {
  /** What the system names no path for was done here. */
  readonly out: string;
  readonly engine: { readonly memoryLimit?: string | undefined };
  /** What became of what stood there, as a sentence. */
  readonly afterwards?: string;
}

/**
 * The error as one that the person at the keyboard can put right, where the machine is its cause: a full or read-only
 * disk, no right to a file, memory or the room for spilling used up. Any other is given back as it is.
 */
export function machineFailed(error: unknown, place: Place): unknown {
  if (!(error instanceof Error)) return error;
  const text = "syscall" in error ? ofTheSystem(error, place) : ofTheEngine(error, place);
  const { afterwards } = place;
  if (text === undefined) return error;
  return new MachineFailed(afterwards === undefined ? text : `${text}. ${afterwards}`, { cause: error });
}

/** What a code of the system means, and what helps. */
const CODES: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the disk; make room, or name another folder with --out",
  EDQUOT: "the quota of disk space is used up; make room, or name another folder with --out",
  EROFS: "the disk is read-only; name a folder that can be written to with --out",
  EACCES: "this user has no right to it; change its rights or its owner",
  EPERM: "this user has no right to it; change its rights or its owner",
  EIO: "the disk failed to read or write it; check the disk",
  ENOTDIR: "a folder was expected and this is a file; name another",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
};

function ofTheSystem(error: Error, { out }: Place): string | undefined {
  const code = "code" in error ? String(error.code) : "";
  const path = "path" in error && typeof error.path === "string" ? error.path : undefined;
  const isUnmade = path !== undefined && "syscall" in error && error.syscall === "mkdir";
  const meaning = (isUnmade ? unmade(path)[code] : undefined) ?? CODES[code];
  if (meaning === undefined) return undefined;
  // what a write fails on is named by no path: files that are made for a while lie in the temporary folder
  const places = code === "ENOSPC" ? `${out} or ${tmpdir()}` : out;
  return `${path ?? places}: ${meaning} (${code})`;
}

/** What a code means of a folder that is to be made, which `makeFolder` asks for once those above it stand. */
const unmade = (path: string): Readonly<Record<string, string>> => ({
  ENOENT: `the folder can't be made, since ${dirname(path)} takes none; name another folder`,
  EACCES: `the folder can't be made, since this user has no right to write in ${dirname(path)}; change its rights, or name another folder`,
  EPERM: `the folder can't be made, since ${dirname(path)} takes none from this user; name another folder`,
  EROFS: "the folder can't be made, since the disk is read-only; name another folder",
  ENAMETOOLONG: "the folder can't be made, since its name is too long; name another folder",
});

/** What the engine says, and what helps; an engine that may spill no more tells it as a lack of memory. */
const SAYINGS: ReadonlyArray<readonly [RegExp, (place: Place) => string]> = [
  [
    /max_temp_directory_size|No space left on device/i,
    () =>
      `the engine has no room left to spill to in ${tmpdir()}; make room there, set TMPDIR to a larger disk, or raise engine.spillLimit`,
  ],
  [
    /Out of Memory Error/i,
    ({ engine }) =>
      `the engine's memory is used up (engine.memoryLimit: ${engine.memoryLimit ?? "the machine's share"}) and what is left can't be spilled; raise engine.memoryLimit, or run on a larger machine`,
  ],
  [
    /IO Error: .*(?:Failed to create directory|Permission denied|Read-only file system|Input\/output error)/i,
    () => `the engine can't use the disk under ${tmpdir()}; set TMPDIR to a folder that can be written to`,
  ],
];

function ofTheEngine(error: Error, place: Place): string | undefined {
  if (error.name !== "SqlError") return undefined;
  const [step = "", reason = ""] = error.message.split("\n--- SQL of ")[0]?.split(/: (.*)/s) ?? [];
  const found = SAYINGS.find(([saying]) => saying.test(reason));
  return found && `${step}: ${found[1](place)}`;
}
