import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type HandedPatterns, handOverPatterns } from "../hand-over-patterns.ts";
import type { OpenProgress } from "../progress.ts";
import { loadProject, type Project } from "../protocol/project.ts";
import { type EditionFiles, stage } from "../publish/edition.ts";
import { UserError } from "../user-error.ts";
import { version } from "../version.ts";
import { interruptible } from "./interruptible.ts";
import { machineFailed } from "./machine-failed.ts";
import { openEngines } from "./open-engines.ts";
import type { PatternsCommandOptions } from "./patterns.ts";
import { progressFor } from "./progress-for.ts";
import { runOptions } from "./run-options.ts";

/** Computes the patterns of a pipeline from its register and writes them as one folder; what it says of them. */
export async function handOverPatternsFile(file: string, raw: PatternsCommandOptions): Promise<string> {
  const project = loadProject(file);
  const { year } = runOptions(raw.year === undefined ? {} : { year: raw.year });
  const folder = raw.out.replace(/[/\\]+$/, "");
  refuseOther(folder);
  const output = { write: (text: string) => process.stderr.write(text), isTerminal: false };
  const title = { title: `${project.pipeline.title.en}: patterns`, steps: [] };
  const open = await progressFor(output, raw.quiet ? "quiet" : "lines", title);
  try {
    const { files, facts } = await computed(project, year, open);
    await replaceFolder(folder, files);
    return [
      `${folder}: ${files.size - 2} tables of ${facts.pipeline}, protocol ${facts.protocolHash.slice(0, 12)}, design ${facts.designHash.slice(0, 12)}`,
      "No person's row is in it, but cells of one person are: hand it to the evaluation only, which takes it by `patterns:` in the place of the register.",
      "",
    ].join("\n");
  } catch (error) {
    throw machineFailed(error, { out: folder, engine: project.engine });
  } finally {
    await open.close();
  }
}

async function computed(
  project: Project,
  year: number | undefined,
  { progress, say }: OpenProgress,
): Promise<HandedPatterns> {
  const engines = await openEngines(project.engine);
  const { engine, database } = engines;
  const seconds = (): number => performance.now() / 1000;
  const run = { engine, progress, seconds, version: version(), ...(database === undefined ? {} : { database }) };
  const options = { out: "out", isHandingOver: true, ...(year === undefined ? {} : { year }) };
  try {
    return await interruptible(
      (stop) => handOverPatterns(project, options, { ...run, stop }),
      () => engines.interrupt(),
      say,
    );
  } finally {
    await engines.close();
  }
}

/** A folder that holds something else is left alone. */
function refuseOther(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0 || existsSync(join(folder, "manifest.json"))) return;
  throw new UserError([`--out: ${folder} holds something else than patterns; name a folder of its own`]);
}

/** The new folder stands whole beside the old one before it takes its place. */
async function replaceFolder(folder: string, files: EditionFiles): Promise<void> {
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  await stage(part, files);
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}
