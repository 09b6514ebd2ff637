import { type Design, patternsFor } from "../cohort/design.ts";
import type { CohortSettings, OutcomeChoice } from "../cohort/settings.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import { groupBy } from "../group-by.ts";
import { covariatesOf } from "../protocol/covariates.ts";
import { type Alternative, type ErrorName, errorProblem } from "../protocol/matching.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import type { Specification } from "../protocol/sensitivity.ts";
import { canonicalJson } from "../publish/hash.ts";
import { UserError } from "../user-error.ts";
import type { MatchedStudy } from "./impact.ts";
import type { SpecificationTask } from "./specification.ts";

/** A specification with all that it leaves out filled in from the primary one. */
export interface Settled {
  readonly matching: Alternative;
  readonly error: ErrorName;
  readonly choice: OutcomeChoice;
  readonly cohort: Pick<CohortSettings, "index" | "reuse" | "eligibility">;
  readonly exclude: Specification["exclude"];
  readonly participants: Specification["participants"];
}

/** Fills in what a specification leaves out; its error falls back to the method's own where the primary's is not for it. */
export function settle(one: Pick<Specification, "name"> & Partial<Specification>, evaluation: Evaluation): Settled {
  const { cohorts, effect, eligibility, matching: primary, outcome } = evaluation;
  const matching = one.matching ?? primary;
  const { ageFrom, ageTo, origins } = one.eligibility ?? {};
  return {
    matching,
    error: one.error ?? (errorProblem(matching, effect.error) === null ? effect.error : "person"),
    choice: { definition: one.definition ?? outcome.definition, after: one.after ?? outcome.after },
    cohort: {
      index: one.index ?? cohorts.index,
      reuse: one.reuse ?? primary.reuse,
      eligibility: {
        ageFrom: ageFrom ?? eligibility.ageFrom,
        ageTo: ageTo ?? eligibility.ageTo,
        origins: origins ?? eligibility.origins,
      },
    },
    exclude: one.exclude,
    participants: one.participants ?? "matched",
  };
}

/** `days90-after-0`, and what narrows or widens the population. */
export function estimandOf({ choice, cohort, exclude, participants }: Settled, evaluation: Evaluation): string {
  const parts = [`${choice.definition}-after-${choice.after}`];
  const { ageFrom, ageTo, origins } = cohort.eligibility;
  const { eligibility } = evaluation;
  if (ageFrom !== eligibility.ageFrom || ageTo !== eligibility.ageTo) parts.push(`aged-${ageFrom}-${ageTo}`);
  if (canonicalJson(origins) !== canonicalJson(eligibility.origins)) parts.push(`of-${origins.join("-")}`);
  for (const [name, levels = []] of Object.entries(exclude ?? {})) parts.push(`without-${name}-${levels.join("-")}`);
  if (participants === "all") parts.push("all-participants");
  return parts.join("-");
}

/** A specification with what it leaves out filled in from the primary. */
export interface Named {
  readonly name: string;
  readonly settled: Settled;
}

/** The primary specification, then those declared. */
export const namedSpecifications = (evaluation: Evaluation): readonly Named[] =>
  [{ name: evaluation.specification }, ...evaluation.sensitivity].map((one) => ({
    name: one.name,
    settled: settle(one, evaluation),
  }));

/** Every cohort whose tables an evaluation asks for, its own first. */
export const cohortsOf = (evaluation: Evaluation, cohort: CohortSettings): readonly CohortSettings[] =>
  evaluation.sensitivity.length === 0
    ? [cohort]
    : groupsOf(namedSpecifications(evaluation), cohort).map((group) => group.cohort);

interface Group {
  readonly cohort: CohortSettings;
  readonly members: readonly Named[];
}

/**
 * Specifications that can share tables; first those for which the study's own stand, then those that differ in the outcome
 * only, since the study's persons and months at risk still stand for them.
 */
export function groupsOf(named: readonly Named[], cohort: CohortSettings): readonly Group[] {
  const own = { index: cohort.index, reuse: cohort.reuse, eligibility: cohort.eligibility };
  const stands = ({ settled }: Named): boolean =>
    canonicalJson(settled.cohort) === canonicalJson(own) && cohort.outcomes.some((one) => isSame(one, settled.choice));
  const others = new Map<string, Named[]>();
  for (const one of named.filter((each) => !stands(each))) {
    const key = canonicalJson(one.settled.cohort);
    others.set(key, [...(others.get(key) ?? []), one]);
  }
  const sameMonths = ([key]: readonly [string, unknown]): number => (key === canonicalJson(own) ? 0 : 1);
  const inOrder = [...others].sort((a, b) => sameMonths(a) - sameMonths(b));
  return [
    { cohort, members: named.filter(stands) },
    ...inOrder.map(([, members]) => ({
      cohort: { ...cohort, ...members[0]?.settled.cohort, outcomes: outcomesOf(members) },
      members,
    })),
  ];
}

