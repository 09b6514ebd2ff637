import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { tableFromIPC, tableToIPC } from "../cohort/ipc.ts";
import { type Answers, type Crossed, isTable } from "../engine/crossing.ts";
import { canonicalJson, sha256 } from "../publish/hash.ts";
import { parsedJson } from "../publish/parsed-json.ts";
import { UserError } from "../user-error.ts";

/*
 * A pack of patterns: what a pipeline needs in the place of a register, as a folder of Arrow tables and small JSON lists
 * with a manifest. Persons are never in it; cells of one person are, so it is for the evaluator only.
 */

const FORMAT = "duo-impact patterns 1";

const tableSchema = z.strictObject({
  table: z.string(),
  kind: z.enum(["arrow", "rows"]),
  /** Of the question that it answers: queries, settings, and the patterns that were matched. */
  key: z.string(),
  file: z.string().regex(/^tables\/[a-z_0-9.-]+$/),
  rows: z.int().min(0),
  sha256: z.string(),
  bytes: z.int().min(0),
});

const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  pipeline: z.string(),
  synthetic: z.boolean(),
  /** The employment service whose register was read. */
  register: z.string(),
  asOf: z.iso.date(),
  version: z.string(),
  /** Hash of the queries that made the tables. */
  queries: z.string(),
  protocolHash: z.string(),
  /** Of weights and balance, fixed before outcomes were read. */
  designHash: z.string(),
  /**
   * `alone`: all that evaluation reads, of one register. Of several registers, in this order: days of start, patterns, and
   * outcomes, each added up before the next.
   */
  round: z.enum(["alone", "days", "patterns", "outcomes"]),
  /** Services whose tables these are the sums of. */
  services: z.int().min(1),
  /** Rows of duos that were rejected when they were read: where attrition begins. */
  rejectedDuos: z.int().min(0),
  tables: z.array(tableSchema).min(1),
  /** What all services together were handed before: the sums of earlier rounds. */
  common: z.array(tableSchema),
});

type PackManifest = z.infer<typeof manifestSchema>;
/** What a pack of patterns was made of and for: who may add it to which others follows from it. */
export type PackFacts = Omit<PackManifest, "format" | "tables" | "common">;

/** A folder of `duo-impact patterns`, every file held against its hash; tables are read when they are asked for. */
export interface Pack {
  /** As it was given, for messages. */
  readonly folder: string;
  readonly manifest: PackManifest;
  readonly manifestBytes: Uint8Array;
  readonly protocol: unknown;
  readonly answers: Answers;
  /** The rows of a table, as they are kept. */
  readonly contentOf: (table: PackTable) => Crossed["content"];
}

/**
 * A table in the manifest of a pack: its file, kind, sha256 and number of rows, which it is held against when it is
 * read.
 */
export type PackTable = z.infer<typeof tableSchema>;

/** All files of a pack by path inside it, the manifest last. */
export function packFiles(
  facts: PackFacts,
  protocol: unknown,
  crossed: readonly Crossed[],
  common: readonly Crossed[] = [],
): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  const manifest: PackManifest = {
    format: FORMAT,
    ...facts,
    tables: listed(crossed, files),
    common: listed(common, files),
  };
  return files
    .set("protocol.json", `${JSON.stringify({ hash: facts.protocolHash, protocol }, null, 2)}\n`)
    .set("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
}

function listed(crossed: readonly Crossed[], files: Map<string, string | Uint8Array>): PackTable[] {
  const tables = new Map<string, PackTable>();
  for (const one of crossed) {
    if (tables.has(one.key)) continue;
    const { kind, bytes, rows } = bytesOf(one.content);
    const hash = sha256(bytes);
    const file = `tables/${one.table}-${hash.slice(0, 12)}.${kind === "arrow" ? "arrow" : "json"}`;
    files.set(file, bytes);
    tables.set(one.key, { table: one.table, kind, key: one.key, file, rows, sha256: hash, bytes: bytes.byteLength });
  }
  return [...tables.values()].sort((a, b) => (a.table + a.key < b.table + b.key ? -1 : 1));
}

function bytesOf(content: Crossed["content"]): { kind: "arrow" | "rows"; bytes: Uint8Array; rows: number } {
  if (isTable(content)) return { kind: "arrow", bytes: tableToIPC(content), rows: content.numRows };
  return { kind: "rows", bytes: Buffer.from(`${JSON.stringify(content)}\n`), rows: content.length };
}

/**
 * Reads a pack's manifest and protocol, and checks every file against its hash.
 * @param path the folder, as the file system knows it
 * @throws UserError naming each file that is missing or was changed
 */
export function readPack(path: string, folder = path): Pack {
  const manifestBytes = bytesAt(path, folder, "manifest.json");
  const manifest = manifestSchema.safeParse(parsedJson(manifestBytes));
  if (!manifest.success)
    throw new UserError([`${folder}/manifest.json: not the manifest of patterns that \`duo-impact patterns\` wrote`]);
  const protocol = protocolIn(path, folder, manifest.data.protocolHash);
  const problems = [...manifest.data.tables, ...manifest.data.common].flatMap(({ file, sha256: hash }) => {
    if (!existsSync(join(path, file))) return [`${folder}/${file}: missing; ask for the folder again`];
    const isSame = sha256(readFileSync(join(path, file))) === hash;
    return isSame ? [] : [`${folder}/${file}: was changed after it was made (its sha256 differs from the manifest)`];
  });
  if (problems.length > 0) throw new UserError(problems);
  const contentOf = contentIn(path);
  const answers = answersOf(folder, manifest.data, contentOf);
  return { folder, manifest: manifest.data, manifestBytes, protocol, answers, contentOf };
}

const contentIn =
  (path: string): Pack["contentOf"] =>
  ({ file, kind }) => {
    const bytes = readFileSync(join(path, file));
    return kind === "arrow" ? tableFromIPC(bytes) : z.array(z.record(z.string(), z.unknown())).parse(parsedJson(bytes));
  };

function protocolIn(path: string, folder: string, hash: string): unknown {
  const found = z.object({ protocol: z.unknown() }).safeParse(parsedJson(bytesAt(path, folder, "protocol.json")));
  const protocol = found.success ? found.data.protocol : undefined;
  if (protocol === undefined || sha256(canonicalJson(protocol)) !== hash)
    throw new UserError([`${folder}/protocol.json: is not the protocol whose hash the manifest gives`]);
  return protocol;
}

function answersOf(folder: string, { tables, version }: PackManifest, contentOf: Pack["contentOf"]): Answers {
  const byKey = new Map(tables.map((table) => [table.key, table]));
  return async (kind, table, key) => {
    const found = byKey.get(key);
    if (found === undefined || found.kind !== kind)
      throw new UserError([
        `${folder}: holds no ${table} for what is asked here; it was made by duo-impact ${version} for its own settings and matches: have it made again with this version`,
      ]);
    return contentOf(found);
  };
}

function bytesAt(path: string, folder: string, file: string): Uint8Array {
  if (!existsSync(join(path, file)))
    throw new UserError([`${folder}: no ${file} there; a folder of patterns is made by \`duo-impact patterns\``]);
  return readFileSync(join(path, file));
}
