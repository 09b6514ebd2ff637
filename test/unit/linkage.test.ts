import { expect, it } from "vitest";
import type { AttritionRow } from "../../src/cohort/design.ts";
import { judge, type VerdictInputs } from "../../src/evaluate/verdicts.ts";
import { linkage } from "../../src/impact/attrition.ts";

const counts = { received: 500, not_started: 60, other_years: 40, unlinked: 48, age: 12, analysed: 340 };
const rows = Object.entries(counts).map(
  ([reason, count]) =>
    ({ arm: "participants", definition: "days90", after: 0, reason, rows: count }) as unknown as AttritionRow,
);
const inputs: VerdictInputs = {
  participants: 340,
  matchedParticipants: 340,
  maxSmd: 0,
  persons: { treated: 340, control: 900 },
  placements: null,
  essControlPersons: 800,
};

it("the share found in the register is of the duos that started in the cohorts, before any test of risk", () => {
  expect(linkage(rows)).toEqual({ started: 400, linked: 352 });
});

it("too small a share found in the register is a failed verdict, where one is declared", () => {
  const found = (linkedShare: number) => judge({ linkedShare }, { ...inputs, linkage: linkage(rows) });
  expect(found(0.9)).toEqual([{ name: "linkedShare", value: 0.88, threshold: 0.9, passed: false }]);
  expect(found(0.88)[0]?.passed).toBe(true);
  expect(judge({}, { ...inputs, linkage: linkage(rows) })).toEqual([]);
});

it("nobody started is a share without a value, which fails; a flat table has no register to be found in", () => {
  expect(judge({ linkedShare: 0.9 }, { ...inputs, linkage: linkage([]) })).toEqual([
    { name: "linkedShare", value: null, threshold: 0.9, passed: false },
  ]);
  expect(judge({ linkedShare: 0.9 }, inputs)).toEqual([]);
});
