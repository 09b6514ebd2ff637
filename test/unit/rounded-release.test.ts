import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EarlierValue } from "../../src/disclose/earlier/earlier.ts";
import type { Cell, Finding, Released } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { coarse } from "../../src/disclose/rounding/coarse.ts";
import { roundedEstimates } from "../../src/disclose/rounding/rounded-estimates.ts";
import { highsSolver, type Solver } from "../../src/disclose/solver.ts";
import { disclosureSchema } from "../../src/protocol/disclosure.ts";

const BASE = 5;
const RULES = { audience: "funder", threshold: 5, method: "rounding" } as const;
const solver = await highsSolver();

function finding(metric: string, cell: Partial<Cell>, more: Partial<Finding> = {}): Finding {
  return {
    ...{ metric, region: "brussels", period: "2024", dimension: "total", level: "total", arm: "duos" },
    ...{ value: cell.base ?? null, lower: null, upper: null, n: cell.base ?? null, unit: "rows", definition: "" },
    ...{ window: "", as_of: "2026-03-31" },
    cell: { kind: "count", persons: {}, numerator: null, base: null, family: `${metric} duos`, ...cell },
    ...more,
  };
}

const share = (base: number, numerator: number, more: Partial<Finding> = {}): Finding =>
  finding(
    "declared_job",
    { kind: "rate", base, numerator },
    { value: numerator / base, lower: 0, upper: 1, unit: "proportion", ...more },
  );

async function rounded(
  findings: readonly Finding[],
  earlier: readonly EarlierValue[] = [],
): Promise<readonly Released[]> {
  return (await release(findings, RULES, { solver, earlier })).values;
}

