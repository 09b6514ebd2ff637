import { sqlOf, tableOf } from "./catalogue/catalogue.ts";
import { PATTERNS } from "./catalogue/patterns.ts";
import { RISK } from "./catalogue/risk.ts";
import { buildDesign } from "./cohort/design.ts";
import { cohortParameters, loadSettings } from "./cohort/settings-tables.ts";
import type { Crossed } from "./engine/crossing.ts";
import type { SqlEngine } from "./engine/engine.ts";
import { narrowed } from "./engine/narrow.ts";
import { cohortTables, crossedOf, type EvaluationSteps, evaluationSteps, stagedSources } from "./evaluation-steps.ts";
import { amongServices } from "./exchange/among.ts";
import { commonTables, handedOn } from "./exchange/common.ts";
import { type PackFacts, packFiles } from "./exchange/pack.ts";
import { cohortsOf } from "./impact/sensitivity-tasks.ts";
import { identifiersAmong } from "./ingest/identity/identifiers.ts";
import { rejectedRows, type StagedSources } from "./ingest/stage-sources.ts";
import type { Project } from "./protocol/project.ts";
import type { EditionFiles } from "./publish/edition.ts";
import { scanForIdentifiers } from "./publish/identifier-scan.ts";
import { type Handle, type Run, step } from "./run.ts";
import { cohortQueries, type PipelineOptions, type Settled, settle } from "./settle.ts";
import { UserError } from "./user-error.ts";

/** What an employment service hands over in the place of its register, computed where the register is. */
export interface HandedPatterns {
  readonly files: EditionFiles;
  readonly facts: PackFacts;
}

/**
 * Everything that a pipeline's evaluation reads, from the sources that stand here; publishes nothing. Where the register is
 * one of several, what this round asks for: days of start, patterns, or outcomes of the patterns that all together match.
 * @throws UserError also where a file would hold an identifier of the input
 */
export async function handOverPatterns(project: Project, options: PipelineOptions, run: Run): Promise<HandedPatterns> {
  const settled = await settle(project, options, run);
  const { round } = settled;
  if (round !== "alone") refuseSecondPass(settled);
  const { staged, crossed, designHash } =
    round === "days" || round === "patterns"
      ? await beforeMatching(settled, run, round)
      : await everything(settled, run);
  const facts = { ...factsOf(settled, staged.value, run.version), designHash };
  const common = settled.sums === undefined ? [] : handedOn(settled.sums);
  const files = packFiles(facts, settled.protocol, crossed, common);
  await staged.ready();
  await scanForIdentifiers(files, (tokens) => identifiersAmong(run.engine, tokens));
  return { files, facts };
}

interface Handed {
  readonly staged: Handle<StagedSources>;
  readonly crossed: readonly Crossed[];
  readonly designHash: string;
}

async function everything(settled: Settled, run: Run): Promise<Handed> {
  const evaluated = await evaluationSteps(settled, run);
  return { staged: evaluated.staged, crossed: crossedOf(evaluated), designHash: evaluated.study.value.hash };
}

async function beforeMatching(settled: Settled, run: Run, round: "days" | "patterns"): Promise<Handed> {
  const staged = await stagedSources(settled, run);
  const handed = await cohortTables(settled, run, staged);
  const engine = run.database ?? run.engine;
  const name = round === "days" ? "days of start" : "risk sets and patterns";
  const counted = await step<readonly Crossed[]>(run, name, { reads: [handed] }, async () => {
    const value = round === "days" ? await startDays(engine, settled) : await patternCounts(engine, settled);
    return { value };
  });
  return { staged, crossed: counted.value, designHash: "" };
}

/** The days on which participants started whom this register knows. */
async function startDays(engine: SqlEngine, { cohort }: Settled): Promise<readonly Crossed[]> {
  await loadSettings(engine, cohort);
  for (const entry of [RISK.persons, RISK.duos, PATTERNS.start_day_counts])
    await engine.build(sqlOf(entry), entry.grain, cohortParameters(cohort));
  const { name } = PATTERNS.start_day_counts;
  return [{ table: name, key: "days", content: await engine.rows(tableOf(PATTERNS.start_day_counts)) }];
}

/** The patterns of this register with their rows, once a cohort: participants first, in the order in which they are numbered. */
async function patternCounts(own: SqlEngine, { cohort, pipeline, common }: Settled): Promise<readonly Crossed[]> {
  const engine = amongServices(own, common ?? { days: [], cohorts: new Map() });
  const { name, grain } = PATTERNS.pattern_counts;
  const order = grain.map((column) => (column === "arm" ? "arm desc" : column)).join(", ");
  const crossed: Crossed[] = [];
  let built = new Map<string, string>() as Awaited<ReturnType<typeof buildDesign>>["built"];
  for (const one of cohortsOf(pipeline.evaluation, cohort)) {
    ({ built } = await buildDesign(engine, one, built));
    await own.build(sqlOf(PATTERNS.pattern_counts), grain);
    const content = await own.arrow({ name, text: `select * from ${name} order by ${order}` });
    crossed.push({ table: name, key: engine.cohortKey(), content: narrowed(content) });
  }
  return crossed;
}

/** A second pass over persons needs the means of all services, which none of them has. */
function refuseSecondPass({ pipeline }: Settled): void {
  const asking = pipeline.evaluation.sensitivity.filter(({ error }) => error === "person-jackknife");
  if (asking.length === 0) return;
  throw new UserError(
    asking.map(
      ({ name }) =>
        `${pipeline.pipeline}.yaml: evaluation.sensitivity: '${name}' leaves one person out at a time, which asks each service for a second pass with the means of all of them: it can't be added up; leave it out, here and where the result is computed`,
    ),
  );
}

/** What a pack says of itself. */
export const packFacts = (settled: Settled, { staged, study }: EvaluationSteps, version: string): PackFacts => ({
  ...factsOf(settled, staged.value, version),
  designHash: study.value.hash,
});

/** What an evaluator needs beside the answers: what was common to the services whose sums they are. */
export const packCommon = ({ patterns }: Settled): readonly Crossed[] =>
  patterns === undefined ? [] : commonTables(patterns);

function factsOf(settled: Settled, staged: StagedSources, version: string): Omit<PackFacts, "designHash"> {
  const { pipeline, patterns, protocolHash, register, round } = settled;
  return {
    pipeline: pipeline.pipeline,
    synthetic: pipeline.synthetic,
    register,
    asOf: pipeline.evaluation.register.extraction,
    version,
    queries: cohortQueries(),
    protocolHash,
    round: patterns?.manifest.round ?? round,
    services: patterns?.manifest.services ?? 1,
    rejectedDuos: rejectedRows(staged, "duos"),
  };
}
