import { describe, expect, it } from "vitest";
import { matchExact } from "../../src/evaluate/exact.ts";
import { heterogeneity } from "../../src/evaluate/subgroups.ts";
import type { MatchedOutcome, PlacedEffect } from "../../src/impact/analysis.ts";
import { heterogeneityFindings } from "../../src/impact/heterogeneity.ts";
import { aggregate, type PersonRow } from "../support/evaluate-oracle.ts";
import { recurringRows } from "../support/evaluate-rows.ts";

const CHOICE = { definition: "days90", after: 0 } as const;
const CONTEXT = { region: "brussels", asOf: "2018-03-31", pooled: "2014-2016" };
const ROWS = recurringRows(3, 60, 400, 2);
const { patterns, outcomes, recurrence } = aggregate(ROWS);
const weights = matchExact(patterns, { on: ["index_month", "a", "b"] }).weights;
const SAMPLE = { patterns, weights, outcomes, recurrence };

const personsOf = (rows: readonly PersonRow[]): number => new Set(rows.map(({ person }) => person)).size;
const population = (dimension: string, level: string, rows: readonly PersonRow[]) => ({
  ...{ ...CHOICE, period: CONTEXT.pooled, dimension, level, arm: "both", persons: personsOf(rows) },
});

/** What is told of levels of `b`, of which each person has one, and of `a`, which changes from month to month. */
function told(dimension: "a" | "b", levels: readonly string[]): number | null | undefined {
  const effects = levels.map((level) => {
    const [participants, controls] = [1, 0].map((arm) => ({
      persons: personsOf(ROWS.filter((row) => row[dimension] === level && row.arm === arm)),
      placed: 1,
    }));
    return {
      ...CHOICE,
      period: CONTEXT.pooled,
      dimension,
      level,
      effect: { difference: { se: 0.1 } },
      participants,
      controls,
    };
  });
  const names = [...new Set(ROWS.map((row) => row[dimension]))];
  const outcome = {
    ...{ ...CHOICE, ...SAMPLE, match: { design: { weights } } },
    populations: [
      population("total", "total", ROWS),
      ...names.map((level) =>
        population(
          dimension,
          level,
          ROWS.filter((row) => row[dimension] === level),
        ),
      ),
    ],
  };
  return heterogeneityFindings(
    outcome as unknown as MatchedOutcome,
    effects as unknown as readonly PlacedEffect[],
    CONTEXT,
  )[0]?.value as number | null | undefined;
}

function expected(dimension: "a" | "b", levels: readonly string[]): number | null {
  const covariate = patterns.covariates.find(({ name }) => name === dimension);
  if (covariate?.kind !== "categorical") throw new Error(`no levels of ${dimension}`);
  const of = covariate.codes.map((code) => levels.indexOf(covariate.levels[code] ?? ""));
  const persons = personsOf(ROWS.filter((row) => levels.includes(row[dimension])));
  return heterogeneity(SAMPLE, { names: levels, of }, { persons }).p;
}

describe("the test that levels have one effect", () => {
  it("counts whoever is in both arms once, and only persons of the levels tested", () => {
    expect(ROWS.some((row) => row.arm === 1 && ROWS.some((one) => one.arm === 0 && one.person === row.person))).toBe(
      true,
    );
    expect(told("b", ["man", "other", "woman"])).toBe(expected("b", ["man", "other", "woman"]));
    expect(told("b", ["man", "woman"])).toBe(expected("b", ["man", "woman"]));
  });

  it("counts whoever is in several levels once", () => {
    expect(told("a", ["high", "low"])).toBe(expected("a", ["high", "low"]));
  });
});
