import { availableParallelism } from "node:os";
import { sqlOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { integersOf } from "../cohort/columns.ts";
import { buildDesign, type Design, patternsFor } from "../cohort/design.ts";
import { type Population, readOutcomes } from "../cohort/results.ts";
import type { CohortSettings, OutcomeChoice } from "../cohort/settings.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { DeletedSums } from "../evaluate/delete-one-person.ts";
import { armMeans } from "../evaluate/effect.ts";
import type { Outcomes, Patterns } from "../evaluate/patterns.ts";
import { type Alternative, covariatesOf, type ErrorName, errorProblem } from "../protocol/matching.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import type { Specification } from "../protocol/sensitivity.ts";
import { canonicalJson, sha256 } from "../publish/hash.ts";
import { UserError } from "../user-error.ts";
import { periodOf } from "./analysis.ts";
import type { MatchedStudy } from "./impact.ts";
import type { MatchedSpecification, SpecificationAnswer, SpecificationTask } from "./specification.ts";
import { type SpecificationThreads, startThreads } from "./specification-threads.ts";

/** Person numbers of the run, ascending; never leave it. */
export interface Members {
  readonly treated: Int32Array;
  readonly control: Int32Array;
}

type ArmPopulation = Pick<Population, "persons" | "personsPlaced">;

/** One specification with its answer and the persons that it rests on. */
export interface SpecificationRun {
  readonly name: string;
  readonly primary: boolean;
  /** What is estimated: definition, window, population kept. */
  readonly estimand: string;
  readonly choice: OutcomeChoice;
  readonly settings: Settled;
  readonly answer: SpecificationAnswer;
  readonly participants: ArmPopulation;
  readonly controls: ArmPopulation;
  readonly members: Members;
}

export interface Sensitivity {
  /** The primary specification first, then in the order declared. */
  readonly runs: readonly SpecificationRun[];
  /** Persons of each match whose results are published beside. */
  readonly published: readonly Members[];
}

export interface SensitivityInputs {
  readonly engine: SqlEngine;
  readonly cohort: CohortSettings;
  readonly evaluation: Evaluation;
  readonly design: Design;
  readonly study: MatchedStudy;
  /** Told after each specification. */
  readonly advanced?: (done: number, all: number) => void;
}

/** A specification with all that it leaves out filled in from the primary one. */
interface Settled {
  readonly matching: Alternative;
  readonly error: ErrorName;
  readonly choice: OutcomeChoice;
  readonly cohort: Pick<CohortSettings, "index" | "reuse" | "eligibility">;
  readonly exclude: Specification["exclude"];
  readonly participants: Specification["participants"];
}

/**
 * Runs the primary specification and each declared alternative. Those that keep the cohort and a published outcome read
 * the tables that stand; the others have their own tables made **in their place**: nothing that reads the study's
 * tables may follow.
 */
export async function runSensitivity(inputs: SensitivityInputs, threads?: SpecificationThreads): Promise<Sensitivity> {
  if (inputs.evaluation.sensitivity.length === 0) return { runs: [], published: [] };
  const started = threads ?? startThreads(threadCount(inputs));
  try {
    return await runAll(inputs, started);
  } finally {
    await started.close();
  }
}

const threadCount = ({ evaluation }: SensitivityInputs): number =>
  Math.max(1, Math.min(4, availableParallelism(), evaluation.sensitivity.length));

async function runAll(inputs: SensitivityInputs, threads: SpecificationThreads): Promise<Sensitivity> {
  const { engine, study, evaluation } = inputs;
  const published: Members[] = [];
  for (const match of study.matches) published.push(await membersOf(engine, match.keys));
  const named = [{ name: evaluation.specification }, ...evaluation.sensitivity].map((one) => ({
    name: one.name,
    settled: settle(one, evaluation),
  }));
  const matchedParticipants = participantsMatched(study);
  const found = new Map<string, SpecificationRun>();
  for (const group of groupsOf(named, inputs)) {
    const design = group.cohort === inputs.cohort ? inputs.design : await buildDesign(engine, group.cohort);
    const tasks = group.members.map((one) => ({ ...one, task: taskOf(one, design, matchedParticipants, evaluation) }));
    const read = readerOf(engine, group.cohort);
    await Promise.all(
      tasks.map(({ name, settled, task }) =>
        threads.use(async (thread) => {
          const matched = await thread.match(task);
          const { found: outcomes, ...persons } = await read(settled, task, matched);
          const answer = await thread.conclude(outcomes);
          found.set(name, {
            name,
            primary: name === evaluation.specification,
            estimand: estimandOf(settled, evaluation),
            choice: settled.choice,
            settings: settled,
            answer,
            ...persons,
          });
          inputs.advanced?.(found.size, named.length);
        }),
      ),
    );
  }
  return { runs: named.flatMap(({ name }) => found.get(name) ?? []), published };
}

/** Fills in what a specification leaves out; its error falls back to the method's own where the primary's is not for it. */
function settle(one: Pick<Specification, "name"> & Partial<Specification>, evaluation: Evaluation): Settled {
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
function estimandOf({ choice, cohort, exclude, participants }: Settled, evaluation: Evaluation): string {
  const parts = [`${choice.definition}-after-${choice.after}`];
  const { ageFrom, ageTo, origins } = cohort.eligibility;
  const { eligibility } = evaluation;
  if (ageFrom !== eligibility.ageFrom || ageTo !== eligibility.ageTo) parts.push(`aged-${ageFrom}-${ageTo}`);
  if (canonicalJson(origins) !== canonicalJson(eligibility.origins)) parts.push(`of-${origins.join("-")}`);
  for (const [name, levels = []] of Object.entries(exclude ?? {})) parts.push(`without-${name}-${levels.join("-")}`);
  if (participants === "all") parts.push("all-participants");
  return parts.join("-");
}

interface Named {
  readonly name: string;
  readonly settled: Settled;
}

interface Group {
  readonly cohort: CohortSettings;
  readonly members: readonly Named[];
}

/** Specifications that can share tables; first those for which the study's own stand. */
function groupsOf(named: readonly Named[], { cohort }: SensitivityInputs): readonly Group[] {
  const own = { index: cohort.index, reuse: cohort.reuse, eligibility: cohort.eligibility };
  const stands = ({ settled }: Named): boolean =>
    canonicalJson(settled.cohort) === canonicalJson(own) && cohort.outcomes.some((one) => isSame(one, settled.choice));
  const others = new Map<string, Named[]>();
  for (const one of named.filter((each) => !stands(each))) {
    const key = canonicalJson(one.settled.cohort);
    others.set(key, [...(others.get(key) ?? []), one]);
  }
  return [
    { cohort, members: named.filter(stands) },
    ...[...others.values()].map((members) => ({
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
function participantsMatched({ matches: [primary] }: MatchedStudy): ReadonlySet<string> {
  const kept = new Set<string>();
  primary?.design.weights.forEach((weight, p) => {
    if (weight > 0 && primary.patterns.arm[p] === 1) kept.add(contentOf(primary.patterns, p));
  });
  return kept;
}

const contentOf = ({ month, covariates }: Patterns, p: number): string =>
  [month[p], ...covariates.map((c) => (c.kind === "numeric" ? c.values[p] : c.levels[c.codes[p] ?? -1]))].join("|");

function taskOf(
  { name, settled }: Named,
  design: Design,
  matchedParticipants: ReadonlySet<string>,
  evaluation: Evaluation,
): SpecificationTask {
  const whole = patternsFor(design, settled.choice);
  const excluded = excludedOf(name, whole, settled.exclude);
  const rows = whole.rows.map((n, p) => {
    const isOther = settled.participants === "matched" && whole.arm[p] === 1 && n > 0;
    return excluded(p) || (isOther && !matchedParticipants.has(contentOf(whole, p))) ? 0 : n;
  });
  return {
    matching: settled.matching,
    error: settled.error,
    compared: [...covariatesOf(evaluation.matching), ...evaluation.balance.report],
    verdicts: evaluation.verdicts,
    patterns: { ...whole, rows },
  };
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

type Read = Awaited<ReturnType<typeof readFound>>;

/** Reads outcomes of a cohort, once for all specifications that match the same patterns. */
function readerOf(engine: SqlEngine, cohort: CohortSettings) {
  const exclusively = oneAtATime();
  const known = new Map<string, Promise<Read>>();
  return (settled: Settled, task: SpecificationTask, matched: MatchedSpecification): Promise<Read> => {
    const reading = () => exclusively(() => readFound(engine, cohort, settled, task, matched));
    // the second pass needs the tables of its own reading
    if (settled.error === "person-jackknife") return reading();
    const key = canonicalJson([settled.choice, sha256(new Uint8Array(matched.keys.buffer))]);
    const found = known.get(key) ?? reading();
    known.set(key, found);
    return found;
  };
}

/** The engine has one connection and its tables are replaced with each reading: readings wait for each other. */
function oneAtATime(): <T>(read: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (read) => {
    const next = last.then(read);
    last = next.catch(() => {});
    return next;
  };
}

async function readFound(
  engine: SqlEngine,
  cohort: CohortSettings,
  settled: Settled,
  task: SpecificationTask,
  { keys, weights }: MatchedSpecification,
) {
  const { choice } = settled;
  const results = await readOutcomes(engine, { ...cohort, outcomes: [choice] }, keys, []);
  const [outcomes] = results.outcomes;
  const [recurrence] = results.recurrence;
  if (outcomes === undefined || recurrence === undefined) throw new Error(`no results of ${choice.definition}`);
  const deleted =
    settled.error === "person-jackknife" ? await deletedSums(engine, task.patterns, outcomes, weights) : null;
  const period = periodOf(cohort.years);
  const total = (arm: Population["arm"]): ArmPopulation =>
    results.populations.find((row) => row.arm === arm && row.period === period && row.dimension === "total") ?? {
      persons: 0,
      personsPlaced: 0,
    };
  const [participants, controls] = [total("participants"), total("controls")];
  const { rows, sum, sumsq } = outcomes;
  const { key1, key2, rows: pairs, sum1, sum2, sum12 } = recurrence;
  return {
    members: await membersOf(engine, keys),
    participants,
    controls,
    found: {
      outcomes: { ...choice, rows, sum, sumsq },
      recurrence: { key1, key2, rows: pairs, sum1, sum2, sum12 },
      persons: { both: total("both").persons, treated: participants.persons, control: controls.persons },
      deleted,
    },
  };
}

/** The second pass, right after its outcomes were read: the engine is handed weights and means, and sums within persons. */
export async function deletedSums(
  engine: SqlEngine,
  patterns: Patterns,
  outcomes: Outcomes,
  weights: Float64Array,
): Promise<DeletedSums> {
  const { mean } = armMeans({ patterns, weights, outcomes });
  const key = Int32Array.from([...weights.keys()].filter((p) => (weights[p] ?? 0) > 0));
  await engine.load("patterns.handed", {
    key,
    weight: Float64Array.from(key, (p) => weights[p] ?? 0),
    mean: Float64Array.from(key, (p) => mean[patterns.arm[p] === 1 ? 0 : 1] ?? 0),
  });
  const [row] = await engine.rows(sqlOf(PATTERNS.deleted_sums));
  return { tt: Number(row?.tt), cc: Number(row?.cc), tc: Number(row?.tc), wholeArm: Number(row?.whole_arm) };
}

/** Distinct persons of the matched patterns, by arm; a matched pattern's month is mature. */
async function membersOf(engine: SqlEngine, keys: Iterable<number>): Promise<Members> {
  await engine.load("patterns.matched", { key: Int32Array.from(keys) });
  const table = await engine.arrow(sqlOf(PATTERNS.members));
  const [person, arm] = [integersOf(table, "person_key"), integersOf(table, "arm")];
  const of = (wanted: 0 | 1): Int32Array => person.filter((_, i) => arm[i] === wanted).sort();
  return { treated: of(1), control: of(0) };
}
