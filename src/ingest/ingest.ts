import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { STAGED, type StagedTable } from "../catalogue/staging.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import { refuseOtherKind } from "./files/file-kind.ts";
import { formatOf, PLAIN_READERS, READERS } from "./files/formats.ts";
import { findFiles } from "./files/project-files.ts";
import { rawRows } from "./files/raw-table.ts";
import { type FileScan, scanFile, scansAhead } from "./files/scan.ts";
import { unpacked } from "./files/unpack.ts";
import { nationalNumbers } from "./identity/national-numbers.ts";
import type { SourceMapping, TableMapping } from "./mapping/mapping.ts";
import { type QualityFacts, qualityFacts } from "./quality/quality-facts.ts";
import { coercionsOf } from "./rules/coercions.ts";
import { dropRepeats } from "./rules/distinct-rows.ts";
import { addIncoming, checkHeaders, createIncoming } from "./rules/incoming.ts";
import { clearStaged, type EnginePart, noteSeverities, stageTable, viewIncoming } from "./rules/judge.ts";
import { withoutOddRows } from "./rules/odd-rows.ts";
import { type RejectFile, rejectFile, rejectNames, type SentFile } from "./rules/reject-files.ts";
import { buildRejects } from "./rules/rejects.ts";
import { resolveDates } from "./rules/resolve-dates.ts";
import { resolveNumbers } from "./rules/resolve-numbers.ts";
import { RULE_SETTINGS, type RuleSettings } from "./rules/rules.ts";
import type { RejectLanguage } from "./rules/sentences.ts";
import { type FileSummary, type IngestSummary, type ReceivedFile, summarise, tooManyRejects } from "./summary.ts";

export type { FileSummary, IngestSummary };

/** What reading the sources yields. */
export interface Ingested extends IngestSummary {
  readonly quality: QualityFacts;
  /** Files to send back, one a received file with problem rows. Restricted: they quote rows. */
  readonly rejects: readonly RejectFile[];
}

/** Sources that were read and judged, and refused all the same: too many rows rejected, or a rule that stops the run. */
export class SourcesRefused extends UserError {
  readonly read: Ingested;
  constructor(problems: readonly string[], read: Ingested) {
    super(problems);
    this.name = "SourcesRefused";
    this.read = read;
  }
}

/** Set once for all sources of a run. Nothing is asked of a clock: without a day of extraction, none is assumed. */
export interface IngestOptions {
  /** Parent of the `pipelines` folder; files are looked for in it and nowhere else. */
  readonly projectFolder: string;
  /** Share of a source table's rows (0-1) that may be rejected before the run is refused. */
  readonly maxRejectedShare?: number;
  /** Day of extraction (ISO) of sources whose mapping states none; without any, no record is late. */
  readonly extraction?: string;
  readonly rules?: RuleSettings;
  /** Language of the messages in staging.rejects; each mapping's own when absent. */
  readonly language?: RejectLanguage;
  /** Bytes from which plain CSV and Parquet files are typed while the engine reads them; tests set 0. */
  readonly plainFrom?: number;
}

interface SourceFile {
  readonly fileId: number;
  readonly source: SourceMapping;
  readonly mapping: TableMapping;
  readonly path: string;
  readonly absolute: string;
}

const TABLES = Object.keys(STAGED) as readonly StagedTable[];

/**
 * Reads the sources' files and builds every staged table of the catalogue (empty where no source gives it) and
 * `staging.rejects`, one row a problem; counts what the data-quality report says. For each file, accepted + rejected = received.
 * @throws UserError with every problem at once: files that aren't there, can't be read, lack a mapped column or hold no
 *   rows; then SourcesRefused, with all that was read, for tables of which more than `maxRejectedShare` is rejected
 */
