import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { latestHint } from "../publish/edition-names.ts";
import type { Manifest } from "../publish/manifest.ts";
import { parsedJson } from "../publish/parsed-json.ts";
import { UserError } from "../user-error.ts";
import { type MetricRow, metricRows } from "./metric-rows.ts";

/** What can be verified by itself: a whole edition, or a pack whose manifest says in `pack` what it is. */
type PackKind = "edition" | "replication" | "evaluator";

/** What every pack's manifest says; an edition's says more. */
type PackManifest = Pick<Manifest, "pipeline" | "runId" | "version" | "protocolHash" | "outputs"> &
  Partial<Omit<Manifest, "pipeline" | "runId" | "version" | "protocolHash" | "outputs">> & { readonly pack?: PackKind };

/** A folder as it is handed over: its manifest and every file in it, nothing believed. */
export interface Pack {
  readonly folder: string;
  readonly kind: PackKind;
  readonly manifest: PackManifest;
  /** By path inside the folder, `/` between folders. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Links and other things that are no files. */
  readonly strange: readonly string[];
  /** Released values with their file and line; empty where the pack has none. */
  readonly rows: readonly MetricRow[];
}

/** Where the released values stand, by kind of pack. */
const METRICS: Readonly<Record<PackKind, string>> = {
  edition: "metrics/metrics.csv",
  replication: "metrics.csv",
  evaluator: "metrics.csv",
};

/**
 * Reads an edition or a pack.
 * @throws UserError where the folder holds no manifest, or one that can't be read
 */
export function readPack(given: string): Pack {
  const inside = join(given, "evaluator");
  // an edition's restricted folder holds the evaluator's pack beside what others are sent
  const isAround = !existsSync(join(given, "manifest.json")) && existsSync(join(inside, "manifest.json"));
  const folder = isAround ? inside : given;
  const file = join(folder, "manifest.json");
  if (!existsSync(file))
    throw new UserError(`${folder} is neither an edition nor a pack: ${file} does not exist${latestHint(folder)}`);
  const manifest = manifestOf(file);
  const kind = manifest.pack ?? "edition";
  const { files, strange } = everythingIn(folder);
  const metrics = files.get(METRICS[kind]);
  return { folder, kind, manifest, files, strange, rows: metricRows(METRICS[kind], metrics?.toString("utf8") ?? "") };
}

/** JSON of a file of the pack; undefined where it isn't there or isn't JSON. */
export const jsonIn = (pack: Pack, file: string): unknown => parsedJson(pack.files.get(file));

function manifestOf(file: string): PackManifest {
  const manifest = parsedJson(readFileSync(file));
  if (manifest === undefined) throw new UserError(`${file} is no JSON: it was damaged or changed`);
  if (typeof manifest === "object" && manifest !== null && "tables" in manifest)
    throw new UserError(
      `${file} is that of handed over patterns, which no command but a run reads: one that names the folder under \`patterns\` holds every file against its hash`,
    );
  if (!isManifest(manifest)) throw new UserError(`${file} is no manifest of duo-impact: it lists no \`outputs\``);
  return manifest;
}

const KINDS: readonly unknown[] = ["edition", "replication", "evaluator", undefined];

function isManifest(value: unknown): value is PackManifest {
  if (typeof value !== "object" || value === null || !("outputs" in value) || !Array.isArray(value.outputs))
    return false;
  const isListed = value.outputs.every(
    (output: unknown) => typeof output === "object" && output !== null && "file" in output && "sha256" in output,
  );
  return isListed && KINDS.includes("pack" in value ? value.pack : undefined);
}

function everythingIn(folder: string): Pick<Pack, "files" | "strange"> {
  const files = new Map<string, Buffer>();
  const strange: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join("/");
    if (entry.isFile()) files.set(name, readFileSync(path));
    else strange.push(name);
  }
  return { files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))), strange: strange.sort() };
}
