import { z } from "zod";
import { buildDesign } from "../cohort/design.ts";
import type { Finding } from "../disclose/finding.ts";
import { cohortSettings } from "../impact/cohort-settings.ts";
import { readBeside } from "../impact/credibility.ts";
import { evaluationFindings } from "../impact/evaluation-findings.ts";
import { matchStudy } from "../impact/impact.ts";
import { runSensitivity } from "../impact/sensitivity.ts";
import { readStudyOutcomes } from "../impact/study-outcomes.ts";
import { contractSchema } from "../protocol/contract.ts";
import { evaluationSchema } from "../protocol/protocol.ts";
import { engineOf } from "./common.ts";
import type { Pack } from "./pack.ts";

const protocolSchema = z.object({
  evaluation: evaluationSchema,
  region: z.string(),
  disclosure: z.object({ threshold: z.int() }),
  contract: contractSchema.optional(),
});

/** Every number of the evaluation before disclosure control, and the hash of the match. */
export interface Recomputed {
  readonly findings: readonly Finding[];
  readonly designHash: string;
}

/**
 * The whole evaluation anew, from a pack of patterns and the protocol in it: match, balance, outcomes, effects, credibility,
 * alternatives, payment.
 * @throws UserError where the pack lacks a table, or another match asks for one that nobody handed over
 */
export async function recomputed(pack: Pack): Promise<Recomputed> {
  const { manifest, protocol } = pack;
  const { evaluation, region, disclosure, contract } = protocolSchema.parse(protocol);
  const engine = engineOf(pack);
  const cohort = cohortSettings(evaluation, region, manifest.register);
  const design = await buildDesign(engine, cohort);
  const study = matchStudy(design, evaluation);
  const results = await readStudyOutcomes(engine, cohort, evaluation, study);
  const beside = await readBeside(engine, cohort, evaluation, study);
  const sensitivity = await runSensitivity({ engine, cohort, evaluation, design, study });
  const found = evaluationFindings({
    ...{ design, study, results, beside, sensitivity, evaluation, region },
    contract: contract === undefined ? undefined : { contract, file: "protocol.json", lineOf: () => 1 },
    threshold: disclosure.threshold,
    rejectedDuos: manifest.rejectedDuos,
  });
  return { findings: [...found.effects, ...found.credibility], designHash: study.hash };
}
