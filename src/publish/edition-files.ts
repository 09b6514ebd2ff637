import type { KeyObject } from "node:crypto";
import type { Released } from "../disclose/finding.ts";
import { type EditionFiles, under } from "./edition.ts";
import { type InputFile, type Manifest, manifestJson, outputsOf } from "./manifest.ts";
import { SIGNATURE_FILE, signatureJson } from "./signature.ts";

interface EditionFacts {
  readonly pipeline: {
    readonly pipeline: string;
    readonly synthetic: boolean;
    readonly evaluation: { readonly register: { readonly extraction: string } };
  };
  readonly released: readonly Released[];
  readonly runId: string;
  readonly protocolHash: string;
  readonly designHash: string;
  /** When the protocol was frozen, and what was changed since. */
  readonly standing: Manifest["protocolStanding"];
  readonly version: string;
  /** What the manifest says of corrections, and the file that lists them. */
  readonly corrected?: { readonly note: NonNullable<Manifest["corrections"]>; readonly csv: string };
}

/**
 * All files of an edition: reports and metrics, the replication pack, the manifest, which lists the others by sha256, and
 * its signature.
 * @param made reports, charts, the index and the metrics files by path inside the edition
 */
export function editionFiles(
  facts: EditionFacts,
  made: EditionFiles,
  inputs: readonly InputFile[],
  protocol: unknown,
  signing?: KeyObject,
): { readonly files: EditionFiles; readonly manifest: Manifest } {
  const origin = originOf(facts, inputs);
  const files = new Map<string, string | Uint8Array>(made);
  for (const [path, content] of replicationPack(facts, origin, fileOf(made, "metrics/metrics.csv"), protocol))
    files.set(`replication/${path}`, content);
  const { corrected } = facts;
  if (corrected !== undefined) files.set(corrected.note.file, corrected.csv);
  const { inputs: read, ...rest } = origin;
  const manifest: Manifest = {
    ...rest,
    ...(corrected === undefined ? {} : { corrections: corrected.note }),
    protocol,
    inputs: read,
    rows: { released: facts.released.length },
    outputs: outputsOf(files),
  };
  const text = manifestJson(manifest);
  files.set("manifest.json", text).set(SIGNATURE_FILE, signatureJson(text, signing));
  const pack = String(fileOf(files, "replication/manifest.json"));
  return { files: files.set(`replication/${SIGNATURE_FILE}`, signatureJson(pack, signing)), manifest };
}

/** What an edition and its replication pack are made from. */
function originOf(facts: EditionFacts, inputs: readonly InputFile[]): Omit<Manifest, "protocol" | "rows" | "outputs"> {
  return {
    pipeline: facts.pipeline.pipeline,
    runId: facts.runId,
    version: facts.version,
    synthetic: facts.pipeline.synthetic,
    asOf: facts.pipeline.evaluation.register.extraction,
    protocolHash: facts.protocolHash,
    designHash: facts.designHash,
    protocolStanding: facts.standing,
    inputs: inputs.map(({ source, table, file, sha256, bytes, received, accepted, rejected, recognised }) => ({
      source,
      table,
      file,
      sha256,
      bytes,
      received,
      accepted,
      rejected,
      recognised,
    })),
  };
}

/** What an evaluator verifies on a machine of their own: protocol with the contract, released values, their manifest. */
function replicationPack(
  facts: EditionFacts,
  origin: ReturnType<typeof originOf>,
  metrics: string | Uint8Array,
  protocol: unknown,
): EditionFiles {
  const { protocolHash: hash, standing } = facts;
  const files = new Map<string, string | Uint8Array>([
    ["metrics.csv", metrics],
    ["protocol.json", `${JSON.stringify({ hash, standing, protocol }, null, 2)}\n`],
  ]);
  const manifest = { pack: "replication", ...origin, outputs: outputsOf(files) };
  return files.set("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * What an evaluator recomputes everything from: the replication pack with the aggregated tables beside it, in a manifest of
 * its own. With cells of one person: restricted.
 * @param edition all files of the edition
 * @param patterns the tables with their manifest, by path
 */
export function evaluatorPack(
  {
    manifest: { protocol: _, rows: __, outputs: ___, ...origin },
    signing,
  }: { manifest: Manifest; signing?: KeyObject | undefined },
  edition: EditionFiles,
  patterns: EditionFiles,
): EditionFiles {
  const files = new Map<string, string | Uint8Array>(under("patterns", patterns));
  for (const name of ["metrics.csv", "protocol.json"]) files.set(name, fileOf(edition, `replication/${name}`));
  const manifest = { pack: "evaluator", ...origin, outputs: outputsOf(files) };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  return files.set("manifest.json", text).set(SIGNATURE_FILE, signatureJson(text, signing));
}

function fileOf(files: EditionFiles, path: string): string | Uint8Array {
  const content = files.get(path);
  if (content === undefined) throw new Error(`the edition lacks ${path}`);
  return content;
}
