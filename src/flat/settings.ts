import { resolve } from "node:path";
import type { SeType } from "../evaluate/effect.ts";
import { UserError } from "../user-error.ts";
import type { Cuts } from "./cut-rules.ts";
import type { MatchSettings } from "./match.ts";
import { METHODS, type Method, type MethodName } from "./methods.ts";

/** What is asked of one flat file: which column is what, how to match, and where unit weights and pairs go. */
export interface TableSettings extends MatchSettings {
  readonly treated: string;
  readonly outcome: string;
  readonly method: MethodName;
  /** The method's own by default. */
  readonly errors?: SeType;
  /** Column that names the person; rows are persons by default. */
  readonly id?: string;
  /** The controls' rate expected beforehand, which the least effect that can be found is computed at. */
  readonly plannedRate?: number;
  /** Files to write: one line a row, one line a match. */
  readonly weights?: string;
  readonly pairs?: string;
}

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

/** Columns named twice in one option. */
function repeated({ exact, relax = [], covariates, subgroups = [] }: TableSettings): readonly string[] {
  const lists = [
    { option: "exact", names: exact },
    ...relax.map((names) => ({ option: "relax", names })),
    { option: "covariates", names: covariates },
    { option: "subgroups", names: subgroups },
  ];
  return lists.flatMap(({ option, names }) => {
    const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i));
    return [...twice].map((name) => `--${option} names \`${name}\` more than once; name it once`);
  });
}

/** Cutpoints that don't ascend: which bands were meant is not known. */
const unordered = (cuts: Cuts): readonly string[] =>
  Object.entries(cuts).flatMap(([name, points]) =>
    typeof points === "string" || points.every((point, i) => i === 0 || point > (points[i - 1] ?? point))
      ? []
      : [`--cutpoints ${name}=${points.join(":")} doesn't ascend; write ${name}=${inOrder(points).join(":")}`],
  );

const inOrder = (points: readonly number[]): readonly number[] => [...new Set(points)].sort((a, b) => a - b);

/**
 * Refuses settings that don't fit the method or contradict each other.
 * @throws UserError with every problem
 */
export function checkSettings(path: string, settings: TableSettings): void {
  const method: Method = METHODS[settings.method];
  const lacks = method.lacks(settings);
  const problems = lacks === null ? [] : [lacks];
  for (const name of ALL_SETTINGS)
    if (isGiven(settings[name]) && !method.reads.includes(name))
      problems.push(`--${name} means nothing to --method ${settings.method}; leave it out`);
  problems.push(...repeated(settings), ...unordered(settings.cutpoints ?? {}));
  const { errors } = settings;
  if (errors !== undefined && !method.errors(settings).includes(errors))
    problems.push(
      `--errors ${errors} is not for this match; choose ${[...new Set(method.errors(settings))].join(", ")}`,
    );
  const { plannedRate } = settings;
  if (plannedRate !== undefined && !(plannedRate >= 0 && plannedRate < 1))
    problems.push(`--planned-rate ${plannedRate} is not a rate from 0 to below 1, e.g. 0.33`);
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
