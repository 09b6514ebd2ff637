import type { Design } from "../cohort/design.ts";
import type { Results } from "../cohort/results.ts";
import type { Finding } from "../disclose/finding.ts";
import type { ContractFile } from "../protocol/contract.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import { periodOf } from "./analysis.ts";
import { type Beside, credibilityFindings } from "./credibility.ts";
import { impactFindings, type MatchedStudy } from "./impact.ts";
import type { Sensitivity } from "./sensitivity.ts";
import { sensitivityFindings } from "./sensitivity-findings.ts";

/** All that the numbers of an evaluation follow from: nothing else is read. */
interface EvaluationInputs {
  readonly design: Design;
  readonly study: MatchedStudy;
  /** One entry a match, in the same order. */
  readonly results: readonly Results[];
  readonly beside: Beside;
  readonly sensitivity: Sensitivity;
  readonly evaluation: Evaluation;
  readonly region: string;
  readonly contract: ContractFile | undefined;
  readonly threshold: number;
  readonly rejectedDuos: number;
}

/**
 * Every number of an evaluation with its cell: the effects with their match, then how far to believe them.
 * @throws UserError where the contract says nothing of the result
 */
export function evaluationFindings(inputs: EvaluationInputs): {
  readonly effects: readonly Finding[];
  readonly credibility: readonly Finding[];
} {
  const { evaluation, region, sensitivity, threshold } = inputs;
  const impact = impactFindings(inputs);
  const context = { region, asOf: evaluation.register.extraction, pooled: periodOf(evaluation.cohorts.years) };
  return {
    effects: impact.findings,
    credibility: [
      ...credibilityFindings({ ...inputs, impact }),
      ...sensitivityFindings(sensitivity, threshold, context),
    ],
  };
}
