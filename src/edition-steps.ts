import { extname } from "node:path";
import { editionIndexes } from "../reports/edition-index.ts";
import { metricDictionary } from "../reports/metric-dictionary.ts";
import type { RenderedReports } from "../reports/render.ts";
import { queryFingerprints } from "./cache/fingerprint.ts";
import { restrictedFiles } from "./cohort/restricted-files.ts";
import { roundingBase } from "./disclose/primary.ts";
import { type EditionFacts, editionFacts, knownStanding } from "./edition-facts.ts";
import { parquetOf } from "./engine/parquet.ts";
import { crossedOf, type EvaluationSteps } from "./evaluation-steps.ts";
import { packFiles } from "./exchange/pack.ts";
import { packCommon, packFacts } from "./hand-over-patterns.ts";
import { sensitivityFiles } from "./impact/sensitivity-findings.ts";
import { identifierCounts, identifiersAmong } from "./ingest/identity/identifiers.ts";
import { once } from "./once.ts";
import { type EditionFiles, publishEdition, under } from "./publish/edition.ts";
import { editionFiles, evaluatorPack } from "./publish/edition-files.ts";
import { scanForIdentifiers } from "./publish/identifier-scan.ts";
import { metricsFiles } from "./publish/metrics-files.ts";
import { clearRefused } from "./publish/quality-files.ts";
import { suppressionCsv } from "./publish/suppression.ts";
import { qualityFiles } from "./quality-report.ts";
import type { ReleasedSteps } from "./released-steps.ts";
import { type Handle, type Run, step } from "./run.ts";
import type { Settled } from "./settle.ts";
import { verifyStaged } from "./verify/staged.ts";

const REPORTS = "reports";

type MadeEdition = ReturnType<typeof editionFiles>;

/**
 * From released values to a published edition: reports, metrics files, the search for identifiers, publishing.
 * @param notes what steps have told so far, searched with everything else that leaves
 */
export async function editionSteps(
  settled: Settled,
  run: Run,
  notes: readonly string[],
  evaluated: EvaluationSteps,
  disclosed: ReleasedSteps,
) {
  const facts = editionFacts(settled, run, evaluated, disclosed);
  const { inputs, shared } = facts;
  const { staged, participants } = evaluated;
  const { branches, released } = disclosed;
  const reports = await renderedReports(settled, run, facts, [released, branches, staged]);
  const metrics = await metricsStep(settled, run, facts, [released, staged]);
  const made = once(() => {
    const files = new Map([...renderedFiles(reports.value, metrics.value), ...editionIndexes(shared(), reports.value)]);
    return editionFiles(shared(), files, inputs(), settled.protocol, settled.signing);
  });
  const searched = await step(
    run,
    "search for identifiers",
    { reads: [reports, metrics, released, staged], sql: queryFingerprints(["staging"]) },
    async () => {
      const { identifiers, leftOut } = await identifierCounts(run.engine);
      const leaving = new Map([...made().files, ["progress notes", notes.join("\n")] as const]);
      const value = await scanForIdentifiers(leaving, (tokens) => identifiersAmong(run.engine, tokens));
      const note = `none of ${identifiers - leftOut} in ${value.files} files; ${leftOut} too short to be told apart`;
      return { value, note };
    },
  );
  const restricted = () => restrictedOf(settled, run, evaluated, disclosed, made(), shared().runId);
  const reads = [searched, ...(participants === undefined ? [] : [participants])];
  const edition = await published(settled, run, reads, made, restricted);
  return { edition, shared, reports };
}

type Reads = ReadonlyArray<Handle<unknown>>;

