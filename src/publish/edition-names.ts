import { existsSync } from "node:fs";
import { join } from "node:path";

/** Whether a folder's name is an edition's: `2016.1`, last cohort year and revision. */
export const isEdition = (name: string): boolean => /^[0-9]{4}\.[0-9]+$/.test(name);

/** The year of an edition `YEAR.REVISION`. */
export const yearOf = (edition: string): number => Number(edition.split(".")[0]);

/** The revision of an edition `YEAR.REVISION`, from 1. */
export const revisionOf = (edition: string): number => Number(edition.split(".")[1]);

/** By year, then by revision: `2016.10` comes after `2016.9`. */
export const compareEditions = (a: string, b: string): number => yearOf(a) - yearOf(b) || revisionOf(a) - revisionOf(b);

/** The end of an error about a folder that is no edition: of a pipeline's folder, its latest may be what was meant. */
export function latestHint(folder: string): string {
  const latest = join(folder, "latest");
  return existsSync(join(latest, "manifest.json")) ? `; did you mean ${latest}?` : "";
}
