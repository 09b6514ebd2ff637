import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { latestOf } from "../publish/edition.ts";
import { compareEditions, isEdition } from "../publish/edition-names.ts";
import { sha256 } from "../publish/hash.ts";
import { type Manifest, manifestIn } from "../publish/manifest.ts";
import { bytesIfThere } from "../publish/read-if-there.ts";
import { readRuns } from "../publish/runs.ts";
import { parsed, SIGNATURE_FILE } from "../publish/signature.ts";
import { UserError } from "../user-error.ts";

/** An edition as it stands in its folder. */
interface ListedEdition {
  readonly pipeline: string;
  readonly edition: string;
  readonly isLatest: boolean;
  readonly runId: string | null;
  readonly version: string | null;
  readonly protocolHash: string | null;
  readonly asOf: string | null;
  /** When it was published, where the record of its run is kept. */
  readonly publishedAt: string | null;
  /** Fingerprint of the key; null where nobody signed. */
  readonly signedBy: string | null;
  readonly figures: number | null;
  readonly bytes: number;
  /** What isn't as the manifest says, by file; empty where all is. */
  readonly damaged: readonly string[];
}

/**
 * Editions of every pipeline in a folder, or of one, oldest first.
 * @throws UserError where the pipeline named has none there, with the names of those that have
 */
export function listEditions(out: string, pipeline?: string): readonly ListedEdition[] {
  const names = pipelinesIn(out);
  if (pipeline !== undefined && !names.includes(pipeline))
    throw new UserError([
      `${join(out, pipeline)}: no edition stands there${names.length === 0 ? "" : ` (there are of ${names.join(", ")})`}`,
    ]);
  return names
    .filter((name) => pipeline === undefined || name === pipeline)
    .flatMap((name) => editionsIn(join(out, name), name));
}

function pipelinesIn(out: string): readonly string[] {
  if (!existsSync(out)) return [];
  const folders = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .filter((name) => readdirSync(join(out, name)).some(isEdition))
    .sort();
}

function editionsIn(folder: string, pipeline: string): readonly ListedEdition[] {
  if (!existsSync(folder)) return [];
  const latest = latestOf(folder);
  const published = publishedAt(folder);
  return readdirSync(folder)
    .filter(isEdition)
    .sort(compareEditions)
    .map((edition) => {
      const manifest = manifestIn(join(folder, edition));
      const own = bytesIfThere(join(folder, edition, "manifest.json"))?.byteLength ?? 0;
      return {
        pipeline,
        edition,
        isLatest: edition === latest,
        runId: manifest?.runId ?? null,
        version: manifest?.version ?? null,
        protocolHash: manifest?.protocolHash ?? null,
        asOf: manifest?.asOf ?? null,
        publishedAt: published.get(edition) ?? null,
        signedBy:
          parsed(bytesIfThere(join(folder, edition, SIGNATURE_FILE))?.toString("utf8") ?? "")?.fingerprint ?? null,
        figures: manifest?.rows.released ?? null,
        bytes: (manifest?.outputs ?? []).reduce((sum, { bytes }) => sum + bytes, own),
        damaged: manifest === undefined ? ["manifest.json"] : damagedIn(join(folder, edition), manifest),
      };
    });
}

/** The end of the run that first published each edition. */
export function publishedAt(folder: string): ReadonlyMap<string, string> {
  const times = new Map<string, string>();
  for (const found of readRuns(folder))
    if ("record" in found && found.record.outcome === "published" && found.record.edition !== null)
      times.set(found.record.edition, found.record.endedAt);
  return times;
}

function damagedIn(folder: string, { outputs }: Manifest): readonly string[] {
  return outputs.flatMap(({ file, sha256: hash }) => {
    const path = join(folder, file);
    return existsSync(path) && sha256(readFileSync(path)) === hash ? [] : [file];
  });
}

/** The list for the terminal. */
export function listText(editions: readonly ListedEdition[]): string {
  if (editions.length === 0) return "no editions\n";
  const header = ["pipeline", "edition", "published", "run", "protocol", "version", "figures", "signed by", ""];
  const rows = editions.map((one) => [
    one.pipeline,
    one.edition,
    one.publishedAt?.slice(0, 10) ?? "unknown",
    one.runId ?? "?",
    one.protocolHash?.slice(0, 12) ?? "?",
    one.version ?? "?",
    one.figures === null ? "?" : String(one.figures),
    one.signedBy?.slice(0, 19) ?? "nobody",
    [
      ...(one.isLatest ? ["latest"] : []),
      ...(one.damaged.length > 0 ? [`damaged: ${one.damaged.join(", ")}`] : []),
    ].join("; "),
  ]);
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [header, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
