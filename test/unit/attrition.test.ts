import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttritionRow } from "../../src/cohort/design.ts";
import { type AttritionStep, attritionSteps, withoutSmallExits } from "../../src/impact/attrition.ts";

const row = (reason: string, rows: number): AttritionRow => ({
  definition: "days90",
  after: 0,
  arm: "participants",
  ordinal: 0,
  reason,
  rows,
  persons: rows,
});
const INPUTS = {
  rows: [
    row("received", 100),
    row("not_started", 20),
    row("other_region", 30),
    row("in_work", 2),
    row("unlinked", 8),
    row("analysed", 40),
  ],
  rejectedDuos: 3,
  unmatchedParticipants: 7,
  unmatchedControlRows: 0,
};
const lost = (steps: readonly AttritionStep[]): number =>
  steps.reduce((sum, step) => sum + step.exits.reduce((own, exit) => own + exit.count, 0), 0);

describe("attrition", () => {
  it("runs from rows received, the rejected ones too, to participants analysed", () => {
    const steps = attritionSteps("participants", INPUTS);
    expect(steps.map(({ step, count }) => [step, count])).toEqual([
      ["duos_received", 103],
      ["started_in_cohort", 50],
      ["at_risk", 40],
      ["analysed", 33],
    ]);
  });

  it("refuses reasons that do not account for every row", () => {
    const broken = { ...INPUTS, rows: INPUTS.rows.filter(({ reason }) => reason !== "in_work") };
    expect(() => attritionSteps("participants", broken)).toThrow(/attrition of participants/);
  });

  it("takes small reasons together", () => {
    const steps = withoutSmallExits(attritionSteps("participants", INPUTS), 5);
    expect(steps.map(({ step, exits }) => [step, exits.map(({ reason, count }) => `${reason} ${count}`)])).toEqual([
      ["duos_received", ["other_region 30", "other 23"]],
      ["started_in_cohort", ["other_2 10"]],
      ["at_risk", ["unmatched 7"]],
      ["analysed", []],
    ]);
  });

  it("joins a step with the one before where its exits are too few together", () => {
    const few = { ...INPUTS, unmatchedParticipants: 2 };
    const steps = withoutSmallExits(attritionSteps("participants", few), 5);
    expect(steps.map(({ step }) => step)).toEqual(["duos_received", "started_in_cohort", "analysed"]);
  });

  it("leaves enough in what is taken together for who knows from the manifest how many rows were rejected", () => {
    const rows = [
      ...INPUTS.rows.filter(({ reason }) => reason !== "in_work"),
      ...[row("same_person", 2), row("later_duo", 9)],
    ].map((one) => (one.reason === "received" ? row("received", 109) : one));
    const exits = (rejectedDuos: number) =>
      withoutSmallExits(attritionSteps("participants", { ...INPUTS, rows, rejectedDuos }), 5)[0]?.exits.map(
        ({ reason, count }) => `${reason} ${count}`,
      );
    expect(exits(13)).toEqual(["rejected 13", "not_started 20", "other_region 30", "other 11"]);
    expect(exits(3)).toEqual(["not_started 20", "other_region 30", "other 14"]);
  });

  it("never shows an exit or a gap between steps from 1 to 4, and loses nobody", () => {
    const counts = fc.array(fc.nat(6), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.nat(9), fc.nat(9), (reasons, rejected, unmatched) => {
        const names = ["not_started", "later_duo", "other_region", "unlinked", "in_work", "immature"];
        const analysed = 50;
        const received = analysed + reasons.reduce((a, b) => a + b, 0);
        const rows = [
          row("received", received),
          ...names.map((name, i) => row(name, reasons[i] ?? 0)),
          row("analysed", analysed),
        ];
        const inputs = { rows, rejectedDuos: rejected, unmatchedParticipants: unmatched, unmatchedControlRows: 0 };
        const whole = attritionSteps("participants", inputs);
        const shown = withoutSmallExits(whole, 5);
        expect(lost(shown)).toBe(lost(whole));
        const total = lost(whole);
        const isRejectedTold = shown.some(({ exits }) => exits.some(({ reason }) => reason === "rejected"));
        for (const { exits } of shown)
          for (const { reason, count } of exits) {
            if (total - rejected < 5) continue;
            expect(count).toBeGreaterThanOrEqual(5);
            if (reason === "other" && !isRejectedTold) expect(count - rejected).toBeGreaterThanOrEqual(5);
          }
      }),
      { numRuns: 3000 },
    );
  });
});
