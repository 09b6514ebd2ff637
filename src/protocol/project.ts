import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { closest } from "../closest.ts";
import { UserError } from "../user-error.ts";
import type { EngineChoice } from "./engine.ts";
import { pipelineName } from "./pipeline-name.ts";
import { type Pipeline, pipelineSchema, type Verification } from "./protocol.ts";
import { type Notify, notifySchema, type ScheduleChoice } from "./schedule.ts";
import { lineIn, parseYaml, yamlNames, yamlText } from "./yaml-file.ts";

/** A pipeline file with the project it belongs to. */
export interface Project {
  readonly pipeline: Pipeline;
  /** Where risk sets and patterns are computed. */
  readonly engine: EngineChoice;
  /** What is asked of an edition before it is published. */
  readonly verify: Verification;
  readonly schedule?: ScheduleChoice;
  readonly notify?: Notify;
  /** The file as given, for messages. */
  readonly file: string;
  /** Parent of the `pipelines` folder; every path in YAML is relative to it and stays inside it. */
  readonly folder: string;
  readonly sourcesFolder: string;
}

/** The text of a pipeline's file; a file of another kind is told from one with mistakes. */
function pipelineText(file: string, path: string): string {
  if (!/\.ya?ml$/i.test(file) || !statSync(path).isFile())
    throw new UserError(`${file} is no pipeline; pipelines are YAML files such as pipelines/sib-evaluation.yaml`);
  const text = yamlText(path, file);
  if (!/^pipeline:/m.test(text) && /^tables:/m.test(text))
    throw new UserError(`${file} is the mapping of a source; name a pipeline that has it under sources`);
  return text;
}

/** Reads and checks a pipeline's YAML; the project folder is the parent of the folder it lies in. */
export function loadProject(file: string): Project {
  const path = resolve(file);
  if (!existsSync(path)) throw new UserError([`${file}: no such file; ${meantFile(file)}`]);
  const text = pipelineText(file, path);
  const { engine, verify, schedule, notify, ...pipeline } = parseYaml(file, text, pipelineSchema);
  const expected = pipelineName(path);
  if (pipeline.pipeline !== expected)
    throw new UserError([
      `${file}: pipeline: '${pipeline.pipeline}' differs from the file's name '${expected}'; make them the same`,
    ]);
  const sourcesFolder = join(dirname(file), "sources");
  const missing = pipeline.sources.flatMap((name, i) =>
    existsSync(join(sourcesFolder, `${name}.yaml`))
      ? []
      : [
          `${file}:${lineIn(text, ["sources", i])}: sources.${i}: '${name}' has no mapping file sources/${name}.yaml; ${closest(name, yamlNames(sourcesFolder))}`,
        ],
  );
  if (missing.length > 0) throw new UserError(missing);
  return {
    pipeline,
    engine,
    verify,
    ...(schedule === undefined ? {} : { schedule }),
    ...(notify === undefined ? {} : { notify }),
    file,
    folder: dirname(dirname(path)),
    sourcesFolder,
  };
}

/** The file that a name stands for where it is there, else what pipelines look like. */
function meantFile(name: string): string {
  const meant = join("pipelines", `${pipelineName(name)}.yaml`);
  return existsSync(meant)
    ? `did you mean ${meant}?`
    : "pipelines are YAML files such as pipelines/sib-evaluation.yaml";
}

/** Whom a pipeline's runs tell how they ended, also where the rest of its settings is refused. */
export function notifyOf(file: string): Notify | undefined {
  try {
    const found: unknown = parse(readFileSync(file, "utf8"), { maxAliasCount: 100 });
    const notify: unknown = typeof found === "object" && found !== null && "notify" in found ? found.notify : undefined;
    return notifySchema.safeParse(notify).data;
  } catch {
    return undefined; // what is wrong with the file is told where it is read
  }
}