const isSame = (a: OutcomeChoice, b: OutcomeChoice): boolean => a.definition === b.definition && a.after === b.after;

function outcomesOf(members: readonly Named[]): readonly OutcomeChoice[] {
  const choices = members.map(({ settled }) => settled.choice);
  return choices.filter((choice, i) => choices.findIndex((other) => isSame(choice, other)) === i);
}

/** Contents of the participants' patterns that the primary outcome's match kept; a pattern's key is not the same in every cohort. */
export function participantsMatched({ matches: [primary] }: MatchedStudy): ReadonlySet<string> {
  const kept = new Set<string>();
  primary?.design.weights.forEach((weight, p) => {
    if (weight > 0 && primary.patterns.arm[p] === 1) kept.add(contentOf(primary.patterns, p));
  });
  return kept;
}

const contentOf = ({ month, covariates }: Patterns, p: number): string =>
  [month[p], ...covariates.map((c) => (c.kind === "numeric" ? c.values[p] : c.levels[c.codes[p] ?? -1]))].join("|");

/** The tasks of specifications of one cohort; those of the same outcome and population have the same patterns, counted once. */
export function tasksOf(
  members: readonly Named[],
  design: Design,
  matchedParticipants: ReadonlySet<string>,
  evaluation: Evaluation,
): readonly SpecificationTask[] {
  const known = new Map<string, Patterns>();
  return members.map((member) => {
    const { matching, error, choice, exclude, participants } = member.settled;
    const key = canonicalJson([choice, exclude ?? null, participants]);
    const patterns = known.get(key) ?? patternsOf(member, design, matchedParticipants);
    known.set(key, patterns);
    return {
      ...{ matching, error, patterns },
      compared: [...covariatesOf(evaluation.matching), ...evaluation.balance.report],
      verdicts: evaluation.verdicts,
    };
  });
}

/** Which tasks had better be matched one after the other: those that fit the same score to the same patterns. */
export function sharingScores(tasks: readonly SpecificationTask[]): ReadonlyArray<readonly number[]> {
  const patterns = [...new Set(tasks.map((task) => task.patterns))];
  const keys = tasks.map((task, i) =>
    SCORED.has(task.matching.method) && "covariates" in task.matching
      ? canonicalJson([patterns.indexOf(task.patterns), task.matching.covariates])
      : String(i),
  );
  return [...groupBy(tasks.keys(), (i) => keys[i]).values()];
}

const SCORED: ReadonlySet<Alternative["method"]> = new Set(["nearest", "optimal", "odds", "aipw"]);

function patternsOf({ name, settled }: Named, design: Design, matchedParticipants: ReadonlySet<string>): Patterns {
  const whole = patternsFor(design, settled.choice);
  const excluded = excludedOf(name, whole, settled.exclude);
  const rows = whole.rows.map((n, p) => {
    const isOther = settled.participants === "matched" && whole.arm[p] === 1 && n > 0;
    return excluded(p) || (isOther && !matchedParticipants.has(contentOf(whole, p))) ? 0 : n;
  });
  return { ...whole, rows };
}

/** Whether a pattern has a level that is left out. */
function excludedOf(name: string, { covariates }: Patterns, exclude: Settled["exclude"]): (p: number) => boolean {
  const tests = Object.entries(exclude ?? {}).map(([dimension, levels = []]) => {
    const of = covariates.find((c) => c.name === dimension);
    if (of === undefined || of.kind === "numeric") throw new Error(`no levels of ${dimension}`);
    const unknown = levels.filter((level) => !of.levels.includes(level));
    if (of.levels.length > 0 && unknown.length > 0)
      throw new UserError(
        `evaluation.sensitivity: ${name}: exclude.${dimension}: nobody has '${unknown.join("', '")}'; its levels are ${of.levels.join(", ")}`,
      );
    const codes = new Set(levels.map((level) => of.levels.indexOf(level)));
    return (p: number) => codes.has(of.codes[p] ?? -1);
  });
  return (p) => tests.some((test) => test(p));
}
