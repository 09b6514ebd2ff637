import { type Corrections, correctionsCsv, correctionsNote, correctionsOf } from "./editions/corrections.ts";
import type { EvaluationSteps } from "./evaluation-steps.ts";
import { patternInput } from "./exchange/inputs.ts";
import { once } from "./once.ts";
import { runIdOf } from "./publish/manifest.ts";
import type { ReleasedSteps } from "./released-steps.ts";
import type { Run } from "./run.ts";
import type { Settled } from "./settle.ts";

/** What reports, metrics files and manifest are told of the run. */
export type EditionFacts = ReturnType<typeof editionFacts>;

/** Known once values are released; asked inside of steps only, since a plan has no values. */
export function editionFacts(
  settled: Settled,
  run: Run,
  { staged, study }: EvaluationSteps,
  { programme, branches, released }: ReleasedSteps,
) {
  const { pipeline, sources, options, protocol, register, contract, earlier, standing } = settled;
  const { questionnaires } = settled.reading;
  const { version } = run;
  const terms = contract === undefined ? {} : { contract: contract.contract };
  const inputs = () => [
    ...staged.value.inputs,
    ...(settled.patterns === undefined ? [] : [patternInput(settled.patterns, pipeline.evaluation.register.source)]),
  ];
  const corrections = once(() =>
    correctionsOf(earlier.previous, released.value.values, { inputs: inputs(), protocol, version }),
  );
  const shared = once(() => ({
    pipeline,
    ...corrected(corrections()),
    branches: branches.value,
    ...terms,
    register,
    version,
    released: released.value.values,
    protocolHash: settled.protocolHash,
    standing,
    designHash: study.value.hash,
    ...(programme.value.survey === undefined ? {} : { survey: programme.value.survey }),
    runId: runIdOf({
      inputs: inputs(),
      protocol: {
        ...{ pipeline, sources, language: options.language ?? null, ...terms, ...knownStanding(settled) },
        ...(questionnaires === undefined ? {} : { questionnaires }),
      },
      version,
      earlierEditions: earlier.hashes,
    }),
  }));
  return { inputs, shared };
}

/** The standing of the protocol where there is any to tell of, as a setting that what is published depends on. */
export const knownStanding = ({ standing }: Settled) => (Object.keys(standing).length === 0 ? {} : { standing });

/** Corrections as reports, and as manifest and files, tell of them; nothing where there are none to tell. */
const corrected = (corrections: Corrections | undefined) =>
  corrections === undefined
    ? {}
    : { corrections, corrected: { note: correctionsNote(corrections), csv: correctionsCsv(corrections) } };
