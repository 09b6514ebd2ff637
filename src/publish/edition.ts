import { readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { compareEditions, isEdition, revisionOf, yearOf } from "./edition-names.ts";
import { sha256 } from "./hash.ts";
import { makeFolder } from "./make-folder.ts";
import { type Manifest, manifestIn } from "./manifest.ts";
import { purgedEditions } from "./purge-records.ts";
import { bytesIfThere, hasCode, namesIn } from "./read-if-there.ts";
import { parsed, SIGNATURE_FILE } from "./signature.ts";

/** Files of an edition by path inside it; nothing else goes in. */
export type EditionFiles = ReadonlyMap<string, string | Uint8Array>;

interface Edition {
  /** `2016.1`: last cohort year and revision. */
  readonly name: string;
  readonly folder: string;
  /** False where an edition of the same run id stood there whole: nothing was written. */
  readonly isNew: boolean;
}

/** Asked while an edition is made. */
interface PublishGate {
  /** Between two files: throws where the run was asked to stop. */
  goOn(): Promise<void>;
  /** Once, before anything is put in its place: throws where the run may no longer publish. */
  settle(): void;
  /** Once, on the folder where the edition is staged: throws where it isn't fit to be published. */
  check?(folder: string): Promise<void>;
}

const OPEN: PublishGate = { goOn: async () => undefined, settle: () => undefined };

/**
 * Publishes an edition: staged beside its place, verified file by file, then put there by one rename; `latest` follows
 * by another and never moves to an earlier year. A run that was cut off leaves the old edition or the new one, whole.
 * Restricted files are in their place before the edition is: those without an edition belong to a run that was cut off.
 * @param out the pipeline's output folder (`out/sib-evaluation`)
 * @param restricted asked for only where the edition is new
 */
export async function publishEdition(
  out: string,
  year: number,
  manifest: Manifest,
  files: EditionFiles,
  restricted: () => Promise<EditionFiles>,
  gate: PublishGate = OPEN,
): Promise<Edition> {
  makeFolder(out);
  removeStaging(out);
  const standing = standingEdition(out, year, manifest);
  const name = standing ?? `${year}.${nextRevision(out, year)}`;
  if (standing !== undefined) {
    gate.settle();
    signAgain(join(out, name), files);
  } else {
    const staging = join(out, `.staging-${manifest.runId}`);
    await stage(join(staging, "edition"), files, gate);
    verify(join(staging, "edition"), manifest);
    const [, kept] = await Promise.all([gate.check?.(join(staging, "edition")), restricted()]);
    await stage(join(staging, "restricted"), kept, gate);
    makeFolder(join(out, "restricted"));
    gate.settle();
    rmSync(join(out, "restricted", name), { recursive: true, force: true });
    renameSync(join(staging, "restricted"), join(out, "restricted", name));
    renameSync(join(staging, "edition"), join(out, name));
  }
  pointLatest(out, name);
  clearStaging(out);
  return { name, folder: join(out, name), isNew: standing === undefined };
}

/** What can't be removed now is removed by the next run. */
function clearStaging(out: string): void {
  try {
    removeStaging(out);
  } catch {
    // it takes room, nothing else
  }
}

/** Signs an edition that stands and was signed by nobody or by another key; without a key its signature stays. */
function signAgain(folder: string, files: EditionFiles): void {
  for (const path of [`replication/${SIGNATURE_FILE}`, SIGNATURE_FILE]) {
    const text = files.get(path);
    if (typeof text !== "string" || parsed(text)?.algorithm == null) continue;
    const target = join(folder, path);
    if (bytesIfThere(target)?.toString("utf8") !== text) writeFileAtomic.sync(target, text, { fsync: true });
  }
}

/** The edition of this run id that stands there whole, which publishing leaves as it is. */
function standingEdition(out: string, year: number, manifest: Manifest): string | undefined {
  return editionsOf(out, year).find((name) => isWhole(join(out, name), manifest));
}

/** Editions of a year that stand in the folder, oldest first. */
export function editionsOf(out: string, year: number): readonly string[] {
  return namesIn(out)
    .filter((name) => isEdition(name) && yearOf(name) === year)
    .sort(compareEditions);
}

/** The files in a folder of that name. */
export const under = (folder: string, files: EditionFiles): ReadonlyArray<readonly [string, string | Uint8Array]> =>
  [...files].map(([path, content]) => [`${folder}/${path}`, content] as const);

/** Any edition that stands in the folder. */
export const anyEdition = (out: string): string | undefined => namesIn(out).find(isEdition);

function nextRevision(out: string, year: number): number {
  const purged = purgedEditions(out).filter((name) => yearOf(name) === year);
  return Math.max(0, ...[...editionsOf(out, year), ...purged].map(revisionOf)) + 1;
}

/** Writes files into a folder, each whole or not at all. */
export async function stage(folder: string, files: EditionFiles, gate: PublishGate = OPEN): Promise<void> {
  for (const [path, content] of files) {
    await gate.goOn();
    const target = join(folder, path);
    makeFolder(dirname(target));
    writeFileAtomic.sync(target, typeof content === "string" ? content : Buffer.from(content), { fsync: true });
  }
}

/** Every file that the manifest lists is there with its hash; anything else is a failure. */
function verify(folder: string, manifest: Manifest): void {
  for (const output of manifest.outputs) {
    const bytes = bytesIfThere(join(folder, output.file));
    if (bytes === undefined) throw new Error(`the edition lacks ${output.file}`);
    if (sha256(bytes) !== output.sha256) throw new Error(`${output.file} differs from its hash in the manifest`);
  }
  if (bytesIfThere(join(folder, "manifest.json")) === undefined) throw new Error("the edition lacks manifest.json");
}

/** A disk that can't be read is no answer: it would make another edition of the same run. */
function isWhole(folder: string, manifest: Manifest): boolean {
  if (manifestIn(folder)?.runId !== manifest.runId) return false;
  return manifest.outputs.every(({ file, sha256: hash }) => {
    const bytes = bytesIfThere(join(folder, file));
    return bytes !== undefined && sha256(bytes) === hash;
  });
}

function pointLatest(out: string, name: string): void {
  const current = latestOf(out);
  if (current === name) return;
  if (current !== undefined && isEdition(current) && namesIn(out).includes(current))
    if (compareEditions(current, name) > 0) return;
  const next = join(out, ".latest-next");
  rmSync(next, { force: true });
  symlinkSync(name, next);
  renameSync(next, join(out, "latest"));
}

/** The edition that `latest` points at; a link that can't be read is an error, lest it be taken for none. */
export function latestOf(out: string): string | undefined {
  try {
    return readlinkSync(join(out, "latest"));
  } catch (error) {
    if (hasCode(error, "ENOENT", "EINVAL")) return undefined;
    throw error;
  }
}

function removeStaging(out: string): void {
  for (const name of namesIn(out))
    if (name.startsWith(".staging-")) rmSync(join(out, name), { recursive: true, force: true });
}
