import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import { isShown } from "../../src/disclose/earlier/earlier.ts";
import type { Finding, Released } from "../../src/disclose/finding.ts";
import { placeKey } from "../../src/disclose/place.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { metricsCsv } from "../../src/publish/metrics.ts";
import { metricRows } from "../../src/verify/metric-rows.ts";
import { sharesCheck } from "../../src/verify/shares.ts";
import { sumsCheck } from "../../src/verify/sums.ts";
import { writeEdition } from "../support/edition-files.ts";
import { stageSample } from "../support/sample-tables.ts";

const BASE = 5;
const RULES = { audience: "public", threshold: 5, method: "rounding" } as const;
const folder = mkdtempSync(join(tmpdir(), "duo-impact-rounded-sample-"));
const solver = await highsSolver();
/** What two successive editions tell of duos and mentors. */
let before: readonly Finding[];
let after: readonly Finding[];
let values: readonly Released[];

beforeAll(async () => {
  const { engine } = await stageSample("actiris-register-2018");
  const told = async (years: readonly number[]) =>
    (await programmeFindings(engine, { years, asOf: "2026-03-31", topics: ["duos", "mentors", "outcomes"] })).filter(
      ({ dimension }) => dimension !== "branch",
    );
  before = await told([2023]);
  after = await told([2023, 2024]);
  engine.close();
  values = (await release(after, RULES, { solver })).values;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Published files, with the manifest that says how counts were rounded. */
function publish(name: string, released: readonly Released[]) {
  writeEdition(join(folder, name), released, { ...RULES, earlierEditions: [] });
  return readPublished(join(folder, name));
}

const isCounted = ({ unit }: Pick<Finding, "unit">): boolean => unit === "persons" || unit === "rows";

describe("the sample's programme with rounded counts", () => {
  it("tells every count, as a multiple within less than one base of it", () => {
    const counts = after.flatMap((finding, i) =>
      isCounted(finding) ? [[finding.value, values[i]?.value] as const] : [],
    );
    expect(counts.length).toBeGreaterThan(200);
    for (const [count, told] of counts) {
      expect((told ?? Number.NaN) % BASE).toBe(0);
      expect(Math.abs((told ?? Number.NaN) - (count ?? 0))).toBeLessThan(BASE);
    }
    for (const { n } of values) expect((n ?? 0) % BASE).toBe(0);
  });

  it("adds up wherever the counts do, and its shares are shares of what is told", async () => {
    const pack = { rows: metricRows("metrics.csv", metricsCsv(values)) } as Parameters<typeof sumsCheck.run>[0];
    const [sums, shares] = [await sumsCheck.run(pack, {}), await sharesCheck.run(pack, {})];
    expect([sums.unequal, shares.unequal]).toEqual([[], []]);
    expect(sums.compared).toBeGreaterThan(50);
    expect(shares.compared).toBeGreaterThan(50);
  });

  it("gives no small count away, and would if its shares were those of exact counts", { timeout: 120_000 }, () => {
    const { recovered, contradictions, targets } = audit([publish("2024.1", values)], solver);
    expect([recovered, contradictions]).toEqual([[], []]);
    expect(targets).toBeGreaterThan(500);
    const exact = values.map((one, i) => {
      const finding = after[i];
      const isShown = one.value !== null && one.unit === "proportion" && finding?.cell.numerator != null;
      return isShown ? { ...one, value: finding.value } : one;
    });
    expect(audit([publish("2024.2", exact)], solver).recovered.length).toBeGreaterThan(0);
  });

  it("D6: the next edition tells counts that haven't changed as this one did, and both give nothing away together", {
    timeout: 120_000,
  }, async () => {
    const first = (await release(before, RULES, { solver })).values;
    publish("2023.1", first);
    const earlier = readEarlierEditions(folder, ["2023.1"]).values;
    expect(new Set(earlier.map((one) => isShown(one) && one.roundedTo))).toEqual(new Set([BASE]));
    const next = (await release(after, RULES, { solver, earlier })).values;
    const keyOf = (one: Released): string => [one.metric, one.arm, placeKey(one)].join(" ");
    const told = new Map(first.filter(isCounted).map((one) => [keyOf(one), one.value]));
    const again = next.filter(isCounted).filter((one) => told.has(keyOf(one)));
    expect(again.length).toBeGreaterThan(50);
    expect(again.filter((one) => one.value !== told.get(keyOf(one)))).toEqual([]);
    const { recovered } = audit([publish("2024.3", next), readPublished(join(folder, "2023.1"))], solver);
    expect(recovered).toEqual([]);
  });
});
