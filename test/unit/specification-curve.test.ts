import { expect, test } from "vitest";
import { type SpecificationResult, summariseSpecifications } from "../../src/evaluate/specification-curve.ts";

const result = (
  name: string,
  estimate: number | null,
  more: Partial<SpecificationResult> = {},
): SpecificationResult => ({
  name,
  estimand: "days90 from the start",
  primary: false,
  estimate,
  lower: estimate === null ? null : estimate - 0.05,
  upper: estimate === null ? null : estimate + 0.05,
  failedVerdicts: [],
  ...more,
});

test("each estimand is summed up apart, that of the primary specification first", () => {
  const summaries = summariseSpecifications([
    result("after the duo", 0.02, { estimand: "days90 after the duo" }),
    result("nearest", 0.11),
    result("primary", 0.09, { primary: true }),
    result("with history", -0.08, { failedVerdicts: ["largest |SMD|", "share matched"] }),
    result("no one matched", null),
    result("entropy", 0.03),
  ]);
  expect(summaries.map(({ estimand }) => estimand)).toEqual(["days90 from the start", "days90 after the duo"]);
  expect(summaries[0]).toMatchObject({ primary: true, declared: 5, run: 4, least: -0.08, greatest: 0.11 });
  expect(summaries[0]).toMatchObject({ above: 2, below: 1, failing: 1 });
  expect(summaries[0]?.median).toBeCloseTo(0.06, 15);
  expect(summaries[0]?.results.map(({ name }) => name)).toEqual([
    "with history",
    "entropy",
    "primary",
    "nearest",
    "no one matched",
  ]);
});

test("no specification gives no summary, and one that gave no result gives an empty one", () => {
  expect(summariseSpecifications([])).toEqual([]);
  expect(summariseSpecifications([result("a", null)])[0]).toMatchObject({
    run: 0,
    least: null,
    median: null,
    above: 0,
  });
});
