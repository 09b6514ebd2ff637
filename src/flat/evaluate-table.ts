import { resolve } from "node:path";
import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import { openDuckDb } from "../engine/duckdb.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { isBinary, type SeType } from "../evaluate/effect.ts";
import {
  type Evaluation,
  type EvaluationInputs,
  effectSettings,
  evaluation,
  sampleOf,
} from "../evaluate/evaluation.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import type { Rung } from "../evaluate/relaxed.ts";
import { UserError } from "../user-error.ts";
import { tableEffect } from "./effect.ts";
import { type HiddenBias, hiddenBias } from "./hidden-bias.ts";
import type { MatchSettings, TableMatch } from "./match.ts";
import { columnsOf, METHODS, type Method, type MethodName } from "./methods.ts";
import { type FlatPatterns, groupedPatterns, sharedPatterns, singlePatterns } from "./patterns.ts";
import { type StagedTable, stageTable } from "./stage.ts";
import { openTable } from "./table.ts";
import { idsRecur, layWeights, type Recurring, recurringPersons, writePairs, writeWeights } from "./weights.ts";

/** What is asked of one flat file: which column is what, how to match, and where unit weights and pairs go. */
export interface TableSettings extends MatchSettings {
  readonly treated: string;
  readonly outcome: string;
  readonly method: MethodName;
  /** The method's own by default. */
  readonly errors?: SeType;
  /** Column that names the person; rows are persons by default. */
  readonly id?: string;
  /** Files to write: one line a row, one line a match. */
  readonly weights?: string;
  readonly pairs?: string;
}

export interface TableEvaluation {
  readonly evaluation: Evaluation & { readonly rungs?: readonly Rung[]; readonly hiddenBias?: HiddenBias };
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
  const effect = await tableEffect(errorOf(settings, recurs), engine, {
    match,
    sample: sampleOf(inputs),
    settings: effectSettings(inputs),
    ...(recurs && people !== undefined ? { person: people.person } : {}),
  });
  await writeFiles(engine, settings, read.patterns, match);
  const result = evaluation({ ...inputs, effect });
  const proportion = isBinary({ outcomes: read.outcomes });
  return {
    evaluation: {
      ...result,
      ...(proportion ? { hiddenBias: hiddenBias(result, read.outcomes, match.pairs) } : {}),
      ...(match.rungs === undefined ? {} : { rungs: match.rungs }),
    },
    title: match.title,
    recurs,
    proportion,
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
  const { method, exact, relax = [] } = settings;
  const strata = method === "exact" && relax.length === 0 && !keep;
  const shared = strata ? await sharedPatterns(engine, staged, new Set(exact).size) : undefined;
  return shared ?? groupedPatterns(engine, staged, keep);
}

/** Settings that contradict each other come back as the user's error. */
function matchBy(settings: TableSettings, patterns: Patterns, byId: Int32Array | undefined): TableMatch {
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

const ALL_SETTINGS = [
  "exact",
  "relax",
  "cutpoints",
  "distance",
  "ratio",
  "replace",
  "caliper",
  "order",
  "moments",
] as const;

const isGiven = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

function checkSettings(path: string, settings: TableSettings): void {
  const method: Method = METHODS[settings.method];
  const lacks = method.lacks(settings);
  const problems = lacks === null ? [] : [lacks];
  for (const name of ALL_SETTINGS)
    if (isGiven(settings[name]) && !method.reads.includes(name))
      problems.push(`--${name} means nothing to --method ${settings.method}; leave it out`);
  const { errors } = settings;
  if (errors !== undefined && !method.errors(settings).includes(errors))
    problems.push(
      `--errors ${errors} is not for this match; choose ${[...new Set(method.errors(settings))].join(", ")}`,
    );
  if (errors === "CR3" && settings.id === undefined)
    problems.push("--errors CR3 leaves out one person at a time; name the person with --id");
  if (settings.pairs !== undefined && method.unit !== "person")
    problems.push(`--method ${settings.method} makes no pairs; --pairs is for nearest and optimal`);
  for (const option of ["weights", "pairs"] as const) {
    const file = settings[option];
    if (file !== undefined && resolve(file) === resolve(path))
      problems.push(`--${option} would overwrite ${path}; give another file`);
  }
  if (problems.length > 0) throw new UserError(problems);
}
