import { readFollowUp } from "../cohort/follow-up.ts";
import { type FollowUpPersons, readFollowUpPersons } from "../cohort/follow-up-persons.ts";
import { type Placebo, readPlacebo } from "../cohort/placebo.ts";
import type { CohortSettings } from "../cohort/settings.ts";
import type { Finding } from "../disclose/finding.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { FollowUp } from "../evaluate/follow-up.ts";
import type { ContractFile } from "../protocol/contract.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import { periodOf } from "./analysis.ts";
import { boundsFindings } from "./bounds-findings.ts";
import { curveFindings } from "./curve-findings.ts";
import type { FindingContext } from "./finding-of.ts";
import type { Impact, MatchedStudy, OutcomeMatch } from "./impact.ts";
import { paymentFindings } from "./payment-findings.ts";
import { placeboFindings, placeboResult } from "./placebo-findings.ts";

/** What is read of the primary match beside its outcomes, where the protocol asks for it. */
export interface Beside {
  readonly curves?: { readonly followUp: FollowUp; readonly persons: readonly FollowUpPersons[] };
  readonly placebo?: Placebo;
}

/** Follow-up by month and work before the index date, of the primary outcome's matched rows. */
export async function readBeside(
  engine: SqlEngine,
  cohort: CohortSettings,
  evaluation: Evaluation,
  study: MatchedStudy,
): Promise<Beside> {
  const { definition, after, keys, design } = primaryOf(study);
  const settings = { ...cohort, outcomes: [{ definition, after }] };
  const curves = async () => ({
    followUp: await readFollowUp(engine, settings, keys, design.weights),
    persons: await readFollowUpPersons(engine, cohort.months),
  });
  return {
    ...(evaluation.curves === undefined ? {} : { curves: await curves() }),
    ...(evaluation.placebo === undefined ? {} : { placebo: await readPlacebo(engine, settings, keys) }),
  };
}

interface CredibilityInputs {
  readonly beside: Beside;
  readonly study: MatchedStudy;
  readonly impact: Impact;
  readonly evaluation: Evaluation;
  readonly contract: ContractFile | undefined;
  readonly region: string;
  readonly threshold: number;
}

/**
 * Time to placement, how far to believe the result, and what the contract pays, each with its cell.
 * @throws UserError where the contract says nothing of the result
 */
export function credibilityFindings(inputs: CredibilityInputs): readonly Finding[] {
  const { evaluation, impact } = inputs;
  const context = {
    region: inputs.region,
    asOf: evaluation.register.extraction,
    pooled: periodOf(evaluation.cohorts.years),
  };
  const placebo = placeboPart(inputs, context);
  return [
    ...curvePart(inputs, context),
    ...placebo,
    ...boundsFindings(impact.effects, context),
    ...paymentPart(inputs, placebo, context),
  ];
}

function curvePart({ beside, evaluation, ...inputs }: CredibilityInputs, context: FindingContext): readonly Finding[] {
  if (beside.curves === undefined || evaluation.curves === undefined) return [];
  const primary = primaryOf(inputs.study);
  const published = inputs.impact.effects.filter(
    ({ period, dimension }) => period === context.pooled && dimension === "total",
  );
  return curveFindings(
    { ...beside.curves, published },
    { months: evaluation.outcome.months, exits: evaluation.curves.exits, threshold: inputs.threshold },
    primary,
    context,
  );
}

function placeboPart({ beside, evaluation, study }: CredibilityInputs, context: FindingContext): readonly Finding[] {
  if (beside.placebo === undefined || evaluation.placebo === undefined) return [];
  const primary = primaryOf(study);
  const match = { patterns: primary.patterns, weights: primary.design.weights };
  const historyMatched = JSON.stringify(evaluation.matching).includes(HISTORY);
  const result = placeboResult(beside.placebo, match, evaluation.placebo, historyMatched);
  return placeboFindings(beside.placebo, result, evaluation.placebo, primary, context);
}

/** The covariate that holds the placebo's months: matching on it makes the arms agree in them. */
const HISTORY = "months_worked_24";

function paymentPart(
  { contract, evaluation, impact }: CredibilityInputs,
  placebo: readonly Finding[],
  context: FindingContext,
): readonly Finding[] {
  if (contract === undefined) return [];
  const { definition } = contract.contract.metric;
  const failed = [...impact.findings, ...placebo].filter(
    (finding) =>
      finding.metric === "verdict_passed" &&
      finding.value === 0 &&
      (finding.level === "placebo" || finding.definition === definition),
  );
  const gate = {
    failedVerdicts: failed.map(({ level }) => level),
    overridden: evaluation.payment?.override !== undefined,
  };
  return paymentFindings(contract, impact.effects, gate, context);
}

function primaryOf({ matches: [primary] }: MatchedStudy): OutcomeMatch {
  if (primary === undefined) throw new Error("no primary outcome was matched");
  return primary;
}
