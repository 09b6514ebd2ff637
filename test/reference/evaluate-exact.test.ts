import { describe, expect, it } from "vitest";
import { balance } from "../../src/evaluate/balance.ts";
import { designCounts } from "../../src/evaluate/design.ts";
import { estimateEffect } from "../../src/evaluate/effect.ts";
import { effectiveSize } from "../../src/evaluate/effective-size.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { agrees, personOutcome, personPatterns, referenceRows } from "../support/evaluate-lalonde.ts";

const lalonde = referenceRows("lalonde.csv");
const covariates = ["age", "education", "race", "married", "nodegree", "re74", "re75", "age_band"];
const patterns = personPatterns(lalonde, "treat", covariates);
const SPECS = { exact3: ["race", "married", "nodegree"], exact4: ["race", "married", "nodegree", "age_band"] };
const summaries = referenceRows("matching/exact_cem_summary.csv");

describe.each(Object.entries(SPECS))("exact matching %s on lalonde", (spec, on) => {
  const design = matchExact(patterns, { on });
  const counts = designCounts(patterns, design);
  const weights = referenceRows(`matching/${spec}_weights.csv`);

  it("gives MatchIt's weights on MatchIt's scale", () => {
    const scale = counts.matched.control / counts.matched.treated;
    const wrong = weights.filter((row, p) => {
      const w = (design.weights[p] ?? 0) * (patterns.arm[p] === 1 ? 1 : scale);
      return !agrees(w, Number(row.weight)) && !(w === 0 && Number(row.weight) === 0);
    });
    expect(wrong).toEqual([]);
  });

  it("puts the same persons into the same strata", () => {
    const byStratum = new Map<number, Set<string>>();
    weights.forEach((row, p) => {
      const s = design.stratum[p] ?? -1;
      if (s >= 0) byStratum.set(s, (byStratum.get(s) ?? new Set()).add(row.stratum ?? ""));
    });
    expect([...byStratum.values()].every((labels) => labels.size === 1)).toBe(true);
    const matched = referenceRows(`matching/${spec}_strata.csv`).filter((row) => row.matched === "1");
    expect(new Set([...byStratum.values()].flatMap((labels) => [...labels]))).toEqual(
      new Set(matched.map((row) => row.stratum)),
    );
  });

  describe.each(summaries.filter((row) => row.spec === spec))("outcome $outcome", (row) => {
    const effect = (errors: "HC0" | "HC1" | "HC2" | "HC3") =>
      estimateEffect(
        { patterns, weights: design.weights, outcomes: personOutcome(lalonde, row.outcome ?? "") },
        { errors },
      );

    it("gives the reference's counts, rates, difference and errors", () => {
      const ess = effectiveSize(patterns, design.weights);
      const hc3 = effect("HC3");
      const found = {
        n_treated_all: counts.rows.treated,
        n_control_all: counts.rows.control,
        n_treated_matched: counts.matched.treated,
        n_control_matched: counts.matched.control,
        n_strata_all: design.strata?.all ?? null,
        n_strata_matched: design.strata?.matched ?? null,
        ess_treated: ess.treated,
        ess_control: ess.control,
        sum_w_treated: counts.weight.treated,
        mean_treated: hc3.rates.treated.estimate,
        mean_control: hc3.rates.control.estimate,
        att: hc3.difference.estimate,
        se_hc0: effect("HC0").difference.se,
        se_hc1: effect("HC1").difference.se,
        se_hc2: effect("HC2").difference.se,
        se_hc3: hc3.difference.se,
      };
      const wrong = Object.entries(found).filter(([name, value]) => !agrees(value, Number(row[name])));
      expect(wrong).toEqual([]);
    });
  });
});

describe("balance on lalonde", () => {
  const columns = {
    smd: "matchit_smd",
    varianceRatio: "matchit_vr",
    ecdfMean: "matchit_ecdf_mean",
    ecdfMax: "matchit_ecdf_max",
  };
  const named = (covariate: string, level: string | null) => `${covariate}${level ?? ""}`;

  it.each([
    ["unmatched", "before"],
    ["exact4", "after"],
  ] as const)("gives cobalt's and MatchIt's measures: %s", (spec, side) => {
    const entries = balance(patterns, matchExact(patterns, { on: SPECS.exact4 }).weights);
    const rows = referenceRows("matching/balance.csv").filter((row) => row.spec === spec);
    const wrong = rows.flatMap((row) =>
      Object.entries(columns).flatMap(([measure, column]) => {
        const entry = entries.find((e) => named(e.covariate, e.level) === row.var && e.measure === measure);
        const expected = row[column];
        const found = entry?.[side] ?? null;
        const right = expected === "" || expected === "NA" ? found === null : agrees(found, Number(expected));
        return right ? [] : [{ var: row.var, measure, expected, found }];
      }),
    );
    expect(rows).toHaveLength(9);
    expect(wrong).toEqual([]);
  });
});
