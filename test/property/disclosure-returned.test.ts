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
import { uniform } from "../support/random.ts";
import { apart, type Returned, returnedFindings } from "../support/returning-mentors.ts";

const PROGRAMMES = 8;
const YEARS = [2022, 2023, 2024] as const;
/** The day of the data, as months since the first of 2022. */
const TODAY = 51;
const REGIONS = ["brussels", "flanders", "wallonia"] as const;
const SINCE = [3, 6, 12, 18, 24, 36] as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-returning-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A mentor whose first duo ended in a month of 2022 or later, and who waited so many months for another, or never had one. */
interface Mentor {
  readonly region: string;
  readonly ended: number;
  readonly waited: number;
}

/** The curves of mentors at random, by region and network, year and all years together. */
function curvesOf(seed: number): readonly Finding[] {
  const random = uniform(seed);
  const size = [20, 60, 150][Math.floor(random() * 3)] ?? 60;
  const [share, soon] = [0.6 + 0.38 * random(), 2 + 10 * random()];
  const mentors = Array.from({ length: size }, (): Mentor => {
    const ended = Math.floor(random() * 36);
    const waited = random() < share ? Math.floor(-soon * Math.log(1 - random())) : Number.POSITIVE_INFINITY;
    return { region: REGIONS[Math.floor(random() ** 2 * 3)] ?? "brussels", ended, waited };
  });
  const periods = [...YEARS.map((year) => [`${year}`, year, year] as const), ["2022-2024", 2022, 2024] as const];
  const rows = ["network", ...REGIONS].flatMap((region) =>
    periods.flatMap(([period, from, to]) => {
      const own = mentors.filter((mentor) => {
        const year = 2022 + Math.floor(mentor.ended / 12);
        return (region === "network" || mentor.region === region) && year >= from && year <= to;
      });
      return ["all", ...SINCE].flatMap((since): readonly Returned[] => {
        const months = since === "all" ? 0 : Number(since);
        const seen = own.filter(({ ended }) => ended + months < TODAY);
        const returned = seen.filter(({ ended, waited }) =>
          since === "all" ? ended + waited < TODAY : waited < months,
        ).length;
        return seen.length === 0 ? [] : [{ region, period, since: String(since), mentors: seen.length, returned }];
      });
    }),
  );
  return returnedFindings(rows);
}

async function recovered(name: string, findings: readonly Finding[], method: "suppression" | "rounding") {
  const rules = { audience: "funder", threshold: 5, method } as const;
  const { values } = await release(findings, rules, { solver });
  writeEdition(join(folder, name), values, rules);
  const attack = audit([readPublished(join(folder, name))], solver);
  return [...attack.recovered, ...attack.contradictions];
}

const seeds = Array.from({ length: PROGRAMMES }, (_, seed) => seed);

describe("random curves of mentors who came back, attacked from their files", () => {
  it.each(["suppression", "rounding"] as const)("give nothing away by %s", { timeout: 120_000 }, async (method) => {
    for (const seed of seeds)
      expect([seed, await recovered(`${seed}.${method}`, curvesOf(seed), method)]).toEqual([seed, []]);
  });

  it("give much away where their points are taken one by one", { timeout: 120_000 }, async () => {
    const found = [];
    for (const seed of seeds) found.push(await recovered(`${seed}.apart`, apart(curvesOf(seed)), "suppression"));
    expect(found.filter(({ length }) => length > 0).length).toBeGreaterThan(PROGRAMMES / 2);
  });
});
