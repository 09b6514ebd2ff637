import { performance } from "node:perf_hooks";
import { relative } from "node:path";
import { openDuckDb } from "../engine/duckdb.ts";
import { type Published, runPipeline } from "../pipeline.ts";
import { progressJson, progressLines } from "../progress.ts";
import { loadProject } from "../protocol/project.ts";
import { UserError } from "../user-error.ts";
import { version } from "../version.ts";
import type { RunOptions } from "./run-options.ts";

/** Runs a pipeline file with progress on stderr and records the run, success or failure, under `out/<pipeline>/runs`. */
export async function runPipelineFile(file: string, options: RunOptions, json: boolean): Promise<Published> {
  const project = loadProject(file);
  const { pipeline } = project;
  if (options.region !== undefined && options.region !== pipeline.region)
    throw new UserError([`--region: ${file} covers '${pipeline.region}', not '${options.region}'`]);
  const output = { write: (text: string) => process.stderr.write(text), isTerminal: process.stderr.isTTY === true };
  if (!json) output.write(`${pipeline.title.en}${pipeline.synthetic ? " (synthetic data)" : ""}\n`);
  const engine = await openDuckDb();
  const interrupt = (): void => engine.interrupt();
  process.once("SIGINT", interrupt);
  try {
    return await runPipeline(project, options, {
      engine,
      progress: json ? progressJson(output) : progressLines(output),
      seconds: () => performance.now() / 1000,
      now: () => new Date().toISOString(),
      version: version(),
    });
  } finally {
    process.removeListener("SIGINT", interrupt);
    await engine.close();
  }
}

/** The published table and the files to open, for the end of `npm start`. */
export function whatToOpen(published: readonly Published[]): string {
  const path = (to: string): string => relative(process.cwd(), to) || ".";
  const tables = published.flatMap((edition) => (edition.summary === "" ? [] : [edition.summary]));
  const open = published.flatMap((edition) => [
    `  ${edition.title}`,
    ...edition.open.map((target) => `    ${path(target)}`),
  ]);
  return `\n${tables.join("\n")}\nOpen:\n${open.join("\n")}\n`;
}
