import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { evaluate, answerTo, newFolder } from "../support/evaluate-command.ts";
import { agrees, referenceRows } from "../support/evaluate-lalonde.ts";

const table = join(packageRoot(), "test/reference/lalonde.csv");
const SPECS = { exact3: ["race", "married", "nodegree"], exact4: ["race", "married", "nodegree", "age_band"] };
const cases = referenceRows("matching/exact_cem_summary.csv").filter((row) => (row.spec ?? "") in SPECS);
const specOf = (name: string | undefined) => SPECS[name as keyof typeof SPECS];

describe.each(cases)("evaluate lalonde.csv, $spec, $outcome", (row) => {
  const options = { treated: "treat", outcome: row.outcome ?? "", exact: specOf(row.spec), json: true };

  it("gives the reference's counts, rates, difference and HC3 error", async () => {
    const found = await answerTo(table, options);
    const numbers = {
      n_treated_all: found.n.treated,
      n_control_all: found.n.control,
      n_treated_matched: found.n.matchedTreated,
      n_control_matched: found.n.matchedControl,
      n_strata_matched: found.n.strata,
      ess_treated: found.ess.treated,
      ess_control: found.ess.control,
      mean_treated: found.rates.treated,
      mean_control: found.rates.control,
      att: found.difference.estimate,
      se_hc3: found.difference.se,
    };
    expect(found.difference.seType).toBe("HC3");
    expect(Object.entries(numbers).filter(([name, value]) => !agrees(value, Number(row[name])))).toEqual([]);
  });

  it("writes the reference's weights and strata, in the file's order", async () => {
    const weights = join(newFolder(), "weights.csv");
    await evaluate(table, { ...options, id: "id", weights });
    const [header, ...lines] = readFileSync(weights, "utf8").trimEnd().split("\n");
    expect(header).toBe("id,treated,stratum,weight");
    const wrong = referenceRows(`matching/${row.spec}_weights.csv`).filter((expected, i) => {
      const [id, treated, stratum, weight] = (lines[i] ?? "").split(",");
      const same = id === expected.id && treated === expected.treat && stratum === expected.stratum;
      return !(same && agrees(Number(weight), Number(expected.weight)));
    });
    expect(wrong).toEqual([]);
    expect(lines).toHaveLength(614);
  });
});

describe("evaluate lalonde.csv as text", () => {
  it("shows counts, rates, balance and verdicts in columns", async () => {
    const { stdout, stderr, code } = await evaluate(table, {
      treated: "treat",
      outcome: "employed78",
      exact: SPECS.exact4,
      covariates: ["re74"],
      json: false,
    });
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout.replace(table, "lalonde.csv")).toMatchSnapshot();
  });
});
