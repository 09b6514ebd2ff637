import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding, Released } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { duoIndicators } from "../../src/indicators/duos.ts";
import { findingOfIndicator } from "../../src/indicators/indicator.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { writeEdition } from "../support/edition-files.ts";

const RULES = { audience: "funder", threshold: 5 } as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-stocks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Duos of a region that ran before the first of two years, and started and ended in each. */
interface Flow {
  readonly before: number;
  readonly started: readonly [number, number];
  readonly ended: readonly [number, number];
}

const REGIONS: Readonly<Record<string, Flow>> = {
  brussels: { before: 140, started: [350, 380], ended: [345, 368] },
  france: { before: 20, started: [55, 58], ended: [53, 60] },
  netherlands: { before: 6, started: [15, 18], ended: [17, 16] },
};

function findingsOf(years: readonly number[]): readonly Finding[] {
  const sums = Object.values(REGIONS);
  const pair = (of: (flow: Flow) => readonly [number, number]) =>
    [0, 1].map((i) => sums.reduce((sum, flow) => sum + (of(flow)[i] ?? 0), 0)) as [number, number];
  const network = {
    before: sums.reduce((sum, { before }) => sum + before, 0),
    started: pair(({ started }) => started),
    ended: pair(({ ended }) => ended),
  };
  return Object.entries({ network, ...REGIONS }).flatMap(([region, { before, started, ended }]) => {
    const first = before + started[0] - ended[0];
    const running = [first, first + started[1] - ended[1]];
    return [0, 1].flatMap((i) => {
      if (!years.includes(2022 + i)) return [];
      const at = { region, period: `${2022 + i}`, dimension: "total", level: "total" };
      const rows = Object.entries({ started: started[i], ended: ended[i], running: running[i] });
      return duoIndicators(rows.map(([status, duos]) => ({ ...at, status, duos: duos ?? 0 })))
        .filter(({ metric, dimension }) => dimension === "total" && /^duos_(started|ended|running)$/.test(metric))
        .map((indicator) => findingOfIndicator(indicator, "2026-03-31"));
    });
  });
}

async function publish(
  name: string,
  findings: readonly Finding[],
  names: readonly string[] = [],
  isSecondaryOn = true,
) {
  const earlier = readEarlierEditions(folder, names).values;
  const { values } = await release(findings, RULES, { solver, earlier, isSecondaryOn });
  writeEdition(join(folder, name), values, { ...RULES, earlierEditions: names });
  return values;
}

const found = (...names: readonly string[]) =>
  audit(
    names.map((name) => readPublished(join(folder, name))),
    solver,
  ).recovered.map(({ what, least, most }) => [what.split(" / ").slice(1, 5).join(" "), least, most]);

const hidden = (values: readonly Released[]) =>
  values
    .filter(({ conf_status }) => conf_status !== "F")
    .map(({ metric, region, period }) => [metric, region, period].join(" "));

describe("duos that run on a year's last day", () => {
  it("are those of the year before, who started, less who ended: a reader works out few who are hidden", async () => {
    const values = await publish("2023.1", findingsOf([2022, 2023]), [], false);
    expect(hidden(values)).toEqual(["duos_running netherlands 2022"]);
    expect(found("2023.1")).toEqual([["duos_running 2023.1 netherlands 2022", 4, 4]]);
  });

  it("are hidden with as many others as it takes that nobody works them out", async () => {
    const values = await publish("2023.2", findingsOf([2022, 2023]));
    expect(found("2023.2")).toEqual([]);
    // of three numbers that with the fourth make an equation, one is hidden too
    expect(hidden(values).filter((one) => one.includes("netherlands")).length).toBeGreaterThan(1);
  });

  it("of the year before may be known from an earlier edition", async () => {
    const findings = findingsOf([2023]).map((finding) => {
      // in 2023 few ended: of a region whose numbers of 2022 an earlier edition showed
      const isFew = finding.region === "france";
      if (!isFew || finding.metric === "duos_started") return finding;
      const value = finding.metric === "duos_ended" ? 3 : 77;
      return { ...finding, value, n: value, cell: { ...finding.cell, base: value } };
    });
    const rest = findings.filter(({ region }) => region === "france");
    await publish(
      "2022.1",
      findingsOf([2022]).filter(({ region }) => region === "france"),
    );
    const open = await publish("2023.3", rest, ["2022.1"], false);
    expect(hidden(open)).toEqual(["duos_ended france 2023"]);
    expect(found("2023.3", "2022.1")).toEqual([["duos_ended 2023.3 france 2023", 3, 3]]);
    await publish("2023.4", rest, ["2022.1"]);
    expect(found("2023.4", "2022.1")).toEqual([]);
  });
});
