import { expect, test } from "vitest";
import { type ArmCounts, grayTest, logRankTest } from "../../src/evaluate/curve-tests.ts";
import type { FollowUp } from "../../src/evaluate/follow-up.ts";
import { type ArmCurves, placementCurves, probabilityInterval } from "../../src/evaluate/incidence.ts";
import { expectClose, number, type ReferenceRow, referenceRows, referenceText, text } from "../support/reference-values.ts";

// Expected values: survival 3.5.3, etm 1.1.1 and the delta method in R 4.2.2 on mgus2, the data set of the R package
// survival (1,384 persons with monoclonal gammopathy; months to progression, death or the end of follow-up).
const persons = referenceRows("survival/mgus2_input.csv");
const months = 120;

const byCause = { ...groups((row) => [number(row, "etime"), number(row, "ev")]) };
const byDeath = { ...groups((row) => [number(row, "futime"), number(row, "death")]) };

test("Aalen-Johansen agrees with survfit, etm and the delta method: estimates, errors and intervals", () => {
  for (const row of referenceRows("survival/aalen_johansen.csv")) {
    const curves = byCause[text(row, "group")];
    const curve = row.cause === "pcm" ? curves?.placement : curves?.competing[0]?.curve;
    const point = curve?.[number(row, "time")];
    const place = `${row.group} ${row.cause} ${row.time}`;
    for (const column of ["cif_survfit", "cif_own", "cif_cmprsk"]) expectClose(point?.estimate, number(row, column), place);
    for (const column of ["se_survfit_ij", "se_delta_own"]) expectClose(point?.se, number(row, column), `${place} se`);
    expectClose(point?.lower, number(row, "lower_survfit"), `${place} lower`);
    expectClose(point?.upper, number(row, "upper_survfit"), `${place} upper`);
  }
});

test("etm's Greenwood variance of both causes is the squared influence", () => {
  for (const row of referenceRows("survival/etm_greenwood.csv")) {
    const curve = row.trans === "0 1" ? byCause.all?.placement : byCause.all?.competing[0]?.curve;
    const point = curve?.[number(row, "time")];
    expectClose(point?.estimate, number(row, "P"), `${row.trans} ${row.time}`);
    expectClose((point?.se ?? 0) ** 2, number(row, "var"), `${row.trans} ${row.time} variance`);
  }
});

test("with one cause it is Kaplan-Meier with Greenwood's error, on all three scales", () => {
  for (const row of referenceRows("survival/km.csv")) {
    const curves = byDeath[text(row, "group")];
    const point = curves?.placement[number(row, "time")];
    const place = `${row.group} ${row.conf_type} ${row.time}`;
    const survival = 1 - (point?.estimate ?? 0);
    expectClose(survival, number(row, "surv"), place);
    expectClose(point?.se, number(row, "se_greenwood"), `${place} se`);
    expect(curves?.atRisk[number(row, "time")]).toBe(number(row, "n_risk"));
    const scale = text(row, "conf_type") as "plain" | "log" | "log-log";
    const { lower, upper } = probabilityInterval(survival, point?.se ?? 0, scale);
    expectClose(lower, number(row, "lower"), `${place} lower`);
    expectClose(upper, number(row, "upper"), `${place} upper`);
  }
});

test("the restricted mean to twelve months agrees with survfit", () => {
  const { rmst12 } = JSON.parse(referenceText("survival/tests.json"));
  const { participants, controls } = placementCurves(followUp((row) => [number(row, "futime"), number(row, "death")]), { months: 12 });
  for (const [i, arm] of [participants, controls].entries()) {
    expectClose(arm.restrictedMean.estimate, rmst12[i].rmean, `rmst ${i}`);
    expectClose(arm.restrictedMean.se, rmst12[i]["se(rmean)"], `se ${i}`);
  }
});

test("the log-rank test and Gray's test between women and men agree with survdiff and cmprsk", () => {
  const expected = JSON.parse(referenceText("survival/tests.json"));
  const logRank = logRankTest(counts("F", "futime", "death", 1), counts("M", "futime", "death", 1));
  expectClose(logRank.statistic, expected.logrank_sex_chisq, "log-rank");
  expectClose(logRank.p, expected.logrank_p, "log-rank p");
  expect(logRank.observed).toEqual(expected.logrank_observed);
  for (const arm of [0, 1]) expectClose(logRank.expected[arm], expected.logrank_expected[arm], `expected ${arm}`);
  for (const cause of [1, 2]) {
    const gray = grayTest(counts("F", "etime", "ev", cause), counts("M", "etime", "ev", cause));
    expectClose(gray.statistic, expected.gray_test[cause - 1].stat, `Gray ${cause}`);
    expectClose(gray.p, expected.gray_test[cause - 1].pv, `Gray ${cause} p`);
  }
});

test("arms in which nothing happens, or in which nobody is, have no test but a reason", () => {
  const nobody = { atRisk: [0, 0], events: [0, 0], others: [0, 0] };
  const still = { atRisk: [5, 5], events: [0, 0], others: [0, 0] };
  const moving = { atRisk: [5, 4], events: [1, 2], others: [0, 1] };
  for (const run of [grayTest, logRankTest]) {
    expect(run(nobody, nobody)).toMatchObject({ statistic: null, reason: "no-variation" });
    expect(run(still, still).reason).toBe("no-variation");
    expect(run(moving, nobody).reason).toBe("no-variation");
    expectClose(run(moving, still).statistic, run(still, moving).statistic ?? 0, "arms exchanged", 1e-12);
  }
});

function counts(sex: string, time: string, event: string, cause: number): ArmCounts {
  const last = Math.max(...persons.map((row) => number(row, time)));
  const arm = persons.filter((row) => row.sex === sex);
  const byMonth = (keep: (row: ReferenceRow, month: number) => boolean) =>
    Array.from({ length: last + 1 }, (_, month) => arm.filter((row) => keep(row, month)).length);
  return {
    atRisk: byMonth((row, month) => number(row, time) >= month),
    events: byMonth((row, month) => number(row, time) === month && number(row, event) === cause),
    others: byMonth((row, month) => number(row, time) === month && ![0, cause].includes(number(row, event))),
  };
}

/** Women as participants and men as controls, and then everybody as participants. */
function groups(outcome: (row: ReferenceRow) => readonly [number, number]): Record<string, ArmCurves> {
  const settings = { months, scale: "log" } as const;
  const bySex = placementCurves(followUp(outcome), settings);
  const all = placementCurves({ ...followUp(outcome), arm: Uint8Array.of(1, 1) }, settings);
  return { F: bySex.participants, M: bySex.controls, all: all.participants };
}

function followUp(outcome: (row: ReferenceRow) => readonly [number, number]): FollowUp {
  const outcomes = persons.map(outcome);
  return {
    arm: Uint8Array.of(0, 1),
    weights: Float64Array.of(1, 1),
    exits: {
      key: Int32Array.from(persons, (row) => (row.sex === "F" ? 1 : 0)),
      month: Int32Array.from(outcomes, ([month]) => month),
      cause: Uint8Array.from(outcomes, ([, cause]) => cause),
      rows: Float64Array.from(persons, () => 1),
    },
  };
}
