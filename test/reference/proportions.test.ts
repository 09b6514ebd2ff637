import { expect, test } from "vitest";
import type { Answer } from "../../src/evaluate/answer.ts";
import { proportionIntervals, wilson, wilsonOfRate } from "../../src/evaluate/proportions.ts";
import { fisherTest, scoreTest, yatesTest } from "../../src/evaluate/two-proportion-tests.ts";
import {
  type ContrastInterval,
  differenceIntervals,
  oddsRatio,
  ratioIntervals,
  riskDifference,
  riskRatio,
  type TwoArms,
} from "../../src/evaluate/two-proportions.ts";
import { expectClose, number, type ReferenceRow, referenceRows, text } from "../support/reference-values.ts";

// Expected values: R 4.2.2 (prop.test, fisher.test, ratesci, PropCIs, epiR and the formulas), see /test/reference.

test("intervals of one proportion agree with R", () => {
  for (const row of referenceRows("statistics/one_proportion.csv")) {
    const arm = { events: number(row, "x"), size: number(row, "n") };
    for (const [name, interval] of Object.entries(proportionIntervals)) {
      const { lower, upper } = interval(arm);
      expectClose(lower, number(row, `${name}_lo`), `${name} lower of ${row.x}/${row.n}`);
      expectClose(upper, number(row, `${name}_hi`), `${name} upper of ${row.x}/${row.n}`);
    }
  }
});

test("Wilson's interval at the effective size is the plain one when the variance is that of a simple sample", () => {
  const plain = wilson({ events: 81, size: 263 });
  const p = 81 / 263;
  const effective = wilsonOfRate(p, (p * (1 - p)) / 263, 263);
  expectClose(effective.lower, plain.lower ?? 0, "lower", 1e-12);
  expectClose(effective.upper, plain.upper ?? 0, "upper", 1e-12);
  expect(wilsonOfRate(0, null, 20)).toEqual(wilson({ events: 0, size: 20 }));
});

test("intervals of two proportions agree with R", () => {
  const methods = { ...differenceIntervals, ...ratioIntervals };
  const rows = referenceRows("effects/twoprop_intervals.csv");
  expect(new Set(rows.map((row) => row.method)).size).toBe(9);
  for (const row of rows) {
    const method: ContrastInterval = methods[text(row, "method") as keyof typeof methods];
    expectInterval(method(armsOf(row)), number(row, "lo"), number(row, "hi"), `${row.case} ${row.method}`);
  }
});

test("score intervals of the ratios agree with ratesci, and those of the difference with three packages", () => {
  const arms = new Map(referenceRows("effects/twoprop_tests.csv").map((row) => [text(row, "case"), armsOf(row)]));
  for (const row of referenceRows("effects/twoprop_crosscheck.csv")) {
    const table = arms.get(text(row, "case"));
    if (table === undefined) throw new Error(`no counts for ${row.case}`);
    const check = (answer: Answer, name: string, tolerance: number) =>
      expectInterval(answer, number(row, `${name}_lo`), number(row, `${name}_hi`), `${row.case} ${name}`, tolerance);
    check(differenceIntervals.miettinen_nurminen(table), "mn", 1e-9);
    check(differenceIntervals.newcombe(table), "epi_nc", 1e-9);
    expectClose(differenceIntervals.agresti_caffo(table).lower, number(row, "propcis_ac_lo"), `${row.case} ac`);
    // ratesci and PropCIs stop their own searches early: at 1e-10 and 1e-7 of the difference, absolutely.
    check(differenceIntervals.miettinen_nurminen(table), "ratesci_mn", 1e-8);
    check(differenceIntervals.miettinen_nurminen(table), "propcis_mn", 1e-5);
    check(ratioIntervals.rr_score(table), "ratesci_rr_score", 1e-8);
    check(ratioIntervals.or_score(table), "ratesci_or_score", 1e-8);
  }
});

