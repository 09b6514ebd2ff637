import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { answerTo, evaluate, fileOf, problemsOf } from "../support/evaluate-command.ts";

const LALONDE = join(packageRoot(), "test/reference/lalonde.csv");
const lalonde = { treated: "treat", outcome: "employed78", covariates: ["age", "education", "race"] };

describe("the answer names what was asked", () => {
  it("with the method's own settings filled in, and no others", async () => {
    const { call } = await answerTo(LALONDE, { ...lalonde, method: "nearest", ratio: 2, caliper: 0.2 });
    expect(call).toEqual({
      treated: "treat",
      outcome: "employed78",
      method: "nearest",
      covariates: ["age", "education", "race"],
      exact: [],
      distance: "logit",
      ratio: 2,
      replace: false,
      caliper: 0.2,
      order: "largest",
      errors: "set",
      id: null,
    });
  });

  it("and whose effect it is once participants are lost", async () => {
    const all = await answerTo(LALONDE, { ...lalonde, exact: ["race"] });
    expect(all.estimand).toMatchObject({ name: "ATT", population: "participants" });
    const some = await answerTo(LALONDE, { ...lalonde, exact: ["race", "age", "education"] });
    expect(some.n.matchedTreated).toBeLessThan(some.n.treated);
    expect(some.estimand.population).toBe("matched participants");
    expect(some.estimand.words).toContain(`${some.n.matchedTreated} matched of ${some.n.treated}`);
  });
});

describe("the text for a person", () => {
  it("has every measure of balance, the odds ratio, and the difference in words", async () => {
    const { stdout } = await evaluate(LALONDE, { ...lalonde, exact: ["race", "married"], json: false });
    for (const words of [
      /estimand: the average effect on participants \(ATT\); all 185 are matched/,
      /balance +SMD +difference +var\. ratio +eCDF mean +eCDF max/,
      /odds ratio +\d/,
      /could be as much as [\d.]+ percentage points lower .* or as much as [\d.]+ higher/,
      /Mantel-Haenszel over 6 strata/,
      /effective \(ESS\) +185\.0/,
      /A verdict failed: no conclusion should rest on this result\./,
    ])
      expect(stdout).toMatch(words);
  });

  it("says that a clear difference is one, and on which side", async () => {
    const rows = Array.from({ length: 400 }, (_, i) => `${i % 2},${(i % 2 === 1 ? i % 4 > 0 : i % 8 === 0) ? 1 : 0},a`);
    const file = fileOf(["treated,placed,group", ...rows].join("\n"));
    const { stdout } = await evaluate(file, { exact: ["group"], json: false });
    expect(stdout).toMatch(/`placed` is between [\d.]+ and [\d.]+ percentage points higher for participants/);
  });
});

describe("plain counts", () => {
  it("are the effect's where all rows of an arm weigh the same, and say so where they are not", async () => {
    const pairs = await answerTo(LALONDE, { ...lalonde, method: "nearest" });
    expect(pairs.plainTable?.equalWeights).toBe(true);
    expect(pairs.plainTable?.difference).toBeCloseTo(pairs.difference.estimate ?? 1, 12);
    const strata = await answerTo(LALONDE, { ...lalonde, exact: ["race"] });
    expect(strata.plainTable?.equalWeights).toBe(false);
    expect(strata.plainTable?.controls).toEqual({ events: 331, size: 429 });
  });

  it("are left out where persons recur, or a control is in several sets", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 20},${i % 3 === 0 ? 1 : 0},${i % 2},${i % 4}`);
    const file = fileOf(["id,treated,placed,group", ...rows].join("\n"));
    const recurring = await answerTo(file, { exact: ["group"], id: "id" });
    expect(recurring).not.toHaveProperty("plainTable");
    expect(recurring).not.toHaveProperty("mantelHaenszel");
    const replaced = await answerTo(LALONDE, { ...lalonde, method: "nearest", replace: true });
    expect(replaced).not.toHaveProperty("mantelHaenszel");
  });

  it("of pairs have the test of association that McNemar's is, and none of homogeneity", async () => {
    const { mantelHaenszel, hiddenBias } = await answerTo(LALONDE, { ...lalonde, method: "nearest" });
    const { participantOnly: b = 0, controlOnly: c = 0 } = hiddenBias?.rosenbaum ?? {};
    expect(mantelHaenszel?.association.statistic).toBeCloseTo((b - c) ** 2 / (b + c), 10);
    expect(mantelHaenszel?.oddsRatio.estimate).toBeCloseTo(b / c, 10);
    expect(mantelHaenszel?.homogeneity.breslowDay.reason).toBe("too-few");
  });
});

it("a text of thousands of levels is refused by methods that model it, and matched exactly", async () => {
  const rows = Array.from({ length: 6000 }, (_, i) => `${i % 2},${i % 3 === 0 ? 1 : 0},g${i % 2500}`);
  const file = fileOf(["treated,placed,group", ...rows].join("\n"));
  for (const method of ["odds", "entropy", "aipw", "nearest", "optimal"] as const)
    expect(await problemsOf(file, { method, covariates: ["group"] })).toEqual([
      `--method ${method} would have 2499 columns to model, at most 2000 are taken; \`group\` alone has 2500 levels: band it, or match on it with --method exact`,
    ]);
  expect((await answerTo(file, { exact: ["group"] })).n.treated).toBe(3000);
});

describe("subgroups", () => {
  it("add up to the participants, weighted to the effect where they were matched exactly", async () => {
    const { subgroups, n, difference } = await answerTo(LALONDE, {
      ...lalonde,
      exact: ["race", "married"],
      subgroups: ["race", "married"],
    });
    expect(subgroups?.map(({ column }) => column)).toEqual(["race", "married"]);
    for (const { levels } of subgroups ?? []) {
      expect(levels.reduce((sum, level) => sum + level.n.matchedTreated, 0)).toBe(n.matchedTreated);
      const mean = levels.reduce(
        (sum, level) => sum + (level.n.matchedTreated * (level.difference.estimate ?? 0)) / n.matchedTreated,
        0,
      );
      expect(mean).toBeCloseTo(difference.estimate ?? 1, 12);
    }
  });

  it("have one family of Holm's p-values, over all columns asked for", async () => {
    const options = { ...lalonde, exact: ["race", "married"] };
    const alone = await answerTo(LALONDE, { ...options, subgroups: ["race"] });
    const both = await answerTo(LALONDE, { ...options, subgroups: ["race", "married"] });
    const least = (found: typeof alone) =>
      Math.min(...(found.subgroups?.flatMap(({ levels }) => levels.map(({ pHolm }) => pHolm ?? 1)) ?? []));
    expect(least(both)).toBeGreaterThan(least(alone));
  });

  it("are refused where there are too many, naming the column", async () => {
    expect(await problemsOf(LALONDE, { ...lalonde, exact: ["race"], subgroups: ["age", "re74"] })).toEqual([
      "`age` has 40 values; --subgroups tells at most 30 apart. Band it first",
      expect.stringContaining("`re74` has "),
    ]);
  });
});
