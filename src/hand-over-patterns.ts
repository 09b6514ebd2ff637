import { crossedOf, type EvaluationSteps, evaluationSteps } from "./evaluation-steps.ts";
import { type PackFacts, packFiles } from "./exchange/pack.ts";
import { packWords } from "./exchange/pack-words.ts";
import { identifiersAmong } from "./ingest/identifiers.ts";
import { rejectedRows } from "./ingest/stage-sources.ts";
import type { Project } from "./protocol/project.ts";
import type { EditionFiles } from "./publish/edition.ts";
import { scanForIdentifiers } from "./publish/identifier-scan.ts";
import type { Run } from "./run.ts";
import { cohortQueries, type PipelineOptions, type Settled, settle } from "./settle.ts";

/** What an employment service hands over in the place of its register, computed where the register is. */
export interface HandedPatterns {
  readonly files: EditionFiles;
  readonly facts: PackFacts;
}

/**
 * Everything that a pipeline's evaluation reads, from the sources that stand here; publishes nothing.
 * @throws UserError also where a file would hold an identifier of the input
 */
export async function handOverPatterns(project: Project, options: PipelineOptions, run: Run): Promise<HandedPatterns> {
  const settled = await settle(project, options, run);
  const evaluated = await evaluationSteps(settled, run);
  const facts = packFacts(settled, evaluated, run.version);
  const files = packFiles(facts, settled.protocol, crossedOf(evaluated));
  await evaluated.staged.ready();
  await scanForIdentifiers(packWords(files), (tokens) => identifiersAmong(run.engine, tokens));
  return { files, facts };
}

/** What a pack says of itself. */
export function packFacts(settled: Settled, { staged, study }: EvaluationSteps, version: string): PackFacts {
  const { pipeline, protocolHash, register } = settled;
  return {
    pipeline: pipeline.pipeline,
    synthetic: pipeline.synthetic,
    register,
    asOf: pipeline.evaluation.register.extraction,
    version,
    queries: cohortQueries(),
    protocolHash,
    designHash: study.value.hash,
    rejectedDuos: rejectedRows(staged.value, "duos"),
  };
}