describe("release with rounded counts", () => {
  it("tells every count of a table as a multiple, small ones too, and totals add up", async () => {
    const regions = ["brussels", "flanders", "wallonia"].map((region, i) =>
      finding("duos_started", { base: [3, 8, 12][i] ?? 0 }, { region }),
    );
    const [network, ...parts] = await rounded([
      finding("duos_started", { base: 23 }, { region: "network" }),
      ...regions,
    ]);
    expect(parts.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(network?.value);
    for (const one of [network, ...parts]) {
      expect(one).toMatchObject({ conf_status: "F", obs_status: "A", n: one?.value });
      expect((one?.value ?? 1) % BASE).toBe(0);
    }
  });

  it("tells a check's number of persons as the arm that it counts, on the side of its threshold", () => {
    const free: Partial<Finding> = { period: "2014-2016", definition: "days90" };
    const arm = (persons: number, placed: number): Finding =>
      finding("placements", {}, { ...free, arm: "participants", n: persons, value: placed });
    const check = (metric: string, level: string, value: number): Finding =>
      finding(metric, { kind: "verdict" }, { ...free, arm: "both", dimension: "verdict", level, value, n: null });
    const told = (limit: number, value: number, level = "minimumPersons") => {
      const findings = [arm(322, 134), check("verdict_threshold", level, limit), check("verdict_value", level, value)];
      const exact = findings.map((one) => ({ ...one, obs_status: "A", conf_status: "F" }) as unknown as Released);
      // the arm's numbers went up, so that totals add up; what no table holds goes to the nearest
      const multiples = {
        of: ({ metric }: Finding, count: number) =>
          BASE * (metric === "placements" ? Math.ceil(count / BASE) : Math.round(count / BASE)),
        at: () => 0,
      };
      return roundedEstimates(findings, exact, multiples, BASE).get(findings[2] as Finding)?.value;
    };
    expect([told(50, 322), told(5, 134, "minimumPlacements"), told(50, 187)]).toEqual([325, 135, 185]);
    expect([told(324, 322), told(322, 321)]).toEqual([320, 320]);
  });

  it("computes a share and its interval on rounded counts", async () => {
    const [own] = await rounded([share(42, 17)]);
    expect(own).toMatchObject({ n: 40, value: 15 / 40, conf_status: "F" });
    expect(own?.lower).toBeGreaterThan(0.2);
    expect(own?.upper).toBeLessThan(0.6);
  });

  it.each([
    ["a base", 4, 2],
    ["a numerator", 60, 2],
    ["the others", 60, 59],
  ])("leaves out a share of too few by %s, and asks rounded counts whether they are", async (_, base, numerator) => {
    const [own] = await rounded([share(base, numerator)]);
    expect(own?.value).toBeNull();
    expect(own).toMatchObject({ obs_status: "M", lower: null, upper: null });
  });

  it("says the same of a group of nobody and of one that is rounded to nobody", async () => {
    const [none] = await rounded([share(0, 0, { value: null })]);
    const [few] = await rounded([share(2, 1)]);
    expect(few).toEqual(none);
  });

  it("divides euros by the number of duos that it tells", async () => {
    const cost = finding("cost_per_duo", { kind: "mean", base: 203 }, { value: 1000, unit: "euro" });
    const [own] = await rounded([cost]);
    expect(own).toMatchObject({ n: 205, value: (1000 * 203) / 205 });
  });

  it("tells the base of a mean as the count of the same duos is told", async () => {
    const place = (region: string, base: number): readonly Finding[] => [
      finding("duos_ended", { base }, { region }),
      finding("days", { kind: "mean", base }, { region, value: 12.345, unit: "days" }),
    ];
    const values = await rounded([...place("network", 47), ...place("brussels", 13), ...place("flanders", 34)]);
    for (let i = 0; i < values.length; i += 2) expect(values[i + 1]?.n).toBe(values[i]?.value);
  });

  it("leaves estimates of the evaluation exact or hidden as without rounding, and rounds the numbers beside them", async () => {
    const rate = (level: string, base: number, numerator: number): Finding => {
      const { cell, ...open } = share(base, numerator, { dimension: "gender", level, arm: "participants" });
      const { family: _, ...estimate } = cell;
      return { ...open, metric: "placement_rate", cell: estimate };
    };
    const levels = [rate("woman", 152, 61), rate("man", 141, 63), rate("other", 2, 1)];
    const suppressed = await release(levels, { ...RULES, method: "suppression" }, { solver });
    const values = await rounded(levels);
    expect(values.map(({ conf_status }) => conf_status)).toEqual(
      suppressed.values.map(({ conf_status }) => conf_status),
    );
    expect(values.map(({ value }) => value)).toEqual(suppressed.values.map(({ value }) => value));
    expect(values[0]?.n).toBe(150);
  });

  it("tells a count that hasn't changed as the edition before told it", async () => {
    const table = [finding("duos_started", { base: 12 }, { region: "network" }), finding("duos_started", { base: 12 })];
    for (const value of [10, 15]) {
      const earlier = table.map((place) => ({ place, base: value, numerator: null, roundedTo: BASE }));
      expect((await rounded(table, earlier)).map((one) => one.value)).toEqual([value, value]);
    }
  });

  it("doesn't tell another multiple of a small count where the one before could not be told again", async () => {
    const small = finding("duos_started", { base: 3 });
    const before = { place: small, base: 0, numerator: null, roundedTo: BASE };
    expect((await rounded([small], [before]))[0]?.value).toBe(0);
  });

  it("refuses in words what earlier editions leave too little open of", async () => {
    const table = ["network", "brussels", "flanders"].map((region, i) =>
      finding("duos_started", { base: [23, 20, 3][i] ?? 0 }, { region }),
    );
    const earlier = table.slice(0, 2).map((place) => ({ place, base: place.n ?? 0, numerator: null }));
    await expect(rounded(table, earlier)).rejects.toThrow(/disclosure.base: rounding to 5 leaves too little open/);
  });

  it("D7: publishes nothing where the solver stops early", async () => {
    const stopped: Solver = ({ lower }) => ({ status: "Time limit reached", objective: 0, values: [...lower] });
    const regions = ["network", "brussels", "flanders"].map((region, i) =>
      finding("duos_started", { base: [23, 14, 9][i] ?? 0 }, { region }),
    );
    await expect(release(regions, RULES, { solver: stopped })).rejects.toThrow(/Time limit reached.*nothing can be/);
  });

  it("refuses a base below the threshold", async () => {
    await expect(release([], { ...RULES, threshold: 6 }, { solver })).rejects.toThrow(/below the threshold/);
  });
});

describe("the settings of rounding", () => {
  const problems = (disclosure: object): readonly string[] =>
    disclosureSchema.safeParse({ audience: "funder", ...disclosure }).error?.issues.map(({ message }) => message) ?? [];

  it("take a base of at least the threshold, and none where nothing is rounded", () => {
    expect(problems({ method: "rounding" })).toEqual([]);
    expect(problems({ method: "rounding", threshold: 6 })).toEqual([
      expect.stringMatching(/5 is below the threshold 6/),
    ]);
    expect(problems({ method: "rounding", threshold: 10, base: 10 })).toEqual([]);
    expect(problems({ base: 5 })).toEqual([expect.stringMatching(/nothing is rounded/)]);
  });
});

describe("figures of some persons beside a number of all of them", () => {
  const REGIONS = ["brussels", "flanders", "wallonia", "france"] as const;
  const place = (region: string) => ({ region, arm: "mentees", definition: "end" });
  const respondents = (region: string, size: number): Finding =>
    finding(
      "survey_respondents",
      { base: size, sets: { base: [`respondents ${region}`], numerator: [] } },
      { ...place(region), unit: "persons" },
    );
  const mean = (region: string, size: number): Finding =>
    finding(
      "survey_mean",
      { kind: "mean", base: size, among: [[`respondents ${region}`]] },
      { ...place(region), dimension: "item", level: "team", value: 4, unit: "score" },
    );

  it("are left out where more are told of them than of all, since both numbers say then that there are a few", async () => {
    const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(2)), { minLength: 4, maxLength: 4 });
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
    const check = async (drawn: readonly (readonly [number, number])[]) => {
      const all = drawn.map(([size]) => size);
      const some = drawn.map(([size, fewer]) => Math.max(1, size - fewer));
      const values = await rounded([
        ...[respondents("network", sum(all)), mean("network", sum(some))],
        ...REGIONS.flatMap((region, i) => [respondents(region, all[i] ?? 0), mean(region, some[i] ?? 0)]),
      ]);
      for (const region of REGIONS) {
        const [whole, part] = values.filter((one) => one.region === region);
        expect(part?.n ?? 0).toBeLessThanOrEqual(whole?.n ?? 0);
      }
    };
    // respondents of France are told as 0, and those of them who answered the item had been as 5
    await check([
      [5, 1],
      [7, 1],
      [3, 1],
      [2, 0],
    ]);
    await fc.assert(fc.asyncProperty(sizes, check), { numRuns: 30 });
  });
});

