import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EvaluateOptions } from "../../src/commands/evaluate.ts";
import type { TableAnswer } from "../../src/flat/answer.ts";
import { answerTo } from "../support/evaluate-command.ts";

/* Ratios, subgroups, Mantel-Haenszel and AIPW through the command: test/reference/answers/make.R made the values. */

const folder = join(import.meta.dirname, "answers");
const VALUES = readFileSync(join(folder, "values.csv"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => /^"(.*)","(.*)",(.*)$/.exec(line) ?? [])
  .map(([, of = "", name = "", value]) => ({ of, name, value: Number(value) }));

const mroz = { treated: "wc", outcome: "lfp" };
const lalonde = { treated: "treat", outcome: "employed78" };
const aipw = { method: "aipw" } as const;
const CASES: Readonly<Record<string, readonly [file: string, options: Partial<EvaluateOptions>]>> = {
  mroz: ["more/mroz.csv", { ...mroz, exact: ["k5", "hc"], subgroups: ["hc"] }],
  mroz_by_age: ["more/mroz.csv", { ...mroz, exact: ["k5", "hc"], subgroups: ["hc"], id: "age" }],
  mroz_aipw: ["more/mroz.csv", { ...mroz, ...aipw, covariates: ["age", "inc", "hc", "k5"] }],
  melanoma: ["more/melanoma.csv", { treated: "ulcer", outcome: "dead", exact: ["sex"] }],
  lalonde: ["lalonde.csv", { ...lalonde, exact: ["race", "married", "nodegree"], subgroups: ["nodegree"] }],
  lalonde_aipw: ["lalonde.csv", { ...lalonde, ...aipw, covariates: ["age", "education", "race", "re74"] }],
  lalonde_aipw_re78: [
    "lalonde.csv",
    { ...lalonde, ...aipw, outcome: "re78", covariates: ["age", "race", "married"], subgroups: ["married"] },
  ],
};

const NAMED: Readonly<Record<string, (found: TableAnswer) => number | null | undefined>> = {
  rateT: ({ rates }) => rates.treated,
  rateC: ({ rates }) => rates.control,
  diff: ({ difference }) => difference.estimate,
  se: ({ difference }) => difference.se,
  relative: ({ relative }) => relative.estimate,
  rrLower: ({ riskRatio }) => riskRatio.lower,
  rrUpper: ({ riskRatio }) => riskRatio.upper,
  or: ({ oddsRatio }) => oddsRatio.estimate,
  orLower: ({ oddsRatio }) => oddsRatio.lower,
  orUpper: ({ oddsRatio }) => oddsRatio.upper,
  Q: ({ subgroups }) => subgroups?.[0]?.heterogeneity.q,
  pQ: ({ subgroups }) => subgroups?.[0]?.heterogeneity.p,
  mhOr: ({ mantelHaenszel }) => mantelHaenszel?.oddsRatio.estimate,
  mhOrLower: ({ mantelHaenszel }) => mantelHaenszel?.oddsRatio.lower,
  mhOrUpper: ({ mantelHaenszel }) => mantelHaenszel?.oddsRatio.upper,
  cmh: ({ mantelHaenszel }) => mantelHaenszel?.association.statistic,
  cmhCorrected: ({ mantelHaenszel }) => mantelHaenszel?.associationCorrected.statistic,
  strata: ({ mantelHaenszel }) => mantelHaenszel?.strata,
};

function valueOf(found: TableAnswer, name: string): number | null | undefined {
  const [what = "", level] = name.split(":");
  const own = found.subgroups?.[0]?.levels.find((one) => one.level === level);
  if (level === undefined) return NAMED[what]?.(found);
  return { diff: own?.difference.estimate, se: own?.difference.se, holm: own?.pHolm }[what];
}

describe("what is said beside the difference", () => {
  it.each(Object.entries(CASES))("is R's: %s", async (name, [file, options]) => {
    const found = await answerTo(join(folder, "..", file), options);
    const expected = VALUES.filter(({ of }) => of === name);
    const wrong = expected.flatMap(({ name: what, value }) => {
      const own = valueOf(found, what);
      const near = typeof own === "number" && Math.abs(own - value) <= 1e-9 * Math.max(1e-3, Math.abs(value));
      return near ? [] : [`${what}: ${own}, in R ${value}`];
    });
    expect(expected.length).toBeGreaterThan(5);
    expect(wrong).toEqual([]);
  });

  it("is told of subgroups whose weights are fitted with the errors of the fit", async () => {
    const [file, options] = CASES.lalonde_aipw_re78 ?? ["", {}];
    const { subgroups } = await answerTo(join(folder, "..", file), options);
    const [one, two] = subgroups?.[0]?.levels ?? [];
    const gap = (two?.difference.estimate ?? 0) - (one?.difference.estimate ?? 0);
    const apart = gap ** 2 / ((one?.difference.se ?? 0) ** 2 + (two?.difference.se ?? 0) ** 2);
    // each level rests on its own rows but for the models: Q is near that of two independent effects, and not above by much
    expect(subgroups?.[0]?.heterogeneity.q).toBeCloseTo(apart, 1);
  });
});
