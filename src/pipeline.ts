import { extname, join } from "node:path";
import { editionIndex } from "../reports/edition-index.ts";
import { metricDictionary } from "../reports/metric-dictionary.ts";
import { type RenderedReports, renderReports } from "../reports/render.ts";
import { summaryTable } from "../reports/summary.ts";
import { type FileFingerprint, queryFingerprints } from "./cache/fingerprint.ts";
import { restrictedFiles } from "./cohort/restricted-files.ts";
import { roundingBase } from "./disclose/primary.ts";
import { release } from "./disclose/release.ts";
import { type Corrections, correctionsCsv, correctionsNote, correctionsOf } from "./editions/corrections.ts";
import { parquetOf } from "./engine/parquet.ts";
import { crossedOf, evaluationSteps } from "./evaluation-steps.ts";
import { patternInput } from "./exchange/inputs.ts";
import { packFiles } from "./exchange/pack.ts";
import { packCommon, packFacts } from "./hand-over-patterns.ts";
import { evaluationFindings } from "./impact/evaluation-findings.ts";
import { refuseUnchecked } from "./impact/refusals.ts";
import { sensitivityFiles } from "./impact/sensitivity-findings.ts";
import { branchNames } from "./indicators/branch-names.ts";
import { identifierCounts, identifiersAmong } from "./ingest/identifiers.ts";
import { rejectedRows } from "./ingest/stage-sources.ts";
import { once } from "./once.ts";
import { programmeYear } from "./programme-year.ts";
import type { Project } from "./protocol/project.ts";
import { type EditionFiles, publishEdition, standingEdition, under } from "./publish/edition.ts";
import { editionFiles, evaluatorPack } from "./publish/edition-files.ts";
import { sha256 } from "./publish/hash.ts";
import { scanForIdentifiers } from "./publish/identifier-scan.ts";
import { runIdOf } from "./publish/manifest.ts";
import { metricsFiles } from "./publish/metrics-files.ts";
import { clearRefused } from "./publish/quality-files.ts";
import { suppressionCsv } from "./publish/suppression.ts";
import { qualityFiles, type Seen, withRefusedReport } from "./quality-report.ts";
import { keepingNotes, type Run, step } from "./run.ts";
import { type PipelineOptions, type Settled, settle } from "./settle.ts";
import { verifyStaged } from "./verify/staged.ts";

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

const REPORTS = "reports";

/** The whole way, in order; a run that is refused leaves the data-quality report under `restricted/refused`. */
export async function runPipeline(project: Project, options: PipelineOptions, run: Run): Promise<Published> {
  const seen: Seen = {};
  return withRefusedReport(seen, () => publishPipeline(project, options, run, seen));
}

