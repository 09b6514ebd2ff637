import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { compareEditions, isEdition } from "../publish/edition-names.ts";
import { sha256 } from "../publish/hash.ts";
import type { Manifest } from "../publish/manifest.ts";
import { readRuns } from "../publish/runs.ts";
import { parsed, SIGNATURE_FILE } from "../publish/signature.ts";

/** An edition as it stands in its folder. */
export interface ListedEdition {
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

/** Editions of every pipeline in a folder, or of one, oldest first. */
export function listEditions(out: string, pipeline?: string): readonly ListedEdition[] {
  const names = pipeline === undefined ? pipelinesIn(out) : [pipeline];
  return names.flatMap((name) => editionsIn(join(out, name), name));
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
      const { manifest, text } = manifestOf(join(folder, edition));
      return {
        pipeline,
        edition,
        isLatest: edition === latest,
        runId: manifest?.runId ?? null,
        version: manifest?.version ?? null,
        protocolHash: manifest?.protocolHash ?? null,
        asOf: manifest?.asOf ?? null,
        publishedAt: published.get(edition) ?? null,
        signedBy: parsed(textIn(join(folder, edition, SIGNATURE_FILE)))?.fingerprint ?? null,
        figures: manifest?.rows.released ?? null,
        bytes: (manifest?.outputs ?? []).reduce((sum, { bytes }) => sum + bytes, text.length),
        damaged: manifest === undefined ? ["manifest.json"] : damagedIn(join(folder, edition), manifest),
      };
    });
}

/** The edition that `latest` points at. */
export function latestOf(folder: string): string | undefined {
  try {
    return readlinkSync(join(folder, "latest"));
  } catch {
    return undefined;
  }
}

/** The end of the run that first published each edition. */
export function publishedAt(folder: string): ReadonlyMap<string, string> {
  const times = new Map<string, string>();
  for (const found of readRuns(folder))
    if ("record" in found && found.record.outcome === "published" && found.record.edition !== null)
      times.set(found.record.edition, found.record.endedAt);
  return times;
}

function manifestOf(folder: string): { readonly manifest: Manifest | undefined; readonly text: string } {
  const text = textIn(join(folder, "manifest.json"));
  try {
    return { manifest: JSON.parse(text) as Manifest, text };
  } catch {
    return { manifest: undefined, text };
  }
}

const textIn = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");

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
