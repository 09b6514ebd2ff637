import { existsSync } from "node:fs";
import { join } from "node:path";
import { CACHE_LIMIT } from "../cache/store.ts";
import type { KeyOrigin } from "../ingest/identity/pseudonym.ts";
import { packageRoot } from "../package-root.ts";
import { LANGUAGES } from "../protocol/protocol.ts";
import { UserError } from "../user-error.ts";
import type { Keys } from "./run.ts";

/** Options of `run`, checked, with defaults filled in: an absent one leaves it to the pipeline's settings. */
export interface RunOptions {
  readonly year?: number;
  readonly out: string;
  readonly region?: string;
  readonly language?: (typeof LANGUAGES)[number];
  /** Charts as PNG too, whatever the settings say. */
  readonly png?: boolean;
  /** Where the key of pseudonyms comes from. */
  readonly key?: KeyOrigin;
  /** The key that signs editions: a PEM, or the path of a file that holds it. */
  readonly signing?: string;
  /** Folder where values of steps are kept. */
  readonly cache: string;
  /** Bytes that it may hold. */
  readonly cacheLimit: number;
  /** Computes every step. */
  readonly force: boolean;
  /** Computes this step and all after it. */
  readonly from?: string;
  /** Share of the machine's memory and processors that the engine may have in a run that has others beside it. */
  readonly engineShare?: number;
  /** The hour that a schedule planned it for. */
  readonly scheduledFor?: string;
}

/** Options of what is computed and where it goes, as typed. */
export interface RawOptions {
  readonly year?: string;
  readonly out?: string;
  readonly region?: string;
  readonly lang?: string;
  readonly png?: boolean;
  readonly keyFile?: string;
  readonly cache?: string;
  readonly cacheLimit?: string;
  readonly force?: boolean;
  readonly from?: string;
}

/** Checks the options that `run` and `start` share, every problem at once. */
export function runOptions(raw: RawOptions, keys?: Keys): RunOptions {
  const { signing, ...key } = keys ?? {};
  const problems: string[] = [];
  const year = raw.year === undefined ? undefined : Number(raw.year);
  if (year !== undefined && !/^[0-9]{4}$/.test(raw.year ?? ""))
    problems.push(`--year: '${raw.year}' is not a year (expected e.g. 2016)`);
  const language = LANGUAGES.find((known) => known === raw.lang);
  if (raw.lang !== undefined && language === undefined)
    problems.push(`--lang: '${raw.lang}' is not a language of the reports (${LANGUAGES.join(", ")})`);
  const cacheLimit = raw.cacheLimit === undefined ? CACHE_LIMIT : bytesOf(raw.cacheLimit);
  if (cacheLimit === undefined)
    problems.push(`--cache-limit: '${raw.cacheLimit}' is not a size (expected e.g. 500MB or 5GB)`);
  if (problems.length > 0 || cacheLimit === undefined) throw new UserError(problems);
  const out = raw.out ?? "out";
  return {
    out,
    cache: raw.cache ?? join(out, ".cache"),
    cacheLimit,
    force: raw.force === true,
    ...(raw.from === undefined ? {} : { from: raw.from }),
    ...(year === undefined ? {} : { year }),
    ...(raw.region === undefined ? {} : { region: raw.region }),
    ...(language === undefined ? {} : { language }),
    ...(raw.png === true ? { png: true } : {}),
    ...(raw.keyFile !== undefined ? { key: { file: raw.keyFile } } : keys === undefined ? {} : { key }),
    ...(signing === undefined ? {} : { signing }),
  };
}

const UNITS: Readonly<Record<string, number>> = { KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** Bytes of a size such as 500MB; undefined where it is none. */
export function bytesOf(size: string): number | undefined {
  const [, figure, unit = ""] = /^([0-9]+(?:\.[0-9]+)?) ?([KMG]B)$/i.exec(size) ?? [];
  const times = UNITS[unit.toUpperCase()];
  return figure === undefined || times === undefined ? undefined : Math.round(Number(figure) * times);
}

/** The pipelines that come with the program, main job first. */
export function samplePipelines(): readonly string[] {
  const folder = join(packageRoot(), "pipelines");
  return ["sib-evaluation", "annual-report", "actiris-metrics"]
    .map((name) => join(folder, `${name}.yaml`))
    .filter((file) => existsSync(file));
}
