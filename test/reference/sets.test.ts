import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TableAnswer } from "../../src/flat/answer.ts";
import { newFolder, problemsOf } from "../support/evaluate-command.ts";
import { commandCases, commandValues, printedAnswer } from "../support/reference-command.ts";

/* Data sets of R and MASS, through the command as typed: test/reference/sets/make.R made the values. */

const folder = join(import.meta.dirname, "sets");
const CASES = commandCases("sets");
const VALUES = commandValues("sets");

const valueOf = (of: string, name: string): number => {
  const found = VALUES.find((value) => value.of === of && value.name === name);
  if (found === undefined) throw new Error(`make.R gives no ${name} of ${of}`);
  return found.value;
};

const printed = (file: string, options: readonly string[]): Promise<TableAnswer> =>
  printedAnswer(join(folder, file), options);

const PLAIN: Readonly<Record<string, (found: TableAnswer) => number | null | undefined>> = {
  nT: ({ n }) => n.treated,
  nC: ({ n }) => n.control,
  mT: ({ n }) => n.matchedTreated,
  mC: ({ n }) => n.matchedControl,
  strata: ({ n }) => n.strata,
  essT: ({ ess }) => ess.treated,
  essC: ({ ess }) => ess.control,
  rateC: ({ rates }) => rates.control,
  diff: ({ difference }) => difference.estimate,
  mhOr: ({ mantelHaenszel }) => mantelHaenszel?.oddsRatio.estimate,
  mhOrLower: ({ mantelHaenszel }) => mantelHaenszel?.oddsRatio.lower,
  mhOrUpper: ({ mantelHaenszel }) => mantelHaenszel?.oddsRatio.upper,
  cmh: ({ mantelHaenszel }) => mantelHaenszel?.association.statistic,
  cmhP: ({ mantelHaenszel }) => mantelHaenszel?.association.p,
  cmhCorrected: ({ mantelHaenszel }) => mantelHaenszel?.associationCorrected.statistic,
  cmhCorrectedP: ({ mantelHaenszel }) => mantelHaenszel?.associationCorrected.p,
  newcombeLower: ({ plainTable }) => plainTable?.newcombe.lower,
  newcombeUpper: ({ plainTable }) => plainTable?.newcombe.upper,
};

const MEASURES: Readonly<Record<string, string>> = {
  "Std. Mean Diff.": "smd",
  "Var. Ratio": "varianceRatio",
  "eCDF Mean": "ecdfMean",
  "eCDF Max": "ecdfMax",
};

/** "Std. Mean Diff.|racewhite|after" by summary()'s names: measure, covariate with its level, side. */
function balanceOf({ balance }: TableAnswer, name: string): number | null | undefined {
  const [measure = "", row, side] = name.split("|");
  const entry = balance.find((e) => e.measure === MEASURES[measure] && `${e.covariate}${e.level ?? ""}` === row);
  return entry?.[side === "before" ? "before" : "after"];
}

function coefficientOf({ propensity }: TableAnswer, name: string): number | null | undefined {
  const [what, column] = name.split("|");
  const found = propensity?.coefficients.find((one) => one.column === column);
  return what === "b" ? found?.estimate : found?.se;
}

/** Relative; absolute below 1, where R's own zeros are rounding, but for tails of distributions. */
function far(own: number | null | undefined, name: string, value: number): boolean {
  const scale = name.endsWith("P") ? Math.abs(value) : Math.max(1, Math.abs(value));
  return typeof own !== "number" || !(Math.abs(own - value) <= 1e-9 * scale);
}

/** The second error of a case, so that each of them is asked of several data sets. */
const SECOND_ERRORS = ["HC0", "HC1", "HC2"] as const;

/** No participant has the level: MatchIt then divides by the SD within arms, duo-impact by nothing (method). */
const NOT_VARYING = new Set(
  ["before", "after"].map((side) => `survey_missing|Std. Mean Diff.|W.Hnd(missing)|${side}`),
);

