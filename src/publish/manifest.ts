import { join } from "node:path";
import type { EditionFiles } from "./edition.ts";
import { canonicalJson, sha256 } from "./hash.ts";
import { parsedJson } from "./parsed-json.ts";
import { bytesIfThere } from "./read-if-there.ts";

/**
 * A source file as it was read for one staged table: `file` relative to the project folder, hash of its bytes, rows
 * with received = accepted + rejected.
 */
export interface InputFile {
  readonly source: string;
  readonly table: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  /** What was recognised of the file: format, encoding, separator, sheet; `(guessed)` where nothing proves it. */
  readonly recognised: Readonly<Record<string, string>>;
}

/** What went into an edition and what came out; no clock time, so that the same inputs give the same bytes. */
export interface Manifest {
  readonly pipeline: string;
  readonly runId: string;
  readonly version: string;
  readonly synthetic: boolean;
  readonly asOf: string;
  readonly protocolHash: string;
  /** Hash of weights and balance, taken before any outcome was read. */
  readonly designHash: string;
  /** The day on which the protocol was frozen, and what was changed after results were first computed. */
  readonly protocolStanding: {
    readonly frozenOn?: string;
    readonly change?: {
      readonly after: "results" | "frozen";
      readonly settings: ReadonlyArray<{ readonly setting: string; readonly before: string; readonly after: string }>;
    };
  };
  /** What the edition changes of the one before of the same year, counted; where that is declared. */
  readonly corrections?: {
    readonly against: string;
    /** Lists every change. */
    readonly file: string;
    readonly changed: number;
    readonly appeared: number;
    readonly vanished: number;
    readonly shown: number;
    readonly hidden: number;
    /** Input files and settings that differ, and whether the program's version does. */
    readonly data: readonly string[];
    readonly protocol: readonly string[];
    readonly version: boolean;
  };
  readonly protocol: unknown;
  readonly inputs: readonly InputFile[];
  readonly rows: Readonly<Record<string, number>>;
  readonly outputs: ReadonlyArray<{ readonly file: string; readonly sha256: string; readonly bytes: number }>;
}

/** The manifest in a folder; undefined where there is none, or it is damaged. */
export function manifestIn(folder: string): Manifest | undefined {
  const found = parsedJson(bytesIfThere(join(folder, "manifest.json"))) as Partial<Manifest> | null | undefined;
  const isWhole = Array.isArray(found?.outputs) && typeof found.rows === "object" && found.rows !== null;
  return isWhole ? (found as Manifest) : undefined;
}

/** First 12 hexadecimal digits of sha256 over inputs, protocol, version and the earlier editions used. */
export function runIdOf(parts: {
  inputs: readonly InputFile[];
  protocol: unknown;
  version: string;
  earlierEditions: readonly string[];
}): string {
  const inputs = parts.inputs.map(({ source, table, file, sha256: hash }) => ({ source, table, file, hash }));
  return sha256(canonicalJson({ ...parts, inputs })).slice(0, 12);
}

/** Every file of an edition with its hash and size in bytes, sorted by name. */
export function outputsOf(files: EditionFiles): Manifest["outputs"] {
  return [...files]
    .map(([file, content]) => {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      return { file, sha256: sha256(bytes), bytes: bytes.byteLength };
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The manifest as it stands in `manifest.json`. */
export const manifestJson = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;
