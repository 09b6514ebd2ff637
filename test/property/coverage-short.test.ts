import { describe, expect, it } from "vitest";
import { matchExact } from "../../src/evaluate/exact.ts";
import { band } from "../simulation/bands.ts";
import { drawSample, type Row } from "../simulation/draw.ts";
import { byExact, byWeighting, ON } from "../simulation/methods.ts";
import { type Simulated, simulate } from "../simulation/replicate.ts";
import { type Shaped, shape } from "../simulation/shape.ts";
import { committed, contradictions } from "../simulation/table.ts";
import { byTwins, rowsTimesWeight, scaledByYear } from "../simulation/twins.ts";
import { KINDS, MONTHS, type WorldName, worldOf } from "../simulation/worlds.ts";

const REPLICATES = 200;
/** The gap that clustering closes is some twelve points: it needs more. */
const CLUSTERED = 400;

const sampleOf = (name: WorldName, replicate = 1): Shaped =>
  shape(drawSample(worldOf(name), replicate), worldOf(name).areas);

function coverage({ tallies }: Simulated, method: string, error: string): number {
  const tally = tallies.find((t) => t.method === method && t.error === error && t.truth === "population");
  if (tally === undefined || tally.answered === 0) throw new Error(`no intervals of ${method} ${error}`);
  return tally.covered / tally.answered;
}

/** Sum of the weights of one arm's rows over the patterns of one year, or of both. */
function weightOf({ patterns }: Shaped, weights: Float64Array, arm: 0 | 1, year?: number): number {
  return weights.reduce((total, w, p) => {
    const here = year === undefined || Math.floor((patterns.month[p] ?? 0) / 12) === year;
    return here && patterns.arm[p] === arm ? total + w * (patterns.rows[p] ?? 0) : total;
  }, 0);
}

it("the committed coverage table fits every expectation", () => {
  expect(contradictions(committed())).toEqual([]);
});

it("an expectation that is turned round is contradicted by the committed table", () => {
  const worlds = ["small apart"] as const;
  const wrong = [
    { worlds, method: "exact", error: "HC3", truths: ["population"] as const, expected: "nominal" as const },
    { worlds, method: "exact", error: "CR1", truths: ["population"] as const, expected: "fails" as const },
    { worlds, method: "exact", error: "HC9", truths: ["population"] as const, expected: "nominal" as const },
  ];
  expect(contradictions(committed(), wrong)).toHaveLength(3);
});

describe("a small pool of controls who recur", () => {
  const found = simulate(worldOf("small apart"), CLUSTERED, byExact);

  it("is covered as often as CR1 by person says", () => {
    expect(Math.abs(coverage(found, "exact", "CR1") - 0.95)).toBeLessThan(band(CLUSTERED));
  });

  it("is covered too rarely without clustering", () => {
    expect(coverage(found, "exact", "HC3")).toBeLessThan(0.95 - band(CLUSTERED));
    expect(coverage(found, "exact", "matched")).toBeLessThan(0.95 - band(CLUSTERED));
  });
});

it("strata of single units leave the plug-in error far too small", () => {
  const found = simulate(worldOf("small sparse"), REPLICATES, byExact);
  expect(coverage(found, "exact", "stratified")).toBeLessThan(0.75);
  expect(Math.abs(coverage(found, "exact", "CR1") - 0.95)).toBeLessThan(band(REPLICATES));
});

it("weights by odds and by balance cover as often as their stacked errors say, and so does AIPW", () => {
  const found = simulate(worldOf("small null"), REPLICATES, byWeighting);
  for (const [method, error] of [
    ["odds", "stacked"] as const,
    ["entropy", "stacked"] as const,
    ["aipw", "influence"] as const,
  ])
    expect(Math.abs(coverage(found, method, error) - 0.95), method).toBeLessThan(band(REPLICATES));
  expect(coverage(found, "odds", "fixed-weights")).toBeGreaterThanOrEqual(coverage(found, "odds", "stacked"));
});

describe("a wrong turn breaks the check that is there for it", () => {
  const shaped = sampleOf("large two years");
  const design = matchExact(shaped.patterns, { on: ON });
  const matched = weightOf(shaped, design.weights, 1);

  it("rows x weight: weights no longer sum to the participants", () => {
    expect(weightOf(shaped, design.weights, 0)).toBeCloseTo(matched, 8);
    expect(weightOf(shaped, rowsTimesWeight(shaped, design), 0)).toBeGreaterThan(2 * matched);
  });

  it("weights scaled year by year: the years no longer count by their participants", () => {
    const wrong = scaledByYear(shaped, design);
    for (const year of [2014, 2015]) {
      const participants = weightOf(shaped, design.weights, 1, year);
      expect(weightOf(shaped, design.weights, 0, year)).toBeCloseTo(participants, 8);
    }
    const share = (weights: Float64Array, arm: 0 | 1) =>
      weightOf(shaped, weights, arm, 2014) / weightOf(shaped, weights, arm);
    expect(Math.abs(share(wrong, 0) - share(wrong, 1))).toBeGreaterThan(0.1);
  });

  it("weights scaled year by year: the same samples give another estimate, which misses the truth on average", () => {
    const { tallies } = simulate(worldOf("large two years"), 12, (s) => [...byExact(s), ...byTwins(s)]);
    const bias = (method: string) => {
      const tally = tallies.find((t) => t.method === method && t.error === "CR1" && t.truth === "population");
      return (tally?.gap ?? Number.NaN) / (tally?.answered ?? 0);
    };
    expect(bias("scaled by year") - bias("exact")).toBeGreaterThan(0.01);
  });

  it("one of the own months: those who leave early are drawn too often; one of all months draws them as they are at risk", () => {
    const strong = (rows: readonly Row[]) => {
      const controls = rows.filter(({ arm }) => arm === 0);
      const share = controls.filter(({ kind }) => KINDS[kind]?.frailty === 1).length / controls.length;
      return { share, band: 3.29 * Math.sqrt((share * (1 - share)) / controls.length) };
    };
    const inRisk = strong(drawSample(worldOf("large steady"), 1)).share;
    const [once, own] = [
      strong(drawSample(worldOf("large once"), 1)),
      strong(drawSample(worldOf("large own-month"), 1)),
    ];
    expect(Math.abs(once.share - inRisk)).toBeLessThan(once.band);
    expect(own.share - inRisk).toBeGreaterThan(own.band);
  });
});

it("the same seed draws the same persons, another one others", () => {
  const world = worldOf("small steady");
  expect(drawSample(world, 7)).toEqual(drawSample(world, 7));
  expect(drawSample(world, 7)).not.toEqual(drawSample(world, 8));
});

it("a sample has what registers have: recurring persons, returns, controls who start later, both arms in one person", () => {
  const rows = drawSample(worldOf("small steady"), 1);
  const months = (person: number) => rows.filter((r) => r.person === person).map(({ month }) => month);
  const persons = [...new Set(rows.map(({ person }) => person))];
  const returned = persons.filter((person) => months(person).some((m, i, all) => i > 0 && m - (all[i - 1] ?? m) > 1));
  expect(returned.length).toBeGreaterThan(5);
  expect(rows.filter(({ crossed }) => crossed).length).toBeGreaterThan(50);
  expect(persons.some((p) => new Set(rows.filter((r) => r.person === p).map(({ arm }) => arm)).size === 2)).toBe(true);
  expect(rows.every(({ month }) => month >= 0 && month < MONTHS)).toBe(true);
});
