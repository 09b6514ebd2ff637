import { describe, expect, it } from "vitest";
import type { LogisticFit } from "../../src/evaluate/logistic.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";
import { propensity } from "../../src/evaluate/propensity.ts";
import { fromRows, patternsFromRows } from "../support/matching-patterns.ts";
import { expectClose, number, referenceRows, text } from "../support/reference-values.ts";

/* Origin: R 4.2.2 glm(family = binomial) on MatchIt's lalonde, tight convergence (test/reference/README.md). */

const lalonde = referenceRows("lalonde.csv");
const FORMULAS = {
  main: ["age", "education", "race", "married", "nodegree", "re74", "re75"].map((covariate) => ({ covariate })),
  poly: [
    { covariate: "age" },
    { covariate: "age", power: 2 },
    ...["education", "race", "married", "nodegree", "re74", "re75"].map((covariate) => ({ covariate })),
  ],
  factor_only: ["age_band", "race", "married", "nodegree"].map((covariate) => ({ covariate })),
};

describe.each(Object.entries(FORMULAS))("the logistic regression %s on lalonde", (formula, terms) => {
  const patterns = fromRows(lalonde, "treat", [...new Set(terms.map((term) => term.covariate))]);
  const scores = fitted(patterns, terms);
  const fit = scores.fit;
  const expected = referenceRows("statistics/glm_coef.csv").filter((row) => text(row, "formula") === formula);
  const whole = referenceRows("statistics/glm_fit.csv").find((row) => text(row, "formula") === formula);
  if (whole === undefined) throw new Error(`no fit ${formula}`);

  it("has glm's coefficients and standard errors, in glm's order", () => {
    expect(fit.columns).toEqual(expected.map((row) => text(row, "term")));
    expected.forEach((row, j) => {
      expectClose(fit.coefficients[j], number(row, "coef"), `${text(row, "term")} coefficient`);
      expectClose(fit.errors[j], number(row, "se"), `${text(row, "term")} error`);
    });
  });

  it("has glm's deviance, null deviance and fitted values", () => {
    expect(fit.iterations).toBe(number(whole, "iterations_tight"));
    expectClose(fit.deviance, number(whole, "deviance"), "deviance");
    expectClose(fit.nullDeviance, number(whole, "null_deviance"), "null deviance");
    referenceRows(`statistics/glm_lalonde_${formula}_fitted.csv`).forEach((row, i) => {
      expectClose(scores.probability[i], number(row, "ps"), `${text(row, "id")} probability`);
      expectClose(
        scores.linear[i],
        number(row, "linear"),
        `${text(row, "id")} linear`,
        1e-9 * Math.max(1, 1 / Math.abs(number(row, "linear"))),
      );
    });
  });

  it("is the same on patterns weighted by the persons they stand for", () => {
    const grouped = fitted(
      patternsFromRows(
        lalonde,
        "treat",
        patterns.covariates.map((c) => c.name),
      ),
      terms,
    ).fit;
    expect(grouped.rows).toBe(614);
    grouped.coefficients.forEach((value, j) => {
      expectClose(value, fit.coefficients[j] ?? Number.NaN, `coefficient ${j}`);
    });
  });
});

describe("a logistic regression without an answer", () => {
  const of = (
    arm: readonly number[],
    columns: Record<string, readonly (number | string)[]>,
    rows?: readonly number[],
  ): Patterns => ({
    size: arm.length,
    arm: Uint8Array.from(arm),
    month: new Int32Array(arm.length),
    covariates: Object.entries(columns).map(([name, values]) =>
      typeof values[0] === "string"
        ? {
            kind: "categorical" as const,
            name,
            levels: [...new Set(values.map(String))],
            codes: Int32Array.from(values, (v) => [...new Set(values.map(String))].indexOf(String(v))),
          }
        : { kind: "numeric" as const, name, values: Float64Array.from(values, Number) },
    ),
    rows: Float64Array.from(rows ?? arm.map(() => 1)),
  });

  it("says that there are no rows, or that an arm is empty", () => {
    expect(propensity(of([], { x: [] }))).toBe("no rows");
    expect(propensity(of([1], { x: [3] }))).toBe("one arm is empty");
    expect(propensity(of([0, 0], { x: [3, 4] }))).toBe("one arm is empty");
  });

  it("sees complete separation and names the covariate", () => {
    const scores = fitted(of([0, 0, 0, 1, 1, 1], { x: [1, 2, 3, 4, 5, 6], z: [1, 0, 1, 0, 1, 0] }));
    expect(scores.fit.separation).toMatchObject({ kind: "complete", rows: 6 });
    expect(scores.fit.separation?.columns).toContain("x");
    expect(scores.fit.errors.every((error) => error === null)).toBe(true);
    allFinite(scores.fit);
  });

  it("sees quasi-complete separation by a level that one arm alone has", () => {
    const scores = fitted(
      of([0, 1, 0, 1, 1, 0, 1], { level: ["a", "a", "b", "b", "c", "a", "c"], x: [1, 2, 3, 1, 5, 2, 7] }),
    );
    expect(scores.fit.separation).toMatchObject({ kind: "quasi", columns: ["levelc"], rows: 2 });
    allFinite(scores.fit);
  });

  it("does not take one contrary row in a billion for separation", () => {
    const scores = fitted(of([1, 0, 1, 0], { x: [1, 1, 0, 0] }, [1e9, 1, 10, 10]));
    expect(scores.fit.separation).toBeNull();
    expectClose(scores.fit.coefficients[1], Math.log(1e9), "slope");
  });

  it("leaves out what the columns before explain, as R does, and says so", () => {
    const scores = fitted(
      of([0, 1, 0, 1, 1, 0], { x: [1, 2, 3, 4, 5, 6], twice: [3, 5, 7, 9, 11, 13], one: [7, 7, 7, 7, 7, 7] }),
    );
    expect(scores.fit.aliased).toEqual(["twice", "one"]);
    expect(scores.fit.coefficients[2]).toBeNull();
    expect(scores.warnings.join()).toContain("twice, one");
    allFinite(scores.fit);
  });

  it("takes a million identical rows as the share of participants", () => {
    const scores = fitted(of([1, 0], { x: [5, 5] }, [1e4, 99e4]));
    expectClose(scores.probability[0], 0.01, "share");
  });

  it("gives a row with an unknown covariate no score, and counts it", () => {
    const scores = fitted(of([0, 1, 0, 1, 1], { x: [1, 2, 3, 1, Number.NaN] }));
    expect(scores.fit.incomplete).toBe(1);
    expect(scores.fit.rows).toBe(4);
    expect(Array.from(scores.linear, Number.isFinite)).toEqual([true, true, true, true, false]);
  });
});

function fitted(patterns: Patterns, terms?: readonly { covariate: string; power?: number }[]) {
  const scores = propensity(patterns, terms === undefined ? {} : { terms });
  if (typeof scores === "string") throw new Error(scores);
  return scores;
}

function allFinite(fit: LogisticFit): void {
  for (const value of [...fit.coefficients, ...fit.errors, fit.deviance])
    expect(value === null || Number.isFinite(value)).toBe(true);
  expect(fit.linear.every(Number.isFinite)).toBe(true);
}
