import type { Document } from "../src/document/document.ts";
import type { KeyUnder } from "../src/wording/message-keys.ts";
import { listed, type ReportInput } from "./report-input.ts";
import { attritionSection } from "./sections/attrition.ts";
import { balanceSection } from "./sections/balance.ts";
import { checksSection } from "./sections/checks.ts";
import { cohortsSection } from "./sections/cohorts.ts";
import { correctionsSection } from "./sections/corrections.ts";
import { credibilitySection } from "./sections/credibility.ts";
import { frameFacts, furniture, syntheticNotice } from "./sections/frame.ts";
import { headlineNotes, headlineWords, keyFigures } from "./sections/headline.ts";
import { methodSection } from "./sections/method.ts";
import { paymentSection } from "./sections/payment.ts";
import { placementCurvesSection } from "./sections/placement-curves.ts";
import { protocolSection } from "./sections/protocol.ts";
import { saidSection } from "./sections/said.ts";
import { subgroupsSection } from "./sections/subgroups.ts";
import { withTabs } from "./sections/tabs.ts";

/** The investor statement: effect by cohort and pooled, match quality, what can be said, subgroups, balance, method. */
export function investorReport(input: ReportInput): Document {
  const { messages, pipeline } = input;
  const { cohorts, effect, register } = pipeline.evaluation;
  const text = (key: KeyUnder<"investor">, values: Record<string, string> = {}): string =>
    messages.text(`investor.${key}`, values);
  return {
    language: messages.language,
    locale: messages.locale,
    title: messages.text("furniture.titled", {
      title: text("title"),
      subject: pipeline.title[messages.language],
    }),
    organisation: pipeline.organisation,
    series: messages.text("furniture.series"),
    kind: text("kind"),
    eyebrow: text("eyebrow", {
      cohorts: listed(cohorts.years.map(String), messages),
      pooled: effect.pooled && cohorts.years.length > 1 ? "yes" : "no",
    }),
    ...headlineWords(input),
    facts: frameFacts(input),
    ...syntheticNotice(input),
    keywords: text("keywords").split(", "),
    date: register.extraction,
    margin: headlineNotes(input),
    blocks: withTabs(input, [
      keyFigures(input),
      ...cohortsSection(input),
      ...checksSection(input),
      ...paymentSection(input),
      ...saidSection(input),
      ...placementCurvesSection(input),
      ...subgroupsSection(input),
      ...balanceSection(input),
      ...credibilitySection(input),
      ...attritionSection(input),
      ...correctionsSection(input),
      ...protocolSection(input),
      ...methodSection(input),
    ]),
    furniture: furniture(input),
  };
}
