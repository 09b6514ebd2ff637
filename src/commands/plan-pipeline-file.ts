import { join } from "node:path";
import { programFingerprint } from "../cache/fingerprint.ts";
import { stepCache } from "../cache/step-cache.ts";
import { roundingBase } from "../disclose/primary.ts";
import type { TableSource, TableTarget } from "../engine/engine.ts";
import { type Plan, planPipeline } from "../pipeline.ts";
import type { Project } from "../protocol/project.ts";
import type { Pipeline } from "../protocol/protocol.ts";
import { editionsOf } from "../publish/edition.ts";
import type { PlannedStep } from "../run.ts";
import { version } from "../version.ts";
import type { RunOptions } from "./run-options.ts";

interface PlannedRun extends Plan {
  readonly steps: readonly PlannedStep[];
  readonly checks: readonly string[];
  /** Files of the edition, as settings ask for them. */
  readonly outputs: readonly string[];
  readonly editions: readonly string[];
}

/** What a run of the project with these options would do; reads settings, hashes inputs, writes nothing. */
export async function planProject(project: Project, options: RunOptions): Promise<PlannedRun> {
  const steps: PlannedStep[] = [];
  const cache = stepCache({
    folder: options.cache,
    pipeline: project.pipeline.pipeline,
    isReadOnly: true,
    ...(options.force ? { force: true } : options.from === undefined ? {} : { force: options.from }),
  });
  const none = unopened();
  const plan = await planPipeline(project, options, {
    engine: none,
    ...(project.engine.kind === "duckdb" ? {} : { database: none }),
    progress: { started: () => undefined, finished: () => undefined, failed: () => undefined },
    seconds: () => 0,
    version: version(),
    program: programFingerprint(),
    cache,
    plan: steps,
  });
  const { pipeline } = project;
  return {
    ...plan,
    steps,
    checks: [
      `at most ${pipeline.ingest.maxRejectedShare * 100} % of a source's rows rejected`,
      "verdicts of the protocol (matched share, balance, persons, placements, effective controls)",
      disclosureText(pipeline.disclosure),
      "search of every file for identifiers of the input",
      "every expected file there, with the hash that the manifest gives",
    ],
    outputs: [
      "index{,-fr,-nl}.html",
      "manifest.json",
      "metrics/metrics.{csv,json,parquet,arrow}",
      ...pipeline.reports.flatMap((report) => reportFiles(report, options.language)),
    ],
    editions: editionsOf(plan.out, plan.year),
  };
}

/** Names of a report's files; none where it is not rendered in the one language that is asked for. */
function reportFiles(
  { report, languages, formats }: Pipeline["reports"][number],
  only: RunOptions["language"],
): readonly string[] {
  const rendered = languages.filter((language) => only === undefined || language === only);
  return rendered.length === 0 ? [] : [`reports/${report}-*-${oneOf(rendered)}.${oneOf(formats)}`];
}

const oneOf = (names: readonly string[]): string => (names.length === 1 ? names.join() : `{${names.join(",")}}`);

/** An engine that nothing may be asked of. */
function unopened(): TableSource & TableTarget {
  const refuse = (): never => {
    throw new Error("a plan opens no engine");
  };
  return {
    kind: "none",
    execute: refuse,
    build: refuse,
    load: refuse,
    rows: refuse,
    arrow: refuse,
    describe: refuse,
    batches: refuse,
    receive: refuse,
    interrupt: refuse,
    close: refuse,
  };
}

/** The plan as text for people. */
export function planText({ inputs, steps, checks, outputs, out, year, editions }: PlannedRun): string {
  const size = (bytes: number): string => `${(bytes / 1024).toLocaleString("en-GB", { maximumFractionDigits: 0 })} KiB`;
  const read = steps[0]?.state === "unchanged" ? `; ${steps[0].rows?.toLocaleString("en-GB")} rows in all` : "";
  return [
    `Inputs (${inputs.length} files${read})`,
    ...inputs.map(
      ({ file, sha256, bytes, lines }) =>
        `  ${sha256.slice(0, 12)}  ${linesText(file, lines)}  ${size(bytes).padStart(10)}  ${file}`,
    ),
    "Steps",
    ...steps.map(({ step, state, reason }) =>
      `  ${state === "unchanged" ? "= " : "> "}${step.padEnd(28)} ${state === "unchanged" ? "unchanged, skipped" : reason}`.trimEnd(),
    ),
    "Checks",
    ...checks.map((check) => `  ${check}`),
    `Outputs: an edition of ${year} in ${out}${editions.length === 0 ? "" : ` (there: ${editions.join(", ")})`}; none where the newest has the same inputs, settings and version`,
    ...outputs.map((output) => `  ${output}`),
    "Nothing was written.",
    "",
  ].join("\n");
}

/** Line ends of a file of text; a packed one has none that mean anything. */
const linesText = (file: string, lines: number): string =>
  /\.(csv|txt|tsv|json|jsonl|ndjson)$/i.test(file)
    ? `${lines.toLocaleString("en-GB").padStart(10)} lines`
    : "".padStart(16);

/** The plan as JSON, one object. */
export const planJson = (plan: PlannedRun): string =>
  `${JSON.stringify({ ...plan, folder: join(plan.out, `${plan.year}.*`) }, null, 2)}\n`;

function disclosureText(disclosure: Pipeline["disclosure"]): string {
  const base = roundingBase(disclosure);
  const rounding = base === null ? "" : `, counts rounded to multiples of ${base}`;
  return `disclosure control from ${disclosure.threshold} persons (${disclosure.audience})${rounding}`;
}
