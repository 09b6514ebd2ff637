import { type FileFingerprint, queryFingerprints } from "./cache/fingerprint.ts";
import { MAY_CROSS } from "./catalogue/crossing.ts";
import { regionProblem } from "./cohort/branch-regions.ts";
import { buildDesign } from "./cohort/design.ts";
import { handOver } from "./cohort/hand-over.ts";
import { participantsCsv } from "./cohort/participants.ts";
import { counted } from "./counted.ts";
import { type Crossed, type RecordingEngine, recordingEngine, replayingEngine } from "./engine/crossing.ts";
import { withCommon } from "./exchange/common.ts";
import { readBeside } from "./impact/credibility.ts";
import { matchStudy } from "./impact/impact.ts";
import { refuseNobodyMatched } from "./impact/refusals.ts";
import { runSensitivity } from "./impact/sensitivity.ts";
import { readStudyOutcomes } from "./impact/study-outcomes.ts";
import { pseudonym } from "./ingest/identity/pseudonym.ts";
import { type StagedSources, stageSources } from "./ingest/stage-sources.ts";
import { recordFirst } from "./protocol/record.ts";
import { sha256 } from "./publish/hash.ts";
import type { Seen } from "./quality-report.ts";
import { type Handle, type Run, step } from "./run.ts";
import type { Settled } from "./settle.ts";
import { UserError } from "./user-error.ts";

const DESIGN = "risk sets and patterns";
const MATCH = "match and balance";
const SENSITIVITY = "sensitivity analysis";

/** What the steps of the evaluation yield; `participants` where persons are known and something is published. */
export type EvaluationSteps = Awaited<ReturnType<typeof evaluationSteps>>;

