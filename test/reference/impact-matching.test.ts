import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Patterns, Recurrence } from "../../src/evaluate/patterns.ts";
import { evaluateTable } from "../../src/flat/evaluate-table.ts";
import type { TableSettings } from "../../src/flat/settings.ts";
import { openSpecification, type SpecificationAnswer } from "../../src/impact/specification.ts";
import { packageRoot } from "../../src/package-root.ts";
import type { Alternative, ErrorName } from "../../src/protocol/matching.ts";
import { personOutcome, personPatterns, referenceRows } from "../support/evaluate-lalonde.ts";

const LALONDE = join(packageRoot(), "test/reference/lalonde.csv");
/** Columns of lalonde in the places of a register's covariates. */
const NAMES = { race: "origin", married: "gender", nodegree: "qualification", age: "age_band", education: "months_worked_24" } as const;
type Column = keyof typeof NAMES;
const COLUMNS = Object.keys(NAMES) as readonly Column[];

const rows = referenceRows("lalonde.csv");
const plain = personPatterns(rows, "treat", COLUMNS);
const patterns: Patterns = { ...plain, covariates: plain.covariates.map((c) => ({ ...c, name: NAMES[c.name as Column] })) };
const outcomes = personOutcome(rows, "employed78");

const none = (): Recurrence => {
  const [keys, values] = [new Int32Array(), new Float64Array()];
  return { key1: keys, key2: keys, rows: values, sum1: values, sum2: values, sum12: values };
};

function specified(matching: Alternative, error: ErrorName = "person"): SpecificationAnswer {
  const { conclude } = openSpecification({ matching, error, compared: [], verdicts: {}, patterns });
  return conclude({ outcomes, recurrence: none(), persons: { both: 0, treated: 0, control: 0 }, deleted: null });
}

const flat = async (settings: Partial<TableSettings>) =>
  (
    await evaluateTable(LALONDE, {
      treated: "treat",
      outcome: "employed78",
      method: "exact",
      exact: [],
      covariates: [],
      ...settings,
    })
  ).evaluation;

const RACE = ["race", "married", "nodegree"] as const;
const on = RACE.map((name) => NAMES[name]);
const covariates = COLUMNS.map((name) => NAMES[name]);

describe("a protocol's match of patterns made from a flat table is that of `evaluate`", () => {
  const cases: readonly [string, Alternative, Partial<TableSettings>, ErrorName?][] = [
    ["exact", { method: "exact", on, relax: [] }, { exact: RACE }],
    ["exact, errors within strata", { method: "exact", on, relax: [] }, { exact: RACE, errors: "matched" }, "matched"],
    [
      "exact down a ladder",
      { method: "exact", on: [...on, "age_band"], relax: [on, ["origin"]] },
      { exact: [...RACE, "age"], relax: [RACE, ["race"]] },
    ],
    [
      "coarsened",
      { method: "cem", on, cutpoints: { age_band: [20, 25, 30], months_worked_24: [9, 12] } },
      { method: "cem", exact: RACE, cutpoints: { age: [20, 25, 30], education: [9, 12] } },
    ],
    ["odds", { method: "odds", covariates }, { method: "odds", covariates: COLUMNS }],
    ["odds, fixed weights", { method: "odds", covariates }, { method: "odds", covariates: COLUMNS, errors: "HC3" }, "fixed-weights"],
    ["entropy", { method: "entropy", covariates, moments: 1 }, { method: "entropy", covariates: COLUMNS }],
  ];
  it.each(cases)("%s", async (_, matching, settings, error) => {
    const own = specified(matching, error);
    const expected = await flat(settings);
    expect(own.difference.estimate).toBeCloseTo(expected.difference.estimate ?? Number.NaN, 10);
    expect(own.difference.se).toBeCloseTo(expected.difference.se ?? Number.NaN, 10);
    expect(own.difference.seType).toBe(expected.difference.seType);
    expect(own.matchedShare).toBeCloseTo(expected.n.matchedTreated / expected.n.treated, 12);
    expect(own.unmatched.map(({ rows }) => rows)).toEqual(expected.unmatched.map(({ persons }) => persons));
  });

  it("AIPW after a saturated model is exact matching's difference over all participants", () => {
    const one = specified({ method: "aipw", covariates: ["gender"] });
    const exact = specified({ method: "exact", on: ["gender"], relax: [] });
    expect(one.difference.estimate).toBeCloseTo(exact.difference.estimate ?? Number.NaN, 10);
    expect(one.rates.control).toBeCloseTo(exact.rates.control ?? Number.NaN, 10);
  });

  it("nearest averaged over ties, replaced, is exact matching where the score is saturated", () => {
    const nearest = specified({
      method: "nearest",
      on: [],
      covariates: ["gender"],
      distance: "logit",
      ratio: 1,
      replace: true,
      order: "largest",
    });
    const exact = specified({ method: "exact", on: ["gender"], relax: [] });
    expect(nearest.difference.estimate).toBeCloseTo(exact.difference.estimate ?? Number.NaN, 10);
    expect(nearest.difference.se).toBeCloseTo(exact.difference.se ?? Number.NaN, 10);
  });
});
