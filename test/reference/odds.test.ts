import { describe, expect, it } from "vitest";
import { type OddsDesign, oddsInfluences, weighByOdds } from "../../src/evaluate/odds.ts";
import { influenceCovariance } from "../../src/evaluate/odds-influence.ts";
import { outcomesOf } from "../support/matching-outcomes.ts";
import { fromRows } from "../support/matching-patterns.ts";
import { expectClose, number, referenceRows } from "../support/reference-values.ts";

/* Origin of the probabilities: R 4.2.2 glm at tight convergence (test/reference/README.md); the rest is by hand. */

const COVARIATES = ["age", "education", "race", "married", "nodegree", "re74", "re75"];

describe("weighting by the odds on lalonde", () => {
  const rows = referenceRows("lalonde.csv");
  const patterns = fromRows(rows, "treat", COVARIATES);
  const design = weighByOdds(patterns) as OddsDesign;
  const odds = referenceRows("statistics/glm_lalonde_main_fitted.csv").map((row) => {
    const p = number(row, "ps");
    return p / (1 - p);
  });
  const controls = rows.map((_, i) => i).filter((i) => patterns.arm[i] !== 1);
  const total = controls.reduce((sum, i) => sum + (odds[i] ?? 0), 0);

  it("gives controls p / (1 - p), scaled to sum to the participants", () => {
    for (const i of controls) expectClose(design.weights[i], ((odds[i] ?? 0) * 185) / total, `row ${i}`);
  });

  it("compares participants with the weighted mean of controls", () => {
    const outcomes = outcomesOf(rows, "re78");
    const influences = oddsInfluences(patterns, design, outcomes);
    const mean = controls.reduce((sum, i) => sum + (odds[i] ?? 0) * Number(rows[i]?.["re78"]), 0) / total;
    expectClose(influences?.treated.mean, 6349.14353027, "participants");
    expectClose(influences?.control.mean, mean, "controls");
  });

  it("has influences that sum to nothing, as the derivatives of a mean must", () => {
    const outcomes = outcomesOf(rows, "employed78");
    const influences = oddsInfluences(patterns, design, outcomes);
    if (influences === null) throw new Error("no effect");
    for (const { influence } of [influences.treated, influences.control]) {
      const sum = rows.reduce(
        (s, _, i) => s + (influence.slope[i] ?? 0) * (outcomes.sum[i] ?? 0) + (influence.constant[i] ?? 0),
        0,
      );
      expect(Math.abs(sum)).toBeLessThan(1e-12);
    }
    expect(influenceCovariance(outcomes, influences).control).toBeGreaterThan(0);
  });

  it("says why where an arm is empty", () => {
    expect(weighByOdds(fromRows([{ t: "1", x: "3" }], "t", ["x"]))).toBe("one arm is empty");
    expect(weighByOdds(fromRows([], "t", ["x"]))).toBe("no rows");
  });

  it("gives rows with an unknown covariate no weight, and a reason", () => {
    const some = fromRows(
      [
        { t: "1", x: "3" },
        { t: "0", x: "3" },
        { t: "0", x: "4" },
        { t: "1", x: "5" },
        { t: "1", x: "2" },
      ],
      "t",
      ["x"],
    );
    const x = some.covariates[0];
    if (x?.kind === "numeric") x.values[2] = Number.NaN;
    const found = weighByOdds(some) as OddsDesign;
    expect(found.weights[2]).toBe(0);
    expect(found.reasons[found.reason[2] ?? -1]).toBe("a covariate is not known");
  });
});
