import { availableParallelism } from "node:os";
import { sqlOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { buildDesign, type Design } from "../cohort/design.ts";
import { addMembers, clearMembers, type Membership, readMemberships } from "../cohort/memberships.ts";
import { type ArmPopulation, matchedPersons, readOneOutcome } from "../cohort/results.ts";
import type { CohortSettings, OutcomeChoice } from "../cohort/settings.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { DeletedSums } from "../evaluate/delete-one-person.ts";
import { armMeans } from "../evaluate/effect.ts";
import type { Outcomes, Patterns } from "../evaluate/patterns.ts";
import { groupBy } from "../group-by.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import { canonicalJson } from "../publish/hash.ts";
import type { MatchedStudy } from "./impact.ts";
import { matchedByAny, type OutcomePart, outcomeWithin, sharedOutcome } from "./outcome-parts.ts";
import {
  estimandOf,
  groupsOf,
  type Named,
  namedSpecifications,
  participantsMatched,
  type Settled,
  sharingScores,
  tasksOf,
} from "./sensitivity-tasks.ts";
import { sharedPatterns } from "./shared-arrays.ts";
import type { SpecificationAnswer, SpecificationTask } from "./specification.ts";
import { type MatchedOnThread, type SpecificationThreads, startThreads } from "./specification-threads.ts";

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
  /** The number of its population among `memberships`. */
  readonly population: number;
}

/** The specification curve's runs; nothing in any of the three where the protocol declares no alternative. */
export interface Sensitivity {
  /** The primary specification first, then in the order declared. */
  readonly runs: readonly SpecificationRun[];
  /** The populations of each match whose results are published beside. */
  readonly published: readonly number[];
  readonly memberships: readonly Membership[];
}

interface SensitivityInputs {
  readonly engine: SqlEngine;
  readonly cohort: CohortSettings;
  readonly evaluation: Evaluation;
  readonly design: Design;
  readonly study: MatchedStudy;
  /** How many threads may compute; as many as there are processors where absent. */
  readonly threads?: number | undefined;
  /** Told after each specification. */
  readonly advanced?: (done: number, all: number) => void;
}

/**
 * Runs the primary specification and each declared alternative. Those that keep the cohort and a published outcome read
 * the tables that stand; the others have their own tables made **in their place**: nothing that reads the study's
 * tables may follow.
 */
export async function runSensitivity(inputs: SensitivityInputs, threads?: SpecificationThreads): Promise<Sensitivity> {
  if (inputs.evaluation.sensitivity.length === 0) return { runs: [], published: [], memberships: [] };
  const started = threads ?? startThreads(threadCount(inputs));
  try {
    return await runAll(inputs, started);
  } finally {
    await started.close();
  }
}

const threadCount = ({ evaluation, threads = availableParallelism() }: SensitivityInputs): number =>
  Math.max(1, Math.min(4, threads, evaluation.sensitivity.length));

async function runAll(inputs: SensitivityInputs, threads: SpecificationThreads): Promise<Sensitivity> {
  const { engine, study, evaluation } = inputs;
  await clearMembers(engine);
  const published = [...study.matches.keys()];
  for (const population of published) await addMembers(engine, population, study.matches[population]?.keys ?? []);
  const named = namedSpecifications(evaluation);
  const matchedParticipants = participantsMatched(study);
  const found = new Map<string, SpecificationRun>();
  let next = published.length;
  let { built } = inputs.design;
  for (const group of groupsOf(named, inputs.cohort)) {
    const design = group.cohort === inputs.cohort ? inputs.design : await buildDesign(engine, group.cohort, built);
    built = design.built;
    const patterns = sharedPatterns(design.patterns);
    const tasks = tasksOf(group.members, { ...design, patterns }, matchedParticipants, evaluation);
    const onThreads = await matchedOn(threads, tasks);
    const matched = group.members.flatMap((one, i): readonly MatchedMember[] => {
      const [task, found] = [tasks[i], onThreads[i]];
      return task === undefined || found === undefined ? [] : [{ ...one, task, population: next++, ...found }];
    });
    await readAndConclude(engine, group.cohort, matched, ({ name, settled, population }, rest) => {
      found.set(name, {
        ...{ name, population, settings: settled, choice: settled.choice },
        primary: name === evaluation.specification,
        estimand: estimandOf(settled, evaluation),
        ...rest,
      });
      inputs.advanced?.(found.size, named.length);
    });
  }
  const memberships = await readMemberships(engine);
  return { runs: named.flatMap(({ name }) => found.get(name) ?? []), published, memberships };
}

/** Each task's match, in their order. */
async function matchedOn(threads: SpecificationThreads, tasks: readonly SpecificationTask[]) {
  const matched: MatchedOnThread[] = [];
  const match = async (places: readonly number[]): Promise<void> => {
    const found = await threads.match(places.flatMap((i) => tasks[i] ?? []));
    for (const [k, one] of found.entries()) matched[places[k] ?? 0] = one;
  };
  await Promise.all(sharingScores(tasks).map(match));
  return matched;
}

interface MatchedMember extends Named, MatchedOnThread {
  readonly task: SpecificationTask;
  readonly population: number;
}

type Concluded = Pick<SpecificationRun, "answer" | "participants" | "controls">;

/**
 * Reads each outcome of a cohort once, of all patterns that any specification which asks for it has matched, and hands each
 * its part: sums by pattern and pairs of patterns don't depend on what else is matched, distinct persons do.
 */
async function readAndConclude(
  engine: SqlEngine,
  cohort: CohortSettings,
  members: readonly MatchedMember[],
  concluded: (member: MatchedMember, rest: Concluded) => void,
): Promise<void> {
  const answers: Promise<void>[] = [];
  for (const asking of groupBy(members, ({ settled }) => canonicalJson(settled.choice)).values()) {
    const [first] = asking;
    if (first === undefined) continue;
    const every = matchedByAny(
      first.task.patterns.size,
      asking.map(({ matched }) => matched.keys),
    );
    const read = sharedOutcome(await readOneOutcome(engine, { ...cohort, outcomes: [first.settled.choice] }, every));
    for (const member of asking) {
      const { participants, controls, found } = await partOf(engine, member, read);
      const answer = member
        .conclude(found)
        .then((value) => concluded(member, { answer: value, participants, controls }));
      answer.catch(() => {}); // told below, once everything is read
      answers.push(answer);
    }
  }
  await Promise.all(answers);
}

async function partOf(engine: SqlEngine, { settled, task, matched, population }: MatchedMember, read: OutcomePart) {
  await addMembers(engine, population, matched.keys);
  const { participants, controls, both } = await matchedPersons(engine);
  const part = outcomeWithin(read, matched.keys);
  const deleted =
    settled.error === "person-jackknife"
      ? await deletedSums(engine, task.patterns, part.outcomes, matched.weights)
      : null;
  const persons = { both: both.persons, treated: participants.persons, control: controls.persons };
  return { participants, controls, found: { ...part, persons, deleted } };
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
