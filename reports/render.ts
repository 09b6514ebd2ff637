import type { Format, Language } from "../src/document/document.ts";
import { esfFiles } from "./esf/files.ts";
import type { ReportName } from "./registry.ts";
import { type RenderedJob, type RenderInput, type RenderJob, renderJobs } from "./render-job.ts";
import { renderOnThreads } from "./render-threads.ts";

/** One rendered file of an edition, with what the index says of it. */
export interface RenderedReport {
  readonly report: ReportName;
  readonly region: string;
  readonly language: Language;
  readonly format: Format;
  /** Kind of report and region, in its language. */
  readonly title: string;
  /** Inside the edition: `reports/investor-brussels-en.html`. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** All files of an edition that reports make, by path inside it; written nowhere yet. */
export interface RenderedReports {
  readonly files: readonly RenderedReport[];
  /** Vega-Lite specifications by path inside the edition. */
  readonly charts: ReadonlyMap<string, string>;
  /** Charts as PNG by path inside the edition; none where the pipeline asks for none. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** What is sent to the European Social Fund Plus, by path inside the edition; empty where no records were read. */
  readonly esf: ReadonlyMap<string, string | Uint8Array>;
}

/** How documents are made, never what they say: with other threads the bytes are the same. */
export interface RenderOptions {
  /** Keeps one language. */
  readonly language?: Language | undefined;
  /** Documents that may be made at a time, one of them on the caller's thread, asked before each; one by default. */
  readonly threads?: (() => number) | undefined;
  /** Asked before each document: throws where the run was asked to stop. */
  readonly goOn?: (() => Promise<void>) | undefined;
  readonly advanced?: (done: number, all: number) => void;
}

/** Every report of the pipeline for its regions in its languages and formats; the same on any number of threads. */
export async function renderReports(input: RenderInput, options: RenderOptions = {}): Promise<RenderedReports> {
  const { language, threads = () => 1, goOn = async () => undefined, advanced } = options;
  const jobs = renderJobs(input, language);
  const after = (done: number): void => advanced?.(done, jobs.length);
  const rendered = await renderOnThreads(input, jobs, threads, goOn, after);
  return {
    files: jobs.flatMap((job, i) => filesOf(job, rendered[i])),
    charts: new Map(jobs.flatMap((job, i) => besides(job, rendered[i]?.charts ?? [], "vl.json"))),
    pictures: new Map(jobs.flatMap((job, i) => besides(job, rendered[i]?.pictures ?? [], "png"))),
    esf: await esfFiles(input, language),
  };
}

const nameOf = ({ report, region, language }: RenderJob): string => `${report}-${region}-${language}`;

function filesOf(job: RenderJob, rendered: RenderedJob | undefined): readonly RenderedReport[] {
  if (rendered === undefined) throw new Error(`${nameOf(job)} was not rendered`);
  const { formats, ...place } = job;
  return rendered.contents.map((content, i) => {
    const format = formats[i] ?? "html";
    return { ...place, format, title: rendered.title, path: `reports/${nameOf(job)}.${format}`, content };
  });
}

/** Files of a report's charts by path: `charts/investor-brussels-en-cohorts.png`. */
const besides = <T>(job: RenderJob, charts: ReadonlyArray<readonly [string, T]>, type: string) =>
  charts.map(([id, content]) => [`charts/${nameOf(job)}-${id}.${type}`, content] as const);
