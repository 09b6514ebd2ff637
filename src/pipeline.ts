import { dirname, extname, join } from "node:path";
import { editionIndex } from "../reports/edition-index.ts";
import { metricDictionary } from "../reports/metric-dictionary.ts";
import { type RenderedReports, renderReports } from "../reports/render.ts";
import { summaryTable } from "../reports/summary.ts";
import { type FileFingerprint, fingerprint, queryFingerprints } from "./cache/fingerprint.ts";
import { buildDesign } from "./cohort/design.ts";
import { handOver } from "./cohort/hand-over.ts";
import { participantsCsv } from "./cohort/participants.ts";
import { restrictedFiles } from "./cohort/restricted-files.ts";
import { readOutcomes } from "./cohort/results.ts";
import { release } from "./disclose/release.ts";
import { parquetOf } from "./engine/parquet.ts";
import { periodOf } from "./impact/analysis.ts";
import { cohortSettings } from "./impact/cohort-settings.ts";
import { credibilityFindings, readBeside } from "./impact/credibility.ts";
import { impactFindings, matchStudy } from "./impact/impact.ts";
import { refuseNobodyMatched, refuseUnchecked } from "./impact/refusals.ts";
import { runSensitivity } from "./impact/sensitivity.ts";
import { sensitivityFiles, sensitivityFindings } from "./impact/sensitivity-findings.ts";
import { branchNames } from "./indicators/branch-names.ts";
import { identifierCounts, identifiersAmong } from "./ingest/identifiers.ts";
import { loadSourceMapping } from "./ingest/mapping.ts";
import { type KeyOrigin, pseudonym, pseudonymKey } from "./ingest/pseudonym.ts";
import { sourcePaths } from "./ingest/source-paths.ts";
import { rejectedRows, type StagedSources, stageSources } from "./ingest/stage-sources.ts";
import { once } from "./once.ts";
import { programmeYear } from "./programme-year.ts";
import { loadContract } from "./protocol/contract.ts";
import type { Project } from "./protocol/project.ts";
import { protocolHash, protocolOf, protocolStanding, recordFirst } from "./protocol/record.ts";
import { registerOf, sourceOptions, upTo } from "./protocol/scope.ts";
import { readEarlierEditions } from "./publish/earlier-editions.ts";
import { publishEdition, standingEdition } from "./publish/edition.ts";
import { editionFiles } from "./publish/edition-files.ts";
import { scanForIdentifiers } from "./publish/identifier-scan.ts";
import { runIdOf } from "./publish/manifest.ts";
import { metricsFiles } from "./publish/metrics-files.ts";
import { clearRefused } from "./publish/quality-files.ts";
import { signingKey } from "./publish/signature.ts";
import { qualityFiles, type Seen, withRefusedReport } from "./quality-report.ts";
import { keepingNotes, type Run, step } from "./run.ts";

export interface PipelineOptions {
  /** Folder that holds one folder a pipeline. */
  readonly out: string;
  /** Last cohort year to report; the settings' last by default. */
  readonly year?: number;
  /** Render reports in this language only. */
  readonly language?: "en" | "fr" | "nl";
  /** Key of the pseudonyms; without one, synthetic sources only. */
  readonly key?: KeyOrigin;
  /** The key that signs editions: a PEM, or the path of a file outside the project; unsigned without one. */
  readonly signing?: string;
  /** False leaves hidden values open to subtraction: no command offers it, tests of the audit do. */
  readonly isSecondaryOn?: boolean;
}

/** What a run would read and where it would publish. */
export interface Plan {
  readonly inputs: readonly FileFingerprint[];
  readonly out: string;
  readonly year: number;
}

/** What was published, where, and what its reader opens first. */
export interface Published {
  readonly title: string;
  readonly edition: string;
  readonly runId: string;
  readonly isNew: boolean;
  /** The published table as text, for the terminal. */
  readonly summary: string;
  readonly open: readonly string[];
}

const DESIGN = "risk sets and patterns";
const SENSITIVITY = "sensitivity analysis";

/** The whole way, in order; a run that is refused leaves the data-quality report under `restricted/refused`. */
export async function runPipeline(project: Project, options: PipelineOptions, run: Run): Promise<Published> {
  const seen: Seen = {};
  return withRefusedReport(seen, () => publishPipeline(project, options, run, seen));
}

