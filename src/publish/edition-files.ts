import type { Released } from "../disclose/finding.ts";
import type { EditionFiles } from "./edition.ts";
import { type InputFile, type Manifest, manifestJson, outputsOf } from "./manifest.ts";
import { metricsCsv, metricsJson } from "./metrics.ts";

export interface EditionFacts {
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
}

/**
 * All files of an edition, the manifest last, which lists the others by sha256.
 * @param rendered reports, charts and the index by path inside the edition
 */
export function editionFiles(
  facts: EditionFacts,
  rendered: ReadonlyMap<string, string | Uint8Array>,
  inputs: readonly InputFile[],
  protocol: unknown,
): { readonly files: EditionFiles; readonly manifest: Manifest } {
  const files = new Map<string, string | Uint8Array>([
    ...rendered,
    ["metrics/metrics.csv", metricsCsv(facts.released)],
    ["metrics/metrics.json", metricsJson(facts.released)],
    [
      "replication/protocol.json",
      `${JSON.stringify({ hash: facts.protocolHash, standing: facts.standing, protocol }, null, 2)}\n`,
    ],
  ]);
  const manifest: Manifest = {
    pipeline: facts.pipeline.pipeline,
    runId: facts.runId,
    version: facts.version,
    synthetic: facts.pipeline.synthetic,
    asOf: facts.pipeline.evaluation.register.extraction,
    protocolHash: facts.protocolHash,
    designHash: facts.designHash,
    protocolStanding: facts.standing,
    protocol,
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
    rows: { released: facts.released.length },
    outputs: outputsOf(files),
  };
  return { files: files.set("manifest.json", manifestJson(manifest)), manifest };
}
