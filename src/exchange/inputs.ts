import { sha256 } from "../publish/hash.ts";
import type { InputFile } from "../publish/manifest.ts";
import type { Pack } from "./pack.ts";

/**
 * The manifest of patterns as one of a run's input files: it names every other file by its hash.
 * @param source the register that they stand in for, by its name in the protocol
 */
export function patternInput({ folder, manifest, manifestBytes }: Pack, source: string): InputFile {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    source,
    table: "patterns",
    file: `${folder}/manifest.json`,
    sha256: sha256(manifestBytes),
    bytes: manifestBytes.byteLength,
    received: rows,
    accepted: rows,
    rejected: 0,
    recognised: { format: manifest.format, register: manifest.register, version: manifest.version },
  };
}