function renderedReports(settled: Settled, run: Run, { shared }: EditionFacts, reads: Reads) {
  const { pipeline, sources, register, contract, options, earlier } = settled;
  const language = options.language ?? null;
  return step(
    run,
    REPORTS,
    {
      reads,
      settings: {
        ...{ ...pipeline, sources, register, contract, language, ...knownStanding(settled) },
        earlier: earlier.hashes,
      },
      isPure: true,
    },
    async () => {
      // charts and documents are loaded where they are made: a plan or an unchanged run makes none
      const { renderReports } = await import("../reports/render.ts");
      const value = await renderReports(shared(), {
        language: options.language,
        threads: run.threads,
        goOn: run.stop?.goOn,
        advanced: (done, all) => run.progress.advanced?.(REPORTS, done, all),
      });
      return { value, note: `${value.files.length} files` };
    },
  );
}

function metricsStep(settled: Settled, run: Run, { shared }: EditionFacts, reads: Reads) {
  const { pipeline, sources, options } = settled;
  return step(
    run,
    "metrics files",
    {
      reads,
      settings: { ...pipeline, sources, language: options.language ?? null, ...knownStanding(settled) },
      isPure: true,
    },
    async () => {
      const { runId, released } = shared();
      const { pipeline: name, title, organisation, synthetic, evaluation } = pipeline;
      const base = roundingBase(pipeline.disclosure);
      const facts = {
        ...{ pipeline: name, title, organisation, synthetic, runId, asOf: evaluation.register.extraction },
        ...(base === null ? {} : { countsRoundedTo: base }),
      };
      const value = await metricsFiles(released, metricDictionary(), facts, (rows, types) =>
        parquetOf(run.engine, rows, types),
      );
      const note = [...value.keys()].map((path) => extname(path).slice(1)).join(", ");
      return { value, rows: released.length, note };
    },
  );
}

const renderedFiles = (reports: RenderedReports, metrics: EditionFiles): EditionFiles =>
  new Map<string, string | Uint8Array>([
    ...reports.charts,
    ...reports.pictures,
    ...reports.esf,
    ...metrics,
    ...reports.files.map((file) => [file.path, file.content] as const),
  ]);

/** What stays with the evaluator: the pack that everything is recomputed from, who was matched, what is hidden and why. */
async function restrictedOf(
  settled: Settled,
  run: Run,
  evaluated: EvaluationSteps,
  { released }: ReleasedSteps,
  { manifest, files }: MadeEdition,
  runId: string,
): Promise<EditionFiles> {
  const { design, results, participants, sensitivity, staged } = evaluated;
  const patterns = packFiles(
    packFacts(settled, evaluated, run.version),
    settled.protocol,
    crossedOf(evaluated),
    packCommon(settled),
  );
  return new Map<string, string | Uint8Array>([
    ...under("evaluator", evaluatorPack({ manifest, signing: settled.signing }, files, patterns)),
    ...restrictedFiles(design.value.result, results.value.result),
    ...(participants === undefined ? [] : [["participants.csv", participants.value] as const]),
    ...sensitivityFiles(sensitivity.value.result, settled.pipeline.disclosure.threshold),
    ["suppression.csv", suppressionCsv(released.value.reasons)],
    ...(await qualityFiles(settled.qualityRun, staged.value, { runId })),
  ]);
}

function published(
  settled: Settled,
  run: Run,
  reads: Reads,
  made: () => MadeEdition,
  restricted: () => Promise<EditionFiles>,
) {
  const { out, year, verification, signing } = settled;
  return step(run, "verify and publish", { reads, isPure: true, isAlwaysRun: true }, async () => {
    let verified = "";
    const gate = {
      ...(run.stop ?? { goOn: async () => undefined, settle: () => undefined }),
      check: async (folder: string) => {
        verified = await verifyStaged(folder, { ...verification, threads: run.threads });
      },
    };
    const { manifest, files } = made();
    const value = await publishEdition(out, year, manifest, files, restricted, gate);
    clearRefused(out);
    if (!value.isNew) return { value, note: `edition ${value.name} stands, nothing has changed` };
    return { value, note: `edition ${value.name}, ${signing === undefined ? "unsigned" : "signed"}; ${verified}` };
  });
}
