import type { Block } from "../../src/document/document.ts";
import { conclusion } from "../../src/wording/interval-sentence.ts";
import { periodText, pooledPeriod, type ReportInput, valueAt } from "../report-input.ts";
import { isSupported } from "../sections/checks.ts";
import { cohortsSection } from "../sections/cohorts.ts";
import { NETWORK, regionName } from "./place.ts";

/**
 * What the register says of the region where the impact was estimated, in the sentence chosen by rule; elsewhere, that
 * no impact was estimated.
 */
export function impactSection(input: ReportInput): readonly Block[] {
  const { messages, pipeline } = input;
  const { evaluation } = pipeline;
  const region = regionName(pipeline.region, input);
  const heading = (text: string): Block => ({ kind: "heading", level: 2, id: "impact", text });
  if (input.region !== pipeline.region && input.region !== NETWORK)
    return [heading(messages.text("year.impact.heading")), { kind: "text", text: messages.text("year.impact.none") }];
  const difference = valueAt(input, { metric: "effect_difference" });
  const { headline, lead } = conclusion(
    { lower: difference?.lower ?? null, upper: difference?.upper ?? null, supported: isSupported(input) },
    messages,
    evaluation.outcome.definition,
  );
  return [
    heading(messages.text("year.impact.title", { region, period: periodText(pooledPeriod(pipeline)) })),
    { kind: "text", text: `${headline} ${lead}`, style: "lead" },
    { kind: "text", text: messages.text("year.impact.how", { register: messages.text(`register.${input.register}`) }) },
    ...cohortsSection(input),
  ];
}
