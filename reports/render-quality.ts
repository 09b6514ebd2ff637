import type { DataQuality } from "../src/catalogue/data-quality.ts";
import type { Language } from "../src/document/document.ts";
import { renderHtml } from "../src/document/html.ts";
import { renderXlsx } from "../src/document/xlsx.ts";
import { LANGUAGES } from "../src/protocol/protocol.ts";
import { loadMessages } from "../src/wording/messages.ts";
import { dataQualityReport } from "./data-quality.ts";

/** The report in three languages, as a page and as a workbook, by path beside the JSON. */
export async function renderQuality(
  quality: DataQuality,
  pipeline: { readonly title: Readonly<Record<Language, string>>; readonly organisation: string },
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  for (const language of LANGUAGES) {
    const messages = loadMessages(language);
    const title = { title: pipeline.title[language], organisation: pipeline.organisation };
    const name = `data-quality/data-quality-${language}`;
    files.set(`${name}.html`, renderHtml(dataQualityReport({ quality, messages, detail: "page" }, title), new Map()));
    files.set(`${name}.xlsx`, await renderXlsx(dataQualityReport({ quality, messages, detail: "sheet" }, title)));
  }
  return files;
}
