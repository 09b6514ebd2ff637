import { matchNearest, type NearestSettings } from "../../src/evaluate/nearest.ts";
import { matchNearestTieAveraged } from "../../src/evaluate/nearest-patterns.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";
import { propensity } from "../../src/evaluate/propensity.ts";
import { uniform } from "../support/random.ts";

/**
 * Nearest matching in memory, on synthetic persons made here: 1 % are participants; seven covariates of which one is numeric;
 * the score is given, so that pairing is timed apart from the fit. Prints seconds and the growth of memory, a table a size.
 */
export function benchNearest(sizes: readonly number[]): void {
  for (const persons of sizes) console.table(timedOn(persons));
}

interface Line {
  readonly what: string;
  readonly persons: number;
  readonly seconds: number;
  readonly "memory MB": number;
  readonly result: number;
}

function timedOn(persons: number): readonly Line[] {
  const random = uniform(20);
  const patterns = synthetic(persons, random);
  const score = Float64Array.from({ length: persons }, (_, i) => random() + (patterns.arm[i] === 1 ? 0.3 : 0));
  const rounded = score.map((value) => Math.round(value * 1000) / 1000);
  const given = { kind: "given", score } as const;
  const works: Readonly<Record<string, () => number>> = {
    "sort a score, match 1:1": () => pairs(patterns, { distance: given }),
    "1:1, score full of ties": () => pairs(patterns, { distance: { kind: "given", score: rounded } }),
    "1:1, closest first": () => pairs(patterns, { distance: given, order: "closest" }),
    "3:1 with replacement, caliper": () => pairs(patterns, { distance: given, ratio: 3, replace: true, caliper: 0.2 }),
    "1:1 in exact blocks": () => pairs(patterns, { distance: given, exact: ["c0", "c1"] }),
    "tie-averaged on the same rows": () => Math.round(tieAveraged(patterns, rounded)),
    "logit on persons, 25 columns": () => fitted(patterns),
    "logit, then 1:1": () => pairs(patterns, { distance: { kind: "logit" } }),
    "Mahalanobis, three covariates, 1:1": () => pairs(patterns, { distance: { kind: "mahalanobis", terms: THREE } }),
  };
  return Object.entries(works).map(([what, work]) => ({ what, persons, ...timed(work) }));
}

const THREE = ["age", "c0", "c1"].map((covariate) => ({ covariate }));

function pairs(patterns: Patterns, settings: NearestSettings): number {
  const design = matchNearest(patterns, settings);
  if (typeof design === "string") throw new Error(design);
  return design.pairs.size;
}

function tieAveraged(patterns: Patterns, score: Float64Array): number {
  const design = matchNearestTieAveraged(patterns, { distance: { kind: "given", score } });
  if (typeof design === "string") throw new Error(design);
  return design.matchedParticipants;
}

function fitted(patterns: Patterns): number {
  const scores = propensity(patterns);
  if (typeof scores === "string") throw new Error(scores);
  return scores.fit.iterations;
}

function timed(work: () => number): Omit<Line, "what" | "persons"> {
  const before = process.memoryUsage().rss;
  const from = performance.now();
  const result = work();
  const seconds = Number(((performance.now() - from) / 1000).toFixed(3));
  const growth = Math.round((process.memoryUsage().rss - before) / 2 ** 20);
  return { seconds, "memory MB": growth, result };
}

function synthetic(size: number, random: () => number): Patterns {
  const levels = [2, 3, 4, 4, 6, 10];
  const age = Float64Array.from({ length: size }, () => 18 + Math.floor(random() * 16));
  return {
    size,
    arm: Uint8Array.from({ length: size }, (_, i) => (random() < 0.01 * (1 + ((age[i] ?? 0) - 25) / 20) ? 1 : 0)),
    month: new Int32Array(size),
    covariates: [
      { kind: "numeric", name: "age", values: age },
      ...levels.map((count, c) => ({
        kind: "categorical" as const,
        name: `c${c}`,
        levels: Array.from({ length: count }, (_, level) => `l${level}`),
        codes: Int32Array.from({ length: size }, () => Math.floor(random() * count)),
      })),
    ],
    rows: new Float64Array(size).fill(1),
  };
}
