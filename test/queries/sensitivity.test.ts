import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDesign, type Design } from "../../src/cohort/design.ts";
import { readOutcomes } from "../../src/cohort/results.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { cohortSettings } from "../../src/impact/cohort-settings.ts";
import { type MatchedStudy, matchStudy } from "../../src/impact/impact.ts";
import { runSensitivity, type Sensitivity } from "../../src/impact/sensitivity.ts";
import { sensitivityFindings } from "../../src/impact/sensitivity-findings.ts";
import { openSpecification } from "../../src/impact/specification.ts";
import { type SpecificationThread, takingTurns } from "../../src/impact/specification-threads.ts";
import { loadProject } from "../../src/protocol/project.ts";
import { stageSample } from "../support/sample-tables.ts";

const { evaluation: whole } = loadProject("pipelines/sib-evaluation.yaml").pipeline;
const NAMES = new Set(["person-jackknife", "with-history", "one-month-each"]);
const evaluation = { ...whole, sensitivity: whole.sensitivity.filter(({ name }) => NAMES.has(name)) };
const cohort = cohortSettings(evaluation, "brussels", "actiris");

/** Without a worker, on this thread. */
const here: SpecificationThread = {
  async match(tasks) {
    return tasks.map(openSpecification).map(({ matched, conclude }) => ({
      matched,
      conclude: async (found) => conclude(found),
    }));
  },
};

let engine: SqlEngine;
let design: Design;
let study: MatchedStudy;
let found: Sensitivity;
let jackknife: number;

beforeAll(async () => {
  ({ engine } = await stageSample("actiris-register-2018"));
  design = await buildDesign(engine, cohort);
  study = matchStudy(design, evaluation);
  jackknife = await deletedByHand();
  found = await runSensitivity({ engine, cohort, evaluation, design, study }, takingTurns([here, here]));
});
afterAll(() => engine.close());

const run = (name: string) => found.runs.find((one) => one.name === name);

/** Standard error by leaving each person out of the rows, one at a time, and taking the difference anew. */
async function deletedByHand(): Promise<number> {
  const [match] = study.matches;
  if (match === undefined) throw new Error("no match");
  await readOutcomes(engine, { ...cohort, outcomes: [match] }, match.keys, []);
  const rows = await engine.rows({
    name: "rows",
    text: "select y.person_key, k.key, y.y from risk.placements y join patterns.keyed k on k.person_key = y.person_key and k.month = y.month where y.mature",
  });
  const sums = new Map<unknown, [number, number, number, number]>();
  const total: [number, number, number, number] = [0, 0, 0, 0];
  for (const { person_key, key, y } of rows) {
    const w = match.design.weights[Number(key)] ?? 0;
    const arm = match.patterns.arm[Number(key)] === 1 ? 0 : 2;
    const own = sums.get(person_key) ?? [0, 0, 0, 0];
    sums.set(person_key, own);
    for (const into of [own, total]) {
      into[arm as 0] += w;
      into[(arm + 1) as 1] += w * Number(y);
    }
  }
  const difference = (without: readonly number[]) => {
    const at = (i: number) => (total[i] ?? 0) - (without[i] ?? 0);
    return at(1) / at(0) - at(3) / at(2);
  };
  const full = difference([0, 0, 0, 0]);
  return Math.sqrt([...sums.values()].reduce((sum, own) => sum + (difference(own) - full) ** 2, 0));
}

describe("alternatives to the primary specification", () => {
  it("begin with the primary one, which gives the published numbers back", () => {
    const [primary] = found.runs;
    expect(primary).toMatchObject({ primary: true, name: "sib-2014", estimand: "days90-after-0" });
    expect(primary?.participants.persons).toBe(322);
    expect((100 * (primary?.answer.difference.estimate ?? 0)).toFixed(1)).toBe("9.5");
    expect((100 * (primary?.answer.rates.treated ?? 0)).toFixed(1)).toBe("41.9");
  });

  it("leave one person out at a time as recomputing without each person does", () => {
    const { se, seType } = run("person-jackknife")?.answer.difference ?? {};
    expect(seType).toBe("CR3");
    expect(se).toBeCloseTo(jackknife, 8);
  });

  it("read a cohort of their own where the draw is another", () => {
    const own = run("one-month-each");
    expect(own?.participants.persons).toBeLessThanOrEqual(322);
    expect(own?.controls.persons).toBeLessThan(found.runs[0]?.controls.persons ?? 0);
  });

  it("rest on what they would give away where a handful of persons tells two populations apart", () => {
    const context = { region: "brussels", asOf: "2018-03-31", pooled: "2014-2016" };
    const base = (sensitivity: Sensitivity, name: string) =>
      sensitivityFindings(sensitivity, 5, context).find(
        (finding) => finding.metric === "specification_effect" && finding.level === name,
      )?.cell.base;
    expect(base(found, "with-history")).toBeGreaterThan(1000);
    // as many persons as with-history's, but all of them those of the primary outcome less three controls
    const population = run("with-history")?.population ?? -1;
    const [primary = -1] = found.published;
    const others = found.memberships.map((set) => ({
      ...set,
      populations: set.populations.filter((n) => n !== population),
    }));
    const most = others.findIndex(
      ({ arm, populations, persons }) => arm === "controls" && populations.includes(primary) && persons > 3,
    );
    const memberships = others.flatMap((set, i) => {
      if (!set.populations.includes(primary)) return [set];
      const within = { ...set, populations: [...set.populations, population] };
      return i === most
        ? [
            { ...within, persons: set.persons - 3 },
            { ...set, persons: 3 },
          ]
        : [within];
    });
    expect(base({ ...found, memberships }, "with-history")).toBe(3);
    const told = sensitivityFindings({ ...found, memberships }, 5, context);
    const greatest = told.find(
      ({ metric, level }) => metric === "specifications_greatest" && level === "days90-after-0",
    );
    expect(greatest?.value).not.toBe(run("with-history")?.answer.difference.estimate);
  });
});
