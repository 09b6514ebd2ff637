import { randomBytes } from "node:crypto";
import { appendFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Interrupted, UserError } from "../user-error.ts";
import { type LockOwner, ownerIn, stateOf, thisProcess } from "./lock-owner.ts";
import { makeFolder } from "./make-folder.ts";
import { bytesIfThere, hasCode } from "./read-if-there.ts";

const OWNER = "owner.json";
/** How often an owner shows that it runs, to those who can't see its process; and after how much silence it counts as gone. */
const BEAT_MS = 60_000;
const SILENT_MS = 600_000;
const ATTEMPTS = 10;

/** Which lock of the folder, and what its holder is said to do. */
interface LockKind {
  readonly name: string;
  readonly does: string;
}

const PUBLISHING: LockKind = { name: ".lock", does: "has been publishing there" };

/**
 * Valid until `withLock` returns; a run that was silent for ten minutes may have lost it, and asks before it publishes.
 */
export interface HeldLock {
  /** @throws where somebody has taken the lock away meanwhile: this run may not publish */
  assertHeld(): void;
}

/**
 * Holds the pipeline's output folder for one run at a time. The lock of a run that was killed is taken over at once on
 * the machine where it ran, and elsewhere once it was silent for ten minutes.
 * @throws UserError naming the run that holds it
 */
export async function withLock<T>(
  folder: string,
  fn: (lock: HeldLock) => Promise<T>,
  kind: LockKind = PUBLISHING,
): Promise<T> {
  makeFolder(folder);
  const out: Place = { folder, lock: join(folder, kind.name), kind };
  const own = thisProcess(randomBytes(6).toString("hex"));
  take(out, own);
  // a blank line more: the disk's own clock notes when
  const beat = setInterval(() => quietly(() => appendFileSync(join(out.lock, OWNER), "\n")), BEAT_MS);
  beat.unref();
  try {
    quietly(() => clearLeft(out));
    return await fn({ assertHeld: () => assertHeld(out, own) });
  } finally {
    clearInterval(beat);
    quietly(() => {
      if (ownerOf(out.lock)?.id === own.id) rmSync(out.lock, { recursive: true });
    });
  }
}

/** A lock in its folder. */
interface Place {
  readonly folder: string;
  readonly lock: string;
  readonly kind: LockKind;
}

/** A folder that holds its owner is put in place by one rename, which succeeds where there is none or an empty one. */
function take(out: Place, own: LockOwner): void {
  const made = `${out.lock}-${own.id}`;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (!isMade(made, own)) continue;
    if (moved(made, out.lock)) return;
    const other = ownerOf(out.lock);
    const isHeld = other !== undefined && !isGone(out, other, made, own);
    rmSync(made, { recursive: true, force: true });
    if (isHeld) throw new UserError([heldBy(out, other)]);
    takeAway(out, other, own);
  }
  throw new UserError([`${out.lock} can't be taken; delete it if no run is publishing there`]);
}

/** False where the run that holds the folder has just cleared it. */
function isMade(made: string, own: LockOwner): boolean {
  try {
    makeFolder(made);
    writeFileSync(join(made, OWNER), JSON.stringify(own));
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

function isGone(out: Place, other: LockOwner, made: string, own: LockOwner): boolean {
  const state = stateOf(other, own);
  if (state !== "unknown") return state === "ended";
  try {
    // both times are those of the disk, whatever the two machines' clocks say
    return statSync(join(made, OWNER)).mtimeMs - statSync(join(out.lock, OWNER)).mtimeMs > SILENT_MS;
  } catch {
    return false; // it has just ended
  }
}

/** Takes the lock of a run that is gone out of the way; what proves to be another's is put back. */
function takeAway(out: Place, gone: LockOwner | undefined, own: LockOwner): void {
  const aside = `${out.lock}-${own.id}-left`;
  if (!moved(out.lock, aside)) return;
  if (ownerOf(aside)?.id !== gone?.id && moved(aside, out.lock)) return;
  rmSync(aside, { recursive: true, force: true });
}

function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOTEMPTY", "EEXIST", "EPERM", "ENOENT")) return false;
    throw error;
  }
}

function ownerOf(folder: string): LockOwner | undefined {
  const text = bytesIfThere(join(folder, OWNER))?.toString("utf8");
  return text === undefined ? undefined : ownerIn(text);
}

function heldBy(out: Place, { pid, host, since }: LockOwner): string {
  return `${out.folder}: process ${pid} on ${host} ${out.kind.does} since ${since}; wait until it ends (${out.lock} names it, and is taken over where that process was killed)`;
}

function assertHeld(out: Place, own: LockOwner): void {
  const now = ownerOf(out.lock);
  if (now?.id === own.id) return;
  throw new Interrupted([
    now === undefined
      ? `${out.lock} was deleted while this run held it; nothing was published, run again`
      : `${heldBy(out, now)}; it took the lock of this run, which has published nothing`,
  ]);
}

/** What runs that were killed left beside the lock. */
function clearLeft(out: Place): void {
  for (const name of readdirSync(out.folder))
    if (name.startsWith(`${out.kind.name}-`)) rmSync(join(out.folder, name), { recursive: true, force: true });
}

/** Tidying up must not hide how the run ended. */
function quietly(fn: () => void): void {
  try {
    fn();
  } catch {
    // what is left is taken over or cleared by the next run
  }
}
