import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { EvaluateOptions } from "../../src/commands/evaluate.ts";
import { answerTo, evaluate } from "../support/evaluate-command.ts";

/* Cutpoints by rule: test/reference/cuts/make.R made the values with MatchIt's cem. */

const VALUES = readFileSync(join(import.meta.dirname, "cuts/values.csv"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => line.replaceAll('"', "").split(","));

const CASES: Readonly<Record<string, Partial<EvaluateOptions>>> = {
  sturges: { exact: ["race"], cutpoints: { age: "sturges", education: "sturges", re74: "sturges" } },
  quarters: { exact: ["married"], cutpoints: { age: "q4", re75: "q3" } },
};

it.each(Object.entries(CASES))("cutpoints by rule are MatchIt's: %s", async (name, options) => {
  const { n, ess, difference } = await answerTo(join(import.meta.dirname, "lalonde.csv"), {
    treated: "treat",
    outcome: "re78",
    method: "cem",
    ...options,
  });
  const found = [n.matchedTreated, n.matchedControl, n.strata, ess.control, difference.estimate];
  const expected = VALUES.filter(([of]) => of === name).map(([, , value]) => Number(value));
  expect(expected).toHaveLength(5);
  found.forEach((value, i) => {
    expect(Math.abs((value ?? Number.NaN) / (expected[i] ?? 0) - 1)).toBeLessThan(1e-9);
  });
});

it("numbers without cutpoints are matched exactly, which MatchIt would not do: that is told", async () => {
  const asked = { treated: "treat", outcome: "re78", method: "cem", exact: ["married", "education"] } as const;
  const { stderr } = await evaluate(join(import.meta.dirname, "lalonde.csv"), asked);
  expect(stderr).toContain("`education` has no cutpoints and is matched exactly; --cutpoints education=sturges");
  // married is 0 or 1: cut or not, it is the same
  expect(stderr).not.toContain("`married` has no cutpoints");
  const cut = await evaluate(join(import.meta.dirname, "lalonde.csv"), { ...asked, cutpoints: { education: "sturges" } });
  expect(cut.stderr).toBe("");
});