describe("the settings of regrouped levels", () => {
  const problems = (disclosure: object): readonly string[] =>
    disclosureSchema
      .safeParse({ audience: "funder", ...disclosure })
      .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
  const regrouped = { qualification: { upper: ["medium", "high"] } };

  it("take old groups by name, of earlier editions that are named too", () => {
    expect(problems({ regrouped, earlierEditions: ["2023.1"] })).toEqual([]);
    expect(problems({ regrouped })).toEqual([expect.stringMatching(/^regrouped: .*name those in earlierEditions/)]);
    const none = { qualification: { upper: [] } };
    expect(problems({ regrouped: none, earlierEditions: ["2023.1"] })).toEqual([
      "regrouped.qualification.upper: name the groups that it was made of",
    ]);
    const number = { age: { older: [50] } };
    expect(problems({ regrouped: number, earlierEditions: ["2023.1"] })).toEqual([
      "regrouped.age.older.0: a group's name is text: put it in quotes",
    ]);
  });
});

describe("a mean beside a rounded base", () => {
  it("leaves every base possible that the rounding leaves possible", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 400 }), fc.nat(2000), fc.integer({ min: -4, max: 4 }), (n, sum, off) => {
        const told = BASE * Math.floor(n / BASE + 0.5);
        const shown = coarse(sum / n, told, BASE);
        const other = told + off;
        const near = Math.round(shown * other);
        const possible = [near - 1, near, near + 1].filter((s) => s >= 0 && coarse(s / other, told, BASE) === shown);
        expect(possible.length).toBeGreaterThan(0);
      }),
    );
  });

  it("keeps digits that many persons carry", () => {
    expect(coarse(7.24159, 1005, BASE)).toBe(7.242);
    expect(coarse(7.24159, 25, BASE)).toBe(7.25);
    expect(coarse(31.4159, 105, BASE, 100)).toBe(31);
  });
});
