import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { EarlierHidden, EarlierValue } from "../disclose/earlier/earlier.ts";
import type { Released } from "../disclose/finding.ts";
import type { Place } from "../disclose/place.ts";
import { roundingBase } from "../disclose/primary.ts";
import { UserError } from "../user-error.ts";
import { compareEditions, isEdition, yearOf } from "./edition-names.ts";
import { sha256 } from "./hash.ts";
import { type Manifest, manifestIn } from "./manifest.ts";
import { parsedJson } from "./parsed-json.ts";
import { bytesIfThere } from "./read-if-there.ts";

/** What declared earlier editions showed, and `name:sha256` of the file that says so, as an input of the run. */
export interface EarlierEditions {
  readonly values: readonly (EarlierValue | EarlierHidden)[];
  readonly hashes: readonly string[];
  /** Every place that they tell of, with a number or without one. */
  readonly places: ReadonlyArray<{ readonly place: Place }>;
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
 * @throws UserError for a declared edition that isn't there, or is damaged
 */
export function readEarlierEditions(out: string, names: readonly string[], year?: number): EarlierEditions {
  const own = names.filter((name) => name.startsWith(`${basename(out)}/`));
  if (own.length > 0)
    throw new UserError(
      own.map((name) => `disclosure.earlierEditions: '${name}' is this pipeline's own; write "${basename(name)}"`),
    );
  const missing = names.filter((name) => !existsSync(metricsFile(out, name)));
  if (missing.length > 0)
    throw new UserError(
      missing.map(
        (name) => `disclosure.earlierEditions: no edition '${name}' (${metricsFile(out, name)} does not exist)`,
      ),
    );
  const last = names
    .filter((name) => isEdition(name) && yearOf(name) === year)
    .sort(compareEditions)
    .at(-1);
  const editions = names.map((name) => editionAt(out, name));
  const problems = [...editions.flatMap((edition) => edition.problems), ...manifestMissing(editions, last)];
  if (problems.length > 0) throw new UserError(problems);
  const previous = editions.find(({ name }) => name === last);
  return {
    values: editions.flatMap(({ name: edition, figures, manifest }) => {
      const base = roundingOf(manifest);
      const shown = figures.flatMap(shownCounts).map((value) => ({ ...value, edition }));
      if (base !== null) return shown.map((value) => ({ ...value, roundedTo: base }));
      return [...shown, ...figures.filter(isHidden).map((place): EarlierHidden => ({ edition, place, base: null }))];
    }),
    places: editions.flatMap(({ figures }) => figures.map((place) => ({ place }))),
    hashes: [
      ...editions.map(({ name, metricsHash }) => `${name}:${metricsHash}`),
      ...(previous === undefined ? [] : [`${previous.name}/manifest:${previous.manifestHash}`]),
    ],
    ...(previous?.manifest === undefined
      ? {}
      : { previous: { name: previous.name, figures: previous.figures, manifest: previous.manifest } }),
  };
}

const metricsFile = (out: string, name: string): string => join(earlierFolder(out, name), "metrics", "metrics.json");

/** What one edition's folder says; a damaged file is a problem, lest what it showed be left unprotected. */
function editionAt(out: string, name: string) {
  const folder = earlierFolder(out, name);
  const metrics = readFileSync(metricsFile(out, name));
  const figures = parsedJson(metrics);
  const manifestBytes = bytesIfThere(join(folder, "manifest.json"));
  const manifest = manifestIn(folder);
  const damaged = [
    ...(Array.isArray(figures) ? [] : [metricsFile(out, name)]),
    ...(manifestBytes !== undefined && manifest === undefined ? [join(folder, "manifest.json")] : []),
  ];
  return {
    name,
    figures: (Array.isArray(figures) ? figures : []) as readonly Released[],
    metricsHash: sha256(metrics),
    manifest,
    manifestHash: sha256(manifestBytes ?? ""),
    problems: damaged.map(
      (file) => `disclosure.earlierEditions: '${name}': ${file} was damaged or changed; restore it from a copy`,
    ),
  };
}

/** The edition that corrections are told of must say what it was made of. */
const manifestMissing = (editions: readonly ReturnType<typeof editionAt>[], last: string | undefined) =>
  editions
    .filter(({ name, manifest, problems }) => name === last && manifest === undefined && problems.length === 0)
    .map(({ name }) => `disclosure.earlierEditions: '${name}' has no manifest.json; restore it from a copy`);

/** Folder of an edition that a pipeline declares: its own (`2016.1`), or another's beside it (`annual-report/2024.1`). */
export const earlierFolder = (out: string, name: string): string =>
  isEdition(name) ? join(out, name) : join(dirname(out), name);

/** What an edition's counts were rounded to multiples of; null where they are exact. */
function roundingOf(manifest: Manifest | undefined): number | null {
  const { disclosure } = (manifest?.protocol ?? {}) as { readonly disclosure?: Rounding };
  return roundingBase(disclosure ?? {});
}

type Rounding = Parameters<typeof roundingBase>[0];

const isHidden = ({ conf_status }: Released): boolean => conf_status !== "F";

/** The counts of persons that a published row shows or that follow from it: base, and rate x base where it is whole. */
function shownCounts(row: Released): readonly EarlierValue[] {
  if (isHidden(row)) return [];
  const told = (base: number, numerator: number | null = null): readonly EarlierValue[] => [
    { place: row, base, numerator },
  ];
  const isCount = row.unit === "persons" || row.unit === "rows";
  if (row.n === null || row.metric === "attrition") return row.value !== null && isCount ? told(row.value) : [];
  // persons out of others: of those of whom it is told that nobody is, the others aren't told
  if (isCount && row.value !== null && Number.isInteger(row.value) && row.value !== row.n)
    return told(row.n, row.value);
  // A rate that too few persons stand on is empty, but its base is told.
  if (row.value === null || row.arm === "controls" || row.unit !== "proportion") return told(row.n);
  const numerator = row.value * row.n;
  const isWhole = Math.abs(numerator - Math.round(numerator)) < 1e-6;
  return told(row.n, isWhole ? Math.round(numerator) : null);
}
