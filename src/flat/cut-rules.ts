import { covariate } from "../evaluate/exact.ts";
import type { Patterns } from "../evaluate/patterns.ts";

/** Cutpoints by a rule: `sturges` (MatchIt's default) for bands of one width, q4 for four bands of equal shares. */
export type CutRule = "sturges" | `q${number}`;

/** By numeric covariate: ascending cutpoints in its own unit, or the rule that finds them in the data. */
export type Cuts = Readonly<Record<string, readonly number[] | CutRule>>;

/** The rule that a text names, if it does. */
export function cutRule(text: string): CutRule | undefined {
  if (text === "sturges") return text;
  const shares = /^q(\d{1,3})$/.exec(text)?.[1];
  return shares === undefined || Number(shares) < 2 ? undefined : `q${Number(shares)}`;
}

/**
 * Cutpoints as numbers, rules applied to all rows as MatchIt's `cem` does: `sturges` cuts the range into
 * ceil(log2(n) + 1) bands of one width, qN at the quantiles i/N (R's type 7).
 * @throws RangeError when a covariate isn't numeric
 */
export function cutpointsOf(patterns: Patterns, cuts: Cuts): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    Object.entries(cuts).map(([name, cut]) => [name, typeof cut === "string" ? pointsBy(cut, patterns, name) : cut]),
  );
}

function pointsBy(rule: CutRule, patterns: Patterns, name: string): readonly number[] {
  const of = covariate(patterns, name);
  if (of.kind !== "numeric") throw new RangeError(`\`${name}\` has levels: it can be matched exactly, not cut`);
  const known = [...of.values.keys()].filter((p) => !Number.isNaN(of.values[p]) && (patterns.rows[p] ?? 0) > 0);
  known.sort((a, b) => (of.values[a] ?? 0) - (of.values[b] ?? 0));
  const values = known.map((p) => of.values[p] ?? 0);
  const upTo = cumulative(known.map((p) => patterns.rows[p] ?? 0));
  return rule === "sturges" ? bands(values, upTo.at(-1) ?? 0) : quantiles(values, upTo, Number(rule.slice(1)));
}

function bands(values: readonly number[], n: number): readonly number[] {
  const [from = 0, to = from] = [values[0], values.at(-1)];
  const count = Math.ceil(Math.log2(n) + 1);
  const width = (to - from) / count;
  return to > from ? Array.from({ length: count - 1 }, (_, i) => from + (i + 1) * width) : [];
}

function quantiles(values: readonly number[], upTo: readonly number[], shares: number): readonly number[] {
  const n = upTo.at(-1) ?? 0;
  const at = (rank: number) => values[upTo.findIndex((rows) => rank < rows)] ?? values.at(-1) ?? 0;
  const points = Array.from({ length: shares - 1 }, (_, i) => {
    const place = (n - 1) * (1 / shares + i * (1 / shares));
    const [low, high] = [at(Math.floor(place)), at(Math.min(n - 1, Math.ceil(place)))];
    const reach = place - Math.floor(place);
    return low === high ? low : (1 - reach) * low + reach * high;
  });
  return [...new Set(points)];
}

function cumulative(rows: readonly number[]): readonly number[] {
  let total = 0;
  return rows.map((n) => {
    total += n;
    return total;
  });
}
