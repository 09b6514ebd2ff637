import { existsSync } from "node:fs";
import { join } from "node:path";
import type { KeyOrigin } from "../ingest/pseudonym.ts";
import { packageRoot } from "../package-root.ts";
import { LANGUAGES } from "../protocol/protocol.ts";
import { UserError } from "../user-error.ts";

export interface RunOptions {
  readonly year?: number;
  readonly out: string;
  readonly region?: string;
  readonly language?: (typeof LANGUAGES)[number];
  /** Where the key of pseudonyms comes from. */
  readonly key?: KeyOrigin;
}

interface RawOptions {
  readonly year?: string;
  readonly out?: string;
  readonly region?: string;
  readonly lang?: string;
  readonly keyFile?: string;
}

/** Checks the options that `run` and `start` share, every problem at once. */
export function runOptions(raw: RawOptions, key?: KeyOrigin): RunOptions {
  const problems: string[] = [];
  const year = raw.year === undefined ? undefined : Number(raw.year);
  if (year !== undefined && !/^[0-9]{4}$/.test(raw.year ?? ""))
    problems.push(`--year: '${raw.year}' is not a year (expected e.g. 2016)`);
  const language = LANGUAGES.find((known) => known === raw.lang);
  if (raw.lang !== undefined && language === undefined)
    problems.push(`--lang: '${raw.lang}' is not a language of the reports (${LANGUAGES.join(", ")})`);
  if (problems.length > 0) throw new UserError(problems);
  return {
    out: raw.out ?? "out",
    ...(year === undefined ? {} : { year }),
    ...(raw.region === undefined ? {} : { region: raw.region }),
    ...(language === undefined ? {} : { language }),
    ...(raw.keyFile !== undefined ? { key: { file: raw.keyFile } } : key === undefined ? {} : { key }),
  };
}

/** The pipelines that come with the program, main job first. */
export function samplePipelines(): readonly string[] {
  const folder = join(packageRoot(), "pipelines");
  return ["sib-evaluation", "annual-report", "actiris-metrics"]
    .map((name) => join(folder, `${name}.yaml`))
    .filter((file) => existsSync(file));
}
