import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { sha256 } from "./hash.ts";
import type { Manifest } from "./manifest.ts";

/** Files of an edition by path inside it; nothing else goes in. */
export type EditionFiles = ReadonlyMap<string, string | Uint8Array>;

export interface Edition {
  /** `2016.1`: last cohort year and revision. */
  readonly name: string;
  readonly folder: string;
  /** False where an edition of the same run id stood there whole: nothing was written. */
  readonly isNew: boolean;
}

/**
 * Publishes an edition: staged beside its place, verified file by file, then put there by one rename; `latest` follows
 * by another and never moves to an earlier year. A run that was cut off leaves the old edition or the new one, whole.
 * @param out the pipeline's output folder (`out/sib-evaluation`)
 */
export function publishEdition(
  out: string,
  year: number,
  manifest: Manifest,
  files: EditionFiles,
  restricted: EditionFiles,
): Edition {
  mkdirSync(out, { recursive: true });
  removeStaging(out);
  const standing = standingEdition(out, year, manifest);
  const name = standing ?? `${year}.${nextRevision(out, year)}`;
  if (standing === undefined) {
    const staging = join(out, `.staging-${manifest.runId}`);
    stage(join(staging, "restricted"), restricted);
    stage(join(staging, "edition"), files);
    verify(join(staging, "edition"), manifest);
    mkdirSync(join(out, "restricted"), { recursive: true });
    rmSync(join(out, "restricted", name), { recursive: true, force: true });
    renameSync(join(staging, "restricted"), join(out, "restricted", name));
    renameSync(join(staging, "edition"), join(out, name));
    removeStaging(out);
  }
  pointLatest(out, name);
  return { name, folder: join(out, name), isNew: standing === undefined };
}

/** The edition of this run id that stands there whole, which publishing would leave as it is. */
export function standingEdition(out: string, year: number, manifest: Manifest): string | undefined {
  return editionsOf(out, year).find((name) => isWhole(join(out, name), manifest));
}

/** Editions of a year that stand in the folder, oldest first. */
export function editionsOf(out: string, year: number): readonly string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((name) => new RegExp(`^${year}\\.[0-9]+$`).test(name))
    .sort((a, b) => revisionOf(a) - revisionOf(b));
}

/** Any edition that stands in the folder. */
export const anyEdition = (out: string): string | undefined =>
  existsSync(out) ? readdirSync(out).find((name) => /^[0-9]{4}\.[0-9]+$/.test(name)) : undefined;

const revisionOf = (edition: string): number => Number(edition.split(".")[1]);

function nextRevision(out: string, year: number): number {
  return Math.max(0, ...editionsOf(out, year).map(revisionOf)) + 1;
}

/** Writes files into a folder, each whole or not at all. */
export function stage(folder: string, files: EditionFiles): void {
  for (const [path, content] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileAtomic.sync(target, typeof content === "string" ? content : Buffer.from(content), { fsync: true });
  }
}

/** Every file that the manifest lists is there with its hash; anything else is a failure. */
function verify(folder: string, manifest: Manifest): void {
  for (const output of manifest.outputs) {
    const path = join(folder, output.file);
    if (!existsSync(path)) throw new Error(`the edition lacks ${output.file}`);
    if (sha256(readFileSync(path)) !== output.sha256)
      throw new Error(`${output.file} differs from its hash in the manifest`);
  }
  if (!existsSync(join(folder, "manifest.json"))) throw new Error("the edition lacks manifest.json");
}

function isWhole(folder: string, manifest: Manifest): boolean {
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) return false;
  const found: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (typeof found !== "object" || found === null || !("runId" in found) || found.runId !== manifest.runId)
    return false;
  try {
    verify(folder, manifest);
    return true;
  } catch {
    return false;
  }
}

function pointLatest(out: string, name: string): void {
  const latest = join(out, "latest");
  const current = currentLatest(latest);
  if (current === name) return;
  if (current !== undefined && existsSync(join(out, current)) && Number.parseFloat(current) > 0) {
    const [year = 0, revision = 0] = name.split(".").map(Number);
    const [currentYear = 0, currentRevision = 0] = current.split(".").map(Number);
    if (currentYear > year || (currentYear === year && currentRevision > revision)) return;
  }
  const next = join(out, ".latest-next");
  rmSync(next, { force: true });
  symlinkSync(name, next);
  renameSync(next, latest);
}

function currentLatest(latest: string): string | undefined {
  try {
    return readlinkSync(latest);
  } catch {
    return undefined;
  }
}

function removeStaging(out: string): void {
  for (const name of readdirSync(out))
    if (name.startsWith(".staging-")) rmSync(join(out, name), { recursive: true, force: true });
}
