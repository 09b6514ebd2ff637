import { dirname } from "node:path";
import { findingSentences } from "../../reports/data-quality.ts";
import { sqlOf } from "../catalogue/catalogue.ts";
import { regionProblem } from "../cohort/branch-regions.ts";
import { openDuckDb } from "../engine/duckdb.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { groupBy } from "../group-by.ts";
import { type KeyOrigin, pseudonymKey } from "../ingest/identity/pseudonym.ts";
import { type FileSummary, SourcesRefused } from "../ingest/ingest.ts";
import { loadSourceMapping } from "../ingest/mapping/mapping.ts";
import { qualityJson } from "../ingest/quality/quality.ts";
import { type StagedSources, stageSources } from "../ingest/stage-sources.ts";
import { loadContract } from "../protocol/contract.ts";
import { loadProject, type Project } from "../protocol/project.ts";
import { protocolHash, protocolOf } from "../protocol/record.ts";
import { allSynthetic, checkSynthetic, registerOf, sourceOptions } from "../protocol/scope.ts";
import { qualityOf } from "../quality-report.ts";
import { acceptedPatterns } from "../settle.ts";
import { UserError } from "../user-error.ts";
import { version } from "../version.ts";
import { loadMessages } from "../wording/messages.ts";
import { machineFailed } from "./machine-failed.ts";

/** Rows of each rule that are told one by one. */
const FIRST_PROBLEMS = 3;

/** Findings that nobody has who publishes nothing: that a run was refused, and what earlier editions are compared with. */
const OF_A_RUN: ReadonlySet<string> = new Set(["refused", "first"]);

/** What was found, and the refusal that a run would end with. */
interface Checked {
  readonly text: string;
  readonly refusal?: UserError;
}

/**
 * Reads settings and sources as a run would, and says what came in, as text or as the data-quality report's JSON;
 * writes nothing, and compares with no earlier edition.
 */
export async function checkPipelineFile(file: string, key: KeyOrigin, json: boolean): Promise<Checked> {
  const project = loadProject(file);
  const { pipeline } = project;
  const sources = pipeline.sources.map((name) => loadSourceMapping(project.sourcesFolder, name));
  const contract = loadContract(dirname(project.sourcesFolder), pipeline.evaluation);
  const patterns = acceptedPatterns(project, pipeline, contract, version());
  if (patterns === undefined) registerOf(pipeline, sources);
  const reading = sourceOptions(project);
  checkSynthetic(project, sources, reading.questionnaires, patterns?.manifest.synthetic);
  const keyless = keyProblems(key, project.folder, allSynthetic(sources, reading.questionnaires));
  const hash = protocolHash(protocolOf(pipeline, contract));
  const { memoryLimit, spillLimit } = project.engine;
  const engine = await openDuckDb({ memoryLimit, spillLimit });
  try {
    const read = await stageSources(engine, sources, reading);
    const region = pipeline.patterns === undefined ? await regionProblem(engine, pipeline.region) : undefined;
    const problems = [...keyless, ...(region === undefined ? [] : [`${file}: ${region}`])];
    const text = await checkText(engine, project, hash, read, read.inputs, problems, json);
    return problems.length === 0 ? { text } : { text, refusal: new UserError(problems) };
  } catch (error) {
    if (!(error instanceof SourcesRefused)) throw machineFailed(error, { out: project.folder, engine: project.engine });
    const problems = [...error.problems, ...keyless];
    return {
      text: await checkText(engine, project, hash, error.read, error.read.files, problems, json),
      refusal: new UserError(problems),
    };
  } finally {
    await engine.close();
  }
}

/** Why a run would have no key to make pseudonyms with. */
function keyProblems(key: KeyOrigin, folder: string, isSynthetic: boolean): readonly string[] {
  try {
    pseudonymKey(key, folder, isSynthetic);
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

/** Of each file, for each rule that its rows break, what is wrong with the first of them: row, column, value and remedy. */
async function firstProblems(engine: SqlEngine, inputs: readonly FileSummary[]) {
  if (inputs.every(({ rules }) => rules.length === 0)) return () => [];
  const query = sqlOf({ name: "staging.first_problems", parameters: {}, columns: {}, grain: [] });
  const rows = await engine.rows(query, { most: FIRST_PROBLEMS });
  const messages = groupBy(rows, (row) => JSON.stringify([row.file, row.table_name, row.rule]));
  return ({ file, table }: FileSummary, rule: string): readonly string[] =>
    (messages.get(JSON.stringify([file, table, rule])) ?? []).map(({ message }) => String(message));
}

async function checkText(
  engine: SqlEngine,
  { pipeline }: Project,
  hash: string,
  read: Pick<StagedSources, "quality" | "rejects">,
  inputs: readonly FileSummary[],
  refused: readonly string[],
  json: boolean,
): Promise<string> {
  const quality = qualityOf({ pipeline, version: version(), protocolHash: hash }, read, { refused });
  if (json) return qualityJson(quality);
  const firstOf = await firstProblems(engine, inputs);
  const lines = inputs.map((input) => {
    const rules = input.rules
      .map(({ rule, severity, rows }) => {
        const shown = firstOf(input, rule)
          .map((message) => `        ${message}\n`)
          .join("");
        return `      ${severity} ${rule}: ${rows}\n${shown}`;
      })
      .join("");
    const counts = `${input.received} received = ${input.accepted} accepted + ${input.rejected} rejected; ${input.warned} with a warning`;
    return `  ${input.file} (${input.table})\n    ${counts}\n${rules}`;
  });
  const state = refused.length === 0 ? "settings and sources are in order" : "a run would be refused";
  const findings = quality.findings.filter(({ code }) => !OF_A_RUN.has(code));
  const told = findingSentences({ quality: { ...quality, findings }, messages: loadMessages("en") });
  const sentences = told.map((one) => `  ${one}\n`);
  return `${pipeline.pipeline}: ${state}\n${lines.join("")}\n${sentences.join("")}`;
}
