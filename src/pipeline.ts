import { dirname, join } from "node:path";
import { editionIndex } from "../reports/edition-index.ts";
import { type RenderedReports, renderReports } from "../reports/render.ts";
import { summaryTable } from "../reports/summary.ts";
import { buildDesign } from "./cohort/design.ts";
import { handOver } from "./cohort/hand-over.ts";
import { participantsCsv } from "./cohort/participants.ts";
import { restrictedFiles } from "./cohort/restricted-files.ts";
import { readOutcomes } from "./cohort/results.ts";
import { release } from "./disclose/release.ts";
import { periodOf } from "./impact/analysis.ts";
import { cohortSettings } from "./impact/cohort-settings.ts";
import { credibilityFindings, readBeside } from "./impact/credibility.ts";
import { impactFindings, matchStudy } from "./impact/impact.ts";
import { runSensitivity } from "./impact/sensitivity.ts";
import { sensitivityFiles, sensitivityFindings } from "./impact/sensitivity-findings.ts";
import { branchNames } from "./indicators/branch-names.ts";
import { identifierCounts, identifiersAmong } from "./ingest/identifiers.ts";
import { loadSourceMapping } from "./ingest/mapping.ts";
import { type KeyOrigin, pseudonym, pseudonymKey } from "./ingest/pseudonym.ts";
import { rejectedRows, stageSources } from "./ingest/stage-sources.ts";
import { programmeYear } from "./programme-year.ts";
import { loadContract } from "./protocol/contract.ts";
import type { Project } from "./protocol/project.ts";
import { registerOf, sourceOptions, upTo } from "./protocol/scope.ts";
import { readEarlierEditions } from "./publish/earlier-editions.ts";
import { publishEdition } from "./publish/edition.ts";
import { editionFiles } from "./publish/edition-files.ts";
import { canonicalJson, sha256 } from "./publish/hash.ts";
import { scanForIdentifiers } from "./publish/identifier-scan.ts";
import { runIdOf } from "./publish/manifest.ts";
import { clearRefused } from "./publish/quality-files.ts";
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
  /** False leaves hidden values open to subtraction: no command offers it, tests of the audit do. */
  readonly isSecondaryOn?: boolean;
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

