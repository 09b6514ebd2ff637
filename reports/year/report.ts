import type { Block, Document } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { correctionsSection } from "../sections/corrections.ts";
import { furniture, syntheticNotice } from "../sections/frame.ts";
import { protocolSection } from "../sections/protocol.ts";
import { withTabs } from "../sections/tabs.ts";
import { yearBack } from "./back.ts";
import { cutoffOf, yearFacts } from "./frame.ts";
import { yearHeadline, yearKeyFigures } from "./front.ts";
import { regionName, yearOf } from "./place.ts";
import { unpublishedTogether } from "./unpublished.ts";

/** A report of the programme's year: sentence and key figures in front, method, limits and glossary behind. */
export function yearReport(input: ReportInput, report: keyof typeof NAMES, blocks: readonly Block[]): Document {
  const { messages, pipeline } = input;
  const values = { year: yearOf(input), region: regionName(input.region, input) };
  const text = (key: "title" | "kind" | "eyebrow" | "keywords"): string =>
    messages.text(`year.${report}.${key}`, values);
  return {
    language: messages.language,
    locale: messages.locale,
    title: messages.text("furniture.titled", { title: text("title"), subject: values.region }),
    organisation: pipeline.organisation,
    series: messages.text("year.series"),
    kind: text("kind"),
    eyebrow: text("eyebrow"),
    ...yearHeadline(input),
    facts: yearFacts(input),
    ...syntheticNotice(input),
    keywords: text("keywords").split(", "),
    date: cutoffOf(input),
    blocks: withTabs(input, [
      yearKeyFigures(input),
      ...unpublishedTogether(input, hasWorkbook(input, report), blocks),
      ...correctionsSection(input),
      ...protocolSection(input),
      ...yearBack(input),
    ]),
    furniture: furniture(input),
  };
}

/** Whether the report is made as a workbook too. */
function hasWorkbook({ pipeline }: ReportInput, report: keyof typeof NAMES): boolean {
  return pipeline.reports.some((one) => one.report === NAMES[report] && one.formats.includes("xlsx"));
}

/** The reports as a pipeline names them. */
const NAMES = { annual: "annual", region: "region", service: "employment-service" } as const;
