import type { Membership } from "../cohort/memberships.ts";
import type { Cell, Finding } from "../disclose/finding.ts";
import {
  type CurveSummary,
  type SpecificationResult,
  summariseSpecifications,
} from "../evaluate/specification-curve.ts";
import { canonicalJson } from "../publish/hash.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";
import type { Sensitivity, SpecificationRun } from "./sensitivity.ts";

/** A run with what its publication would give away: a count of persons below the threshold, null where none is. */
interface Judged {
  readonly run: SpecificationRun;
  readonly exposed: number | null;
}

/**
 * One effect a specification, and a summary of each estimand over those that may be shown. Populations that differ by
 * a few persons would let a reader subtract: a specification whose persons are neither those of everything published
 * before it nor differ by at least the threshold rests on that difference, so that disclosure control hides it.
 */
export function sensitivityFindings(
  sensitivity: Sensitivity,
  threshold: number,
  context: FindingContext,
): readonly Finding[] {
  const judged = judge(sensitivity, threshold);
  const shown = judged.flatMap(({ run, exposed }) => (exposed === null ? [run] : []));
  return [
    ...judged.flatMap((one) => specificationFindings(one, context)),
    ...summariseSpecifications(shown.map(resultOf)).flatMap((summary) => summaryFindings(summary, shown, context)),
  ];
}

/** Everything of every specification, for the evaluator only; persons stay counts. No file where none was declared. */
export function sensitivityFiles(
  sensitivity: Sensitivity,
  threshold: number,
): readonly (readonly [name: string, content: string])[] {
  if (sensitivity.runs.length === 0) return [];
  const specifications = judge(sensitivity, threshold).map(({ run, exposed }) => {
    const { population: _, participants, controls, ...rest } = run;
    const placed = ({ persons, personsPlaced }: typeof participants) => ({ persons, personsPlaced });
    return { ...rest, participants: placed(participants), controls: placed(controls), published: exposed === null };
  });
  const summaries = summariseSpecifications(sensitivity.runs.map(resultOf));
  return [["specifications.json", `${canonicalJson({ specifications, summaries })}\n`]];
}

function judge({ runs, published, memberships }: Sensitivity, threshold: number): readonly Judged[] {
  const shown = [...published];
  return runs.map((run) => {
    const apart = shown.flatMap((other) => gaps(memberships, run.population, other));
    const exposed = smallest([...countsOf(run), ...apart], threshold);
    if (exposed === null) shown.push(run.population);
    return { run, exposed };
  });
}

/** Persons by arm, placed and not: none may be small, and no arm may be all alike. */
const countsOf = ({ participants, controls }: SpecificationRun): readonly number[] =>
  [participants, controls].flatMap(({ persons, personsPlaced }) =>
    [persons, personsPlaced, persons - personsPlaced].map((count) => Math.max(1, count)),
  );

/** Persons in one population and not in the other, by arm and side; equal sides tell nothing. */
function gaps(memberships: readonly Membership[], own: number, other: number): readonly number[] {
  const inOne = (arm: Membership["arm"], one: number, two: number): number =>
    memberships
      .filter((set) => set.arm === arm && set.populations.includes(one) && !set.populations.includes(two))
      .reduce((sum, { persons }) => sum + persons, 0);
  return (["participants", "controls"] as const)
    .flatMap((arm) => [inOne(arm, own, other), inOne(arm, other, own)])
    .filter((count) => count > 0);
}

function smallest(counts: readonly number[], threshold: number): number | null {
  const small = counts.filter((count) => count < threshold);
  return small.length === 0 ? null : Math.min(...small);
}

function specificationFindings({ run, exposed }: Judged, context: FindingContext): readonly Finding[] {
  const { difference, verdicts } = run.answer;
  const place = { dimension: "specification", level: run.name };
  const persons = run.participants.persons + run.controls.persons;
  const failed = verdicts.filter(({ passed }) => !passed).length;
  return [
    findingOf(run.choice, context, {
      ...place,
      metric: "specification_effect",
      unit: "proportion",
      value: difference,
      n: persons,
      cell: { kind: "effect", numerator: null, base: exposed ?? persons, alongside: leftOut(run) },
    }),
    findingOf(run.choice, context, {
      ...place,
      metric: "specification_failed_verdicts",
      unit: "ratio",
      value: failed,
      cell: { kind: "verdict", numerator: null, base: null },
    }),
  ];
}

/** The levels that a specification leaves out: the published total less its population is theirs, hidden or not. */
const leftOut = ({ settings }: SpecificationRun): NonNullable<Cell["alongside"]> =>
  Object.entries(settings.exclude ?? {}).flatMap(([dimension, levels = []]) =>
    levels.map((level) => ({ dimension, level })),
  );

/** An estimand's specifications, counted, and where their estimates lie; in a dimension of its own, by estimand. */
function summaryFindings(
  summary: CurveSummary,
  shown: readonly SpecificationRun[],
  context: FindingContext,
): readonly Finding[] {
  const runs = shown.filter(({ estimand }) => estimand === summary.estimand);
  const [first] = runs;
  if (first === undefined) return [];
  const base = Math.min(...runs.map(({ participants, controls }) => participants.persons + controls.persons));
  const finding = (name: string, unit: Finding["unit"], value: number | null): Finding =>
    findingOf(first.choice, context, {
      metric: `specifications_${name}`,
      dimension: "specification_summary",
      level: summary.estimand,
      unit,
      value,
      cell: {
        kind: unit === "proportion" ? "effect" : "verdict",
        numerator: null,
        base: unit === "proportion" ? base : null,
        ...(unit === "proportion" ? { alongside: runs.flatMap(leftOut) } : {}),
      },
    });
  return [
    finding("run", "ratio", summary.run),
    finding("least", "proportion", summary.least),
    finding("median", "proportion", summary.median),
    finding("greatest", "proportion", summary.greatest),
    finding("above_zero", "ratio", summary.above),
    finding("below_zero", "ratio", summary.below),
    finding("failing", "ratio", summary.failing),
  ];
}

function resultOf({ name, primary, estimand, answer }: SpecificationRun): SpecificationResult {
  const { estimate, lower, upper } = answer.difference;
  const failedVerdicts = answer.verdicts.filter(({ passed }) => !passed).map((verdict) => verdict.name);
  return { name, primary, estimand, estimate, lower, upper, failedVerdicts };
}