export async function ingest(
  engine: SqlEngine,
  sources: readonly SourceMapping[],
  options: IngestOptions,
): Promise<Ingested> {
  const files = sourceFiles(sources, options.projectFolder);
  const temporaryFolder = mkdtempSync(join(tmpdir(), "duo-impact-"));
  try {
    await clearStaged(engine, TABLES);
    await createIncoming(engine, TABLES);
    const received = await receive(engine, files, temporaryFolder, options);
    const summaries = received.map(({ summary }) => summary);
    for (const table of TABLES) await viewIncoming(engine, table, partsOf(summaries, table));
    const identifiers = await nationalNumbers(engine, files);
    if (identifiers.length > 0) throw new UserError(identifiers);
    for (const table of TABLES) {
      const mappings = files.map(({ mapping }) => mapping).filter((mapping) => mapping.table === table);
      await stageTable(engine, table, mappings, options.rules ?? RULE_SETTINGS, partsOf(summaries, table));
    }
    await buildRejects(engine, files, options.language);
    const summary = await summarise(engine, summaries);
    const read = { ...summary, ...(await qualityOf(engine, sources, received, summary)) };
    const refused = [
      ...(await tooManyRejects(
        engine,
        summary,
        (source, table) => shareOf(files, source, table) ?? options.maxRejectedShare ?? 0.02,
      )),
      ...stopped(files, summary),
    ];
    if (refused.length > 0) throw new SourcesRefused(refused, read);
    return read;
  } finally {
    rmSync(temporaryFolder, { recursive: true, force: true });
  }
}

/** The files to send back, and what the report counts. */
async function qualityOf(
  engine: SqlEngine,
  sources: readonly SourceMapping[],
  received: readonly Received[],
  summary: IngestSummary,
): Promise<Pick<Ingested, "quality" | "rejects">> {
  const names = rejectNames(received.map(({ sent }) => sent));
  const rejects: (RejectFile | undefined)[] = [];
  for (const [i, { sent }] of received.entries()) {
    const hasProblems = (summary.files[i]?.rules.length ?? 0) > 0;
    rejects.push(hasProblems ? await rejectFile(sent, names[i] ?? "") : undefined);
  }
  const files = summary.files.flatMap((file, i) => {
    const [from, reject] = [received[i], rejects[i]];
    return from === undefined
      ? []
      : [{ file, fileId: from.summary.fileId, mapping: from.mapping, ...(reject === undefined ? {} : { reject }) }];
  });
  return {
    quality: await qualityFacts(engine, sources, files),
    rejects: rejects.flatMap((reject) => (reject === undefined ? [] : [reject])),
  };
}

/** A file as it was read, as it goes back, and its mapping with every `auto` settled. */
interface Received {
  readonly summary: ReceivedFile;
  readonly sent: SentFile;
  readonly mapping: TableMapping;
}

const partsOf = (received: readonly ReceivedFile[], table: StagedTable): readonly EnginePart[] =>
  received.flatMap((file) => (file.table === table && file.part !== undefined ? [file.part] : []));

const shareOf = (files: readonly SourceFile[], source: string, table: string): number | undefined =>
  files.find((file) => file.source.source === source && file.mapping.table === table)?.mapping.maxRejectedShare;

/** Rules that a mapping lets stop the run, and that a row broke. */
const stopped = (files: readonly SourceFile[], summary: IngestSummary): readonly string[] =>
  summary.files.flatMap((file) => {
    const mapping = files.find(({ path, mapping: { table } }) => path === file.file && table === file.table)?.mapping;
    return file.rules
      .filter(({ rule }) => mapping?.rules[rule] === "stop")
      .map(
        ({ rule, rows }) =>
          `${file.file}, ${file.table}: ${rows} rows break '${rule}', which stops the run by its mapping; repair them`,
      );
  });

