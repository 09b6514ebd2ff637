import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { EarlierValue } from "../disclose/earlier.ts";
import type { Released } from "../disclose/finding.ts";
import { roundingBase } from "../disclose/primary.ts";
import { UserError } from "../user-error.ts";
import { compareEditions, isEdition, yearOf } from "./edition-names.ts";
import { sha256 } from "./hash.ts";
import { type Manifest, manifestIn } from "./manifest.ts";

/** What declared earlier editions showed, and `name:sha256` of the file that says so, as an input of the run. */
export interface EarlierEditions {
  readonly values: readonly EarlierValue[];
  readonly hashes: readonly string[];
  /** The last of them that is of the year reported, with its manifest as it stands there. */
  readonly previous?: {
    readonly name: string;
    readonly figures: readonly Released[];
    readonly manifest: Manifest;
  };
}

/**
 * Reads the published metrics of earlier editions, never their restricted files.
 * @param out the pipeline's output folder (`out/sib-evaluation`)
 * @param year the year that is reported anew
 * @throws UserError for a declared edition that isn't there
 */
export function readEarlierEditions(out: string, names: readonly string[], year?: number): EarlierEditions {
  const own = names.filter((name) => name.startsWith(`${basename(out)}/`));
  if (own.length > 0)
    throw new UserError(
      own.map((name) => `disclosure.earlierEditions: '${name}' is this pipeline's own; write "${basename(name)}"`),
    );
  const files = names.map((name) => ({ name, file: join(earlierFolder(out, name), "metrics", "metrics.json") }));
  const missing = files.filter(({ file }) => !existsSync(file));
  if (missing.length > 0)
    throw new UserError(
      missing.map(({ name, file }) => `disclosure.earlierEditions: no edition '${name}' (${file} does not exist)`),
    );
  const last = names
    .filter((name) => isEdition(name) && yearOf(name) === year)
    .sort(compareEditions)
    .at(-1);
  const manifest = last === undefined ? undefined : readFileSync(join(out, last, "manifest.json"), "utf8");
  const texts = files.map(({ name, file }) => ({ name, text: readFileSync(file, "utf8") }));
  return {
    values: texts.flatMap(({ name, text }) => {
      const base = roundingOf(earlierFolder(out, name));
      const rows = JSON.parse(text) as readonly Released[];
      return rows.flatMap(shownCounts).map((value) => (base === null ? value : { ...value, roundedTo: base }));
    }),
    hashes: [
      ...texts.map(({ name, text }) => `${name}:${sha256(text)}`),
      ...(manifest === undefined ? [] : [`${last}/manifest:${sha256(manifest)}`]),
    ],
    ...(last === undefined || manifest === undefined
      ? {}
      : {
          previous: {
            name: last,
            figures: JSON.parse(texts.find(({ name }) => name === last)?.text ?? "[]"),
            manifest: JSON.parse(manifest),
          },
        }),
  };
}

/** Folder of an edition that a pipeline declares: its own (`2016.1`), or another's beside it (`annual-report/2024.1`). */
export const earlierFolder = (out: string, name: string): string =>
  isEdition(name) ? join(out, name) : join(dirname(out), name);

/** What an edition's counts were rounded to multiples of; null where they are exact. */
function roundingOf(folder: string): number | null {
  const { disclosure } = (manifestIn(folder)?.protocol ?? {}) as { readonly disclosure?: Rounding };
  return roundingBase(disclosure ?? {});
}

type Rounding = Parameters<typeof roundingBase>[0];

/** The counts of persons that a published row shows or that follow from it: base, and rate x base where it is whole. */
function shownCounts(row: Released): readonly EarlierValue[] {
  if (row.conf_status !== "F") return [];
  const base = (value: number): EarlierValue => ({ place: row, role: "base", value });
  if (row.n === null || row.metric === "attrition")
    return row.value !== null && (row.unit === "persons" || row.unit === "rows") ? [base(row.value)] : [];
  // A rate that too few persons stand on is empty, but its base is told.
  if (row.value === null || row.arm === "controls" || row.unit !== "proportion") return [base(row.n)];
  const numerator = row.value * row.n;
  const isWhole = Math.abs(numerator - Math.round(numerator)) < 1e-6;
  return isWhole ? [base(row.n), { place: row, role: "numerator", value: Math.round(numerator) }] : [base(row.n)];
}
