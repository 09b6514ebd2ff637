import type { Document, Drawings, Format, Language } from "../src/document/document.ts";
import { pageSource } from "../src/document/page-source.ts";
import { loadMessages } from "../src/wording/messages.ts";
import { drawingsOf } from "./drawings.ts";
import { REPORT_MAKERS, type ReportName, releasedFor } from "./registry.ts";
import type { ReportInput } from "./report-input.ts";
import { regionName } from "./year/place.ts";

/** What all reports of a run are made from. */
export type RenderInput = Omit<ReportInput, "messages" | "region">;

/** One document: a report of a region in a language, in all its formats. */
export interface RenderJob {
  readonly report: ReportName;
  readonly region: string;
  readonly language: Language;
  readonly formats: readonly Format[];
}

/** What a thread hands back: plain texts and bytes, which are copied from thread to thread. */
export interface RenderedJob {
  /** Kind of report and region, in its language. */
  readonly title: string;
  /** One a format, in their order. */
  readonly contents: ReadonlyArray<string | Uint8Array>;
  /** Vega-Lite specifications by figure. */
  readonly charts: ReadonlyArray<readonly [string, string]>;
  /** The same as PNG, where the pipeline asks for them. */
  readonly pictures: ReadonlyArray<readonly [string, Uint8Array]>;
}

/** Jobs that threads take one by one. */
export interface SharedJobs {
  readonly input: RenderInput;
  readonly jobs: readonly RenderJob[];
  /** The number of the next job, in memory that all threads see. */
  readonly next: Int32Array;
}

/** Runs a part of a job; a benchmark takes its time. */
export type Part = <T>(name: "document" | "charts" | "png" | Format, fn: () => Promise<T>) => Promise<T>;

type Renderer = (document: Document, drawings: Drawings) => Promise<string | Uint8Array>;

/** A format is one entry: imported when a report asks for it. */
const RENDERERS: Readonly<Record<Format, Renderer>> = {
  html: async (document, drawings) => (await import("../src/document/html.ts")).renderHtml(document, drawings),
  pdf: async (document, drawings) => (await import("../src/document/pdf.ts")).renderPdf(document, drawings),
  xlsx: async (document) => (await import("../src/document/xlsx.ts")).renderXlsx(document),
};

/** A pure function of its input: where and beside what it runs never shows. */
export async function renderJob(
  input: RenderInput,
  { report, region, language, formats }: RenderJob,
  part: Part = (_, fn) => fn(),
): Promise<RenderedJob> {
  const messages = loadMessages(language);
  const full = { ...input, region, released: releasedFor(region, input.released), messages };
  const document = await part("document", async () => REPORT_MAKERS[report].make(full));
  const drawings = await part("charts", () => drawingsOf(document));
  const contents: (string | Uint8Array)[] = [];
  for (const format of formats) contents.push(await part(format, () => RENDERERS[format](document, drawings)));
  const pictures = input.pipeline.chartPictures === true ? await part("png", () => picturesOf(document, drawings)) : [];
  const title = messages.text("furniture.titled", { title: document.kind, subject: regionName(region, full) });
  return { title, contents, charts: specifications(document), pictures };
}

/** Renders the next job and the next after it until none is left; `keep` is told each with its number. */
export async function renderNext(
  { input, jobs, next }: SharedJobs,
  keep: (i: number, rendered: RenderedJob) => void,
  before: () => Promise<void> = async () => undefined,
): Promise<void> {
  for (;;) {
    await before();
    const i = Atomics.add(next, 0, 1);
    const job = jobs[i];
    if (job === undefined) return;
    keep(i, await renderJob(input, job));
  }
}

/** The documents of the pipeline's reports in their order; `language` keeps one language. */
export const renderJobs = ({ pipeline, released }: RenderInput, language?: Language): readonly RenderJob[] =>
  pipeline.reports.flatMap(({ report, languages, formats }) =>
    REPORT_MAKERS[report]
      .regions(pipeline, released)
      .flatMap((region) =>
        languages
          .filter((one) => language === undefined || one === language)
          .map((own) => ({ report, region, language: own, formats })),
      ),
  );

function specifications(document: Document): ReadonlyArray<readonly [string, string]> {
  return document.blocks.flatMap((block) =>
    block.kind === "figure" ? [[block.id, `${JSON.stringify(block.graphic.wide, null, 1)}\n`] as const] : [],
  );
}

/** Every chart with what the page says of it, and what the report states: region and period first, which need no label. */
async function picturesOf(document: Document, drawings: Drawings): Promise<RenderedJob["pictures"]> {
  const { png } = await import("../src/chart/picture.ts");
  const { facts, notice } = document;
  const stated = facts.map(({ label, text }, i) => (i < 2 ? text : `${label} ${text}`)).join(" \u00b7 ");
  return document.blocks.flatMap((block) => {
    if (block.kind !== "figure") return [];
    const { id, title, subtitle } = block;
    const svg = drawings.get(id)?.wide ?? "";
    const said = notice === undefined ? {} : { notice: `${notice.lead} ${notice.text}` };
    return [[id, png({ svg, title, subtitle, source: pageSource(block), ...said, facts: stated })] as const];
  });
}