function sourceFiles(sources: readonly SourceMapping[], projectFolder: string): readonly SourceFile[] {
  const problems: string[] = [];
  const files: SourceFile[] = [];
  for (const source of sources)
    for (const mapping of source.tables) {
      const found = findFiles(projectFolder, mapping.files);
      problems.push(...found.problems.map((problem) => `${source.source}.yaml, ${mapping.table}: ${problem}`));
      for (const path of found.paths) {
        if (files.some((file) => file.path === path && file.mapping.table === mapping.table))
          problems.push(
            `${source.source}.yaml, ${mapping.table}: '${path}' is read for this table already; narrow one of the patterns`,
          );
        files.push({ fileId: files.length, source, mapping, path, absolute: join(projectFolder, path) });
      }
    }
  if (problems.length > 0) throw new UserError(problems);
  return files;
}

async function receive(
  engine: SqlEngine,
  files: readonly SourceFile[],
  temporaryFolder: string,
  options: IngestOptions,
): Promise<readonly Received[]> {
  const problems: string[] = [];
  const received: Received[] = [];
  const scans = scansAhead(files);
  for (const file of files) {
    try {
      const scan = (await scans.get(file.path)) ?? (await scanFile(file.absolute));
      received.push(await receiveFile(engine, file, scan, temporaryFolder, options));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UserError([...new Set(problems)]);
  return received;
}

async function receiveFile(
  engine: SqlEngine,
  file: SourceFile,
  scan: FileScan,
  temporaryFolder: string,
  options: IngestOptions,
): Promise<Received> {
  const { fileId, mapping, path, source } = file;
  if (scan.bytes === 0) throw new UserError(`${path} is empty; export it again`);
  const { absolute, name, packing } = await unpacked(file.absolute, path, temporaryFolder, mapping.zip.member);
  const inside = packing === undefined ? scan : await scanFile(absolute);
  if (inside.bytes === 0) throw new UserError(`${path} is empty; export it again`);
  const format = formatOf(name, mapping);
  await refuseOtherKind(absolute, path, format ?? "csv");
  if (format === undefined)
    throw new UserError(`${path}: its format can't be told from its name; set \`format\` in ${source.source}.yaml`);
  const sqlName = `incoming.raw_${fileId}`;
  const request = { engine, sqlName, path, absolute, scan: inside, mapping, temporaryFolder };
  const plain = (await PLAIN_READERS[format]?.(request, fileId, source, options.plainFrom)) ?? null;
  const read = plain?.doubtful ?? (await READERS[format](request));
  const raw = format === "csv" || format === "xlsx" ? await withoutOddRows(engine, read) : read;
  checkHeaders(source.source, path, mapping, raw);
  const repeated = await dropRepeats(engine, mapping, raw);
  const general = (await rawRows(engine, raw.sqlName)) + raw.unreadable.length;
  const rows = (plain?.rows ?? 0) + general;
  if (rows === 0)
    throw new UserError(`${path} has a header but no rows; export it again, or take it out of ${source.source}.yaml`);
  await engine.execute(
    {
      name: "incoming.files",
      text: "insert into incoming.files values ($id, $source, $table, $path, cast($extraction as date))",
    },
    {
      id: fileId,
      source: source.source,
      table: mapping.table,
      path,
      extraction: source.extraction ?? options.extraction ?? null,
    },
  );
  await noteSeverities(engine, fileId, mapping);
  const settled = await resolveNumbers(engine, path, await resolveDates(engine, path, mapping, raw), raw);
  const coerced = await coercionsOf(engine, settled, raw);
  if (general > 0) await addIncoming(engine, fileId, settled, source.register, raw);
  await engine.execute({ name: raw.sqlName, text: `drop table ${raw.sqlName}` });
  const summary = {
    fileId,
    source: source.source,
    table: mapping.table,
    file: path,
    sha256: scan.sha256,
    bytes: scan.bytes,
    received: rows,
    repeated,
    coerced,
    ...(plain === null ? {} : { part: { ...plain, fileId, sqlName } }),
    recognised: packing === undefined ? raw.recognised : { ...raw.recognised, packing },
  };
  return { summary, sent: { source: source.source, table: mapping.table, path, format, request }, mapping: settled };
}