describe("data sets of R and MASS", () => {
  it.each(CASES.map((one, i) => ({ ...one, second: SECOND_ERRORS[i % SECOND_ERRORS.length] ?? "HC0" })))(
    "give MatchIt's weights and balance, sandwich's errors, glm's coefficients and mantelhaen.test's answers: $name",
    async ({ name, file, options, second }) => {
      const clustered = options.includes("--id");
      const weights = join(newFolder(), "weights.csv");
      const byError = new Map<string, TableAnswer>();
      const [own, other] = clustered ? ["CR1", "CR0"] : ["HC3", second];
      for (const error of [own, other]) byError.set(error, await printed(file, [...options, "--errors", error]));
      const found = await printed(file, [...options, "--weights", weights]);
      const rows = readFileSync(weights, "utf8").trimEnd().split("\n").slice(1);
      const wrong = VALUES.filter(({ of }) => of === name).flatMap(({ name: what, value }) => {
        const [kind, at] = what.split("|");
        if (/^HC\d$/.test(what) && !byError.has(what)) return [];
        if (NOT_VARYING.has(`${name}|${what}`)) return [];
        // persons count once by id where they recur, and MatchIt knows no persons
        if (clustered && what.startsWith("ess")) return [];
        const mine =
          byError.get(what)?.difference.se ??
          (kind === "w" ? Number(rows[Number(at) - 1]?.split(",").at(-1)) : undefined) ??
          (kind === "b" || kind === "se" ? coefficientOf(found, what) : undefined) ??
          (PLAIN[what] === undefined ? balanceOf(found, what) : PLAIN[what](found));
        return far(mine, what, value) ? [`${what}: ${mine}, in R ${value}`] : [];
      });
      expect(VALUES.filter(({ of }) => of === name).length).toBeGreaterThan(15);
      expect(wrong).toEqual([]);
    },
  );

  it("give the difference itself where participants do not vary: MatchIt divides it by the one within arms", async () => {
    const { options = [] } = CASES.find(({ name }) => name === "survey_missing") ?? {};
    const { balance, n } = await printed("survey.csv", options);
    const of = (measure: string) => balance.find((one) => one.level === "(missing)" && one.covariate === "W.Hnd" && one.measure === measure);
    expect(of("smd")?.before).toBeLessThan(0);
    expect(of("smd")).toEqual({ ...of("difference"), measure: "smd" });
    const difference = of("difference")?.before ?? 0;
    const within = (-difference * (1 + difference) * n.control) / (n.control + n.treated);
    expect(difference / Math.sqrt(within)).toBeCloseTo(valueOf("survey_missing", "Std. Mean Diff.|W.Hnd(missing)|before"), 9);
  });

  it("are refused where numbers are missing, as MatchIt refuses them, with how many", async () => {
    const options = { treated: "hot", outcome: "Wind", exact: ["Month"], covariates: ["Solar.R"] };
    const problems = await problemsOf(join(folder, "airquality.csv"), options);
    const listed = problems.filter((problem) => /row \d+, `Solar.R`: missing/.test(problem)).length;
    const more = Number(/: (\d+) more rows/.exec(problems.join("\n"))?.[1] ?? 0);
    expect(listed + more).toBe(valueOf("airquality", "missing"));
  });

  it("whose arms a covariate parts have no coefficients, and fail a verdict", async () => {
    expect(valueOf("iris", "separated")).toBe(1);
    expect(valueOf("titanic_crew", "widestSe")).toBeGreaterThan(100);
    const odds = ["--method", "odds", "--covariates"];
    const iris = await printed("iris.csv", ["--treated", "setosa", "--outcome", "Sepal.Width", ...odds, "Petal.Length"]);
    const crew = await printed("titanic.csv", ["--treated", "crew", "--outcome", "Survived", ...odds, "Age"]);
    for (const { propensity, verdicts } of [iris, crew]) {
      expect(propensity?.coefficients.map(({ estimate, se }) => estimate ?? se)).toEqual([null, null]);
      expect(verdicts.at(-1)).toMatchObject({ name: "separation", passed: false });
    }
    expect(iris.verdicts.at(-1)?.value).toBe(150);
    expect(crew.verdicts.at(-1)?.value).toBe(109);
  });
});
