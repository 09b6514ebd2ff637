import { queryFingerprints } from "./cache/fingerprint.ts";
import { derivedFrom } from "./disclose/derived.ts";
import type { Released } from "./disclose/finding.ts";
import { release } from "./disclose/release.ts";
import type { EvaluationSteps } from "./evaluation-steps.ts";
import { evaluationFindings } from "./impact/evaluation-findings.ts";
import { refuseUnchecked } from "./impact/refusals.ts";
import { branchNames } from "./indicators/branch-names.ts";
import { improvements } from "./indicators/questionnaire-improve.ts";
import type { SurveySettings } from "./indicators/questionnaire-settings.ts";
import { rejectedRows } from "./ingest/stage-sources.ts";
import { programmeYear } from "./programme-year.ts";
import { type Handle, type Run, step } from "./run.ts";
import type { Settled } from "./settle.ts";

/** What the steps up to released values yield. */
export type ReleasedSteps = Awaited<ReturnType<typeof releasedSteps>>;

/** From what evaluation and programme found to the values that may be published. */
export async function releasedSteps(settled: Settled, run: Run, evaluated: EvaluationSteps) {
  const { pipeline } = settled;
  const { staged } = evaluated;
  const programme = await step(
    run,
    "the programme's year",
    {
      reads: [staged],
      settings: { programme: pipeline.programme, questionnaires: pipeline.questionnaires },
      sql: queryFingerprints(["programme", "indicators"]),
    },
    async () => {
      const value = await programmeYear(run.engine, pipeline, settled.reading.questionnaires?.codebook);
      return { value, rows: value.findings.length };
    },
  );
  const branches = await step(run, "branches", { reads: [staged] }, async () => ({
    value: await branchNames(run.engine),
  }));
  const released = await releasedValues(settled, run, evaluated, programme);
  return { programme, branches, released };
}

/** The ranks of what to improve, as released as the shares that they follow from. */
export const improvementValues = (released: readonly Released[], settings: SurveySettings): readonly Released[] =>
  improvements(released, settings).map(({ top2, metric, rank }) =>
    derivedFrom(top2, { metric, value: rank, unit: "rank" }),
  );

type ProgrammeStep = Handle<Awaited<ReturnType<typeof programmeYear>>>;

function releasedValues(settled: Settled, run: Run, evaluated: EvaluationSteps, programme: ProgrammeStep) {
  const { pipeline, contract, earlier, options } = settled;
  const { staged, design, study, results, extra, sensitivity } = evaluated;
  const isSecondaryOn = options.isSecondaryOn ?? true;
  return step(
    run,
    "effects and disclosure",
    {
      reads: [results, extra, programme, sensitivity],
      settings: { ...pipeline, contract, earlier: earlier.hashes, isSecondaryOn },
      isPure: true,
    },
    async () => {
      const { effects, credibility } = evaluationFindings({
        design: design.value.result,
        study: study.value,
        results: results.value.result,
        beside: extra.value.result,
        sensitivity: sensitivity.value.result,
        evaluation: pipeline.evaluation,
        region: pipeline.region,
        contract,
        threshold: pipeline.disclosure.threshold,
        rejectedDuos: rejectedRows(staged.value, "duos"),
      });
      refuseUnchecked(effects, pipeline.pipeline);
      const { findings, survey } = programme.value;
      const own = await release([...effects, ...credibility, ...findings], pipeline.disclosure, {
        earlier: earlier.values,
        isSecondaryOn,
      });
      const { questionnaires } = pipeline;
      const listed =
        survey === undefined || questionnaires === undefined
          ? []
          : improvementValues(own.values, { ...questionnaires, codebook: survey.codebook });
      const value = { ...own, values: [...own.values, ...listed] };
      const hidden = value.values.filter((item) => item.conf_status !== "F").length;
      return { value, rows: value.values.length, note: `${hidden} values not published` };
    },
  );
}
