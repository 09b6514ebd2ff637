import type { Block, Fact } from "../../src/document/document.ts";
import { covariatesOf } from "../../src/protocol/covariates.ts";
import { upperFirst } from "../../src/wording/first-letter.ts";
import type { KeyUnder } from "../../src/wording/message-keys.ts";
import { longDate } from "../../src/wording/numbers.ts";
import { asCount, asPercent, asPoints, disclosureValues, listed, type ReportInput, valueAt } from "../report-input.ts";
import { correctedTests } from "./said.ts";

/** The method statement, generated from the protocol: what was asked, of whom, how it was counted. */
export function methodSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const { evaluation, regionName } = input.pipeline;
  const { cohorts, eligibility, matching, outcome, register, subgroups } = evaluation;
  const method = (key: KeyUnder<"investor.method">, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.method.${key}`, values);
  const names = (covariates: readonly string[]): string =>
    listed(
      covariates.map((name) => messages.named("covariate", name).toLowerCase()),
      messages,
    );
  const fact = (key: KeyUnder<"investor.method">, text: string): Fact => ({ label: method(key), text });
  const facts: readonly Fact[] = [
    fact("estimand", method("estimandText")),
    fact(
      "population",
      method("populationText", {
        region: regionName[messages.language],
        years: listed(cohorts.years.map(String), messages),
        ageFrom: eligibility.ageFrom,
        ageTo: eligibility.ageTo,
      }),
    ),
    fact(
      "controls",
      method("controlsText", {
        index: cohorts.index === "first-of-month" ? "firstOfMonth" : "startDay",
        reuse: matching.reuse === "once" ? "once" : "every",
      }),
    ),
    fact("outcome", messages.text(`definition.${outcome.definition}.text`)),
    fact(
      "window",
      method("windowText", {
        after: outcome.after,
        extraction: longDate(register.extraction, messages.locale),
        lag: register.reportingLagMonths,
      }),
    ),
    fact(
      "matching",
      method("matchingText", {
        method: matching.method,
        on: names(covariatesOf(matching)),
        name: evaluation.specification,
      }),
    ),
    fact("error", method("errorText", { error: evaluation.effect.error.replace("-", ""), method: matching.method })),
    ...(subgroups.by.length === 0
      ? []
      : [
          fact(
            "subgroups",
            method("subgroupsText", {
              by: upperFirst(names(subgroups.by)),
              adjust: subgroups.adjust,
              n: correctedTests(input).length,
            }),
          ),
        ]),
    fact("unknown", method("unknownText", unknownValues(input))),
    ...laterFact(input),
    fact("disclosure", method("disclosureText", disclosureValues(input))),
    fact("design", method("designText", { hash: input.designHash.slice(0, 12) })),
  ];
  return [{ kind: "facts", id: "method", title: method("title"), facts }, glossary(input)];
}

/** How many left the register's reach, and how far they could move the difference; in words where too few. */
function unknownValues(input: ReportInput): Record<string, string> {
  const at = (metric: string, arm: string) =>
    valueAt(input, { metric, dimension: "follow_up", level: "unknown", arm })?.value;
  const [participants, controls] = [at("unknown_follow_up", "participants"), at("unknown_follow_up", "controls")];
  const { locale } = input.messages;
  const ends = (a: string, b: string): string | undefined => {
    const [own, other] = [at(`placement_rate_${a}`, "participants"), at(`placement_rate_${b}`, "controls")];
    return own == null || other == null ? undefined : asPoints(own - other, locale);
  };
  const [low, high] = [ends("lowest", "highest"), ends("highest", "lowest")];
  const none = { participants: "", controls: "", low: "", high: "" };
  if (participants === 0 && controls === 0) return { ...none, counts: "none" };
  if (participants == null || controls == null || low === undefined || high === undefined)
    return { ...none, counts: "hidden" };
  return {
    counts: "shown",
    participants: asCount(participants, locale),
    controls: asCount(controls, locale),
    low,
    high,
  };
}

function laterFact(input: ReportInput): readonly Fact[] {
  const { messages } = input;
  const share = valueAt(input, {
    metric: "starts_later_share",
    dimension: "follow_up",
    level: "starts_later",
    arm: "controls",
  });
  if (share?.value == null || share.value === 0) return [];
  const text = messages.text("investor.method.laterText", { share: asPercent(share.value, messages.locale) });
  return [{ label: messages.text("investor.method.later"), text }];
}

const TERMS = ["duo", "placement", "point", "interval", "uplift", "smd"] as const;

function glossary({ messages }: ReportInput): Block {
  const facts = TERMS.map((term) => ({
    label: messages.text(`investor.glossary.${term}Term`),
    text: messages.text(`investor.glossary.${term}`),
  }));
  return { kind: "facts", id: "glossary", title: messages.text("investor.glossary.title"), facts };
}
