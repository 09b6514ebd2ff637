import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { extname, join } from "node:path";
import { latestOf } from "./edition.ts";
import { compareEditions, isEdition } from "./edition-names.ts";
import { type Manifest, manifestIn } from "./manifest.ts";
import { UNLISTED } from "./signature.ts";

/** An edition that stands under a folder of outputs, `latest` being the one that its pipeline points to. */
export interface ServedEdition {
  readonly pipeline: string;
  readonly name: string;
  readonly isLatest: boolean;
  readonly asOf: string;
  readonly runId: string;
  readonly synthetic: boolean;
}

interface Asked {
  readonly method: string;
  /** As the request line has it, percent-encoded. */
  readonly url: string;
  /** The Host header. */
  readonly host: string | undefined;
}

/**
 * What goes back over HTTP: 200, 308 to an edition's own address, else a refusal in plain words; no file outside
 * published editions.
 */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Types by extension; what isn't here is never served. */
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".pdf": "application/pdf",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".csv": "text/csv; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".parquet": "application/vnd.apache.parquet",
  ".arrow": "application/vnd.apache.arrow.file",
  ".png": "image/png",
  ".sig": "text/plain; charset=utf-8",
};

/** A page's own policy stands in it; this adds what a page can't say of itself. */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "Cache-Control": "no-cache",
} as const;

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * The answer to a request: the list of editions at `/`, and the files of editions as their manifests list them. What no
 * manifest lists (restricted tables, the cache, records of runs, anything beside the folder) is never read. Requests under
 * another name than this machine's own are refused, so that no page elsewhere can read through it.
 * @param out folder that holds one folder a pipeline
 * @param only the one pipeline that is served, where one was asked for
 */
export function answer(
  out: string,
  { method, url, host }: Asked,
  list: (editions: readonly ServedEdition[]) => string,
  only?: string,
): Answer {
  if (!LOOPBACK.test(host ?? "")) return words(403, "this server answers this machine only");
  if (method !== "GET" && method !== "HEAD") return words(405, "only GET and HEAD");
  const path = decoded(url);
  if (path === undefined) return words(400, "not an address");
  if (path === "") return found(".html", list(servedEditions(out, only)));
  const [pipeline = "", edition = "", ...file] = path.split("/");
  const name = servedNames(out, pipeline, only).find(
    (own) => own === edition || (edition === "latest" && own === latestIn(out, pipeline)),
  );
  if (name === undefined) return words(404, "no such edition");
  if (file.length === 0)
    return { status: 308, headers: { ...HEADERS, Location: `/${pipeline}/${edition}/` }, body: "" };
  const inside = file.join("/") === "" ? "index.html" : file.join("/");
  const content = fileOf(join(out, pipeline, name), inside);
  return content === undefined ? words(404, "the edition has no such file") : found(extname(inside), content);
}

/** Every edition under a folder, newest first in each pipeline. */
export function servedEditions(out: string, only?: string): readonly ServedEdition[] {
  if (!existsSync(out)) return [];
  return readdirSync(out)
    .filter((pipeline) => !pipeline.startsWith("."))
    .sort()
    .flatMap((pipeline) => {
      const latest = latestIn(out, pipeline);
      return servedNames(out, pipeline, only).flatMap((name) => {
        const manifest = manifestOf(join(out, pipeline, name));
        if (manifest === undefined) return [];
        const { asOf, runId, synthetic } = manifest;
        return [{ pipeline, name, isLatest: name === latest, asOf, runId, synthetic }];
      });
    });
}

const NAME = /^[\w-]+(?:\.[\w-]+)*$/;

function servedNames(out: string, pipeline: string, only: string | undefined): readonly string[] {
  if (!NAME.test(pipeline) || (only !== undefined && pipeline !== only)) return [];
  const folder = join(out, pipeline);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter(isEdition).sort(compareEditions).toReversed();
}

/** Gone, cut off or closed meanwhile: nothing of it is served. */
function ifReadable<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const latestIn = (out: string, pipeline: string): string | undefined => ifReadable(() => latestOf(join(out, pipeline)));

const manifestOf = (edition: string): Manifest | undefined => ifReadable(() => manifestIn(edition));

/** A file that the manifest lists and that lies in the edition, not behind a link out of it. */
function fileOf(edition: string, file: string): Uint8Array | undefined {
  const isListed = UNLISTED.has(file) || manifestOf(edition)?.outputs.some((output) => output.file === file) === true;
  const path = join(edition, file);
  if (!file.split("/").every((part) => NAME.test(part))) return undefined;
  if (!isListed || TYPES[extname(file)] === undefined || !existsSync(path)) return undefined;
  if (realpathSync(path) !== join(realpathSync(edition), file)) return undefined;
  return new Uint8Array(readFileSync(path));
}

/** The path without query and leading slash; undefined where it can't be decoded. */
function decoded(url: string): string | undefined {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/s, "")).replace(/^\//, "");
  } catch {
    return undefined;
  }
}

const found = (extension: string, body: string | Uint8Array): Answer => ({
  status: 200,
  headers: { ...HEADERS, "Content-Type": TYPES[extension] ?? "application/octet-stream" },
  body,
});

const words = (status: number, body: string): Answer => ({
  status,
  headers: { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" },
  body: `${body}\n`,
});
