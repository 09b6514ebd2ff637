import { describe, expect, it } from "vitest";
import { CHECKS } from "../../src/verify/checks.ts";
import { formatsCheck } from "../../src/verify/formats.ts";
import type { MetricRow } from "../../src/verify/metric-rows.ts";
import { type Pack, readPack } from "../../src/verify/pack.ts";
import { verify } from "../../src/verify/verify.ts";
import { sampleEdition } from "../support/sample-edition.ts";

const ARITHMETIC = CHECKS.filter(({ name }) => !["files", "signature", "protocol", "formats"].includes(name));
const FIELDS = ["value", "lower", "upper"] as const;

/** The number with the last of its first four significant digits changed: as far as a typing error would go. */
function mistyped(value: number): number {
  const [, sign = "", digits = "", exponent = "0"] = /^(-?)([\d.]+)e([+-]\d+)$/.exec(value.toExponential(15)) ?? [];
  const at = 4;
  const digit = (Number(digits[at]) + 1) % 10;
  return Number(`${sign}${digits.slice(0, at)}${digit}${digits.slice(at + 1)}e${exponent}`);
}

const changed = (pack: Pack, row: MetricRow, field: (typeof FIELDS)[number], value: number): Pack => ({
  ...pack,
  rows: pack.rows.map((own) => (own === row ? { ...own, [field]: value } : own)),
});

/** Shown numbers of some metrics whose change goes unnoticed though manifest and signature were made anew. */
async function unnoticed(pack: Pack, metrics: readonly string[]): Promise<readonly string[]> {
  const missed: string[] = [];
  for (const row of pack.rows.filter(({ metric }) => metrics.includes(metric)))
    for (const field of FIELDS) {
      const value = row[field];
      if (value === null) continue;
      const other = Number.isInteger(value) ? value + 1 : mistyped(value);
      const found = await verify(changed(pack, row, field, other), {}, ARITHMETIC);
      if (found.isEqual) missed.push(`${row.metric} ${row.period} ${row.level} ${row.arm} ${field}`);
    }
  return missed;
}

describe("what follows from released values", () => {
  it("is equal in the sample's edition and in its replication pack, and much is compared", async () => {
    const { out } = sampleEdition();
    for (const folder of ["", "/replication"]) {
      const found = await verify(readPack(`${out}/sib-evaluation/2016.1${folder}`));
      expect(found.checks.flatMap(({ unequal }) => unequal)).toEqual([]);
      const compared = Object.fromEntries(found.checks.map(({ check, compared: count }) => [check, count]));
      expect(compared.effects).toBeGreaterThan(350);
      expect(compared).toMatchObject({ payment: 13, attrition: expect.any(Number), verdicts: expect.any(Number) });
    }
  });

  it("is the same in every format, and a file that differs is named with the value", async () => {
    const pack = readPack(`${sampleEdition().out}/sib-evaluation/2016.1`);
    const other = pack.rows.map((row, i) => (i === 3 ? { ...row, value: 0.5 } : row));
    const found = await verify({ ...pack, rows: other }, {}, [formatsCheck]);
    expect(found.checks[0]?.compared).toBe(4 * pack.rows.length);
    expect(found.checks[0]?.unequal.map(({ file }) => file)).toEqual([
      "metrics/metrics.json",
      "metrics/metrics.arrow",
      "metrics/metrics.parquet",
      "replication/metrics.csv",
    ]);
    expect((await verify(pack, {}, [formatsCheck])).isEqual).toBe(true);
    const gone = await verify({ ...pack, folder: `${pack.folder}/replication` }, {}, [formatsCheck]);
    expect(gone.checks[0]?.unequal).toEqual([
      { file: "metrics/metrics.parquet", what: "is no list of released values" },
    ]);
  });

  it("one digit of an effect, a rate, a count of placements or a payment that was changed everywhere is noticed", async () => {
    const pack = readPack(`${sampleEdition().out}/sib-evaluation/2016.1/replication`);
    const effects = ["effect_difference", "effect_relative", "effect_risk_ratio", "effect_odds_ratio", "effect_p_value"];
    expect(await unnoticed(pack, [...effects, "effect_p_value_holm", "placements", "effect_standard_error"])).toEqual([]);
    const payment = ["payment_band", "payment_amount", "payment_return", "payment_reading", "payment_allowed"];
    expect(await unnoticed(pack, [...payment, "e_value", "verdict_passed"])).toEqual([]);
    // limits of these rest on errors that aren't published
    const rates = await unnoticed(pack, ["placement_rate", "placed_by_month_difference"]);
    expect(rates.filter((what) => what.endsWith("value"))).toEqual([]);
  });
});
