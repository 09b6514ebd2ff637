import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Cell, Finding, Released } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { writeEdition } from "../support/edition-files.ts";

/* Controls count with weights, so that their rates add up where their numbers of persons don't. */

const RULES = { audience: "public", threshold: 5 } as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-weighted-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Arm extends Pick<Cell, "effective"> {
  readonly persons: number;
  readonly placed: number;
  /** Share placed; that of the persons where they count for one each. */
  readonly rate?: number;
}

type Place = Pick<Finding, "period" | "dimension" | "level">;
const year = (period: string): Place => ({ period, dimension: "total", level: "total" });
const TOTAL = year("2014-2016");

const arms = (place: Place, participants: Arm, controls: Arm): readonly Finding[] =>
  Object.entries({ participants, controls }).map(([arm, { persons, placed, rate = placed / persons, effective }]) => ({
    ...{ metric: "placement_rate", region: "brussels", ...place, arm, value: rate, lower: null, upper: null },
    ...{ n: persons, unit: "proportion", definition: "days90", window: "[0, 12) months", as_of: "2018-03-31" },
    cell: {
      ...{ kind: "rate", persons: {}, numerator: placed, base: persons },
      ...(effective === undefined ? {} : { effective }),
    },
  }));

/** A year's controls are few, and stand in other years too; years are weighted by their participants. */
const rates = [2 / 7, 0.41, 0.36];
const sizes = [40, 50, 60];
/** The same three years the other way round: the last one's controls are few. */
const later = rates.toReversed();
const pooled = rates.reduce((sum, rate, i) => sum + rate * (sizes[i] ?? 0), 0) / 150;
const study = [
  ...arms(TOTAL, { persons: 150, placed: 70 }, { persons: 390, placed: 150, rate: pooled }),
  ...arms(year("2014"), { persons: 40, placed: 18 }, { persons: 7, placed: 2, rate: rates[0] ?? 0 }),
  ...arms(year("2015"), { persons: 50, placed: 24 }, { persons: 200, placed: 80, rate: rates[1] ?? 0 }),
  ...arms(year("2016"), { persons: 60, placed: 28 }, { persons: 190, placed: 70, rate: rates[2] ?? 0 }),
];

/** The first year's controls' share by subtraction, where the others are told. */
function subtracted(values: readonly Released[]): number | null {
  const at = (period: string, arm: string) => values.find((one) => one.period === period && one.arm === arm);
  const sum = (period: string): number => {
    const [size, rate] = [at(period, "participants")?.n, at(period, "controls")?.value];
    return size == null || rate == null ? Number.NaN : size * rate;
  };
  const left = sum("2014-2016") - sum("2015") - sum("2016");
  const persons = ["2014-2016", "2015", "2016"].map((period) => at(period, "participants")?.n ?? Number.NaN);
  const rate = left / ((persons[0] ?? 0) - (persons[1] ?? 0) - (persons[2] ?? 0));
  return Number.isNaN(rate) ? null : rate;
}

async function published(findings: readonly Finding[], name: string, isSecondaryOn = true) {
  const { values } = await release(findings, RULES, { solver, isSecondaryOn });
  writeEdition(join(folder, name), values, RULES);
  return { values, recovered: audit([readPublished(join(folder, name))], solver).recovered };
}

