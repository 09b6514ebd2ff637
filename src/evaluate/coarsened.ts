import type { MatchedDesign } from "./design.ts";
import { covariate, matchExact } from "./exact.ts";
import type { Covariate, Patterns } from "./patterns.ts";

interface CoarsenedSettings {
  /** Names of the covariates to match on; those without cutpoints or groups are matched exactly. */
  readonly on: readonly string[];
  /** Cutpoints of numeric covariates; a value equal to a cutpoint goes up. */
  readonly cutpoints?: Readonly<Record<string, readonly number[]>>;
  /** Levels of categorical covariates to take together: covariate, new level, its levels; the others stay apart. */
  readonly groups?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * Coarsened exact matching: covariates are cut or grouped as declared, then matched exactly.
 * Agrees with MatchIt `cem` (test/reference/matching/cem4_*, cem7_*), whose weights are these times NC / NT.
 * @throws RangeError when a name is not a covariate, is not among `on`, or has the wrong kind
 */
export function matchCoarsened(patterns: Patterns, settings: CoarsenedSettings): MatchedDesign {
  for (const name of [...Object.keys(settings.cutpoints ?? {}), ...Object.keys(settings.groups ?? {})])
    if (!settings.on.includes(name)) throw new RangeError(`\`${name}\` is coarsened but not matched on`);
  const covariates = settings.on.map((name) => coarsen(covariate(patterns, name), settings));
  return { ...matchExact({ ...patterns, covariates }, { on: settings.on }), method: "cem" };
}

/** The covariate with its cutpoints or groups applied, as levels; itself where it has none. */
export function coarsen(of: Covariate, settings: Omit<CoarsenedSettings, "on">): Covariate {
  const cutpoints = settings.cutpoints?.[of.name];
  const groups = settings.groups?.[of.name];
  if (cutpoints !== undefined) return cut(of, cutpoints);
  return groups === undefined ? of : grouped(of, groups);
}

/** Levels `< 20`, `20 - < 25`, `>= 25`, and `unknown` for what isn't a number. */
function cut(of: Covariate, cutpoints: readonly number[]): Covariate {
  if (of.kind !== "numeric") throw new RangeError(`\`${of.name}\` has levels: it can be grouped, not cut`);
  const points = [...new Set(cutpoints)].sort((a, b) => a - b);
  const levels = [...points, Number.POSITIVE_INFINITY].map((to, i) => {
    const from = points[i - 1];
    if (from === undefined) return points.length === 0 ? "all" : `< ${to}`;
    return to === Number.POSITIVE_INFINITY ? `>= ${from}` : `${from} - < ${to}`;
  });
  const codes = Int32Array.from(of.values, (value) => {
    if (Number.isNaN(value)) return levels.length;
    const above = points.findIndex((point) => value < point);
    return above < 0 ? points.length : above;
  });
  return { kind: "categorical", name: of.name, levels: [...levels, "unknown"], codes };
}

function grouped(of: Covariate, groups: Readonly<Record<string, readonly string[]>>): Covariate {
  if (of.kind !== "categorical") throw new RangeError(`\`${of.name}\` is numeric: it can be cut, not grouped`);
  const names = of.levels.map((level) => Object.keys(groups).find((name) => groups[name]?.includes(level)) ?? level);
  const levels = [...new Set(names)];
  return {
    kind: "categorical",
    name: of.name,
    levels,
    codes: of.codes.map((code) => levels.indexOf(names[code] ?? "")),
  };
}
