import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { evaluate, fileOf } from "../support/evaluate-command.ts";

/* Synthetic persons: the participants of most pairs are placed, their controls aren't. */
const rows = Array.from({ length: 120 }, (_, i) => {
  const treated = i % 3 === 0 ? 1 : 0;
  const placed = treated === 1 ? (i % 4 === 0 ? 0 : 1) : i % 5 === 0 ? 1 : 0;
  return { id: i, treated, placed, age: 20 + ((i * 7) % 13) };
});
const csv = `id,treated,placed,age\n${rows.map(({ id, treated, placed, age }) => [id, treated, placed, age].join()).join("\n")}\n`;

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
/** P(X >= k) of a binomial, term by term. */
const atLeast = (k: number, n: number, p: number): number =>
  Array.from({ length: n - k + 1 }, (_, i) => choose(n, k + i) * p ** (k + i) * (1 - p) ** (n - k - i)).reduce(
    (sum, term) => sum + term,
    0,
  );

test("Rosenbaum's bounds are those of the pairs written, summed term by term", async () => {
  const pairs = fileOf("");
  const { stdout } = await evaluate(fileOf(csv), { method: "nearest", covariates: ["age"], id: "id", pairs });
  const { hiddenBias, riskRatio } = JSON.parse(stdout);
  const written = readFileSync(pairs, "utf8").trim().split("\n").slice(1);
  const differ = written.map((line) => {
    const [a, b] = line.split(",").map((id) => rows[Number(id)]?.placed ?? Number.NaN);
    return (a ?? 0) - (b ?? 0);
  });
  const participantOnly = differ.filter((one) => one === 1).length;
  const controlOnly = differ.filter((one) => one === -1).length;
  expect(written).toHaveLength(40);
  expect(hiddenBias.rosenbaum).toMatchObject({ participantOnly, controlOnly });
  const all = participantOnly + controlOnly;
  for (const { gamma, upper, lower } of hiddenBias.rosenbaum.bounds) {
    expect(upper).toBeCloseTo(atLeast(Math.max(participantOnly, controlOnly), all, gamma / (1 + gamma)), 9);
    expect(lower).toBeCloseTo(atLeast(Math.max(participantOnly, controlOnly), all, 1 / (1 + gamma)), 9);
  }
  const tip = hiddenBias.rosenbaum.gamma;
  expect(atLeast(Math.max(participantOnly, controlOnly), all, tip / (1 + tip))).toBeCloseTo(0.025, 6);
  const ratio = riskRatio.estimate;
  expect(hiddenBias.eValue.point).toBeCloseTo(ratio + Math.sqrt(ratio * (ratio - 1)), 9);
});

test("several controls a participant have no bounds, an outcome that isn't 0 or 1 has no bias at all", async () => {
  const several = await evaluate(fileOf(csv), { method: "nearest", covariates: ["age"], ratio: 2 });
  expect(JSON.parse(several.stdout).hiddenBias).not.toHaveProperty("rosenbaum");
  const months = await evaluate(fileOf(csv.replaceAll(",1,2", ",3.5,2")), { method: "exact", exact: ["age"] });
  expect(JSON.parse(months.stdout)).not.toHaveProperty("hiddenBias");
});
