import { dirname } from "node:path";
import { findingSentences } from "../../reports/data-quality.ts";
import { openDuckDb } from "../engine/duckdb.ts";
import { type FileSummary, SourcesRefused } from "../ingest/ingest.ts";
import { loadSourceMapping } from "../ingest/mapping.ts";
import { qualityJson } from "../ingest/quality.ts";
import { type StagedSources, stageSources } from "../ingest/stage-sources.ts";
import { loadContract } from "../protocol/contract.ts";
import { loadProject, type Project } from "../protocol/project.ts";
import { protocolHash, protocolOf } from "../protocol/record.ts";
import { registerOf, sourceOptions } from "../protocol/scope.ts";
import { qualityOf } from "../quality-report.ts";
import { acceptedPatterns } from "../settle.ts";
import { version } from "../version.ts";
import { loadMessages } from "../wording/messages.ts";
import { machineFailed } from "./machine-failed.ts";

/** What was found, and the refusal that a run would end with. */
interface Checked {
  readonly text: string;
  readonly refusal?: SourcesRefused;
}

/**
 * Reads settings and sources as a run would, and says what came in, as text or as the data-quality report's JSON;
 * writes nothing, and compares with no earlier edition.
 */
export async function checkPipelineFile(file: string, json: boolean): Promise<Checked> {
  const project = loadProject(file);
  const { pipeline } = project;
  const sources = pipeline.sources.map((name) => loadSourceMapping(project.sourcesFolder, name));
  const contract = loadContract(dirname(project.sourcesFolder), pipeline.evaluation);
  if (acceptedPatterns(project, pipeline, contract, version()) === undefined) registerOf(pipeline, sources);
  const hash = protocolHash(protocolOf(pipeline, contract));
  const { memoryLimit, spillLimit } = project.engine;
  const engine = await openDuckDb({ memoryLimit, spillLimit });
  try {
    const read = await stageSources(engine, sources, sourceOptions(project));
    return { text: told(project, hash, read, read.inputs, [], json) };
  } catch (error) {
    if (!(error instanceof SourcesRefused)) throw machineFailed(error, { out: project.folder, engine: project.engine });
    return { text: told(project, hash, error.read, error.read.files, error.problems, json), refusal: error };
  } finally {
    await engine.close();
  }
}

function told(
  { pipeline }: Project,
  hash: string,
  read: Pick<StagedSources, "quality" | "rejects">,
  inputs: readonly FileSummary[],
  refused: readonly string[],
  json: boolean,
): string {
  const quality = qualityOf({ pipeline, version: version(), protocolHash: hash }, read, { refused });
  if (json) return qualityJson(quality);
  const lines = inputs.map((input) => {
    const rules = input.rules.map(({ rule, severity, rows }) => `      ${severity} ${rule}: ${rows}\n`).join("");
    const counts = `${input.received} received = ${input.accepted} accepted + ${input.rejected} rejected; ${input.warned} with a warning`;
    return `  ${input.file} (${input.table})\n    ${counts}\n${rules}`;
  });
  const state = refused.length === 0 ? "settings and sources are in order" : "a run would be refused";
  const sentences = findingSentences({ quality, messages: loadMessages("en") }).map((one) => `  ${one}\n`);
  return `${pipeline.pipeline}: ${state}\n${lines.join("")}\n${sentences.join("")}`;
}
