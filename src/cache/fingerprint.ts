import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import { sha256 } from "../publish/hash.ts";

/** Hashes by the name of what was hashed. */
export type Fingerprints = Readonly<Record<string, string>>;

/** An input file as `plan` shows it; `lines` are line ends, whatever the format. */
export interface FileFingerprint {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly lines: number;
}

/** Reads a file once, in parts. */
export async function fingerprint(file: string, absolute: string): Promise<FileFingerprint> {
  const hash = createHash("sha256");
  let [bytes, lines] = [0, 0];
  for await (const chunk of createReadStream(absolute, { highWaterMark: 1 << 20 })) {
    if (!Buffer.isBuffer(chunk)) continue;
    hash.update(chunk);
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  return { file, sha256: hash.digest("hex"), bytes, lines };
}

/** Every query under folders of `queries/`, by its path. */
export function queryFingerprints(folders: readonly string[]): Fingerprints {
  return Object.fromEntries(
    filesIn(
      folders.map((folder) => join("queries", folder)),
      ".sql",
    ),
  );
}

/** One hash over the program's own files: another build may compute something else from the same inputs. */
export function programFingerprint(): string {
  const own = [
    ...filesIn(["dist/src", "dist/reports", "dist/chunks"], ".js"),
    ...filesIn(["reports", "src/document"], ".yaml"),
    ...filesIn(["src/document"], ".typ"),
    ...filesIn(["node_modules/.package-lock.json"].filter((file) => existsSync(join(packageRoot(), file)))),
  ];
  return sha256(JSON.stringify([process.version, own]));
}

function filesIn(paths: readonly string[], ending = ""): readonly (readonly [string, string])[] {
  return paths.flatMap((path) => under(path, ending)).map((path) => [path, hashOf(path)]);
}

const hashOf = (path: string): string => sha256(readFileSync(join(packageRoot(), path)));

function under(path: string, ending: string): readonly string[] {
  const absolute = join(packageRoot(), path);
  if (!existsSync(absolute)) return [];
  if (path.endsWith(".json")) return [path];
  return readdirSync(absolute, { withFileTypes: true })
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return under(inner, ending);
      return entry.name.endsWith(ending) ? [inner] : [];
    })
    .sort();
}
