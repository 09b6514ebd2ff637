import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import { openDuckDb } from "../engine/duckdb.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { isBinary, type SeType } from "../evaluate/effect.ts";
import { type EvaluationInputs, effectSettings, sampleOf } from "../evaluate/evaluation.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import { UserError } from "../user-error.ts";
import { answerOf, type TableAnswer } from "./answer.ts";
import { tableEffect } from "./effect.ts";
import type { TableMatch } from "./match.ts";
import { columnsOf, METHODS, type Method } from "./methods.ts";
import { type FlatPatterns, groupedPatterns, sharedPatterns, singlePatterns } from "./patterns.ts";
import { checkSettings, type TableSettings } from "./settings.ts";
import { type StagedTable, stageTable } from "./stage.ts";
import { subgroupsOf } from "./subgroups.ts";
import { openTable } from "./table.ts";
import { idsRecur, layWeights, type Recurring, recurringPersons, writePairs, writeWeights } from "./weights.ts";
import { refuseWide } from "./wide.ts";

/** What `evaluate` prints, as JSON or in words: fractions, nulls and verdicts where there is no answer. */
export interface TableEvaluation {
  readonly evaluation: TableAnswer;
  /** What was matched on, in words. */
  readonly title: string;
  /** Whether an id recurs. */
  readonly recurs: boolean;
  /** Whether the outcome is 0 or 1. */
  readonly proportion: boolean;
  readonly warnings: readonly string[];
}

/**
 * Evaluates one flat CSV or Parquet file, one row a person.
 * @throws UserError with every problem of the file and of the settings
 */
export async function evaluateTable(path: string, settings: TableSettings): Promise<TableEvaluation> {
  checkSettings(path, settings);
  const engine = await openDuckDb();
  try {
    return await evaluateOn(engine, path, settings);
  } finally {
    await engine.close();
  }
}

async function evaluateOn(engine: SqlEngine, path: string, settings: TableSettings): Promise<TableEvaluation> {
  const { unit }: Method = METHODS[settings.method];
  const covariates = columnsOf(settings);
  const { treated, outcome, id } = settings;
  const columns = { treated, outcome, covariates, ...(id === undefined ? {} : { id }) };
  const table = await openTable(engine, path, [treated, outcome, ...covariates]);
  const keep = id !== undefined || settings.weights !== undefined;
  const staged = await stageTable(engine, table, columns, { single: keep || unit === "person" });
  const read = await patternsFor(engine, staged, settings, keep);
  const recurs = id !== undefined && (await idsRecur(engine));
  const people = id !== undefined && unit === "person" ? await peopleOf(engine) : undefined;
  const match = matchBy(settings, read.patterns, people?.byId);
  if (recurs || settings.weights !== undefined || settings.errors === "CR3")
    await layWeights(engine, match.design, unit);
  const recurring = recurs ? await recurringPersons(engine) : undefined;
  const inputs: EvaluationInputs = {
    patterns: read.patterns,
    design: match.design,
    outcomes: read.outcomes,
    ...(recurring === undefined ? {} : { recurring }),
  };
  const sample = sampleOf(inputs);
  const error = errorOf(settings, recurs);
  const errorInputs = {
    match,
    sample,
    settings: effectSettings(inputs),
    ...(recurs && people !== undefined ? { person: people.person } : {}),
  };
  const effect = await tableEffect(error, engine, errorInputs);
  const subgroups = await subgroupsOf(engine, settings.subgroups ?? [], error, errorInputs);
  await writeFiles(engine, settings, read.patterns, match);
  return {
    evaluation: answerOf({ settings, error, match, inputs: { ...inputs, effect }, subgroups }),
    title: match.title,
    recurs,
    proportion: isBinary(sample),
    warnings: [...table.warnings, ...staged.warnings, ...match.warnings, ...fewPersons(recurring)],
  };
}

/** Clustered errors rest on as many independent persons as there are. */
function fewPersons(recurring: Recurring | undefined): readonly string[] {
  const found = recurring?.persons;
  if (found === undefined || found.both === 0 || Math.min(found.treated, found.control) >= MANY_PERSONS) return [];
  return [
    `the error is clustered by person, and rests on ${found.treated} participants and ${found.control} controls; with fewer than ${MANY_PERSONS} it tends to be too small (--errors CR3 leaves out one person at a time)`,
  ];
}

const MANY_PERSONS = 40;

/** One pattern a person, or as few as the method can do with. */
async function patternsFor(
  engine: SqlEngine,
  staged: StagedTable,
  settings: TableSettings,
  keep: boolean,
): Promise<FlatPatterns> {
  if (METHODS[settings.method].unit === "person") return singlePatterns(engine, staged);
  const { method, exact, relax = [], subgroups = [] } = settings;
  // controls that cannot be matched stand in no pattern, and nobody would know to which subgroup they belong
  const strata = method === "exact" && relax.length === 0 && subgroups.length === 0 && !keep;
  const shared = strata ? await sharedPatterns(engine, staged, new Set(exact).size) : undefined;
  return shared ?? groupedPatterns(engine, staged, keep);
}

/** Settings that contradict each other come back as the user's error. */
function matchBy(settings: TableSettings, patterns: Patterns, byId: Int32Array | undefined): TableMatch {
  refuseWide(patterns, settings);
  try {
    const { match }: Method = METHODS[settings.method];
    return match(patterns, settings, byId);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

function errorOf(settings: TableSettings, recurs: boolean): SeType {
  const { errors }: Method = METHODS[settings.method];
  return settings.errors ?? errors(settings)[recurs ? 1 : 0];
}

/** A number for each row's person, and rows in the order of ids. */
async function peopleOf(engine: SqlEngine): Promise<{ person: Int32Array; byId: Int32Array }> {
  const people = await engine.arrow(sqlOf(FLAT.people));
  const column = (name: string) => Int32Array.from(people.getChild(name) ?? [], Number);
  const byId = new Int32Array(people.numRows);
  column("place").forEach((place, row) => {
    byId[place] = row;
  });
  return { person: column("person"), byId };
}

async function writeFiles(
  engine: SqlEngine,
  settings: TableSettings,
  patterns: Patterns,
  match: TableMatch,
): Promise<void> {
  const ids = settings.id !== undefined;
  if (settings.weights !== undefined) {
    const labels = Array.from({ length: patterns.size }, (_, p) => match.label(p));
    await writeWeights(engine, { file: settings.weights, patterns, design: match.design, labels, ids });
  }
  if (settings.pairs !== undefined) await writePairs(engine, settings.pairs, match.pairs ?? NO_PAIRS, ids);
}

const NO_PAIRS = {
  size: 0,
  treated: new Int32Array(),
  control: new Int32Array(),
  rank: new Int32Array(),
  distance: new Float64Array(),
};
