import { describe, expect, test } from "vitest";
import { mantelHaenszel } from "../../src/evaluate/mantel-haenszel.ts";
import type { TwoArms } from "../../src/evaluate/two-proportions.ts";
import { expectClose, number, referenceRows, referenceText } from "../support/reference-values.ts";

// Expected values: R 4.2.2's mantelhaen.test, metafor, vcd, epiR and the formulas, see /test/reference.
const expected: Readonly<Record<string, Readonly<Record<string, number>>>> = JSON.parse(
  referenceText("effects/mantel_haenszel.json"),
);

describe.each(Object.entries(expected))("%s", (name, values) => {
  const strata = tables(name);
  const result = mantelHaenszel(strata);
  const check = (actual: number | null, ...names: readonly string[]) => {
    for (const column of names) expectClose(actual, values[column] ?? Number.NaN, column);
  };

  test("pooled estimates, errors and intervals agree with R", () => {
    const { oddsRatio, riskRatio, difference } = result;
    check(result.strata, "n_strata");
    check(oddsRatio.estimate, "or_mh", "r_mantelhaen_or", "metafor_or", "epiR_mh_or");
    check(oddsRatio.se, "log_or_se_rbg", "metafor_or_se");
    check(oddsRatio.lower, "or_lo", "r_mantelhaen_or_lo");
    check(oddsRatio.upper, "or_hi", "r_mantelhaen_or_hi");
    check(riskRatio.estimate, "rr_mh", "metafor_rr", "epiR_mh_rr");
    check(riskRatio.se, "log_rr_se_gr", "metafor_rr_se");
    check(riskRatio.lower, "rr_lo");
    check(riskRatio.upper, "rr_hi");
    check(difference.estimate, "rd_mh", "metafor_rd");
    check((difference.estimate ?? 0) * 100, "epiR_mh_rd_pct");
    check(difference.se, "rd_se_sato", "metafor_rd_se");
    check(difference.lower, "rd_lo_sato");
    check(difference.upper, "rd_hi_sato");
    check(result.differenceSeGreenlandRobins, "rd_se_gr");
  });

  test("the tests of association and of homogeneity agree with R", () => {
    const { association, associationCorrected, homogeneity } = result;
    check(association.statistic, "cmh_chisq", "r_mantelhaen_chisq", "metafor_cmh");
    check(association.p, "cmh_p");
    check(associationCorrected.statistic, "cmh_chisq_cc", "r_mantelhaen_chisq_cc");
    check(associationCorrected.p, "cmh_cc_p");
    check(homogeneity.breslowDay.statistic, "bd_chisq", "epiR_bOR.homog_test.statistic");
    check(homogeneity.breslowDay.degreesOfFreedom, "bd_df", "metafor_tarone_df");
    check(homogeneity.breslowDay.p, "bd_p");
    check(homogeneity.tarone.statistic, "tarone_chisq", "metafor_tarone");
    check(homogeneity.tarone.p, "tarone_p");
    check(homogeneity.woolf.statistic, "woolf_chisq", "vcd_woolf_chisq");
    check(homogeneity.woolf.degreesOfFreedom, "woolf_df");
    check(homogeneity.woolf.p, "woolf_p");
  });

  test("the residual heterogeneity around the pooled odds ratio is metafor's and, with halves everywhere, epiR's", () => {
    const pooled = Math.log(result.oddsRatio.estimate ?? 0);
    const varying = strata.filter(
      ({ participants: one, controls: two }) =>
        one.events + two.events > 0 && one.events + two.events < one.size + two.size,
    );
    // metafor adds halves to the strata with an empty cell and leaves out those that can't vary; epiR's
    // "Breslow-Day" of its first table is Woolf's test with halves in every cell.
    check(heterogeneity(varying, (cells) => cells.includes(0), pooled), "metafor_QE_or");
    check(heterogeneity(strata, () => true, null), "epiR_bd_chisq", "epiR_wOR.homog_test.statistic");
  });
});

test("one stratum gives the plain contrasts", () => {
  const table = { participants: { events: 12, size: 30 }, controls: { events: 9, size: 45 } };
  const { difference, riskRatio, oddsRatio, homogeneity } = mantelHaenszel([table]);
  expectClose(difference.estimate, 12 / 30 - 9 / 45, "difference", 1e-14);
  expectClose(riskRatio.estimate, 2, "risk ratio", 1e-14);
  expectClose(oddsRatio.estimate, (12 * 36) / (18 * 9), "odds ratio", 1e-14);
  expect(homogeneity.breslowDay.reason).toBe("too-few");
});

test("a stratum without one of the arms changes nothing", () => {
  const strata = tables("lalonde_exact3");
  const lonely = { participants: { events: 3, size: 5 }, controls: { events: 0, size: 0 } };
  expect(mantelHaenszel([...strata, lonely])).toEqual(mantelHaenszel(strata));
});

test("no strata, nobody placed and everybody placed give reasons, not NaN", () => {
  const stratum = (x1: number, x2: number): TwoArms => ({
    participants: { events: x1, size: 4 },
    controls: { events: x2, size: 6 },
  });
  expect(mantelHaenszel([]).difference.reason).toBe("empty-arm");
  for (const table of [stratum(0, 0), stratum(4, 6), stratum(4, 0), stratum(0, 6), stratum(0, 3)])
    expect(JSON.stringify(mantelHaenszel([table, table]), (_, value) => (Number.isNaN(value) ? "NaN" : value))).not.toContain("NaN");
  expect(mantelHaenszel([stratum(0, 0)]).riskRatio).toMatchObject({ estimate: null, reason: "no-events" });
  expect(mantelHaenszel([stratum(0, 0)]).association.reason).toBe("no-variation");
});

function heterogeneity(strata: readonly TwoArms[], halved: (cells: number[]) => boolean, centre: number | null): number {
  const logs = strata.map(({ participants: one, controls: two }) => {
    const cells = [one.events, one.size - one.events, two.events, two.size - two.events];
    const [a = 0, b = 0, c = 0, d = 0] = cells.map((cell) => cell + (halved(cells) ? 0.5 : 0));
    return { log: Math.log((a * d) / (b * c)), weight: 1 / (1 / a + 1 / b + 1 / c + 1 / d) };
  });
  const weights = logs.reduce((sum, { weight }) => sum + weight, 0);
  const around = centre ?? logs.reduce((sum, { log, weight }) => sum + weight * log, 0) / weights;
  return logs.reduce((sum, { log, weight }) => sum + weight * (log - around) ** 2, 0);
}

function tables(name: string): TwoArms[] {
  return referenceRows(`effects/mh_${name}_tables.csv`).map((row) => {
    const [a, b, c, d] = ["a", "b", "c", "d"].map((cell) => number(row, cell)) as [number, number, number, number];
    return { participants: { events: a, size: a + b }, controls: { events: c, size: c + d } };
  });
}
