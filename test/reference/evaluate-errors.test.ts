import { describe, expect, it } from "vitest";
import { estimateEffect } from "../../src/evaluate/effect.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { effectByPersonAndSet, effectBySet, type Pairs } from "../../src/evaluate/sets.ts";
import { effectByStrata } from "../../src/evaluate/strata-errors.ts";
import { agrees, personOutcome, personPatterns, referenceRows } from "../support/evaluate-lalonde.ts";

const lalonde = referenceRows("lalonde.csv");
const patterns = personPatterns(lalonde, "treat", ["race", "married", "nodegree", "age_band"]);
const position = new Map(lalonde.map((row, p) => [row.id ?? "", p]));
const SPECS = { exact3: ["race", "married", "nodegree"], exact4: ["race", "married", "nodegree", "age_band"] };

function pairsOf(spec: string): Pairs & { readonly weights: Float64Array; readonly sets: Int32Array } {
  const rows = referenceRows(`matching/nearest_${spec}_pairs.csv`);
  const at = (id: string | undefined): number => position.get(id ?? "") ?? -1;
  const treated = Int32Array.from(rows, (row) => at(row.treated_id));
  const control = Int32Array.from(rows, (row) => at(row.control_id));
  const weights = new Float64Array(lalonde.length);
  const sets = new Int32Array(lalonde.length).fill(-1);
  treated.forEach((t, i) => {
    const c = control[i] ?? -1;
    weights[t] = 1;
    weights[c] = (weights[c] ?? 0) + 1 / treated.filter((other) => other === t).length;
    sets[t] = t;
    sets[c] = t;
  });
  return { treated, control, weights, sets };
}

const summaries = referenceRows("matching/nearest_summary.csv").filter((row) => row.data === "lalonde");
const of = (specs: readonly string[]) => summaries.filter((row) => specs.includes(row.spec ?? ""));

describe("errors by matched set", () => {
  it.each(of(["ps_largest", "ps_k2", "lps_cal02_k3"]))(
    "are the reference's without replacement: $spec, $outcome",
    (row) => {
      const { weights, sets } = pairsOf(row.spec ?? "");
      const sample = { patterns, weights, outcomes: personOutcome(lalonde, row.outcome ?? "") };
      const { difference } = effectBySet(sample, sets);
      expect(difference.seType).toBe("set");
      expect(agrees(difference.estimate, Number(row.att))).toBe(true);
      expect(agrees(difference.se, Number(row.se_cluster_hc1_cadj))).toBe(true);
      expect(
        agrees(effectByPersonAndSet(sample, pairsOf(row.spec ?? "")).difference.se, Number(row.se_getmatches_twoway)),
      ).toBe(true);
    },
  );

  it.each(of(["ps_replace", "ps_k2_replace", "lps_cal02_rep"]))(
    "are the reference's two-way ones with replacement: $spec, $outcome",
    (row) => {
      const pairs = pairsOf(row.spec ?? "");
      const sample = { patterns, weights: pairs.weights, outcomes: personOutcome(lalonde, row.outcome ?? "") };
      const { difference } = effectByPersonAndSet(sample, pairs);
      expect(difference.seType).toBe("two-way");
      expect(agrees(difference.se, Number(row.se_getmatches_twoway))).toBe(true);
      expect(agrees(estimateEffect(sample, { errors: "HC3" }).difference.se, Number(row.se_hc3))).toBe(true);
    },
  );

  it.each(referenceRows("matching/exact_cem_summary.csv").filter((row) => (row.spec ?? "") in SPECS))(
    "are the reference's by exact stratum, which nobody should use: $spec, $outcome",
    (row) => {
      const design = matchExact(patterns, { on: SPECS[row.spec as keyof typeof SPECS] });
      const sample = { patterns, weights: design.weights, outcomes: personOutcome(lalonde, row.outcome ?? "") };
      const { difference } = effectBySet(sample, design.stratum);
      expect(agrees(difference.se, Number(row.se_cluster_hc1_cadj))).toBe(true);
    },
  );
});

describe("errors from strata", () => {
  it.each(
    referenceRows("matching/exact_cem_summary.csv").filter(
      (row) => (row.spec ?? "") in SPECS && row.outcome === "employed78",
    ),
  )("plug-in: the reference's, which are too small: $spec", (row) => {
    const design = matchExact(patterns, { on: SPECS[row.spec as keyof typeof SPECS] });
    const sample = { patterns, weights: design.weights, outcomes: personOutcome(lalonde, "employed78") };
    const { difference, riskRatio } = effectByStrata(sample, design.stratum, "stratified");
    expect(agrees(difference.estimate, Number(row.att_stratified))).toBe(true);
    expect(agrees(difference.se, Number(row.se_stratified))).toBe(true);
    expect(riskRatio.lower).toBeNull();
    expect(effectByStrata(sample, design.stratum, "matched").difference.se).toBeGreaterThan(difference.se ?? 1);
  });
});
