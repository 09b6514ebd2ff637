import { studentQuantile } from "../evaluate/distributions.ts";
import { keyOf } from "./items.ts";
import type { PublishedEdition, PublishedRow } from "./published.ts";
import type { Recovered } from "./recover.ts";

/** More answers leave too many ways to share them out to be worth trying. */
const MOST_ANSWERS = 120;
/** Half of the last decimal of a mean on a scale, and what computing leaves. */
const NEAR = 0.05 + 1e-9;

/** How many gave each answer of a scale of five, the least favourable first. */
type Answers = readonly [number, number, number, number, number];

/**
 * Answers on a scale of five from what is told of an item: how many answered, how many of them one of the two most
 * favourable answers, and the neutral one where that is told, the mean and its interval. Every way to share the answers out
 * is tried; where all that fit say that a few gave an answer, that is a find.
 */
export function answerFinds({ name, rows, threshold, base }: PublishedEdition): readonly Recovered[] {
  if (base !== null) return [];
  const items = rows.filter(({ dimension }) => dimension === "item");
  const at = new Map(items.map((row) => [`${row.metric} / ${keyOf({ ...row, edition: name })}`, row]));
  return items.flatMap((row): readonly Recovered[] => {
    const { metric, n, value, lower, upper } = row;
    if (metric !== "survey_mean" || n === null || n > MOST_ANSWERS || value === null) return [];
    if (lower == null || upper == null) return [];
    const place = keyOf({ ...row, edition: name });
    const [top, neutral] = ["survey_top2", "survey_neutral"].map((other) => counted(at.get(`${other} / ${place}`)));
    if (top == null) return [];
    const ends = endsOf(waysOf(n, top, neutral ?? null), { value, lower, upper });
    return ends.flatMap(([least, most], k) =>
      least > 0 && most < threshold && !(k === 2 && neutral != null)
        ? [{ what: `answer ${k + 1} of 5 / ${place}`, least, most }]
        : [],
    );
  });
}

const counted = (row: PublishedRow | undefined): number | null =>
  row === undefined || row.n === null || row.value === null ? null : Math.round(row.n * row.value);

function* waysOf(n: number, top: number, neutral: number | null): Generator<Answers> {
  const rest = n - top;
  for (let c3 = neutral ?? 0; c3 <= (neutral ?? rest); c3++)
    for (let c1 = 0; c1 <= rest - c3; c1++)
      for (let c5 = 0; c5 <= top; c5++) yield [c1, rest - c3 - c1, c3, top - c5, c5];
}

/** Least and most of each answer among the ways that give the mean and its interval; none where no way does. */
function endsOf(
  ways: Iterable<Answers>,
  { value, lower, upper }: { readonly value: number; readonly lower: number; readonly upper: number },
): readonly (readonly [least: number, most: number])[] {
  let ends: [number, number][] = [];
  let quantile: number | null = null;
  for (const way of ways) {
    const n = way.reduce((sum, count) => sum + count, 0);
    quantile ??= studentQuantile(0.975, n - 1);
    const mean = way.reduce((sum, count, k) => sum + count * (k + 1), 0) / n;
    if (Math.abs(mean - value) > NEAR) continue;
    const squares = way.reduce((sum, count, k) => sum + count * (k + 1 - mean) ** 2, 0);
    const reach = quantile * Math.sqrt(squares / (n - 1) / n);
    if (Math.abs(mean - reach - lower) > NEAR || Math.abs(mean + reach - upper) > NEAR) continue;
    ends = way.map((count, k) => [Math.min(count, ends[k]?.[0] ?? count), Math.max(count, ends[k]?.[1] ?? count)]);
  }
  return ends;
}