/** What the run would do, told to `run.plan`; nothing is computed or written. */
export async function planPipeline(project: Project, options: PipelineOptions, run: Run): Promise<Plan> {
  const settled = await settle(project, options, run);
  await steps(settled, run, []);
  return { inputs: settled.files, out: settled.out, year: settled.year };
}

/** From files as they come to a published edition. */
async function publishPipeline(project: Project, options: PipelineOptions, given: Run, seen: Seen): Promise<Published> {
  const { run, notes } = keepingNotes(given);
  const settled = await settle(project, options, run);
  seen.run = settled.qualityRun;
  const { edition, shared, reports } = await steps(settled, run, notes, seen);
  run.cache?.close();
  const facts = shared();
  return {
    title: settled.pipeline.title.en,
    edition: edition.value.name,
    runId: facts.runId,
    isNew: edition.value.isNew,
    summary: summaryTable(facts),
    open: ["index.html", ...firstReport(reports.value), "metrics/metrics.csv"].map((file) =>
      join(settled.out, "latest", file),
    ),
  };
}

type Settled = Awaited<ReturnType<typeof settle>>;

/** All that is known before a row is read; settings that contradict each other are refused here. */
async function settle(project: Project, options: PipelineOptions, run: Run) {
  const pipeline = upTo(project.pipeline, options.year);
  const { evaluation } = pipeline;
  const sources = pipeline.sources.map((name) => loadSourceMapping(project.sourcesFolder, name));
  const key = pseudonymKey(
    options.key ?? {},
    project.folder,
    sources.every(({ synthetic }) => synthetic),
  );
  const out = join(options.out, pipeline.pipeline);
  const contract = loadContract(dirname(project.sourcesFolder), evaluation);
  // the promise covers every year of the settings, whichever are reported
  const promised = protocolOf(project.pipeline, contract);
  const reading = sourceOptions(project);
  const files: FileFingerprint[] = [];
  if (run.cache !== undefined)
    for (const path of sourcePaths(project.folder, sources, reading.questionnaires))
      files.push(await fingerprint(path, join(project.folder, path)));
  return {
    pipeline,
    options,
    sources,
    key,
    reading,
    files,
    out,
    year: Math.max(...evaluation.cohorts.years),
    register: registerOf(pipeline, sources),
    contract,
    promised,
    standing: protocolStanding(promised, project.file, out),
    cohort: cohortSettings(evaluation, pipeline.region, registerOf(pipeline, sources)),
    earlier: readEarlierEditions(out, pipeline.disclosure.earlierEditions),
    signing: signingKey(options.signing, project.folder),
    qualityRun: { pipeline, version: run.version, out },
  };
}

