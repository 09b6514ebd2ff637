import type { Released } from "../disclose/finding.ts";
import { type DataPackageFacts, type DictionaryWords, dataPackage } from "./data-package.ts";
import type { EditionFiles } from "./edition.ts";
import { METRIC_COLUMNS, METRIC_TYPES, type MetricType, metricsCsv, metricsJson } from "./metrics.ts";
import { metricsArrow } from "./metrics-arrow.ts";

/** Writes rows, a JSON array, as Parquet; `types` are SQL's, by column. */
type ParquetWriter = (rows: string, types: Readonly<Record<string, string>>) => Promise<Uint8Array>;

const SQL_TYPES: Readonly<Record<MetricType, string>> = {
  number: "double",
  integer: "integer",
  string: "varchar",
  date: "date",
};

/** The metrics of an edition in every format, by path inside it, with the dictionary that describes them. */
export async function metricsFiles(
  values: readonly Released[],
  words: DictionaryWords,
  facts: DataPackageFacts,
  writeParquet: ParquetWriter,
): Promise<EditionFiles> {
  const json = metricsJson(values);
  const types = Object.fromEntries(METRIC_COLUMNS.map((column) => [column, SQL_TYPES[METRIC_TYPES[column]]]));
  const files = [
    { name: "metrics.csv", content: metricsCsv(values) },
    { name: "metrics.json", content: json },
    { name: "metrics.parquet", content: await writeParquet(json, types) },
    { name: "metrics.arrow", content: metricsArrow(values) },
  ];
  return new Map<string, string | Uint8Array>([
    ...files.map(({ name, content }) => [`metrics/${name}`, content] as const),
    ["metrics/datapackage.json", dataPackage(files, values, words, facts)],
  ]);
}
