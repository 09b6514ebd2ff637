import type { CohortSettings } from "../cohort/settings.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import { outcomesOf } from "./impact.ts";

/** The part of a protocol that makes the cohort, in the words of the cohort's queries. */
export function cohortSettings(evaluation: Evaluation, region: string, register: string): CohortSettings {
  const { cohorts, eligibility, matching } = evaluation;
  return {
    region,
    register,
    years: cohorts.years.toSorted((a, b) => a - b),
    seed: evaluation.seed,
    index: cohorts.index,
    reuse: matching.reuse,
    eligibility,
    excludedContracts: evaluation.register.excludedContracts,
    contractLength: evaluation.register.contractLength,
    ageBands: evaluation.ageBands,
    extraction: evaluation.register.extraction,
    reportingLagMonths: evaluation.register.reportingLagMonths,
    months: evaluation.outcome.months,
    outcomes: outcomesOf(evaluation),
  };
}
