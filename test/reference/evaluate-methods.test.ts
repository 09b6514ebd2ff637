import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EvaluateOptions } from "../../src/commands/evaluate.ts";
import { packageRoot } from "../../src/package-root.ts";
import { evaluate, answerTo, newFolder } from "../support/evaluate-command.ts";
import { agrees, type Row, referenceRows } from "../support/evaluate-lalonde.ts";
import { TIE_FREE_MATCHES } from "../support/tie-free-matches.ts";

const at = (path: string): string => join(packageRoot(), "test/reference", path);
const wrongIn = (found: Record<string, number | null>, row: Row): unknown =>
  Object.entries(found).filter(([name, value]) => !agrees(value, Number(row[name])));

function written(path: string): readonly Row[] {
  const [header, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = (header ?? "").split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i] ?? "", cell])));
}

describe("evaluate --method cem", () => {
  const cutpoints = {
    age: [20.5, 24.5, 29.5, 34.5],
    education: [8.5, 11.5, 12.5],
    re74: [0.5, 5000, 10000],
    re75: [0.5, 5000, 10000],
  };
  const options = { treated: "treat", method: "cem", cutpoints, exact: ["race", "married", "nodegree"] } as const;
  const rows = referenceRows("matching/exact_cem_summary.csv").filter((row) => row.spec === "cem7");

  it.each(rows)("gives MatchIt's cem on seven covariates: $outcome", async (row) => {
    const weights = join(newFolder(), "weights.csv");
    const found = await answerTo(at("lalonde.csv"), { ...options, outcome: row.outcome ?? "", id: "id", weights });
    const numbers = {
      n_treated_matched: found.n.matchedTreated,
      n_control_matched: found.n.matchedControl,
      n_strata_matched: found.n.strata,
      ess_control: found.ess.control,
      att: found.difference.estimate,
      se_hc3: found.difference.se,
    };
    expect(wrongIn(numbers, row)).toEqual([]);
    const expected = new Map(referenceRows("matching/cem7_weights.csv").map((line) => [line.id, Number(line.weight)]));
    expect(written(weights).filter((line) => !agrees(Number(line.weight), expected.get(line.id) ?? -1))).toEqual([]);
  });
});

describe("evaluate --method nearest on a given score without ties", () => {
  it.each(Object.entries<Partial<EvaluateOptions>>(TIE_FREE_MATCHES))("gives MatchIt's pairs, weights and error: %s", async (spec, more) => {
    const folder = newFolder();
    const [pairs, weights] = [join(folder, "pairs.csv"), join(folder, "weights.csv")];
    const found = await answerTo(at("matching/tiefree_input.csv"), {
      treated: "treat",
      outcome: "employed78",
      method: "nearest",
      distance: { column: "distance" },
      id: "id",
      pairs,
      weights,
      ...more,
    });
    const row = referenceRows("matching/tiefree_summary.csv").find((line) => line.spec === spec) ?? {};
    const numbers = {
      n_t: found.n.matchedTreated,
      n_c: found.n.matchedControl,
      att: found.difference.estimate,
      mean_control: found.rates.control,
      ...(row.se_cluster_hc1_cadj === "" || row.se_cluster_hc1_cadj === undefined
        ? {}
        : { se_cluster_hc1_cadj: found.difference.se }),
    };
    expect(wrongIn(numbers, row)).toEqual([]);
    expect(found.difference.seType).toBe(more.replace === true ? "two-way" : "set");
    const named = (line: Row): string => `${line.treated_id} ${line.control_id}`;
    const expected = referenceRows(`matching/tiefree_${spec}_pairs.csv`).map(named).sort();
    expect(written(pairs).map(named).sort()).toEqual(expected);
    const weightOf = new Map(
      referenceRows(`matching/tiefree_${spec}_weights.csv`).map((line) => [line.id, line.weight]),
    );
    const wrong = written(weights).filter((line) => !agrees(Number(line.weight), Number(weightOf.get(line.id) ?? 0)));
    expect(wrong).toEqual([]);
  });
});

describe("evaluate --method nearest on lalonde's propensity score", () => {
  const covariates = ["age", "education", "race", "married", "nodegree", "re74", "re75"];
  const SPECS: Readonly<Record<string, Partial<EvaluateOptions>>> = {
    ps_largest: {},
    ps_k2: { ratio: 2 },
    ps_cal02: { caliper: 0.2 },
    ps_exact_race: { exact: ["race"] },
    lps_cal02_k3: { distance: "logit-linear", caliper: 0.2, ratio: 3 },
  };

  it.each(Object.entries(SPECS))("keeps as many persons, as far apart, as MatchIt: %s", async (spec, more) => {
    const pairs = join(newFolder(), "pairs.csv");
    const options = {
      treated: "treat",
      outcome: "employed78",
      method: "nearest",
      covariates,
      id: "id",
      pairs,
    } as const;
    const found = await answerTo(at("lalonde.csv"), { ...options, ...more });
    const row = referenceRows("matching/nearest_summary.csv").find((line) => line.spec === spec) ?? {};
    const lines = written(pairs);
    expect([found.n.matchedTreated, lines.length].map(String)).toEqual([row.n_treated_matched, row.n_pairs]);
    // MatchIt's score is glm's at its default tolerance, ours converged: they differ by 1e-8.
    const distance = lines.reduce((total, line) => total + Number(line.distance), 0);
    expect(agrees(distance, Number(row.sum_absdiff), 2e-7)).toBe(true);
  });

  it("makes MatchIt's pairs on Mahalanobis distance with replacement", async () => {
    const pairs = join(newFolder(), "pairs.csv");
    await answerTo(at("lalonde.csv"), {
      treated: "treat",
      outcome: "employed78",
      method: "nearest",
      distance: "mahalanobis",
      replace: true,
      covariates,
      id: "id",
      pairs,
    });
    const named = (line: Row): string => `${line.treated_id} ${line.control_id}`;
    const expected = referenceRows("matching/nearest_maha_replace_pairs.csv").map(named).sort();
    expect(written(pairs).map(named).sort()).toEqual(expected);
  });
});

