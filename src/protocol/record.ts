import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { canonicalJson, sha256 } from "../publish/hash.ts";
import { makeFolder } from "../publish/make-folder.ts";
import { parsedJson } from "../publish/parsed-json.ts";
import { bytesIfThere } from "../publish/read-if-there.ts";
import { UserError } from "../user-error.ts";
import { protocolChanges, type SettingChange } from "./changes.ts";
import type { ContractFile } from "./contract.ts";
import type { Pipeline } from "./protocol.ts";

/** What an evaluation promises: all that its numbers follow from, beside the data. */
export interface Protocol {
  readonly evaluation: Pipeline["evaluation"];
  readonly region: string;
  readonly disclosure: Pipeline["disclosure"];
  readonly contract?: ContractFile["contract"];
}

/** How a protocol stands to what was promised and to what was computed before. */
export interface ProtocolStanding {
  /** ISO date on which it was frozen, before results were computed. */
  readonly frozenOn?: string;
  /** What was changed since results were first computed, or else since it was frozen. */
  readonly change?: { readonly after: "results" | "frozen"; readonly settings: readonly SettingChange[] };
}

interface ProtocolRecord {
  readonly hash: string;
  readonly protocol: unknown;
}

/** A protocol that was frozen on a day. */
interface FrozenProtocol extends ProtocolRecord {
  readonly frozenOn: string;
}

/** What a pipeline promises: evaluation, region and disclosure, with the contract's terms where one is named. */
export function protocolOf(pipeline: Pipeline, contract: ContractFile | undefined): Protocol {
  const { evaluation, region, disclosure } = pipeline;
  return { evaluation, region, disclosure, ...(contract === undefined ? {} : { contract: contract.contract }) };
}

/** SHA-256, in hex, of the protocol as canonical JSON: keys in order, so that a YAML's own order doesn't count. */
export const protocolHash = (protocol: Protocol): string => sha256(canonicalJson(protocol));

/** The protocol frozen before results: `pipelines/NAME.frozen.json`, beside the pipeline's file, to be kept with it. */
export const frozenFile = (pipelineFile: string): string => pipelineFile.replace(/\.ya?ml$/, ".frozen.json");

/** The protocol under which results were first computed: `out/NAME/protocol.json`. */
export const firstFile = (out: string): string => join(out, "protocol.json");

const recordSchema = z.object({ hash: z.string(), protocol: z.unknown(), frozenOn: z.iso.date().optional() });

/** The record in a file, or undefined where there is none. @throws UserError where it isn't what was written */
export function readRecord(file: string): (ProtocolRecord & { readonly frozenOn?: string | undefined }) | undefined {
  const text = bytesIfThere(file)?.toString("utf8");
  if (text === undefined) return undefined;
  const found = recordSchema.safeParse(parsedJson(text));
  if (!found.success || sha256(canonicalJson(found.data.protocol)) !== found.data.hash)
    throw new UserError([
      `${file}: not the record of a protocol as it was written; restore it from a copy (without it, nobody can say what was changed)`,
    ]);
  return found.data;
}

/** Writes the record in one step: whoever reads it sees the old one or the new. */
export function writeRecord(file: string, record: ProtocolRecord | FrozenProtocol): void {
  makeFolder(dirname(file));
  writeFileAtomic.sync(file, `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * How a protocol stands; reads both records, writes nothing.
 * @param protocol with all years of the settings: reporting fewer of them changes nothing
 */
export function protocolStanding(protocol: Protocol, pipelineFile: string, out: string): ProtocolStanding {
  const frozen = readRecord(frozenFile(pipelineFile));
  const first = readRecord(firstFile(out));
  const frozenOn = frozen?.frozenOn === undefined ? {} : { frozenOn: frozen.frozenOn };
  const sinceResults = first === undefined ? [] : protocolChanges(first.protocol, plain(protocol));
  if (sinceResults.length > 0) return { ...frozenOn, change: { after: "results", settings: sinceResults } };
  const sinceFrozen = frozen === undefined ? [] : protocolChanges(frozen.protocol, plain(protocol));
  if (sinceFrozen.length > 0) return { ...frozenOn, change: { after: "frozen", settings: sinceFrozen } };
  return frozenOn;
}

/** Records the protocol as the one under which results are first computed, unless another one was before. */
export function recordFirst(protocol: Protocol, out: string): void {
  const file = firstFile(out);
  if (bytesIfThere(file) !== undefined) return;
  writeRecord(file, { hash: protocolHash(protocol), protocol: plain(protocol) });
}

/** As it is read back from a file. */
const plain = (protocol: Protocol): unknown => JSON.parse(JSON.stringify(protocol));
