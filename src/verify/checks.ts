import { attritionCheck } from "./attrition.ts";
import type { Check } from "./check.ts";
import { effectsCheck } from "./effects.ts";
import { filesCheck } from "./files.ts";
import { formatsCheck } from "./formats.ts";
import { impactCheck } from "./impact.ts";
import { orderCheck } from "./order.ts";
import { paymentCheck } from "./payment.ts";
import { protocolCheck } from "./protocol.ts";
import { sharesCheck } from "./shares.ts";
import { signatureCheck } from "./signature.ts";
import { sumsCheck } from "./sums.ts";
import { surveyCheck } from "./survey.ts";
import { traceCheck } from "./trace.ts";
import { verdictsCheck } from "./verdicts.ts";

/** Everything that `verify` compares, in the order in which it is told: one entry a check. */
export const CHECKS: readonly Check[] = [
  filesCheck,
  signatureCheck,
  protocolCheck,
  formatsCheck,
  orderCheck,
  effectsCheck,
  verdictsCheck,
  paymentCheck,
  attritionCheck,
  sharesCheck,
  surveyCheck,
  sumsCheck,
  traceCheck,
  impactCheck,
];
