import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { minimumDetectableEffect } from "../../src/evaluate/power.ts";
import { answerTo, evaluate, fileOf, problemsOf } from "../support/evaluate-command.ts";

const LALONDE = join(import.meta.dirname, "../reference/lalonde.csv");
const asked = { treated: "treat", outcome: "employed78", covariates: ["age", "education", "re74"] };

/** The file's rows of one race. */
function rowsOf(race: string): string {
  const [header = "", ...rows] = readFileSync(LALONDE, "utf8").trimEnd().split(/\r?\n/);
  const at = header.split(",").findIndex((name) => name.replaceAll('"', "") === "race");
  const kept = rows.filter((row) => row.split(",")[at]?.replaceAll('"', "") === race);
  return `${[header, ...kept].join("\n")}\n`;
}

describe("balance by subgroup", () => {
  it("is that of the subgroup's rows alone, in standard deviations of all participants", async () => {
    const whole = await answerTo(LALONDE, { ...asked, exact: ["race", "married", "nodegree"], subgroups: ["race"] });
    for (const race of ["black", "white"]) {
      const own = whole.subgroups?.[0]?.levels.find(({ level }) => level === race);
      // within a race, matching on race changes nothing: the rows alone give the same weights
      const alone = await answerTo(fileOf(rowsOf(race)), { ...asked, exact: ["married", "nodegree"] });
      expect(alone.balance.length).toBeGreaterThan(20);
      for (const { covariate, level, measure, before, after } of alone.balance) {
        const same = (e: { covariate: string; level: string | null }) => e.covariate === covariate && e.level === level;
        const found = own?.balance.find((e) => same(e) && e.measure === measure);
        if (measure !== "smd") {
          const near = [found?.before, found?.after].map((value, i) => (value ?? 0) - ([before, after][i] ?? 0));
          for (const gap of near) expect(Math.abs(gap)).toBeLessThan(1e-9 * Math.max(1, Math.abs(before ?? 0)));
          continue;
        }
        const all = (of: string) => whole.balance.find((e) => same(e) && e.measure === of)?.before ?? Number.NaN;
        const difference = own?.balance.find((e) => same(e) && e.measure === "difference");
        if (Math.abs(all("smd")) < 1e-12) continue;
        const sd = all("difference") / all("smd");
        expect(found?.before).toBeCloseTo((difference?.before ?? 0) / sd, 9);
        expect(found?.after).toBeCloseTo((difference?.after ?? 0) / sd, 9);
      }
    }
  });
});

describe("the least increase that can be found", () => {
  it("is that of the effective arms, from the planned rate or the one found", async () => {
    const exact = { ...asked, exact: ["race", "married"] };
    for (const plannedRate of [undefined, 0.337]) {
      const given = plannedRate === undefined ? {} : { plannedRate };
      const { detectable, ess, rates } = await answerTo(LALONDE, { ...exact, ...given });
      const sizes = { participants: ess.treated ?? 0, controls: ess.control ?? 0 };
      const controlRate = plannedRate ?? rates.control ?? 0;
      const increase = minimumDetectableEffect(controlRate, sizes);
      expect(increase).toBeGreaterThan(0.05);
      expect(detectable).toEqual({ controlRate, planned: plannedRate !== undefined, increase });
    }
  });

  it("is told in words, and null where nobody is matched", async () => {
    const { stdout } = await evaluate(LALONDE, { ...asked, exact: ["race"], plannedRate: 0.337, json: false });
    expect(stdout).toMatch(/least increase .* 80 % power: \d+\.\d points, from a controls' rate of 33\.7 %\./);
    const nobody = await answerTo(fileOf("treated,placed,g\n1,1,a\n0,1,b\n"), { exact: ["g"] });
    expect(nobody.detectable).toBeNull();
  });

  it("needs a rate", async () => {
    expect(await problemsOf(LALONDE, { ...asked, exact: ["race"], plannedRate: 33 })).toEqual([
      "--planned-rate 33 is not a rate from 0 to below 1, e.g. 0.33",
    ]);
  });
});