/** The steps in order: the table of contents. Values are read inside of steps only, since a plan has none. */
async function steps(settled: Settled, run: Run, notes: readonly string[], seen: Seen = {}) {
  const { pipeline, options, sources, key, reading, files: inputs, out, register, contract, cohort, earlier } = settled;
  const { evaluation } = pipeline;
  const { questionnaires } = reading;
  const { standing } = settled;

  const staged = await step<StagedSources>(
    run,
    "read sources",
    {
      settings: { sources, questionnaires, maxRejectedShare: reading.maxRejectedShare, menteeAges: reading.menteeAges },
      files: Object.fromEntries(inputs.map(({ file, sha256: hash }) => [file, hash])),
      sql: queryFingerprints(["staging", "quality"]),
      leaves: "staged tables",
    },
    async () => {
      const value = await stageSources(run.engine, sources, reading);
      const rejected = value.inputs.reduce((sum, file) => sum + file.rejected, 0);
      const rows = value.inputs.reduce((sum, file) => sum + file.received, 0);
      return { value, rows, note: `${rejected} rejected`, isKept: isAsHashed(value, inputs) };
    },
  );
  if (run.plan === undefined) seen.read = staged.value;
  const { database } = run;
  const handed =
    database === undefined
      ? staged
      : await step(run, "hand over to the database", { reads: [staged], leaves: "tables" }, async () => {
          const value = await handOver(run.engine, database);
          return { value, rows: value.reduce((sum, { rows }) => sum + rows, 0), note: database.kind };
        });
  // computes cohorts and their patterns; all else is read where it was staged
  const engine = database ?? run.engine;
  const cohortSql = queryFingerprints(["risk", "patterns"]);
  const design = await step(
    run,
    DESIGN,
    { reads: [handed], settings: { cohort }, sql: cohortSql, leaves: "tables" },
    async () => {
      const value = await buildDesign(engine, cohort, new Map(), (done, all) =>
        run.progress.advanced?.(DESIGN, done, all),
      );
      return { value, rows: value.patterns.rows.reduce((a, b) => a + b, 0), note: `${value.patterns.size} patterns` };
    },
  );
  const study = await step(
    run,
    "match and balance",
    { reads: [design], settings: evaluation, isPure: true },
    async () => {
      const value = matchStudy(design.value, evaluation);
      return { value, note: `design ${value.hash.slice(0, 12)}, before any outcome is read` };
    },
  );
  if (run.plan === undefined) refuseNobodyMatched(study.value, evaluation);
  const participants = await step(
    run,
    "pseudonyms of participants",
    { reads: [study], settings: { cohort, key: pseudonym(key, "key", "fingerprint") }, sql: cohortSql },
    async () => ({
      value: await participantsCsv(engine, cohort, study.value.matches[0]?.keys ?? [], (domain, identifier) =>
        pseudonym(key, domain, identifier),
      ),
    }),
  );
  if (run.plan === undefined) recordFirst(settled.promised, out);
  const results = await step(
    run,
    "outcomes of the matched",
    { reads: [study], settings: { cohort, subgroups: evaluation.subgroups }, sql: cohortSql },
    async () => {
      const value = [];
      for (const { definition, after, keys } of study.value.matches)
        value.push(
          await readOutcomes(engine, { ...cohort, outcomes: [{ definition, after }] }, keys, evaluation.subgroups.by),
        );
      return { value, note: `${value.length} placement definitions` };
    },
  );
  const extra = await step(
    run,
    "time to placement, placebo",
    { reads: [study], settings: { cohort, ...evaluation }, sql: cohortSql },
    async () => ({ value: await readBeside(engine, cohort, evaluation, study.value) }),
  );
  const programme = await step(
    run,
    "the programme's year",
    {
      reads: [staged],
      settings: { programme: pipeline.programme, questionnaires: pipeline.questionnaires },
      sql: queryFingerprints(["programme", "indicators"]),
    },
    async () => {
      const value = await programmeYear(run.engine, pipeline, questionnaires?.codebook);
      return { value, rows: value.findings.length };
    },
  );
  const branches = await step(run, "branches", { reads: [staged] }, async () => ({
    value: await branchNames(run.engine),
  }));
  // the last to read the engine: specifications with a cohort of their own replace its tables
  const sensitivity = await step(
    run,
    SENSITIVITY,
    { reads: [results, extra], settings: { cohort, ...evaluation }, sql: cohortSql },
    async () => {
      const value = await runSensitivity({
        engine,
        cohort,
        evaluation,
        design: design.value,
        study: study.value,
        advanced: (done, all) => run.progress.advanced?.(SENSITIVITY, done, all),
      });
      return { value, note: `${value.runs.length} specifications` };
    },
  );
  const released = await step(
    run,
    "effects and disclosure",
    {
      reads: [results, extra, programme, sensitivity],
      settings: { ...pipeline, contract, earlier: earlier.hashes, isSecondaryOn: options.isSecondaryOn ?? true },
      isPure: true,
    },
    async () => {
      const impact = impactFindings({
        design: design.value,
        study: study.value,
        results: results.value,
        evaluation,
        region: pipeline.region,
        threshold: pipeline.disclosure.threshold,
        rejectedDuos: rejectedRows(staged.value, "duos"),
      });
      refuseUnchecked(impact.findings, pipeline.pipeline);
      const more = credibilityFindings({
        beside: extra.value,
        study: study.value,
        impact,
        evaluation,
        contract,
        region: pipeline.region,
        threshold: pipeline.disclosure.threshold,
      });
      const told = sensitivityFindings(sensitivity.value, pipeline.disclosure.threshold, {
        region: pipeline.region,
        asOf: evaluation.register.extraction,
        pooled: periodOf(evaluation.cohorts.years),
      });
      const { values: value } = await release(
        [...impact.findings, ...more, ...told, ...programme.value.findings],
        pipeline.disclosure,
        {
          earlier: earlier.values,
          isSecondaryOn: options.isSecondaryOn ?? true,
        },
      );
      const hidden = value.filter((item) => item.conf_status !== "F").length;
      return { value, rows: value.length, note: `${hidden} values not published` };
    },
  );

  const terms = contract === undefined ? {} : { contract: contract.contract };
  const protocol = protocolOf(pipeline, contract);
  const known = Object.keys(standing).length === 0 ? {} : { standing };
  const shared = once(() => ({
    pipeline,
    branches: branches.value,
    ...terms,
    register,
    version: run.version,
    released: released.value,
    protocolHash: protocolHash(protocol),
    standing,
    designHash: study.value.hash,
    ...(programme.value.survey === undefined ? {} : { survey: programme.value.survey }),
    runId: runIdOf({
      inputs: staged.value.inputs,
      protocol: {
        ...{ pipeline, sources, language: options.language ?? null, ...terms, ...known },
        ...(questionnaires === undefined ? {} : { questionnaires }),
      },
      version: run.version,
      earlierEditions: earlier.hashes,
    }),
  }));
  const reports = await step(
    run,
    "reports",
    {
      reads: [released, branches, staged],
      settings: { ...pipeline, sources, register, contract, language: options.language ?? null, ...known },
      isPure: true,
    },
    async () => {
      const value = await renderReports(shared(), options.language, run.stop?.goOn);
      return { value, note: `${value.files.length} files` };
    },
  );
  const metrics = await step(
    run,
    "metrics files",
    { reads: [released, staged], settings: { ...pipeline, sources, language: options.language ?? null }, isPure: true },
    async () => {
      const { runId } = shared();
      const { pipeline: name, title, organisation, synthetic } = pipeline;
      const facts = { pipeline: name, title, organisation, synthetic, runId, asOf: evaluation.register.extraction };
      const value = await metricsFiles(released.value, metricDictionary(), facts, (rows, types) =>
        parquetOf(run.engine, rows, types),
      );
      return {
        value,
        rows: released.value.length,
        note: [...value.keys()].map((path) => extname(path).slice(1)).join(", "),
      };
    },
  );
  const files = once(() => {
    const rendered = new Map<string, string | Uint8Array>([
      ...reports.value.charts,
      ...reports.value.esf,
      ...metrics.value,
      ...reports.value.files.map((file) => [file.path, file.content] as const),
    ]);
    rendered.set("index.html", editionIndex(shared(), reports.value));
    return editionFiles(shared(), rendered, staged.value.inputs, protocol, settled.signing);
  });
  const searched = await step(
    run,
    "search for identifiers",
    { reads: [reports, metrics, released, staged], sql: queryFingerprints(["staging"]) },
    async () => {
      const { identifiers, leftOut } = await identifierCounts(run.engine);
      const leaving = new Map([...files().files, ["progress notes", notes.join("\n")] as const]);
      const value = await scanForIdentifiers(leaving, (tokens) => identifiersAmong(run.engine, tokens));
      const note = `none of ${identifiers - leftOut} in ${value.files} files; ${leftOut} too short to be told apart`;
      return { value, note };
    },
  );
  const restrictedOf = async (): Promise<ReadonlyMap<string, string | Uint8Array>> =>
    new Map<string, string | Uint8Array>([
      ...restrictedFiles(design.value, results.value),
      ["participants.csv", participants.value],
      ...sensitivityFiles(sensitivity.value, pipeline.disclosure.threshold),
      ...(await qualityFiles(settled.qualityRun, staged.value, { runId: shared().runId })),
    ]);
  const edition = await step(
    run,
    "verify and publish",
    { reads: [searched, participants], isPure: true, isAlwaysRun: true },
    async () => {
      const { manifest, files: published } = files();
      const isStanding = standingEdition(out, settled.year, manifest) !== undefined;
      const restricted = isStanding ? new Map<string, string>() : await restrictedOf();
      const value = await publishEdition(out, settled.year, manifest, published, restricted, run.stop);
      clearRefused(out);
      const note = value.isNew ? `edition ${value.name}` : `edition ${value.name} stands, nothing has changed`;
      return { value, note: settled.signing === undefined ? `${note}; unsigned` : `${note}; signed` };
    },
  );
  return { edition, shared, reports };
}

/** Whether the files that were read are those that were hashed: somebody may have changed one in between. */
function isAsHashed({ inputs }: StagedSources, hashed: readonly FileFingerprint[]): boolean {
  const hashes = new Map(hashed.map(({ file, sha256: hash }) => [file, hash]));
  return inputs.every(({ file, sha256: hash }) => hashes.get(file) === hash);
}

/** The first report of the settings for its first region; the others are found from the index. */
function firstReport({ files }: RenderedReports): readonly string[] {
  const [first] = files;
  return files
    .filter(({ report, region }) => report === first?.report && region === first.region)
    .map(({ path }) => path);
}