/** The sources, read into staged tables. */
export async function stagedSources(settled: Settled, run: Run): Promise<Handle<StagedSources>> {
  const { sources, reading, files: inputs } = settled;
  const { questionnaires } = reading;
  return step<StagedSources>(
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
}

/** From sources as they come to all that evaluation reads: where the register is, or from patterns in its place. */
export async function evaluationSteps(settled: Settled, run: Run, seen: Seen = {}) {
  const { pipeline, key, out, cohort, patterns, options } = settled;
  const isPublishing = options.isHandingOver !== true;
  const { evaluation } = pipeline;
  const staged = await stagedSources(settled, run);
  if (run.plan === undefined) seen.read = staged.value;
  const handed = await cohortTables(settled, run, staged);
  const engine = cohortEngine(settled, run);
  const cohortSql = queryFingerprints(["risk", "patterns"]);
  const design = await step(
    run,
    DESIGN,
    { reads: [handed], settings: { cohort }, sql: cohortSql, leaves: "tables" },
    async () => {
      if (patterns === undefined) await refuseOtherRegion(run, pipeline);
      const value = await engine.recording(() =>
        buildDesign(engine, cohort, new Map(), (done, all) => run.progress.advanced?.(DESIGN, done, all)),
      );
      const { rows, size } = value.result.patterns;
      return { value, rows: rows.reduce((a, b) => a + b, 0), note: `${size} patterns` };
    },
  );
  const study = await step(run, MATCH, { reads: [design], settings: evaluation, isPure: true }, async () => {
    const value = matchStudy(design.value.result, evaluation);
    // fitted weights carry their influence as a function, which can't be kept: they are fitted anew
    const isKept = value.matches.every(({ match }) => match.influences === undefined);
    return { value, note: `design ${value.hash.slice(0, 12)}, before any outcome is read`, isKept };
  });
  if (run.plan === undefined) {
    refuseNobodyMatched(study.value, evaluation, design.value.result.attrition);
    // separation and columns left out of a propensity score: said again of a match that was kept
    const words = new Set(study.value.matches.flatMap(({ match }) => match.warnings));
    for (const warning of words) run.progress.warned?.(MATCH, warning);
  }
  // who they are is known only where the register is, and never handed over
  const participants =
    patterns !== undefined || !isPublishing
      ? undefined
      : await step(
          run,
          "pseudonyms of participants",
          { reads: [study], settings: { cohort, key: pseudonym(key, "key", "fingerprint") }, sql: cohortSql },
          async () => ({
            value: await participantsCsv(engine, cohort, study.value.matches[0]?.keys ?? [], (domain, identifier) =>
              pseudonym(key, domain, identifier),
            ),
          }),
        );
  if (run.plan === undefined && isPublishing) recordFirst(settled.promised, out);
  const results = await step(
    run,
    "outcomes of the matched",
    { reads: [study], settings: { cohort, subgroups: evaluation.subgroups }, sql: cohortSql },
    async () => {
      const value = await engine.recording(() => readStudyOutcomes(engine, cohort, evaluation, study.value));
      return { value, note: counted(value.result.length, "placement definition") };
    },
  );
  const extra = await step(
    run,
    "time to placement, placebo",
    { reads: [study], settings: { cohort, ...evaluation }, sql: cohortSql },
    async () => ({
      value: await engine.recording(() => readBeside(engine, cohort, evaluation, study.value)),
    }),
  );
  // the last to read the engine: specifications with a cohort of their own replace its tables
  const sensitivity = await step(
    run,
    SENSITIVITY,
    { reads: [results, extra], settings: { cohort, ...evaluation }, sql: cohortSql },
    async () => {
      const value = await engine.recording(() =>
        runSensitivity({
          engine,
          cohort,
          evaluation,
          design: design.value.result,
          study: study.value,
          threads: run.threads?.(),
          advanced: (done, all) => run.progress.advanced?.(SENSITIVITY, done, all),
        }),
      );
      return { value, note: counted(value.result.runs.length, "specification") };
    },
  );
  return { staged, design, study, participants, results, extra, sensitivity };
}

/** @throws UserError where the pipeline's region is no branch's: a word in another spelling would leave nobody */
async function refuseOtherRegion({ engine, database }: Run, { pipeline, region }: Settled["pipeline"]): Promise<void> {
  const problem = await regionProblem(database ?? engine, region);
  if (problem !== undefined) throw new UserError([`${pipeline}.yaml: ${problem}`]);
}

/** Everything that crossed from the engine to the evaluation. */
export const crossedOf = ({ design, results, extra, sensitivity }: EvaluationSteps): readonly Crossed[] =>
  [design, results, extra, sensitivity].flatMap((handle) => handle.value.crossed);

/** The tables that cohorts are made from, where cohorts are made. */
export async function cohortTables(
  { patterns }: Settled,
  run: Run,
  staged: Handle<StagedSources>,
): Promise<Handle<unknown>> {
  const { database } = run;
  if (patterns !== undefined) {
    const files = { [patterns.folder]: sha256(patterns.manifestBytes) };
    return step(run, "patterns in the place of a register", { reads: [staged], files, isPure: true }, async () => ({
      value: patterns.manifest.protocolHash,
      note: `${patterns.manifest.tables.length} tables of ${patterns.manifest.register}`,
    }));
  }
  if (database === undefined) return staged;
  return step(run, "hand over to the database", { reads: [staged], leaves: "tables" }, async () => {
    const value = await handOver(run.engine, database);
    return { value, rows: value.reduce((sum, { rows }) => sum + rows, 0), note: database.kind };
  });
}

/** Computes cohorts and their patterns, or gives what another engine computed; all else is read where it was staged. */
function cohortEngine({ patterns, common }: Settled, run: Run): RecordingEngine {
  const engine = patterns === undefined ? (run.database ?? run.engine) : replayingEngine(patterns.answers);
  const recorder = recordingEngine(engine, MAY_CROSS);
  return { ...withCommon(recorder, common), recording: recorder.recording };
}

/** Whether the files that were read are those that were hashed: somebody may have changed one in between. */
function isAsHashed({ inputs }: StagedSources, hashed: readonly FileFingerprint[]): boolean {
  const hashes = new Map(hashed.map(({ file, sha256: hash }) => [file, hash]));
  return inputs.every(({ file, sha256: hash }) => hashes.get(file) === hash);
}
