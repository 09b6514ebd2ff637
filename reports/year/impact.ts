import type { Block } from "../../src/document/document.ts";
import { periodText, pooledPeriod, type ReportInput } from "../report-input.ts";
import { cohortsSection } from "../sections/cohorts.ts";
import { headlineWords } from "../sections/headline.ts";
import { NETWORK, regionName } from "./place.ts";

/**
 * What the register says of the region where the impact was estimated, in the sentence chosen by rule; elsewhere, that
 * no impact was estimated.
 */
export function impactSection(input: ReportInput): readonly Block[] {
  const { messages, pipeline } = input;
  const region = regionName(pipeline.region, input);
  const heading = (text: string): Block => ({ kind: "heading", level: 2, id: "impact", text });
  if (input.region !== pipeline.region && input.region !== NETWORK)
    return [heading(messages.text("year.impact.heading")), { kind: "text", text: messages.text("year.impact.none") }];
  const { headline, lead } = headlineWords(input);
  return [
    heading(messages.text("year.impact.title", { region, period: periodText(pooledPeriod(pipeline)) })),
    { kind: "text", text: `${headline} ${lead}`, style: "lead" },
    { kind: "text", text: messages.text("year.impact.how", { register: messages.named("register", input.register) }) },
    ...cohortsSection(input),
  ];
}
