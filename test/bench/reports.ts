import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { renderReports } from "../../reports/render.ts";
import { type Part, type RenderInput, renderJob, renderJobs } from "../../reports/render-job.ts";
import type { Released } from "../../src/disclose/finding.ts";
import { builtScript, packageRoot } from "../../src/package-root.ts";
import { yearInput } from "../support/year-values.ts";
import type { Measurement } from "./bench.ts";

/**
 * Every report of the sample's year in every region, language and format: documents a second on one thread and on as many
 * as there are processors, and each renderer's share of the time.
 */
export async function benchReports(): Promise<readonly Measurement[]> {
  const input = sampleInput();
  const parts = await partsOf(input);
  const one = await timed(() => renderReports(input));
  const threads = availableParallelism();
  const all = await timed(() => renderReports(input, { threads: () => threads }));
  const jobs = renderJobs(input);
  const files = jobs.reduce((sum, { formats }) => sum + formats.length, 0);
  const rate = (seconds: number): string => (files / seconds).toFixed(1).padStart(6);
  process.stdout.write(`${jobs.length} reports, ${files} documents\n\n`);
  process.stdout.write(`documents a second   1 thread ${rate(one)}   ${threads} threads ${rate(all)}\n\n`);
  const whole = [...parts.values()].reduce((sum, seconds) => sum + seconds, 0);
  for (const [part, seconds] of [...parts].sort(([, a], [, b]) => b - a))
    process.stdout.write(
      `${part.padEnd(12)} ${seconds.toFixed(2).padStart(8)} s ${((100 * seconds) / whole).toFixed(0).padStart(5)} %\n`,
    );
  process.stdout.write("\n");
  return [
    { name: `reports of the year, ${threads} threads`, seconds: all, floor: one / threads, megabytes: 0 },
    ...[...parts].map(([part, seconds]) => ({ name: `reports, ${part}`, seconds, floor: null, megabytes: 0 })),
  ];
}

async function partsOf(input: RenderInput): Promise<ReadonlyMap<string, number>> {
  const parts = new Map<string, number>();
  const part: Part = async (name, fn) => {
    const begin = performance.now();
    const value = await fn();
    parts.set(name, (parts.get(name) ?? 0) + (performance.now() - begin) / 1000);
    return value;
  };
  for (const job of renderJobs(input)) await renderJob(input, job, part);
  return parts;
}

async function timed(fn: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await fn();
  return (performance.now() - begin) / 1000;
}

/** The released values of the sample's annual report, as published; the pipeline is run where that isn't there. */
function sampleInput(): RenderInput {
  const metrics = join(packageRoot(), "out", "annual-report", "latest", "metrics", "metrics.json");
  if (!existsSync(metrics)) {
    const program = builtScript("src/cli.ts");
    const run = spawnSync(process.execPath, [program, "run", "pipelines/annual-report.yaml"], {
      cwd: packageRoot(),
      encoding: "utf8",
    });
    if (run.status !== 0) throw new Error(run.stderr);
  }
  const {
    messages: _,
    region: __,
    ...input
  } = yearInput(JSON.parse(readFileSync(metrics, "utf8")) as Released[], "en");
  return input;
}