/** What the run would do, told to `run.plan`; nothing is computed or written. */
export async function planPipeline(project: Project, options: PipelineOptions, run: Run): Promise<Plan> {
  const settled = await settle(project, options, run);
  await steps(settled, run, []);
  return { inputs: [...settled.files, ...patternFiles(settled)], out: settled.out, year: settled.year };
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

/** The steps in order: the table of contents. Values are read inside of steps only, since a plan has none. */
async function steps(settled: Settled, run: Run, notes: readonly string[], seen: Seen = {}) {
  const { pipeline, options, sources, reading, out, register, contract, earlier } = settled;
  const { evaluation } = pipeline;
  const { questionnaires } = reading;
  const { standing } = settled;

  const evaluated = await evaluationSteps(settled, run, seen);
  const { staged, design, study, participants, results, extra, sensitivity } = evaluated;
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
  const released = await step(
    run,
    "effects and disclosure",
    {
      reads: [results, extra, programme, sensitivity],
      settings: { ...pipeline, contract, earlier: earlier.hashes, isSecondaryOn: options.isSecondaryOn ?? true },
      isPure: true,
    },
    async () => {
      const { effects, credibility } = evaluationFindings({
        design: design.value.result,
        study: study.value,
        results: results.value.result,
        beside: extra.value.result,
        sensitivity: sensitivity.value.result,
        evaluation,
        region: pipeline.region,
        contract,
        threshold: pipeline.disclosure.threshold,
        rejectedDuos: rejectedRows(staged.value, "duos"),
      });
      refuseUnchecked(effects, pipeline.pipeline);
      const value = await release([...effects, ...credibility, ...programme.value.findings], pipeline.disclosure, {
        earlier: earlier.values,
        isSecondaryOn: options.isSecondaryOn ?? true,
      });
      const hidden = value.values.filter((item) => item.conf_status !== "F").length;
      return { value, rows: value.values.length, note: `${hidden} values not published` };
    },
  );

  const terms = contract === undefined ? {} : { contract: contract.contract };
  const { protocol } = settled;
  const known = Object.keys(standing).length === 0 ? {} : { standing };
  const inputs = () => [
    ...staged.value.inputs,
    ...(settled.patterns === undefined ? [] : [patternInput(settled.patterns, evaluation.register.source)]),
  ];
  const corrections = once(() =>
    correctionsOf(earlier.previous, released.value.values, { inputs: inputs(), protocol, version: run.version }),
  );
  const shared = once(() => ({
    pipeline,
    ...corrected(corrections()),
    branches: branches.value,
    ...terms,
    register,
    version: run.version,
    released: released.value.values,
    protocolHash: settled.protocolHash,
    standing,
    designHash: study.value.hash,
    ...(programme.value.survey === undefined ? {} : { survey: programme.value.survey }),
    runId: runIdOf({
      inputs: inputs(),
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
    REPORTS,
    {
      reads: [released, branches, staged],
      settings: {
        ...{ ...pipeline, sources, register, contract, language: options.language ?? null, ...known },
        earlier: earlier.hashes,
      },
      isPure: true,
    },
    async () => {
      const value = await renderReports(shared(), {
        language: options.language,
        threads: run.threads ?? 1,
        goOn: run.stop?.goOn,
        advanced: (done, all) => run.progress.advanced?.(REPORTS, done, all),
      });
      return { value, note: `${value.files.length} files` };
    },
  );
  const metrics = await step(
    run,
    "metrics files",
    {
      reads: [released, staged],
      settings: { ...pipeline, sources, language: options.language ?? null, ...known },
      isPure: true,
    },
    async () => {
      const { runId } = shared();
      const { pipeline: name, title, organisation, synthetic } = pipeline;
      const base = roundingBase(pipeline.disclosure);
      const facts = {
        ...{ pipeline: name, title, organisation, synthetic, runId, asOf: evaluation.register.extraction },
        ...(base === null ? {} : { countsRoundedTo: base }),
      };
      const value = await metricsFiles(released.value.values, metricDictionary(), facts, (rows, types) =>
        parquetOf(run.engine, rows, types),
      );
      return {
        value,
        rows: released.value.values.length,
        note: [...value.keys()].map((path) => extname(path).slice(1)).join(", "),
      };
    },
  );
  const files = once(() => {
    const rendered = new Map<string, string | Uint8Array>([
      ...reports.value.charts,
      ...reports.value.pictures,
      ...reports.value.esf,
      ...metrics.value,
      ...reports.value.files.map((file) => [file.path, file.content] as const),
    ]);
    rendered.set("index.html", editionIndex(shared(), reports.value));
    return editionFiles(shared(), rendered, inputs(), protocol, settled.signing);
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
  const evaluatorFiles = (): EditionFiles =>
    evaluatorPack(
      { manifest: files().manifest, signing: settled.signing },
      files().files,
      packFiles(packFacts(settled, evaluated, run.version), protocol, crossedOf(evaluated), packCommon(settled)),
    );
  const restrictedOf = async (): Promise<ReadonlyMap<string, string | Uint8Array>> =>
    new Map<string, string | Uint8Array>([
      ...under("evaluator", evaluatorFiles()),
      ...restrictedFiles(design.value.result, results.value.result),
      ...(participants === undefined ? [] : [["participants.csv", participants.value] as const]),
      ...sensitivityFiles(sensitivity.value.result, pipeline.disclosure.threshold),
      ["suppression.csv", suppressionCsv(released.value.reasons)],
      ...(await qualityFiles(settled.qualityRun, staged.value, { runId: shared().runId })),
    ]);
  const edition = await step(
    run,
    "verify and publish",
    { reads: [searched, ...(participants === undefined ? [] : [participants])], isPure: true, isAlwaysRun: true },
    async () => {
      const { manifest, files: published } = files();
      const isStanding = standingEdition(out, settled.year, manifest) !== undefined;
      const restricted = isStanding ? new Map<string, string>() : await restrictedOf();
      let verified = "";
      const gate = {
        ...(run.stop ?? { goOn: async () => undefined, settle: () => undefined }),
        check: async (folder: string) => {
          verified = await verifyStaged(folder, settled.verification);
        },
      };
      const value = await publishEdition(out, settled.year, manifest, published, restricted, gate);
      clearRefused(out);
      if (!value.isNew) return { value, note: `edition ${value.name} stands, nothing has changed` };
      const signed = settled.signing === undefined ? "unsigned" : "signed";
      return { value, note: `edition ${value.name}, ${signed}; ${verified}` };
    },
  );
  return { edition, shared, reports };
}

/** Corrections as reports, and as manifest and files, tell of them; nothing where there are none to tell. */
const corrected = (corrections: Corrections | undefined) =>
  corrections === undefined
    ? {}
    : { corrections, corrected: { note: correctionsNote(corrections), csv: correctionsCsv(corrections) } };

/** The manifest of the patterns that stand in for a register, as a plan tells of a file. */
function patternFiles({ patterns }: Settled): readonly FileFingerprint[] {
  if (patterns === undefined) return [];
  const { folder, manifestBytes } = patterns;
  const lines = manifestBytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
  return [{ file: `${folder}/manifest.json`, sha256: sha256(manifestBytes), bytes: manifestBytes.byteLength, lines }];
}

/** The first report of the settings for its first region; the others are found from the index. */
function firstReport({ files }: RenderedReports): readonly string[] {
  const [first] = files;
  return files
    .filter(({ report, region }) => report === first?.report && region === first.region)
    .map(({ path }) => path);
}
