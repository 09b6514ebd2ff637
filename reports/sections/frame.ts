import type { Document, Fact, Furniture } from "../../src/document/document.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { longDate } from "../../src/wording/numbers.ts";
import { periodText, pooledPeriod, type ReportInput, roundingFact } from "../report-input.ts";
import { protocolText } from "./protocol.ts";

/** What every report states about itself: region, period, data cut-off, language, protocol hash, run id (checklist R4). */
export function frameFacts(input: ReportInput): readonly Fact[] {
  const { messages, pipeline } = input;
  const fact = (key: KeyUnder<"fact">, text: string): Fact => ({ label: messages.text(`fact.${key}`), text });
  return [
    fact("region", pipeline.regionName[messages.language]),
    fact("period", periodText(pooledPeriod(pipeline))),
    fact("cutoff", longDate(pipeline.evaluation.register.extraction, messages.locale)),
    fact("language", messages.text(`index.languages.${messages.language}`)),
    fact("protocol", protocolText(input)),
    fact("run", input.runId),
    ...roundingFact(input),
  ];
}

const FURNITURE = [
  "contents",
  "cover",
  "notes",
  "note",
  "source",
  "skipToContent",
  "showTable",
  "showChart",
  "sheet",
  "tableTitle",
  "oneTable",
  "marker",
  "meaning",
  "annex",
] as const;

/** Words around the content, in the report's language. */
export function furniture({ messages }: Pick<ReportInput, "messages">): Furniture {
  const words = Object.fromEntries(FURNITURE.map((key) => [key, messages.text(`furniture.${key}`)]));
  return {
    ...(words as Record<(typeof FURNITURE)[number], string>),
    colon: messages.text("furniture.titled", { title: "", subject: "" }).replace(/ $/, ""),
    page: messages.text("furniture.page", { page: "{page}", pages: "{pages}" }),
    markers: {
      "[c]": messages.text("furniture.markers.c"),
      "[d]": messages.text("furniture.markers.d"),
      "[x]": messages.text("furniture.markers.x"),
      "[z]": messages.text("furniture.markers.z"),
    },
  };
}

/** The notice that people and results are invented, where they are. */
export function syntheticNotice({
  messages,
  pipeline,
}: Pick<ReportInput, "messages"> & { readonly pipeline: Pick<ReportInput["pipeline"], "synthetic"> }): Pick<
  Document,
  "notice"
> {
  return pipeline.synthetic
    ? { notice: { lead: messages.text("furniture.synthetic.lead"), text: messages.text("furniture.synthetic.text") } }
    : {};
}
