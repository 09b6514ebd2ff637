import type { Language } from "../../src/document/document.ts";
import { renderXlsx } from "../../src/document/xlsx.ts";
import { LANGUAGES } from "../../src/protocol/protocol.ts";
import { loadMessages } from "../../src/wording/messages.ts";
import type { ReportInput } from "../report-input.ts";
import { NETWORK } from "../year/place.ts";
import { esfCsv } from "./csv.ts";
import { esfRegions } from "./places.ts";
import { esfDocument } from "./workbook.ts";

/**
 * What an ESF+ managing authority is sent, by path inside the edition: `esf/esf.csv` with titles in each language of the
 * pipeline's reports, or in all where it has none, and `esf/esf-{language}.xlsx`. Nothing where no records were read.
 */
export async function esfFiles(
  input: Omit<ReportInput, "messages" | "region">,
  language?: Language,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const asked = new Set(input.pipeline.reports.flatMap(({ languages }) => languages));
  const all = asked.size > 0 ? [...asked] : LANGUAGES;
  const languages = all.filter((one) => language === undefined || one === language);
  const files = new Map<string, string | Uint8Array>();
  for (const own of languages) {
    const full = { ...input, region: NETWORK, messages: loadMessages(own) };
    if (esfRegions(full).length === 0) return files;
    if (files.size === 0) files.set("esf/esf.csv", esfCsv(full, languages));
    files.set(`esf/esf-${own}.xlsx`, await renderXlsx(esfDocument(full)));
  }
  return files;
}
