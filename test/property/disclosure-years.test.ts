import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { seemingKinds, type YearsTable } from "../../src/disclose/system/years.ts";
import { writeEdition } from "../support/edition-files.ts";
import { uniform } from "../support/random.ts";

const RULES = { audience: "public", threshold: 5 } as const;
const PERIODS = ["2023", "2024", "2023-2024"] as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-years-seem-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Persons in duos by origin: in 2023, in 2024 and in both years, in which some may have had a duo each. */
function personsInDuos(origins: Readonly<Record<string, readonly [number, number, number]>>): readonly Finding[] {
  const total = PERIODS.map((_, i) => Object.values(origins).reduce((sum, of) => sum + (of[i] ?? 0), 0));
  return Object.entries({ total, ...origins }).flatMap(([level, of]) =>
    PERIODS.map((period, i): Finding => {
      const dimension = level === "total" ? "total" : "origin";
      const value = of[i] ?? 0;
      return {
        ...{ metric: "persons_in_duos", region: "brussels", period, dimension, level, arm: "mentees" },
        ...{ value, lower: null, upper: null, n: value, unit: "persons", definition: "", window: "" },
        as_of: "2025-03-31",
        cell: {
          kind: "count",
          persons: dimension === "total" ? {} : { origin: level },
          numerator: null,
          base: value,
          family: "profile",
        },
      };
    }),
  );
}

async function released(name: string, findings: readonly Finding[]) {
  const { values } = await release(findings, RULES, { solver });
  writeEdition(join(folder, name), values, RULES);
  const shown = values.filter(({ conf_status }) => conf_status === "F").length;
  return { recovered: audit([readPublished(join(folder, name))], solver).recovered, shown };
}

/** Few and many persons by origin, some of whom had a duo in each year. */
function drawn(seed: number): Record<string, readonly [number, number, number]> {
  const next = uniform(seed);
  const upTo = (most: number): number => 1 + Math.floor(next() * most);
  const origins = ["x", "y", "z", "u", "v"].slice(0, 2 + upTo(3));
  return Object.fromEntries(
    origins.map((origin) => {
      const most = next() < 0.5 ? 6 : 30;
      const [before, now] = [upTo(most), upTo(most)];
      const twice = next() < 0.4 ? Math.min(before, now, upTo(2)) : 0;
      return [origin, [before, now, before + now - twice]];
    }),
  );
}

describe("years of persons", () => {
  it("are protected as a reader takes them, who sees none that don't add up", async () => {
    // one of x and one of y had a duo in each year, which nothing shown tells
    const { recovered, shown } = await released("one", personsInDuos({ x: [4, 6, 9], y: [5, 22, 26], z: [8, 22, 30] }));
    expect(recovered).toEqual([]);
    expect(shown).toBeGreaterThan(3);
  });

  it("give nothing away in tables at random", async () => {
    const found: string[] = [];
    for (let seed = 1; seed <= 80; seed++) {
      const { recovered } = await released(`random-${seed}`, personsInDuos(drawn(seed)));
      if (recovered.length > 0) found.push(`seed ${seed}: ${JSON.stringify(recovered)}`);
    }
    expect(found).toEqual([]);
  });

  it("seem to add up where those that are shown do, and others don't", () => {
    const table = (units: string, total: number, twice: number): YearsTable => ({
      kind: "k",
      units: [...units],
      total,
      twice,
    });
    const hidden = new Map([["h", {}]]);
    expect(seemingKinds([table("ab", 9, 0), table("ch", 9, 1)], hidden)).toEqual(["k"]);
    expect(seemingKinds([table("ab", 9, 0), table("cd", 9, 1)], hidden)).toEqual([]);
    expect(seemingKinds([table("ab", 9, 0), table("ch", 9, 0)], hidden)).toEqual([]);
    expect(seemingKinds([table("ab", 0, 0), table("ch", 9, 1)], hidden)).toEqual([]);
  });
});
