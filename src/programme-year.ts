import type { Finding } from "./disclose/finding.ts";
import type { SqlEngine } from "./engine/engine.ts";
import { programmeFindings } from "./indicators/programme.ts";
import { type Quote, surveyQuotes } from "./indicators/questionnaire.ts";
import type { Pipeline } from "./protocol/protocol.ts";
import type { Codebook } from "./protocol/questionnaires.ts";

/** The programme's figures; with questionnaires, also their words: what was asked, and which answers may be quoted. */
export interface ProgrammeYear {
  readonly findings: readonly Finding[];
  readonly survey?: { readonly codebook: Codebook; readonly quotes: readonly Quote[] };
}

/** The programme's year as the settings ask for it; nothing where they don't. */
export async function programmeYear(
  engine: SqlEngine,
  { programme, questionnaires }: Pick<Pipeline, "programme" | "questionnaires">,
  codebook: Codebook | undefined,
): Promise<ProgrammeYear> {
  if (programme === undefined) return { findings: [] };
  if (questionnaires === undefined || codebook === undefined)
    return { findings: await programmeFindings(engine, programme) };
  const survey = { ...questionnaires, codebook };
  const findings = await programmeFindings(engine, { ...programme, survey });
  return { findings, survey: { codebook, quotes: await surveyQuotes(engine, survey) } };
}
