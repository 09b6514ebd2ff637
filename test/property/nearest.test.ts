import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mahalanobisPoints } from "../../src/evaluate/distance-mahalanobis.ts";
import { sortedBy } from "../../src/evaluate/distance-sort.ts";
import { squaredDistance } from "../../src/evaluate/distance-tree.ts";
import { matchNearest, type NearestSettings } from "../../src/evaluate/nearest.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";
import { type GreedySettings, greedyPairs } from "../support/matching-greedy.ts";

interface Person {
  readonly treated: boolean;
  readonly block: number;
  /** In eighths, so that ties are exact and many. */
  readonly score: number;
  readonly other: number;
}

const people = fc.array(
  fc.record({
    treated: fc.boolean(),
    block: fc.integer({ min: 0, max: 1 }),
    score: fc.integer({ min: -12, max: 12 }).map((eighths) => eighths / 8),
    other: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 40 },
);
const choices = fc.record({
  ratio: fc.integer({ min: 1, max: 3 }),
  replace: fc.boolean(),
  caliper: fc.option(
    fc.integer({ min: 0, max: 4 }).map((quarters) => quarters / 4),
    { nil: undefined },
  ),
  order: fc.constantFrom("largest", "smallest", "closest", "data" as const),
});

describe("nearest matching", () => {
  it("makes the pairs of the search that looks at every pair, on a score full of ties", () => {
    fc.assert(
      fc.property(people, choices, (persons, settings) => {
        const { design, distances } = onScore(persons, settings);
        const place = placesOf(persons.map((p, unit) => ({ unit, block: p.block, key: p.score })));
        const nearestPlace = (t: number, a: number, b: number) =>
          Math.abs(place(a) - place(t)) - Math.abs(place(b) - place(t)) || place(a) - place(b);
        const tie = settings.order === "closest" && !settings.replace ? {} : { tie: nearestPlace };
        const caliper = design.caliper ?? Number.POSITIVE_INFINITY;
        expect(lines(design)).toEqual(oracle(persons, distances, { ...settings, ...tie, caliper }));
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it("makes the pairs of the search that looks at every pair, on Mahalanobis distance", () => {
    fc.assert(
      fc.property(people, choices, (persons, { ratio, replace, order }) => {
        const patterns = patternsOf(persons);
        const chosen = order === "closest" ? "closest" : "data";
        const design = answered(
          matchNearest(patterns, {
            distance: { kind: "mahalanobis", terms: TERMS },
            ratio,
            replace,
            order: chosen,
            exact: ["block"],
          }),
        );
        const points = mahalanobisPoints(patterns, TERMS);
        const last = points.dimensions - 1;
        const key = (unit: number) => (last < 0 ? 0 : (points.coordinates[unit * points.dimensions + last] ?? 0));
        const place = placesOf(persons.map((p, unit) => ({ unit, block: p.block, key: key(unit) })));
        const tie = (t: number, a: number, b: number) =>
          Math.abs(place(b) - place(t)) - Math.abs(place(a) - place(t)) || place(b) - place(a);
        const squares = (a: number, b: number) => squaredDistance(points, a, b);
        expect(lines(design)).toEqual(
          oracle(
            persons,
            squares,
            { ratio, replace, order: chosen, caliper: Number.POSITIVE_INFINITY, tie },
            Math.sqrt,
          ),
        );
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it("gives matched participants 1 and controls weights that sum to them, and everyone else one reason", () => {
    fc.assert(
      fc.property(people, choices, (persons, settings) => {
        const { design } = onScore(persons, settings);
        const matched = new Set(design.pairs.treated).size;
        let sum = 0;
        persons.forEach((person, unit) => {
          const weight = design.weights[unit] ?? 0;
          if (person.treated) expect([0, 1]).toContain(weight);
          else sum += weight;
          expect((design.reason[unit] ?? -1) >= 0).toBe(weight === 0);
        });
        expect(sum).toBeCloseTo(matched, 9);
        if (!settings.replace) expect(new Set(design.pairs.control).size).toBe(design.pairs.size);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it("depends on ids, not on the order of rows, where ids are given", () => {
    fc.assert(
      fc.property(people, choices, fc.infiniteStream(fc.nat()), (persons, settings, keys) => {
        const shuffled = persons
          .map((person, unit) => ({ person, unit, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key);
        const byId = new Int32Array(persons.length);
        shuffled.forEach(({ unit }, position) => {
          byId[unit] = position;
        });
        const order = settings.order === "data" ? "largest" : settings.order;
        const straight = onScore(persons, { ...settings, order }).design;
        const other = onScore(
          shuffled.map(({ person }) => person),
          { ...settings, order },
          byId,
        ).design;
        const back = (unit: number) => shuffled[unit]?.unit ?? -1;
        expect(lines(other, back).sort()).toEqual(lines(straight).sort());
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

describe("nearest matching of few, or of many alike", () => {
  const person = (treated: boolean, score = 0): Person => ({ treated, block: 0, score, other: 0 });

  it("answers for nobody, one person, and one arm", () => {
    for (const persons of [[], [person(true)], [person(false)], [person(true), person(true)]]) {
      const { design } = onScore(persons, { ratio: 2, replace: false, caliper: 1, order: "largest" });
      expect(design.pairs.size).toBe(0);
      expect(design.weights.every((w) => w === 0)).toBe(true);
    }
    expect(matchNearest(patternsOf([person(true)]), { distance: { kind: "logit" } })).toBe("one arm is empty");
    expect(answered(matchNearest(patternsOf([person(true)]), { distance: { kind: "mahalanobis" } })).pairs.size).toBe(
      0,
    );
  });

  it("gives each of many participants alike a control of its own, and says when they run out", () => {
    const persons = Array.from({ length: 9000 }, (_, i) => person(i % 3 !== 0));
    for (const order of ["largest", "closest", "data"] as const) {
      const { design } = onScore(persons, { ratio: 1, replace: false, caliper: undefined, order });
      expect(design.pairs.size).toBe(3000);
      expect(new Set(design.pairs.control).size).toBe(3000);
      const left = persons.findIndex((p, unit) => p.treated && design.weights[unit] === 0);
      expect(design.reasons[design.reason[left] ?? -1]).toBe("every control of the block is already used");
    }
    expect(
      answered(matchNearest(patternsOf(persons), { distance: { kind: "mahalanobis", terms: TERMS } })).pairs.size,
    ).toBe(3000);
  });

  it("refuses patterns of several persons, and settings that contradict", () => {
    const patterns = { ...patternsOf([person(true), person(false)]), rows: Float64Array.of(1, 2) };
    expect(() => matchNearest(patterns, { distance: { kind: "mahalanobis" } })).toThrow("several persons");
    const two = patternsOf([person(true), person(false)]);
    expect(() => matchNearest(two, { distance: { kind: "mahalanobis" }, caliper: 1 })).toThrow("units of a score");
    expect(() => matchNearest(two, { distance: { kind: "mahalanobis" }, order: "largest" })).toThrow("needs a score");
    expect(() => matchNearest(two, { distance: { kind: "logit" }, ratio: 0 })).toThrow("whole number");
  });
});

describe("the radix sort", () => {
  it("orders like a comparison, ties as given, whatever the signs and sizes", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 10, maxLength: 60 }), (some) => {
        const values = Float64Array.from({ length: 5000 }, (_, i) => some[(i * 7) % some.length] ?? 0);
        const positions = Int32Array.from(values.keys());
        const expected = Array.from(positions).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
        expect(Array.from(sortedBy(values, positions))).toEqual(expected);
      }),
      { numRuns: 20, seed: 5 },
    );
  });
});

const TERMS = [{ covariate: "score" }, { covariate: "other" }];

function patternsOf(persons: readonly Person[]): Patterns {
  return {
    size: persons.length,
    arm: Uint8Array.from(persons, (p) => (p.treated ? 1 : 0)),
    month: new Int32Array(persons.length),
    covariates: [
      { kind: "numeric", name: "score", values: Float64Array.from(persons, (p) => p.score) },
      {
        kind: "categorical",
        name: "other",
        levels: ["a", "b", "c", "d"],
        codes: Int32Array.from(persons, (p) => p.other),
      },
      { kind: "categorical", name: "block", levels: ["x", "y"], codes: Int32Array.from(persons, (p) => p.block) },
    ],
    rows: new Float64Array(persons.length).fill(1),
  };
}

function onScore(
  persons: readonly Person[],
  settings: Omit<NearestSettings, "distance" | "caliper"> & { caliper: number | undefined },
  byId?: Int32Array,
) {
  const { caliper, ...others } = settings;
  const score = Float64Array.from(persons, (p) => p.score);
  const design = answered(
    matchNearest(patternsOf(persons), {
      distance: { kind: "given", score },
      exact: ["block"],
      ...others,
      ...(caliper === undefined ? {} : { caliper }),
      ...(byId === undefined ? {} : { byId }),
    }),
  );
  return { design, distances: (a: number, b: number) => Math.abs((score[a] ?? 0) - (score[b] ?? 0)) };
}

function answered<T>(design: T | string): T {
  if (typeof design === "string") throw new Error(design);
  return design;
}

function lines(
  { pairs }: { pairs: { treated: Int32Array; control: Int32Array; rank: Int32Array; distance: Float64Array } },
  back = (unit: number) => unit,
): string[] {
  return Array.from(
    pairs.treated,
    (treated, i) => `${back(treated)} ${pairs.rank[i]} ${back(pairs.control[i] ?? -1)} ${pairs.distance[i]}`,
  );
}

function oracle(
  persons: readonly Person[],
  distances: (a: number, b: number) => number,
  settings: GreedySettings,
  scale = (distance: number) => distance,
): string[] {
  const units = persons.map((p, unit) => ({ unit, treated: p.treated, block: p.block }));
  const pairs = greedyPairs(units, (unit) => persons[unit]?.score ?? 0, distances, settings);
  const rank = new Map<number, number>();
  return pairs
    .map((pair) => {
      rank.set(pair.treated, (rank.get(pair.treated) ?? 0) + 1);
      return { ...pair, rank: rank.get(pair.treated) ?? 0 };
    })
    .sort((a, b) => a.treated - b.treated || a.rank - b.rank)
    .map((pair) => `${pair.treated} ${pair.rank} ${pair.control} ${scale(pair.distance)}`);
}

function placesOf(units: readonly { unit: number; block: number; key: number }[]): (unit: number) => number {
  const sorted = [...units].sort((a, b) => a.block - b.block || a.key - b.key || a.unit - b.unit);
  const places = new Map(sorted.map(({ unit }, place) => [unit, place]));
  return (unit) => places.get(unit) ?? -1;
}
