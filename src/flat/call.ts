import type { SeType } from "../evaluate/effect.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import type { DistanceChoice, MatchSettings } from "./match.ts";
import { METHODS, type Method } from "./methods.ts";
import type { TableSettings } from "./settings.ts";

/** What was asked, defaults filled in: enough to ask it again of the same file. */
export interface Call extends Partial<Pick<MatchSettings, "exact" | "relax" | "cutpoints" | "moments" | "subgroups">> {
  readonly treated: string;
  readonly outcome: string;
  readonly method: string;
  readonly covariates: readonly string[];
  readonly distance?: DistanceChoice;
  readonly ratio?: number;
  readonly replace?: boolean;
  readonly caliper?: number | null;
  readonly order?: string;
  readonly errors: SeType;
  readonly id: string | null;
}

/** What the numbers are about. */
export interface Estimand {
  readonly name: "ATT";
  /** All participants, or those with a match only: then the estimand is theirs. */
  readonly population: "participants" | "matched participants";
  /** What it is called in a text. */
  readonly words: string;
}

/** The call, with the settings that its method reads and no others. */
export function callOf(settings: TableSettings, errors: SeType): Call {
  const { method, treated, outcome, covariates, id = null } = settings;
  const { reads }: Method = METHODS[method];
  const filled = { ...DEFAULTS, order: orderOf(settings), ...settings };
  const read = Object.fromEntries(reads.map((name) => [name, filled[name] ?? null]));
  const { subgroups } = settings;
  const told = subgroups === undefined || subgroups.length === 0 ? {} : { subgroups };
  return { treated, outcome, method, covariates, ...read, ...told, errors, id };
}

const DEFAULTS = { relax: [], cutpoints: {}, distance: "logit", ratio: 1, replace: false, moments: 1 } as const;

/** With replacement nobody waits for a turn. */
function orderOf({ distance, replace }: TableSettings): string | undefined {
  if (replace === true) return undefined;
  return distance === "mahalanobis" ? "data" : "largest";
}

/** The effect on participants; on the matched ones where some have no match. */
export function estimandOf({ n }: Pick<Evaluation, "n">): Estimand {
  const all = n.matchedTreated === n.treated;
  const words = all
    ? `the average effect on participants (ATT); all ${n.treated} are matched`
    : `the average effect on the ${n.matchedTreated} matched of ${n.treated} participants (ATT); it is theirs, and not all participants'`;
  return { name: "ATT", population: all ? "participants" : "matched participants", words };
}
