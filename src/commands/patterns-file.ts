import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { counted } from "../counted.ts";
import type { PackFacts } from "../exchange/pack.ts";
import { type HandedPatterns, handOverPatterns } from "../hand-over-patterns.ts";
import { loadProject, type Project } from "../protocol/project.ts";
import { type EditionFiles, stage } from "../publish/edition.ts";
import { makeFolder } from "../publish/make-folder.ts";
import type { PipelineOptions } from "../settle.ts";
import { UserError } from "../user-error.ts";
import { version } from "../version.ts";
import { interruptible } from "./interruptible.ts";
import { machineFailed } from "./machine-failed.ts";
import { openEngines } from "./open-engines.ts";
import type { PatternsCommandOptions } from "./patterns.ts";
import type { OpenProgress } from "./progress.ts";
import { progressFor } from "./progress-for.ts";
import { runOptions } from "./run-options.ts";

/** Computes the patterns of a pipeline from its register and writes them as one folder; what it says of them. */
export async function handOverPatternsFile(file: string, raw: PatternsCommandOptions): Promise<string> {
  const project = loadProject(file);
  const { year } = runOptions(raw.year === undefined ? {} : { year: raw.year });
  const options = {
    ...{ out: "out", isHandingOver: true, isOneOfSeveral: raw.several === true },
    ...(raw.with === undefined ? {} : { sums: raw.with }),
    ...(year === undefined ? {} : { year }),
  };
  const folder = raw.out.replace(/[/\\]+$/, "");
  refuseOther(folder);
  const output = { write: (text: string) => process.stderr.write(text), isTerminal: false };
  const title = { title: `${project.pipeline.title.en}: patterns`, steps: [] };
  const open = await progressFor(output, raw.quiet ? "quiet" : "lines", title);
  try {
    const { files, facts } = await computed(project, options, open);
    await writePatterns(folder, files);
    return patternsText(folder, files.size, facts);
  } catch (error) {
    throw machineFailed(error, { out: folder, engine: project.engine });
  } finally {
    await open.close();
  }
}

/** What was written, who may have it, and what comes next. */
export function patternsText(folder: string, files: number, facts: PackFacts): string {
  const design = facts.designHash === "" ? "" : `, design ${facts.designHash.slice(0, 12)}`;
  const of =
    facts.round === "alone"
      ? ""
      : ` (${facts.round} of ${facts.services === 1 ? "one service" : `${facts.services} services`})`;
  return [
    `${folder}: ${counted(files - 2, "table")} of ${facts.pipeline}${of}, protocol ${facts.protocolHash.slice(0, 12)}${design}`,
    `No person's row is in it, but cells of one person are: ${nextOf(facts)}`,
    "",
  ].join("\n");
}

function nextOf({ round, services }: PackFacts): string {
  if (round !== "alone" && services === 1)
    return "hand it to the evaluation only, which adds up those of all services: `duo-impact add-patterns FOLDER FOLDER --out SUMS`.";
  if (round === "days" || round === "patterns")
    return "hand it to the services only, each of which goes on with `duo-impact patterns PIPELINE.yaml --with SUMS --out FOLDER`.";
  return "hand it to the evaluation only, which takes it by `patterns:` in the place of the register.";
}

async function computed(
  project: Project,
  options: PipelineOptions,
  { progress, say }: OpenProgress,
): Promise<HandedPatterns> {
  const engines = await openEngines(project.engine);
  const { engine, database } = engines;
  const seconds = (): number => performance.now() / 1000;
  const run = { engine, progress, seconds, version: version(), ...(database === undefined ? {} : { database }) };
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

/** A folder that holds something else is left alone; one that can't be made is refused before anything is computed. */
export function refuseOther(folder: string): void {
  const isOther = existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, "manifest.json"));
  if (isOther) throw new UserError([`--out: ${folder} holds something else than patterns; name a folder of its own`]);
  if (existsSync(partOf(folder))) return; // another run's, perhaps
  makeFolder(partOf(folder));
  rmSync(partOf(folder), { recursive: true });
}

const partOf = (folder: string): string => `${folder}.part`;

/** The new folder stands whole beside the old one before it takes its place. */
export async function writePatterns(folder: string, files: EditionFiles): Promise<void> {
  const part = partOf(folder);
  rmSync(part, { recursive: true, force: true });
  await stage(part, files);
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}
