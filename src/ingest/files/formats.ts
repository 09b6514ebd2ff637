import { extname } from "node:path";
import type { SqlEngine } from "../../engine/engine.ts";
import type { PlainFile } from "../large/plain-file.ts";
import type { FORMATS, SourceMapping, TableMapping } from "../mapping/mapping.ts";
import type { RawTable } from "./raw-table.ts";
import type { FileScan } from "./scan.ts";

/** A reader's name: by the file's extension where a mapping states none. */
export type SourceFormat = (typeof FORMATS)[number];

/** One file to read for one table of a mapping. */
export interface ReadRequest {
  readonly engine: SqlEngine;
  /** Name of the raw table to make. */
  readonly sqlName: string;
  /** Relative to the project folder, for messages. */
  readonly path: string;
  readonly absolute: string;
  readonly scan: FileScan;
  readonly mapping: TableMapping;
  /** A folder of this run only, removed after it. */
  readonly temporaryFolder: string;
}

/** Formats by the endings of files' names, in lower case. */
export const EXTENSIONS: Readonly<Record<string, SourceFormat>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".txt": "csv",
  ".xlsx": "xlsx",
  ".parquet": "parquet",
  ".json": "json",
  ".jsonl": "json",
  ".ndjson": "json",
};

/** One reader a format; each gives the file's rows as text, or throws a UserError that names the file and the remedy. */
export const READERS: Readonly<Record<SourceFormat, (request: ReadRequest) => Promise<RawTable>>> = {
  csv: async (request) => (await import("../delimited/read-csv.ts")).readCsv(request),
  xlsx: async (request) => (await import("../workbook/read-xlsx.ts")).readXlsx(request),
  parquet: async (request) => (await import("./read-parquet.ts")).readParquet(request),
  json: async (request) => (await import("./read-json.ts")).readJson(request),
};

/** Formats of which large plain files are typed while the engine reads them; null: the reader has to take the file. */
export const PLAIN_READERS: Readonly<
  Partial<
    Record<
      SourceFormat,
      (request: ReadRequest, fileId: number, source: SourceMapping, from?: number) => Promise<PlainFile | null>
    >
  >
> = {
  csv: async (request, fileId, source, from) =>
    (await import("../large/plain-csv.ts")).readPlainCsv(request, fileId, source.source, source.register, from),
  parquet: async (request, fileId, source, from) =>
    (await import("../large/plain-parquet.ts")).readPlainParquet(request, fileId, source.source, source.register, from),
};

/** The mapping's format, else the one of the file's extension, else undefined. */
export const formatOf = (path: string, mapping: TableMapping): SourceFormat | undefined =>
  mapping.format ?? EXTENSIONS[extname(path).toLowerCase()];
