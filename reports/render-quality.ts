import type { DataQuality } from "../src/catalogue/data-quality.ts";
import type { Document, Format, Language } from "../src/document/document.ts";
import { renderHtml } from "../src/document/html.ts";
import { renderPdf } from "../src/document/pdf.ts";
import { renderXlsx } from "../src/document/xlsx.ts";
import { loadMessages } from "../src/wording/messages.ts";
import { dataQualityReport } from "./data-quality.ts";
import type { QualityInput } from "./sections/quality-parts.ts";

type Named = Readonly<Record<Language, string>>;

type Rendered = readonly [QualityInput["detail"], (document: Document) => Promise<string | Uint8Array>];

/** What each format tells and how; the report has no drawings. */
const FORMATS: Readonly<Record<Format, Rendered>> = {
  html: ["page", async (document) => renderHtml(document, new Map())],
  pdf: ["paper", (document) => renderPdf(document, new Map())],
  xlsx: ["sheet", renderXlsx],
};

/** The report in its languages, as a page, on paper and as a workbook, by path beside the JSON. */
export async function renderQuality(
  quality: DataQuality,
  pipeline: { readonly title: Named; readonly regionName: Named; readonly organisation: string },
  languages: readonly Language[],
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const { organisation } = pipeline;
  const files = new Map<string, string | Uint8Array>();
  for (const language of languages) {
    const messages = loadMessages(language);
    const named = { title: pipeline.title[language], organisation, region: pipeline.regionName[language] };
    for (const [format, [detail, render]] of Object.entries(FORMATS)) {
      const document = dataQualityReport({ quality, messages, detail }, named);
      files.set(`data-quality/data-quality-${language}.${format}`, await render(document));
    }
  }
  return files;
}
