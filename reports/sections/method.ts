import type { Block, Fact } from "../../src/document/document.ts";
import { longDate } from "../../src/wording/numbers.ts";
import { listed, type ReportInput } from "../report-input.ts";

/** The method statement, generated from the protocol: what was asked, of whom, how it was counted. */
export function methodSection(input: ReportInput): readonly Block[] {
  const { messages } = input;
  const { evaluation, disclosure, regionName } = input.pipeline;
  const { cohorts, eligibility, matching, outcome, register, subgroups } = evaluation;
  const method = (key: string, values: Record<string, string | number> = {}): string =>
    messages.text(`investor.method.${key}`, values);
  const names = (covariates: readonly string[]): string =>
    listed(
      covariates.map((name) => messages.text(`covariate.${name}`).toLowerCase()),
      messages,
    );
  const fact = (key: string, text: string): Fact => ({ label: method(key), text });
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
    fact("matching", method("matchingText", { on: names(matching.on), name: evaluation.specification })),
    fact("error", method("errorText", { error: evaluation.effect.error })),
    ...(subgroups.by.length === 0
      ? []
      : [
          fact(
            "subgroups",
            method("subgroupsText", {
              by: names(subgroups.by),
              adjust: subgroups.adjust,
              n: comparisons(input),
            }),
          ),
        ]),
    fact("unknown", method("unknownText")),
    fact("disclosure", method("disclosureText", { threshold: disclosure.threshold })),
    fact("design", method("designText", { hash: input.designHash.slice(0, 12) })),
  ];
  return [{ kind: "facts", id: "method", title: method("title"), facts }, glossary(input)];
}

/** Levels in the family that the multiple-comparison correction covers. */
export function comparisons(input: ReportInput): number {
  return input.released.filter(
    (value) =>
      value.metric === "effect_p_value_holm" &&
      value.definition === input.pipeline.evaluation.outcome.definition &&
      value.obs_status === "A",
  ).length;
}

const TERMS = ["duo", "placement", "point", "interval", "uplift", "smd"] as const;

function glossary({ messages }: ReportInput): Block {
  const facts = TERMS.map((term) => ({
    label: messages.text(`investor.glossary.${term}Term`),
    text: messages.text(`investor.glossary.${term}`),
  }));
  return { kind: "facts", id: "glossary", title: messages.text("investor.glossary.title"), facts };
}
