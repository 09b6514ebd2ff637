import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type EditionFiles, stage } from "./edition.ts";
import { compareEditions, isEdition, yearOf } from "./edition-names.ts";
import { makeFolder } from "./make-folder.ts";
import { bytesIfThere, namesIn } from "./read-if-there.ts";

const REPORT = join("data-quality", "data-quality.json");

/** Where a refused run leaves its report and rejects: beside the editions' restricted folders. */
const refusedFolder = (out: string): string => join(out, "restricted", "refused");

/** The newest edition up to a year that left a data-quality report, with its JSON; what belongs to none isn't compared. */
export function previousQualityFile(
  out: string,
  year: number,
): { readonly edition: string; readonly text: string } | undefined {
  const editions = namesIn(out)
    .filter((name) => isEdition(name) && yearOf(name) <= year)
    .sort(compareEditions)
    .toReversed();
  for (const name of editions) {
    const text = bytesIfThere(join(out, "restricted", name, REPORT))?.toString("utf8");
    if (text !== undefined) return { edition: name, text };
  }
  return undefined;
}

/** Replaces what the last refused run left; returns its folder. */
export async function writeRefused(out: string, files: EditionFiles): Promise<string> {
  const folder = refusedFolder(out);
  const staging = join(out, ".staging-refused");
  rmSync(staging, { recursive: true, force: true });
  await stage(staging, files);
  makeFolder(join(out, "restricted"));
  rmSync(folder, { recursive: true, force: true });
  renameSync(staging, folder);
  return folder;
}

/** A run that went through takes away what a refused one had left; where it can't, the next one does. */
export function clearRefused(out: string): void {
  try {
    rmSync(refusedFolder(out), { recursive: true, force: true });
  } catch {
    // the edition stands: what is left beside it must not make its run fail
  }
}
