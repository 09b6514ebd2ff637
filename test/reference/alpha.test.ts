import { expect, test } from "vitest";
import { cronbachAlpha, type ScaleItem } from "../../src/indicators/alpha.ts";
import { netPromoterScore, recommendationsOf } from "../../src/indicators/nps.ts";
import { responseRate1 } from "../../src/indicators/response-rate.ts";
import { expectClose, number, referenceRows, text } from "../support/reference-values.ts";

// Expected values: psych 2.2.9 in R 4.2.2 on bfi, the data set of the R package psych (2,800 persons, 25 items from 1 to 6).
const respondents = referenceRows("questionnaires/bfi.csv");
const scales: Readonly<Record<string, string>> = {
  agree: "-A1 A2 A3 A4 A5",
  conscientious: "C1 C2 C3 -C4 -C5",
  extraversion: "-E1 -E2 E3 E4 E5",
  neuroticism: "N1 N2 N3 N4 N5",
  openness: "O1 -O2 O3 O4 -O5",
};

test("Cronbach's alpha with both intervals agrees with psych on five scales, pairwise and listwise", () => {
  for (const row of referenceRows("questionnaires/alpha.csv")) {
    const place = `${row.scale} ${row.missing}`;
    const result = alphaOf(text(row, "scale"), text(row, "missing"));
    expect(result.n, place).toBe(number(row, "n_rows"));
    expect(result.items.length, place).toBe(number(row, "k"));
    const columns = {
      alpha_own: result.alpha,
      psych_raw_alpha: result.alpha,
      alpha_std_own: result.standardised,
      psych_std_alpha: result.standardised,
      psych_average_r: result.meanCorrelation,
      psych_ase: result.se,
      ase_duhachek_own: result.se,
      ase_ci_lo: result.lower,
      ase_ci_hi: result.upper,
      feldt_lo: result.feldtLower,
      feldt_hi: result.feldtUpper,
      psych_feldt_lo: result.feldtLower,
      psych_feldt_hi: result.feldtUpper,
    };
    for (const [column, value] of Object.entries(columns)) expectClose(value, number(row, column), `${place} ${column}`);
  }
});

test("alpha without each item, and each item's correlation with the rest, agree with psych", () => {
  for (const row of referenceRows("questionnaires/alpha_items.csv")) {
    const place = `${row.scale} ${row.missing} ${row.item}`;
    const item = alphaOf(text(row, "scale"), text(row, "missing")).items.find(({ name }) => name === row.item);
    expectClose(item?.alphaWithout, number(row, "alpha_if_dropped"), `${place} without`);
    expectClose(item?.restCorrelation, number(row, "item_rest_r"), `${place} rest`);
    expectClose(item?.mean, number(row, "mean"), `${place} mean`);
    expectClose(item?.sd, number(row, "sd"), `${place} sd`);
  }
});

test("too few items or respondents, and answers that never vary, have no alpha but a reason", () => {
  const settings = { from: 1, to: 5, missing: "listwise" } as const;
  const item = (...answers: (number | null)[]): ScaleItem => ({ name: "q", reversed: false, answers });
  expect(cronbachAlpha([], settings)).toEqual({ alpha: null, reason: "too-few" });
  expect(cronbachAlpha([item(1, 2, 3)], settings)).toEqual({ alpha: null, reason: "too-few" });
  expect(cronbachAlpha([item(1, null), item(2, 3)], settings)).toEqual({ alpha: null, reason: "too-few" });
  expect(cronbachAlpha([item(3, 3, 3), item(4, 4, 4)], settings)).toEqual({ alpha: null, reason: "no-variation" });
  const constant = cronbachAlpha([item(1, 2, 3), item(4, 4, 4)], settings);
  expect(constant).toMatchObject({ standardised: null, meanCorrelation: null });
  expect(constant.alpha === null ? [] : constant.items.map(({ alphaWithout }) => alphaWithout)).toEqual([null, null]);
});

test("half promoters and a fifth detractors of a hundred are a net promoter score of 30 with an error of 7.81", () => {
  const score = netPromoterScore({ promoters: 50, passives: 30, detractors: 20 });
  expectClose(score?.score, 30, "score", 1e-12);
  expect(score?.se.toFixed(2)).toBe("7.81");
  expect(netPromoterScore({ promoters: 0, passives: 0, detractors: 0 })).toBeNull();
  expect(netPromoterScore({ promoters: 4, passives: 0, detractors: 0 })).toMatchObject({ score: 100, se: 0, upper: 100 });
});

test("answers of 9 and 10 promote, 7 and 8 pass, the rest detract, and what isn't an answer is left out", () => {
  expect(recommendationsOf([10, 9, 8, 7, 6, 0, null, 11, -1])).toEqual({ promoters: 2, passives: 2, detractors: 2 });
});

test("650 complete answers of 1,000 invited are a response rate of 65 %", () => {
  const counts = { complete: 650, partial: 50, refusal: 150, nonContact: 100, other: 30, unknown: 20 };
  expect(responseRate1(counts)).toBe(0.65);
  expect(responseRate1({ complete: 0, partial: 0, refusal: 0, nonContact: 0, other: 0, unknown: 0 })).toBeNull();
});

function alphaOf(scale: string, missing: string) {
  const items = (scales[scale] ?? "").split(" ").map((key): ScaleItem => {
    const name = key.replace("-", "");
    const answers = respondents.map((row) => (row[name] === "" || row[name] === "NA" ? null : number(row, name)));
    return { name, reversed: key.startsWith("-"), answers };
  });
  const result = cronbachAlpha(items, { from: 1, to: 6, missing: missing === "listwise" ? "listwise" : "pairwise" });
  if (result.alpha === null) throw new Error(`${scale}: ${result.reason}`);
  return result;
}
