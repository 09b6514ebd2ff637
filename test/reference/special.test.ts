import { expect, test } from "vitest";
import {
  betaCumulative,
  betaLowerQuantile,
  binomialUpper,
  chiSquareUpper,
  studentQuantile,
  studentTwoSided,
} from "../../src/evaluate/distributions.ts";
import { adjustments, holm } from "../../src/evaluate/holm.ts";
import { normalCumulative, normalQuantile, twoSidedP, Z95, zOfLevel } from "../../src/evaluate/normal.ts";
import { expectClose, number, type ReferenceRow, referenceRows, text } from "../support/reference-values.ts";

// Expected values: test/reference/statistics, made with R 4.2.2 (pnorm, qnorm, pchisq, pbeta, qbeta, pt, qt, p.adjust).
const rows = (file: string): ReferenceRow[] => referenceRows(`statistics/${file}.csv`);

test("the normal distribution agrees with R in both tails", () => {
  for (const row of rows("special_pnorm")) {
    const x = number(row, "x");
    expectClose(normalCumulative(x), number(row, "pnorm"), `pnorm(${x})`);
    const log = x < 0 ? Math.log(normalCumulative(x)) : Math.log1p(-normalCumulative(-x));
    expectClose(log, number(row, "log_pnorm"), `log pnorm(${x})`);
  }
});

test("the normal quantile agrees with R down to p = 1e-12", () => {
  for (const row of rows("special_qnorm"))
    expectClose(normalQuantile(number(row, "p")), number(row, "qnorm"), `qnorm(${row.p})`);
});

test("the z of a 95 % interval is R's to the last digit, and near it the formula's", () => {
  expect(zOfLevel(0.95)).toBe(Z95);
  expectClose(-normalQuantile(0.025), Z95, "z", 1e-15);
  expectClose(twoSidedP(Z95), 0.05, "p", 1e-14);
});

test("upper tails of chi-squared agree with R down to 1e-45", () => {
  for (const row of rows("special_chisq")) {
    const place = `pchisq(${row.q}, ${row.df})`;
    expectClose(chiSquareUpper(number(row, "q"), number(row, "df")), number(row, "upper"), place);
  }
});

test("the beta distribution and its quantile agree with R", () => {
  for (const row of rows("special_beta")) {
    const [a, b] = [number(row, "a"), number(row, "b")];
    expectClose(betaCumulative(number(row, "x"), a, b), number(row, "I"), `pbeta(${row.x}, ${a}, ${b})`);
    expectClose(betaLowerQuantile(0.025, a, b), number(row, "q025"), `qbeta(0.025, ${a}, ${b})`);
  }
});

test("Student's t and its quantile agree with R", () => {
  for (const row of rows("special_t")) {
    const df = number(row, "df");
    expectClose(studentTwoSided(number(row, "t"), df), number(row, "two_sided"), `pt(${row.t}, ${df})`);
    expectClose(studentQuantile(0.975, df), number(row, "q975"), `qt(0.975, ${df})`);
  }
});

test("the upper binomial tail is the sum of its terms", () => {
  const terms = [1, 5, 10, 10, 5, 1].map((ways, k) => ways * 0.3 ** k * 0.7 ** (5 - k));
  for (let k = 0; k <= 5; k++) {
    const tail = terms.slice(k).reduce((sum, term) => sum + term, 0);
    expectClose(binomialUpper(k, 5, 0.3), tail, `P(X >= ${k})`, 1e-14);
  }
  expect(binomialUpper(6, 5, 0.3)).toBe(0);
});

test("each multiplicity adjustment agrees with R's p.adjust", () => {
  const all = rows("padjust");
  for (const set of new Set(all.map((row) => text(row, "set")))) {
    const family = all.filter((row) => row.set === set);
    const p = family.map((row) => number(row, "p"));
    for (const [name, adjust] of Object.entries(adjustments)) {
      const adjusted = adjust(p);
      for (const [i, row] of family.entries()) expectClose(adjusted[i], number(row, name), `${set} ${name} ${row.p}`);
    }
  }
});

test("Holm's adjusted p-values are those of the closed test by Bonferroni, on every subset of four", () => {
  const p = [0.011, 0.02, 0.2, 0.013];
  const closed = p.map((_, i) => Math.max(...subsets(4).filter((set) => set.includes(i)).map((set) => bonferroni(p, set))));
  for (const [i, value] of holm(p).entries()) expectClose(value, closed[i] ?? 0, `p ${i}`, 1e-14);
});

test("no p-values give no adjusted p-values", () => {
  for (const adjust of Object.values(adjustments)) {
    expect(adjust([])).toEqual([]);
    expect(adjust([0.04])).toEqual([0.04]);
  }
});

function subsets(size: number): number[][] {
  return Array.from({ length: 2 ** size - 1 }, (_, bits) =>
    Array.from({ length: size }, (_, i) => i).filter((i) => ((bits + 1) >> i) & 1),
  );
}

function bonferroni(p: readonly number[], set: readonly number[]): number {
  return Math.min(1, set.length * Math.min(...set.map((i) => p[i] ?? 1)));
}