describe("evaluate --method optimal", () => {
  it("has no more distance in sum than the reference's greedy pairs on the same score, and as many pairs", async () => {
    const pairs = join(newFolder(), "pairs.csv");
    const options = { treated: "treat", outcome: "employed78", method: "optimal", id: "id", pairs } as const;
    const found = await answerTo(at("matching/tiefree_input.csv"), {
      ...options,
      distance: { column: "distance" },
    });
    const greedy = referenceRows("matching/tiefree_summary.csv").filter((row) =>
      ["largest", "smallest", "data", "closest"].includes(row.spec ?? ""),
    );
    const total = written(pairs).reduce((sum, line) => sum + Number(line.distance), 0);
    expect(written(pairs)).toHaveLength(185);
    expect(greedy).toHaveLength(4);
    for (const row of greedy) expect(total).toBeLessThan(Number(row.sum_absdiff) + 1e-9);
    expect(found.difference.seType).toBe("set");
  });
});

describe("evaluate with fitted weights", () => {
  const covariates = ["age", "education", "race", "married", "nodegree", "re74", "re75"];

  it.each(referenceRows("matching/ebal_summary.csv").filter((row) => row.data === "lalonde"))(
    "gives ebal's effect, effective size and fixed-weights error: $moments moments",
    async (row) => {
      const weights = join(newFolder(), "weights.csv");
      const options = { treated: "treat", outcome: "employed78", method: "entropy", covariates, id: "id" } as const;
      const moments = row.moments === "first" ? 1 : 2;
      const fixed = await answerTo(at("lalonde.csv"), { ...options, moments, errors: "HC0", weights });
      const numbers = {
        att_employed78: fixed.difference.estimate,
        se_hc0_employed78: fixed.difference.se,
        ess_control: fixed.ess.control,
      };
      const wrong = Object.entries(numbers).filter(([name, value]) => !agrees(value, Number(row[name]), 1e-8));
      expect(wrong).toEqual([]);
      const found = await answerTo(at("lalonde.csv"), { ...options, moments });
      expect(found.difference.seType).toBe("stacked");
      expect(found.difference.se).toBeLessThan(fixed.difference.se ?? 0);
      expect(written(weights).filter((line) => line.treated === "0" && Number(line.weight) > 0)).toHaveLength(429);
    },
  );

  it("weighs controls by the odds of R's fitted probabilities", async () => {
    const fitted = referenceRows("statistics/glm_lalonde_main_fitted.csv").map((row) => Number(row.ps));
    const lalonde = referenceRows("lalonde.csv");
    const controls = lalonde.flatMap((row, i) => {
      const p = fitted[i] ?? 0;
      return row.treat === "0" ? [{ w: p / (1 - p), y: Number(row.employed78) }] : [];
    });
    const mean = controls.reduce((t, c) => t + c.w * c.y, 0) / controls.reduce((t, c) => t + c.w, 0);
    const options = { treated: "treat", outcome: "employed78", method: "odds", covariates } as const;
    const found = await answerTo(at("lalonde.csv"), options);
    expect(agrees(found.rates.control, mean, 1e-8)).toBe(true);
    expect(found.difference.seType).toBe("stacked");
    expect(found.difference.se).toBeGreaterThan(0);
  });
});

describe("evaluate with an error of one's own choosing", () => {
  const options = { treated: "treat", outcome: "employed78", exact: ["race", "married", "nodegree"], id: "id" };
  const row = referenceRows("matching/exact_cem_summary.csv").find((line) => line.spec === "exact3") ?? {};

  it.each([
    ["HC0", "se_hc0"],
    ["HC1", "se_hc1"],
    ["HC2", "se_hc2"],
    ["CR0", "se_hc0"],
    ["CR1", "se_hc1"],
    ["stratified", "se_stratified"],
  ] as const)("gives the reference's %s", async (errors, column) => {
    const { difference } = await answerTo(at("lalonde.csv"), { ...options, errors });
    expect(difference.seType).toBe(errors);
    expect(agrees(difference.se, Number(row[column]))).toBe(true);
  });

  it("gives CR3 equal to HC3 where nobody recurs", async () => {
    const { difference } = await answerTo(at("lalonde.csv"), { ...options, errors: "CR3" });
    expect(agrees(difference.se, Number(row.se_hc3))).toBe(true);
  });

  it("counts the rungs of a ladder, in JSON and in words", async () => {
    const ladder = { ...options, exact: ["race", "married", "nodegree", "age_band"], relax: [["race", "nodegree"]] };
    const found = JSON.parse((await evaluate(at("lalonde.csv"), ladder)).stdout);
    expect(found.rungs.map((rung: { participants: number }) => rung.participants)).toEqual([178, 7]);
    const { stdout } = await evaluate(at("lalonde.csv"), { ...ladder, json: false });
    expect(stdout).toContain("7 participants matched on race, nodegree");
  });
});