test("differences, ratios and tests of two proportions agree with R", () => {
  for (const row of referenceRows("effects/twoprop_tests.csv")) {
    const arms = armsOf(row);
    const place = text(row, "case");
    expectClose(riskDifference(arms).estimate, number(row, "d"), `${place} d`);
    expectClose(riskDifference(arms).se, number(row, "se_unpooled"), `${place} se`);
    expectFinite(riskRatio(arms).estimate, number(row, "rr"), `${place} rr`);
    expectFinite(riskRatio(arms).se, number(row, "log_rr_se"), `${place} log rr se`);
    expectFinite(oddsRatio(arms).estimate, number(row, "or"), `${place} or`);
    expectFinite(oddsRatio(arms).se, number(row, "log_or_se"), `${place} log or se`);
    const score = scoreTest(arms);
    expectFinite(score.statistic, number(row, "score_z"), `${place} z`);
    expectFinite(score.p, number(row, "score_p"), `${place} p`);
    expectFinite(score.statistic === null ? null : score.statistic ** 2, number(row, "prop_test_chisq"), `${place} X2`);
    expectFinite(yatesTest(arms).statistic, number(row, "prop_test_cc_chisq"), `${place} corrected X2`);
    expectFinite(yatesTest(arms).p, number(row, "prop_test_cc_p"), `${place} corrected p`);
    expectClose(fisherTest(arms).p, number(row, "fisher_p"), `${place} Fisher p`);
    // R's fisher.test stops its search for 1 / odds ratio at 1.22e-4 absolute (uniroot's default): it has no more digits.
    const odds = number(row, "fisher_cond_or");
    expectFinite(fisherTest(arms).statistic, odds, `${place} conditional OR`, 1.22e-4 * Math.max(1, odds));
  }
});

test("under the conditional odds ratio, the expected count given the margins is the one seen", () => {
  const odds = fisherTest({ participants: { events: 6, size: 7 }, controls: { events: 2, size: 7 } }).statistic ?? 0;
  const ways = [0, 1, 2, 3, 4, 5, 6, 7].map((x) => choose(7, x) * choose(7, 8 - x) * odds ** x);
  const total = ways.reduce((sum, way) => sum + way, 0);
  expectClose(ways.reduce((sum, way, x) => sum + x * way, 0) / total, 6, "expected count", 1e-13);
});

test("the Wald interval of the published placement rates is the reference's", () => {
  for (const row of referenceRows("effects/sib_rates_wald.csv")) {
    const [n1, n2] = [number(row, "n1"), number(row, "n2")];
    const { estimate, se, lower, upper } = riskDifference({
      participants: { events: number(row, "p1") * n1, size: n1 },
      controls: { events: number(row, "p2") * n2, size: n2 },
    });
    expectClose(estimate, number(row, "diff"), "difference");
    expectClose(se, number(row, "se"), "se");
    expectClose(lower, number(row, "lo"), "lower");
    expectClose(upper, number(row, "hi"), "upper");
  }
});

function armsOf(row: ReferenceRow): TwoArms {
  return {
    participants: { events: number(row, "x1"), size: number(row, "n1") },
    controls: { events: number(row, "x2"), size: number(row, "n2") },
  };
}

function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  return k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
}

/** R's NaN and infinity are this program's null. */
function expectFinite(actual: number | null, expected: number, place: string, tolerance = 1e-9): void {
  if (Number.isFinite(expected)) expectClose(actual, expected, place, tolerance);
  else expect(actual, place).toBeNull();
}

function expectInterval(answer: Answer, lower: number, upper: number, place: string, tolerance = 1e-9): void {
  expectFinite(answer.lower, lower, `${place} lower`, tolerance);
  expectFinite(answer.upper, upper, `${place} upper`, tolerance);
  expect(answer.reason === null).toBe(Number.isFinite(lower) && Number.isFinite(upper));
}
