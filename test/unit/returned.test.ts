import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { writeEdition } from "../support/edition-files.ts";
import { apart, monthsTold, type Returned, returnedFindings } from "../support/returning-mentors.ts";

const RULES = { audience: "funder", threshold: 5 } as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-returned-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const curve = (period: string, points: Readonly<Record<string, readonly [returned: number, mentors: number]>>) =>
  Object.entries(points).map(
    ([since, [returned, mentors]]): Returned => ({ region: "brussels", period, since, mentors, returned }),
  );

async function found(name: string, findings: readonly Finding[]): Promise<readonly string[]> {
  const { values } = await release(findings, RULES, { solver });
  writeEdition(join(folder, name), values, RULES);
  const { recovered } = audit([readPublished(join(folder, name))], solver);
  return recovered.map(({ what, least, most }) => {
    const told = what.replace(/ \/ mentors_returned .*brussels/, "").replace(/ \/ months_since_first_duo.*/, "");
    return `${told}: ${least} to ${most}`;
  });
}

describe("mentors who started another duo within so many months", () => {
  it("are known at a month that is hidden, where as many had before it and have since", async () => {
    const findings = returnedFindings([
      ...curve("2022", { "12": [205, 234], "36": [205, 234], all: [205, 234] }),
      ...curve("2023", { "12": [238, 261], "36": [53, 57], all: [238, 261] }),
      ...curve("2022-2023", { "12": [443, 495], "36": [258, 291], all: [443, 495] }),
    ]);
    // three years after the first duos of 2023 ended few are followed, of whom all but 4 came back: years add up
    expect(await found("open", apart(findings))).toEqual(["others / 2023: 4 to 4"]);
    expect(await found("kept", findings)).toEqual([]);
  });

  it("are told of by months for all years together, where there are several", () => {
    const points = { "12": [205, 234], all: [205, 234] } as const;
    const year = curve("2022", points);
    expect(monthsTold(year)).toEqual(["2022 12", "2022 total"]);
    expect(monthsTold([...year, ...curve("2022-2023", points)])).toEqual([
      "2022 total",
      "2022-2023 12",
      "2022-2023 total",
    ]);
  });

  it("are a small count where few did from one month to the next", async () => {
    const findings = returnedFindings(curve("2022", { "3": [100, 234], "6": [204, 234], "12": [205, 234] }));
    expect(await found("between", apart(findings))).toEqual(["between 6 and 12 / numerator / 2022: 1 to 1"]);
    expect(await found("between-kept", findings)).toEqual([]);
  });

  it("are a small group where few are followed for less only", async () => {
    const findings = returnedFindings(curve("2024", { "12": [90, 126], "18": [87, 122], "24": [40, 60] }));
    expect(await found("less", apart(findings))).toEqual(["between 18 and 12 / base / 2024: 4 to 4"]);
    expect(await found("less-kept", findings)).toEqual([]);
  });
});
