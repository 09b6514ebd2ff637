import type { Evaluation } from "../evaluate/evaluation.ts";
import { minimumDetectableEffect } from "../evaluate/power.ts";

/** The least increase that arms of these effective sizes find with 80 % power at 5 %; a proportion. */
export interface Detectable {
  /** The controls' rate that it is computed at. */
  readonly controlRate: number;
  /** Whether that rate was given beforehand, or is the one found, which an evaluation planned in advance would not use. */
  readonly planned: boolean;
  /** Null where no increase would be told apart. */
  readonly increase: number | null;
}

/** Null where there is no rate to start from: nobody is matched. */
export function detectable({ ess, rates }: Evaluation, planned: number | undefined): Detectable | null {
  const controlRate = planned ?? rates.control;
  if (controlRate === null || ess.treated === null || ess.control === null) return null;
  const increase = minimumDetectableEffect(controlRate, { participants: ess.treated, controls: ess.control });
  return { controlRate, planned: planned !== undefined, increase };
}
