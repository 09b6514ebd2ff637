import { availableParallelism } from "node:os";
import { sqlOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { buildDesign, type Design } from "../cohort/design.ts";
import { addMembers, clearMembers, type Membership, readMemberships } from "../cohort/memberships.ts";
import { type Population, readOneOutcome } from "../cohort/results.ts";
import type { CohortSettings, OutcomeChoice } from "../cohort/settings.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { DeletedSums } from "../evaluate/delete-one-person.ts";
import { armMeans } from "../evaluate/effect.ts";
import type { Outcomes, Patterns } from "../evaluate/patterns.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import { canonicalJson, sha256 } from "../publish/hash.ts";
import { periodOf } from "./analysis.ts";
import type { MatchedStudy } from "./impact.ts";
import {
  estimandOf,
  groupsOf,
  namedSpecifications,
  participantsMatched,
  type Settled,
  taskOf,
} from "./sensitivity-tasks.ts";
import { sharedIntegers, sharedNumbers, sharedPatterns } from "./shared-arrays.ts";
import type { MatchedSpecification, SpecificationAnswer, SpecificationTask } from "./specification.ts";
import { type SpecificationThreads, startThreads } from "./specification-threads.ts";

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
  /** The number of its population among `memberships`. */
  readonly population: number;
}

export interface Sensitivity {
  /** The primary specification first, then in the order declared. */
  readonly runs: readonly SpecificationRun[];
  /** The populations of each match whose results are published beside. */
  readonly published: readonly number[];
  readonly memberships: readonly Membership[];
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

const threadCount = ({ evaluation }: SensitivityInputs): number =>
  Math.max(1, Math.min(4, availableParallelism(), evaluation.sensitivity.length));

async function runAll(inputs: SensitivityInputs, threads: SpecificationThreads): Promise<Sensitivity> {
  const { engine, study, evaluation } = inputs;
  await clearMembers(engine);
  const published = [...study.matches.keys()];
  for (const population of published) await addMembers(engine, population, study.matches[population]?.keys ?? []);
  const named = namedSpecifications(evaluation);
  const matchedParticipants = participantsMatched(study);
  const found = new Map<string, SpecificationRun>();
  const keys = new Map<number, Int32Array>();
  let next = published.length;
  let { built } = inputs.design;
  for (const group of groupsOf(named, inputs.cohort)) {
    const design = group.cohort === inputs.cohort ? inputs.design : await buildDesign(engine, group.cohort, built);
    built = design.built;
    const patterns = sharedPatterns(design.patterns);
    const tasks = group.members.map((one) => ({
      ...one,
      population: next++,
      task: taskOf(one, { ...design, patterns }, matchedParticipants, evaluation),
    }));
    const read = readerOf(engine, group.cohort);
    await Promise.all(
      tasks.map(({ name, settled, task, population }) =>
        threads.use(async (thread) => {
          const matched = await thread.match(task);
          keys.set(population, matched.keys);
          const { found: outcomes, ...persons } = await read(settled, task, matched);
          const answer = await thread.conclude(outcomes);
          found.set(name, {
            name,
            primary: name === evaluation.specification,
            estimand: estimandOf(settled, evaluation),
            choice: settled.choice,
            settings: settled,
            answer,
            population,
            ...persons,
          });
          inputs.advanced?.(found.size, named.length);
        }),
      ),
    );
    // in the order declared, whichever thread ended first: the same tables come about in the same way
    for (const { population } of tasks) await addMembers(engine, population, keys.get(population) ?? []);
  }
  const memberships = await readMemberships(engine);
  return { runs: named.flatMap(({ name }) => found.get(name) ?? []), published, memberships };
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
  const results = await readOneOutcome(engine, { ...cohort, outcomes: [choice] }, keys);
  const { outcomes, recurrence } = results;
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
    participants,
    controls,
    found: {
      outcomes: { ...choice, rows, sum, sumsq },
      recurrence: {
        key1: sharedIntegers(key1),
        key2: sharedIntegers(key2),
        rows: sharedNumbers(pairs),
        sum1: sharedNumbers(sum1),
        sum2: sharedNumbers(sum2),
        sum12: sharedNumbers(sum12),
      },
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
