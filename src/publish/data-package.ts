import type { Released } from "../disclose/finding.ts";
import { sha256 } from "./hash.ts";
import { METRIC_COLUMNS, METRIC_KEY, METRIC_TYPES } from "./metrics.ts";

/** A text in every language of the project. */
export type Titles = Readonly<Record<"en" | "fr" | "nl", string>>;

/** What the dictionary says: of the file, of each column, of the codes of a column, of each metric. */
export interface DictionaryWords {
  readonly title: Titles;
  readonly text: Titles;
  /** That counts are multiples of a base. */
  readonly rounded: (base: number) => Titles;
  readonly column: (column: string) => Titles;
  readonly code: (column: string, code: string) => Titles;
  readonly metric: (metric: string) => { readonly titles: Titles; readonly texts: Titles };
}

/** What `datapackage.json` tells beside the columns; no clock time, so that the same inputs give the same bytes. */
export interface DataPackageFacts {
  /** Name of the pipeline. */
  readonly pipeline: string;
  readonly title: Titles;
  readonly organisation: string;
  readonly runId: string;
  readonly asOf: string;
  readonly synthetic: boolean;
  /** What counts are multiples of, where they are rounded. */
  readonly countsRoundedTo?: number;
}

/** A metrics file as it is published. */
interface MetricsFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

const PROFILE = "https://datapackage.org/profiles/2.0";

const MEDIA: Readonly<Record<string, string>> = {
  csv: "text/csv",
  json: "application/json",
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.file",
};

const CODED = {
  obs_status: ["A", "U", "M"],
  conf_status: ["F", "A", "D"],
} as const;

/**
 * `datapackage.json` (Data Package v2) of the metrics files: every column with its type and what it means, every metric
 * that occurs, in three languages. `title` and `description` are English, as readers of the standard expect; `titles` and
 * `descriptions` hold all.
 */
export function dataPackage(
  files: readonly MetricsFile[],
  values: readonly Released[],
  words: DictionaryWords,
  facts: DataPackageFacts,
): string {
  const title = joined(facts.title, words.title);
  const base = facts.countsRoundedTo;
  const descriptor = {
    $schema: `${PROFILE}/datapackage.json`,
    name: `${facts.pipeline}-metrics`,
    ...titled(title, base === undefined ? words.text : joined(words.text, words.rounded(base), " ")),
    ...(base === undefined ? {} : { countsRoundedTo: base }),
    version: facts.asOf,
    run: facts.runId,
    synthetic: facts.synthetic,
    contributors: [{ title: facts.organisation, roles: ["publisher"] }],
    resources: files.map((file) => resource(file, values, words)),
  };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}

const joined = (one: Titles, other: Titles, between?: string): Titles => ({
  en: `${one.en}${between ?? ": "}${other.en}`,
  fr: `${one.fr}${between ?? " : "}${other.fr}`,
  nl: `${one.nl}${between ?? ": "}${other.nl}`,
});

const titled = (titles: Titles, descriptions: Titles) => ({
  title: titles.en,
  description: descriptions.en,
  titles,
  descriptions,
});

function resource({ name, content }: MetricsFile, values: readonly Released[], words: DictionaryWords) {
  const format = name.slice(name.lastIndexOf(".") + 1);
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return {
    $schema: `${PROFILE}/dataresource.json`,
    name: name.replaceAll(".", "-"),
    type: "table",
    path: name,
    format,
    mediatype: MEDIA[format],
    ...(typeof content === "string" ? { encoding: "utf-8" } : {}),
    bytes: bytes.byteLength,
    hash: `sha256:${sha256(bytes)}`,
    ...(format === "csv" ? { dialect: CSV_DIALECT } : {}),
    schema: schema(words, format === "csv" ? values : undefined),
  };
}

const CSV_DIALECT = {
  $schema: `${PROFILE}/tabledialect.json`,
  delimiter: ",",
  lineTerminator: "\r\n",
  quoteChar: '"',
  doubleQuote: true,
  header: true,
};

/** The columns; where values are given, with the codes and metrics that occur: one file's schema is the dictionary of all. */
function schema(words: DictionaryWords, values?: readonly Released[]) {
  return {
    $schema: `${PROFILE}/tableschema.json`,
    fields: METRIC_COLUMNS.map((column) => {
      const titles = words.column(column);
      const named = { name: column, type: METRIC_TYPES[column], title: titles.en, titles };
      return values === undefined ? named : { ...named, ...categories(column, values, words) };
    }),
    fieldsMatch: ["exact"],
    missingValues: [""],
    primaryKey: METRIC_KEY,
  };
}

/** The values that a column of codes may take, each with what it means. */
function categories(column: string, values: readonly Released[], words: DictionaryWords): object {
  if (column === "metric")
    return {
      categories: [...new Set(values.map(({ metric }) => metric))].sort().map((value) => {
        const { titles, texts } = words.metric(value);
        return { value, label: titles.en, titles, descriptions: texts };
      }),
    };
  const codes: readonly string[] | undefined = CODED[column as keyof typeof CODED];
  if (codes === undefined) return {};
  return {
    categories: codes.map((value) => {
      const titles = words.code(column, value);
      return { value, label: titles.en, titles };
    }),
  };
}