/** From files as they come to a published edition. */
async function publishPipeline(project: Project, options: PipelineOptions, given: Run, seen: Seen): Promise<Published> {
  const { run, notes } = keepingNotes(given);
  const pipeline = upTo(project.pipeline, options.year);
  const { evaluation } = pipeline;
  const sources = pipeline.sources.map((name) => loadSourceMapping(project.sourcesFolder, name));
  const key = pseudonymKey(
    options.key ?? {},
    project.folder,
    sources.every(({ synthetic }) => synthetic),
  );
  const register = registerOf(pipeline, sources);
  const contract = loadContract(dirname(project.sourcesFolder), evaluation);
  const cohort = cohortSettings(evaluation, pipeline.region, register);

  const out = join(options.out, pipeline.pipeline);
  const qualityRun = { pipeline, version: run.version, out };
  seen.run = qualityRun;

  const earlier = readEarlierEditions(out, pipeline.disclosure.earlierEditions);
  const reading = sourceOptions(project);
  const { questionnaires } = reading;

  const staged = await step(run, "read sources", { settings: [sources, questionnaires] }, async () => {
    const value = await stageSources(run.engine, sources, reading);
    const rejected = value.inputs.reduce((sum, file) => sum + file.rejected, 0);
    return { value, rows: value.inputs.reduce((sum, file) => sum + file.received, 0), note: `${rejected} rejected` };
  });
  seen.read = staged.value;
  const { database } = run;
  if (database !== undefined)
    await step(run, "hand over to the database", { reads: [staged] }, async () => {
      const value = await handOver(run.engine, database);
      return { value, rows: value.reduce((sum, { rows }) => sum + rows, 0), note: database.kind };
    });
  // computes cohorts and their patterns; all else is read where it was staged
  const engine = database ?? run.engine;
  const design = await step(run, DESIGN, { reads: [staged], settings: cohort }, async () => {
    const value = await buildDesign(engine, cohort, new Map(), (done, all) =>
      run.progress.advanced?.(DESIGN, done, all),
    );
    return { value, rows: value.patterns.rows.reduce((a, b) => a + b, 0), note: `${value.patterns.size} patterns` };
  });
  const study = await step(run, "match and balance", { reads: [design], settings: evaluation }, async () => {
    const value = matchStudy(design.value, evaluation);
    return { value, note: `design ${value.hash.slice(0, 12)}, before any outcome is read` };
  });
  const [primary] = study.value.matches;
  const participants = await participantsCsv(engine, cohort, primary?.keys ?? [], (domain, identifier) =>
    pseudonym(key, domain, identifier),
  );
  const results = await step(run, "outcomes of the matched", { reads: [study], settings: cohort }, async () => {
    const value = [];
    for (const { definition, after, keys } of study.value.matches)
      value.push(
        await readOutcomes(engine, { ...cohort, outcomes: [{ definition, after }] }, keys, evaluation.subgroups.by),
      );
    return { value, note: `${value.length} placement definitions` };
  });
  const extra = await step(run, "time to placement, placebo", { reads: [study], settings: cohort }, async () => ({
    value: await readBeside(engine, cohort, evaluation, study.value),
  }));
  const programme = await step(
    run,
    "the programme's year",
    { reads: [staged], settings: [pipeline.programme, pipeline.questionnaires] },
    async () => {
      const value = await programmeYear(run.engine, pipeline, questionnaires?.codebook);
      return { value, rows: value.findings.length };
    },
  );
  const branches = await branchNames(run.engine);
  // the last to read the engine: specifications with a cohort of their own replace its tables
  const sensitivity = await step(run, SENSITIVITY, { reads: [results, extra], settings: evaluation }, async () => {
    const value = await runSensitivity({
      engine,
      cohort,
      evaluation,
      design: design.value,
      study: study.value,
      advanced: (done, all) => run.progress.advanced?.(SENSITIVITY, done, all),
    });
    return { value, note: `${value.runs.length} specifications` };
  });
  const released = await step(
    run,
    "effects and disclosure",
    { reads: [results, extra, programme, sensitivity], settings: pipeline },
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
  const protocol = { evaluation, region: pipeline.region, disclosure: pipeline.disclosure, ...terms };
  const shared = {
    pipeline,
    branches,
    ...terms,
    register,
    version: run.version,
    released: released.value,
    protocolHash: sha256(canonicalJson(protocol)),
    designHash: study.value.hash,
    ...(programme.value.survey === undefined ? {} : { survey: programme.value.survey }),
    runId: runIdOf({
      inputs: staged.value.inputs,
      protocol: {
        ...{ pipeline, sources, language: options.language ?? null, ...terms },
        ...(questionnaires === undefined ? {} : { questionnaires }),
      },
      version: run.version,
      earlierEditions: earlier.hashes,
    }),
  };
  const reports = await step(run, "reports", { reads: [released], settings: pipeline.reports }, async () => {
    const value = await renderReports(shared, options.language);
    return { value, note: `${value.files.length} files` };
  });
  const files = await step(run, "search for identifiers", { reads: [reports] }, async () => {
    const rendered = new Map<string, string | Uint8Array>([
      ...reports.value.charts,
      ...reports.value.esf,
      ...reports.value.files.map((file) => [file.path, file.content] as const),
    ]);
    rendered.set("index.html", editionIndex(shared, reports.value));
    const value = editionFiles(shared, rendered, staged.value.inputs, protocol);
    const { identifiers, leftOut } = await identifierCounts(run.engine);
    const leaving = new Map([...value.files, ["progress notes", notes.join("\n")] as const]);
    const searched = await scanForIdentifiers(leaving, (tokens) => identifiersAmong(run.engine, tokens));
    const note = `none of ${identifiers - leftOut} in ${searched.files} files; ${leftOut} too short to be told apart`;
    return { value, note };
  });
  const edition = await step(run, "verify and publish", { reads: [files] }, async () => {
    const { manifest } = files.value;
    const quality = await qualityFiles(qualityRun, staged.value, { runId: shared.runId });
    const restricted = new Map<string, string | Uint8Array>([
      ...restrictedFiles(design.value, results.value),
      ["participants.csv", participants],
      ...sensitivityFiles(sensitivity.value, pipeline.disclosure.threshold),
      ...quality,
    ]);
    const value = publishEdition(out, Math.max(...evaluation.cohorts.years), manifest, files.value.files, restricted);
    clearRefused(out);
    return { value, note: value.isNew ? `edition ${value.name}` : `edition ${value.name} stands, nothing has changed` };
  });
  return {
    title: pipeline.title.en,
    edition: edition.value.name,
    runId: shared.runId,
    isNew: edition.value.isNew,
    summary: summaryTable(shared),
    open: ["index.html", ...firstReport(reports.value), "metrics/metrics.csv"].map((file) => join(out, "latest", file)),
  };
}

/** The first report of the settings for its first region; the others are found from the index. */
function firstReport({ files }: RenderedReports): readonly string[] {
  const [first] = files;
  return files
    .filter(({ report, region }) => report === first?.report && region === first.region)
    .map(({ path }) => path);
}
