import { describe, expect, it } from "vitest";
import type { TableAnswer } from "../../src/flat/answer.ts";
import { answerTo, fileOf } from "../support/evaluate-command.ts";

/** Multiples of 1/8, so that a constant is added to them without a rounding. */
const SPREAD = Array.from({ length: 240 }, (_, i) => ((i * 37) % 41) / 8 + (i % 3 === 0 ? 0.5 : 0));
const MATCHES = [
  { exact: ["gender"] },
  { exact: ["gender"], errors: "matched" },
  { exact: ["gender"], id: "person", errors: "CR1" },
  { exact: ["gender"], id: "person", errors: "CR3" },
  { method: "odds", covariates: ["age"] },
  { method: "entropy", covariates: ["age"] },
  { method: "aipw", covariates: ["age"] },
  { method: "nearest", covariates: ["age"], exact: ["gender"] },
] as const;

function fileWith(outcome: (i: number) => number): string {
  const rows = SPREAD.map((_, i) => {
    const [arm, gender, age] = [i % 3 === 0 ? 1 : 0, ["man", "woman"][(i * 7) % 2], 20 + ((i * 11) % 13)];
    return `p${(i * 5) % 150},${arm},${gender},${age},${outcome(i)}`;
  });
  return fileOf(["person,duo,gender,age,y", ...rows, ""].join("\n"));
}

const answer = (file: string, match: (typeof MATCHES)[number]): Promise<TableAnswer> =>
  answerTo(file, { treated: "duo", outcome: "y", ...match } as unknown as Parameters<typeof answerTo>[1]);

describe.each(MATCHES.map((match) => [JSON.stringify(match), match] as const))("%s", (_, match) => {
  it.each([1e6, -(2 ** 30), 2 ** 40])(
    "gives the same difference and error where %d is added to every outcome",
    async (far) => {
      const near = await answer(
        fileWith((i) => SPREAD[i] ?? 0),
        match,
      );
      const shifted = await answer(
        fileWith((i) => (SPREAD[i] ?? 0) + far),
        match,
      );
      for (const figure of ["estimate", "se", "lower", "upper", "p"] as const)
        expect(shifted.difference[figure], figure).toBeCloseTo(near.difference[figure] ?? Number.NaN, 9);
      expect(near.difference.se).toBeGreaterThan(0.01);
      expect((shifted.rates.control ?? 0) - far).toBeCloseTo(near.rates.control ?? Number.NaN, 3);
    },
  );

  it("has no error, and says why, where every outcome is the same", async () => {
    const { difference, verdicts } = await answer(
      fileWith(() => 0.1),
      match,
    );
    expect(difference).toMatchObject({ estimate: 0, se: null, p: null });
    expect(verdicts.find(({ name }) => name === "variance")?.passed).toBe(false);
  });
});

it("doesn't take outcomes of two neighbouring values far from 0 for placements", async () => {
  const found = await answer(
    fileWith((i) => 2020 + (i % 2)),
    MATCHES[0],
  );
  expect(found.oddsRatio.estimate).toBeNull();
  expect(found.rates.treated).toBeGreaterThan(2020);
});
