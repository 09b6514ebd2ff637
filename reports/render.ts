import type { Document, Drawings, Format, Language } from "../src/document/document.ts";
import { loadMessages } from "../src/wording/messages.ts";
import { drawingsOf } from "./drawings.ts";
import { esfFiles } from "./esf/files.ts";
import { REPORT_MAKERS, type ReportName, releasedFor } from "./registry.ts";
import type { ReportInput } from "./report-input.ts";
import { regionName } from "./year/place.ts";

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

export interface RenderedReports {
  readonly files: readonly RenderedReport[];
  /** Vega-Lite specifications by path inside the edition. */
  readonly charts: ReadonlyMap<string, string>;
  /** What is sent to the European Social Fund Plus, by path inside the edition; empty where no records were read. */
  readonly esf: ReadonlyMap<string, string | Uint8Array>;
}

type Renderer = (document: Document, drawings: Drawings) => Promise<string | Uint8Array>;

/** A format is one entry: imported when a report asks for it. */
const RENDERERS: Readonly<Record<Format, Renderer>> = {
  html: async (document, drawings) => (await import("../src/document/html.ts")).renderHtml(document, drawings),
  pdf: async (document, drawings) => (await import("../src/document/pdf.ts")).renderPdf(document, drawings),
  xlsx: async (document) => (await import("../src/document/xlsx.ts")).renderXlsx(document),
};

/**
 * Every report of the pipeline for its regions in its languages and formats; `language` keeps one of them.
 * @param goOn asked before each document: throws where the run was asked to stop
 */
export async function renderReports(
  input: Omit<ReportInput, "messages" | "region">,
  language?: Language,
  goOn: () => Promise<void> = async () => undefined,
): Promise<RenderedReports> {
  const files: RenderedReport[] = [];
  const charts = new Map<string, string>();
  for (const { report, languages, formats } of input.pipeline.reports) {
    const { make, regions } = REPORT_MAKERS[report];
    for (const region of regions(input.pipeline, input.released))
      for (const own of languages.filter((one) => language === undefined || one === language)) {
        await goOn();
        const full = {
          ...input,
          region,
          released: releasedFor(region, input.released),
          messages: loadMessages(own),
        };
        const document = make(full);
        const drawings = await drawingsOf(document);
        const name = `${report}-${region}-${own}`;
        for (const format of formats)
          files.push({
            report,
            region,
            language: own,
            format,
            title: `${document.kind}: ${regionName(region, full)}`,
            path: `reports/${name}.${format}`,
            content: await RENDERERS[format](document, drawings),
          });
        for (const [id, specification] of specifications(document))
          charts.set(`charts/${name}-${id}.vl.json`, specification);
      }
  }
  return { files, charts, esf: await esfFiles(input, language) };
}

function specifications(document: Document): ReadonlyArray<readonly [string, string]> {
  return document.blocks.flatMap((block) =>
    block.kind === "figure" ? [[block.id, `${JSON.stringify(block.graphic.wide, null, 1)}\n`] as const] : [],
  );
}
