import { dirname } from "node:path";
import { openDuckDb } from "../engine/duckdb.ts";
import { loadSourceMapping } from "../ingest/mapping.ts";
import { stageSources } from "../ingest/stage-sources.ts";
import { loadContract } from "../protocol/contract.ts";
import { loadProject } from "../protocol/project.ts";
import { registerOf, sourceOptions } from "../protocol/scope.ts";

/** Reads settings and sources as a run would, and says what came in; writes nothing. */
export async function checkPipelineFile(file: string): Promise<string> {
  const project = loadProject(file);
  const { pipeline } = project;
  const sources = pipeline.sources.map((name) => loadSourceMapping(project.sourcesFolder, name));
  registerOf(pipeline, sources);
  loadContract(dirname(project.sourcesFolder), pipeline.evaluation);
  const engine = await openDuckDb();
  try {
    const { inputs } = await stageSources(engine, sources, sourceOptions(project));
    const lines = inputs.map((input) => {
      const rules = input.rules.map(({ rule, severity, rows }) => `      ${severity} ${rule}: ${rows}\n`).join("");
      const counts = `${input.received} received = ${input.accepted} accepted + ${input.rejected} rejected; ${input.warned} with a warning`;
      return `  ${input.file} (${input.table})\n    ${counts}\n${rules}`;
    });
    return `${pipeline.pipeline}: settings and sources are in order\n${lines.join("")}`;
  } finally {
    await engine.close();
  }
}
