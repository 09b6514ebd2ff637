import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { latestHint } from "../publish/edition-names.ts";
import { parsedJson } from "../publish/parsed-json.ts";
import { UserError } from "../user-error.ts";

/** One row as anybody can read it in an edition's metrics. */
export interface PublishedRow {
  readonly metric: string;
  readonly region: string;
  readonly period: string;
  readonly dimension: string;
  readonly level: string;
  readonly arm: string;
  readonly value: number | null;
  /** Half a unit of the last decimal that is written. */
  readonly precision: number;
  readonly n: number | null;
  /** Limits of the interval, where one is told. */
  readonly lower?: number | null;
  readonly upper?: number | null;
  readonly unit: string;
  readonly conf_status: string;
  readonly definition: string;
  readonly window: string;
  /** Day of the data, where the file tells it. */
  readonly as_of?: string;
}

/** How many of `n` a rate can stand for, given what its rounding leaves open. */
export function countedBy(n: number, value: number, precision: number): readonly [least: number, most: number] {
  const near = 1e-6;
  return [Math.ceil(n * (value - precision) - near), Math.floor(n * (value + precision) + near)];
}

/** Least and most that a count can be which is told as a multiple of `base`; itself where counts aren't rounded. */
export const couldBe = (count: number, base: number | null): readonly [least: number, most: number] =>
  base === null ? [count, count] : [Math.max(0, count - base + 1), count + base - 1];

/**
 * How many a share tells of, and how many of them count in it. Where counts are rounded, a share of two multiples says no
 * more than they do; any other was computed of the counts themselves, of which few pairs near the multiple give it.
 */
export function sharedBy({ n, value, precision }: PublishedRow, base: number | null) {
  if (n === null || value === null) return null;
  const rounded = countedBy(n, value, precision);
  const multiple = Math.round(n * value);
  if (base !== null && multiple % base === 0 && Math.abs(n * value - multiple) < 1e-6)
    return { all: couldBe(n, base), some: couldBe(multiple, base) };
  const [least, most] = couldBe(n, base);
  const pairs = Array.from({ length: most - least + 1 }, (_, i) => {
    const [from, to] = countedBy(least + i, value, precision);
    return { all: least + i, from, to };
  }).filter(({ from, to }) => from <= to);
  if (base === null || pairs.length === 0) return { all: [n, n] as const, some: rounded };
  return {
    all: [pairs[0]?.all ?? least, pairs.at(-1)?.all ?? most] as const,
    some: [Math.min(...pairs.map(({ from }) => from)), Math.max(...pairs.map(({ to }) => to))] as const,
  };
}

interface Input {
  readonly received: number;
  readonly rejected: number;
}

/** What a stranger holds: an edition's published files, and nothing else. */
export interface PublishedEdition {
  readonly name: string;
  readonly rows: readonly PublishedRow[];
  /** Threshold that the manifest states. */
  readonly threshold: number;
  /** What the manifest says counts were rounded to multiples of; null where they are as they are. */
  readonly base: number | null;
  /** Rows that the manifest says were received and rejected, by file. */
  readonly inputs: readonly Input[];
  /** Places where two files of the edition disagree on what is hidden. */
  readonly disagreements: readonly string[];
}

/** Reads the metrics of an edition's folder. */
export function readPublished(folder: string): PublishedEdition {
  const file = join(folder, "metrics", "metrics.csv");
  if (!existsSync(file)) throw new UserError(`${folder} is no edition: ${file} does not exist${latestHint(folder)}`);
  const rows = rowsOf(readFileSync(file, "utf8"));
  return {
    name: basename(folder),
    rows,
    ...rulesOf(join(folder, "manifest.json")),
    disagreements: disagreements(rows, join(folder, "metrics", "metrics.json")),
  };
}

function rulesOf(file: string): Pick<PublishedEdition, "threshold" | "base" | "inputs"> {
  const manifest: unknown = existsSync(file) ? jsonAt(file) : {};
  const { threshold = 5, method, base = 5 } = statedIn(manifest) ?? {};
  const { inputs = [] } = (manifest ?? {}) as { readonly inputs?: readonly Input[] };
  return { threshold, base: method === "rounding" ? base : null, inputs };
}

type Stated = Partial<Record<"threshold" | "base", number>> & { readonly method?: string };

/** Settings of disclosure, wherever they stand. */
function statedIn(value: unknown): Stated | null {
  if (typeof value !== "object" || value === null) return null;
  const own = (value as { readonly disclosure?: unknown }).disclosure;
  if (typeof own === "object" && own !== null) return own as Stated;
  for (const part of Object.values(value)) {
    const found = statedIn(part);
    if (found !== null) return found;
  }
  return null;
}

function jsonAt(file: string): unknown {
  const found = parsedJson(readFileSync(file));
  if (found === undefined) throw new UserError(`${file} is no JSON: it was damaged or changed`);
  return found;
}

function rowsOf(text: string): readonly PublishedRow[] {
  const [head = [], ...records] = recordsOf(text);
  return records.map((record) => {
    const field = (name: string): string => record[head.indexOf(name)] ?? "";
    const number = (name: string): number | null => (field(name) === "" ? null : Number(field(name)));
    const decimals = /\.(\d+)/.exec(field("value"))?.[1]?.length ?? 0;
    return {
      metric: field("metric"),
      region: field("region"),
      period: field("period"),
      dimension: field("dimension"),
      level: field("level"),
      arm: field("arm"),
      value: number("value"),
      precision: 0.5 * 10 ** -decimals,
      n: number("n"),
      lower: number("lower"),
      upper: number("upper"),
      unit: field("unit"),
      conf_status: field("conf_status"),
      definition: field("definition"),
      window: field("window"),
      as_of: field("as_of"),
    };
  });
}

/** Records of a comma-separated text, quotes taken off. */
export function recordsOf(text: string): ReadonlyArray<readonly string[]> {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
      ),
    );
}

function disagreements(rows: readonly PublishedRow[], file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const others = jsonAt(file) as readonly Partial<PublishedRow>[] | null;
  if (!Array.isArray(others)) return [];
  return rows.flatMap((row, i) => {
    const other = others[i];
    const isSame = other?.conf_status === row.conf_status && (other.value === null) === (row.value === null);
    const isEmpty = row.conf_status === "F" || (row.value === null && row.n === null);
    const place = [row.metric, row.period, row.dimension, row.level, row.arm].join(" / ");
    return isSame && isEmpty ? [] : [`metrics.csv and metrics.json disagree on ${place}`];
  });
}
