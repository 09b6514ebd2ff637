import type { Fact } from "../../src/document/document.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { longDate } from "../../src/wording/numbers.ts";
import { type ReportInput, roundingFact } from "../report-input.ts";
import { protocolText } from "../sections/protocol.ts";
import { regionName, yearOf } from "./place.ts";

/** What a report of the programme's year states about itself (checklist R4). */
export function yearFacts(input: ReportInput): readonly Fact[] {
  const { messages } = input;
  const fact = (key: KeyUnder<"fact">, text: string): Fact => ({ label: messages.text(`fact.${key}`), text });
  return [
    fact("region", regionName(input.region, input)),
    fact("period", yearOf(input)),
    fact("cutoff", longDate(cutoffOf(input), messages.locale)),
    fact("language", messages.text(`index.languages.${messages.language}`)),
    fact("protocol", protocolText(input)),
    fact("run", input.runId),
    ...roundingFact(input),
  ];
}

/** The day of the programme's own data, as an ISO date. */
export const cutoffOf = ({ pipeline }: ReportInput): string =>
  pipeline.programme?.asOf ?? pipeline.evaluation.register.extraction;

/** The source line under a figure of the programme's year. */
export const sourceOf = ({ messages, pipeline }: ReportInput): string =>
  pipeline.synthetic ? messages.text("furniture.syntheticSource") : messages.text("year.source");
