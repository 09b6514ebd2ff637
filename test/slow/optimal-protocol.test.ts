import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { smallProject } from "../support/small-project.ts";

const PIPELINE = "pipelines/sib-evaluation.yaml";
const COVARIATES = "[age_band, gender, origin, qualification, unemployment_duration, months_worked_24]";
let project = "";
let text = "";

beforeAll(() => {
  project = smallProject();
  const whole = readFileSync(join(project, PIPELINE), "utf8");
  text = whole
    .replace(
      / {4}method: exact\n {4}on: .*\n/,
      `    method: optimal\n    on: [index_month]\n    covariates: ${COVARIATES}\n`,
    )
    .replace(
      "  balance:",
      `  sensitivity:
    - {name: nearest-closest, matching: {method: nearest, on: [index_month], covariates: ${COVARIATES}, order: closest}}
    - {name: optimal-three, matching: {method: optimal, on: [index_month], covariates: ${COVARIATES}, ratio: 3}}
  balance:`,
    )
    .replace("formats: [html, pdf, xlsx]", "formats: [html]");
  writeFileSync(join(project, PIPELINE), text);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const duo = (...args: readonly string[]) => cli(args, { cwd: project });

describe("a protocol that matches optimally", () => {
  it("is run, with nearest pairs first as an alternative, and says so in three languages", () => {
    const { status, stderr } = duo("run", PIPELINE);
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    const edition = join(project, "out/sib-evaluation/latest");
    const report = (language: string) =>
      readFileSync(join(edition, `reports/investor-brussels-${language}.html`), "utf8");
    expect(report("en")).toContain("Optimal match on the propensity score, averaged over ties");
    expect(report("fr")).toContain("Appariement optimal sur le score de propension");
    expect(report("nl")).toContain("Optimale koppeling op de propensityscore");
    for (const name of ["Nearest score", "Optimal score match"]) expect(report("en")).toContain(name);
    const effects = readFileSync(join(edition, "metrics/metrics.csv"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("effect_difference,brussels,2014-2016,total"));
    expect(effects.length).toBeGreaterThan(0);
  });

  it("is refused an order of the data, which a register's patterns do not have, and errors by set", () => {
    writeFileSync(
      join(project, PIPELINE),
      text.replace("order: closest", "order: data").replace("error: person", "error: set"),
    );
    const { status, stderr } = duo("check", PIPELINE);
    expect(status).toBe(1);
    expect(stderr).toContain("a register's patterns have no order of persons");
    expect(stderr).toContain("'set' needs to know who is matched with whom");
  });
});