describe("a share of which a few persons have nearly all the weight", () => {
  const participants = { persons: 60, placed: 25 };
  const statuses = async (effective: Cell["effective"]) => {
    const rate = { persons: 60, placed: 25, rate: 0.93, ...(effective === undefined ? {} : { effective }) };
    return (await release(arms(TOTAL, participants, rate), RULES, { solver })).values.map((one) => one.conf_status);
  };

  it("is hidden: that of the heaviest follows from it", async () => {
    // one control of 60 has nine tenths of the weight, and the share says that he or she was placed
    expect(await statuses({ base: 1.2, numerator: 1.1, complement: 30 })).toEqual(["A", "A"]);
    expect(await statuses({ base: 11, numerator: 4.2, complement: 9 })).toEqual(["A", "A"]);
    expect(await statuses({ base: 11, numerator: 6, complement: 4.9 })).toEqual(["A", "A"]);
    expect(await statuses({ base: 9.9, numerator: 6, complement: 6 })).toEqual(["A", "A"]);
  });

  it("is shown where as many as it takes have weight", async () => {
    expect(await statuses({ base: 10, numerator: 5 - 1e-12, complement: 5 })).toEqual(["F", "F"]);
    expect(await statuses(undefined)).toEqual(["F", "F"]);
  });

  it("is found by the audit where its effective number is told", async () => {
    const ess = (value: number): Finding => ({
      ...(arms(TOTAL, participants, { persons: 60, placed: 30 })[1] as Finding),
      ...{ metric: "effective_sample_size", unit: "persons", value, n: 60 },
      cell: { kind: "effect", persons: {}, numerator: null, base: 60 },
    });
    const found = (value: number) =>
      published([...arms(TOTAL, participants, { persons: 60, placed: 30 }), ess(value)], `ess-${value}`);
    expect((await found(1.2)).recovered).toMatchObject([{ least: 1.2, most: 1.2 }]);
    expect((await found(24.5)).recovered).toEqual([]);
  });
});

describe("controls of a year who are too few", () => {
  it("are given away by the other years' weighted shares where these stand", async () => {
    const { values, recovered } = await published(study, "open", false);
    expect(subtracted(values)).toBeCloseTo(2 / 7, 10);
    expect(recovered).toHaveLength(1);
    expect(recovered[0]?.least).toBeCloseTo(2 / 7, 6);
  });

  it("stay hidden behind another year", async () => {
    const { values, recovered } = await published(study, "closed");
    expect(subtracted(values)).toBeNull();
    expect(recovered).toEqual([]);
    expect(values.filter(({ conf_status }) => conf_status === "D").map(({ period }) => period)).toHaveLength(2);
  });
});

describe("controls of a new year who are too few", () => {
  const until2015 = sizes.slice(0, 2).reduce((sum, size, i) => sum + size * (later[i] ?? 0), 0) / 90;
  const until2016 = sizes.reduce((sum, size, i) => sum + size * (later[i] ?? 0), 0) / 150;
  const years = [
    ...arms(year("2014"), { persons: 40, placed: 18 }, { persons: 180, placed: 70, rate: later[0] ?? 0 }),
    ...arms(year("2015"), { persons: 50, placed: 24 }, { persons: 200, placed: 80, rate: later[1] ?? 0 }),
  ];
  const before = [
    ...years,
    ...arms(year("2014-2015"), { persons: 90, placed: 42 }, { persons: 320, placed: 130, rate: until2015 }),
  ];
  const now = [
    ...years,
    ...arms(year("2016"), { persons: 60, placed: 28 }, { persons: 7, placed: 2, rate: later[2] ?? 0 }),
    ...arms(TOTAL, { persons: 150, placed: 70 }, { persons: 323, placed: 131, rate: until2016 }),
  ];

  async function together(told: readonly Finding[], name: string): Promise<readonly object[]> {
    const first = await release(told, RULES, { solver });
    writeEdition(join(folder, `${name}-1`), first.values, RULES);
    const shown = first.values.filter(({ value }) => value !== null);
    const earlier = shown.map((row) => ({ place: row, base: row.n ?? 0, numerator: null }));
    const finds = async (declared: typeof earlier, edition: string) => {
      const { values } = await release(now, RULES, { solver, earlier: declared });
      writeEdition(join(folder, edition), values, RULES);
      const { recovered } = audit(
        [edition, `${name}-1`].map((one) => readPublished(join(folder, one))),
        solver,
      );
      return recovered;
    };
    expect((await finds([], `${name}-open`))[0]?.least).toBeCloseTo(2 / 7, 6);
    return finds(earlier, `${name}-closed`);
  }

  it("stay hidden where an earlier edition showed the years that would hide them", async () => {
    expect(await together(before, "years")).toEqual([]);
  });

  it("stay hidden where it showed the years together only", async () => {
    expect(await together(before.slice(-2), "pooled")).toEqual([]);
  });
});
