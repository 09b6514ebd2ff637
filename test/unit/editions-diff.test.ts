import { describe, expect, it } from "vitest";
import { countsOf, diffText } from "../../src/editions/diff.ts";
import { figureChanges } from "../../src/editions/figure-changes.ts";
import type { Figure } from "../../src/verify/metric-rows.ts";

function figure(metric: string, more: Partial<Figure>): Figure {
  return {
    ...{ metric, region: "brussels", period: "2016", dimension: "total", level: "all", arm: "participants" },
    ...{ value: 0.5, lower: null, upper: null, n: 21, unit: "proportion", conf_status: "F" },
    ...{ definition: "days90", window: "0-12", ...more },
  };
}

function told(before: readonly Figure[], after: readonly Figure[]): string {
  const changes = figureChanges(before, after);
  const of = (folder: string) => ({ folder, runId: "0".repeat(12) });
  return diffText({
    ...{ before: of("old"), after: of("new"), changes, counts: countsOf(changes) },
    figures: { before: before.length, after: after.length, same: 0 },
    reasons: { data: [], protocol: [], version: null },
  });
}

describe("the comparison of two editions tells", () => {
  it("a figure without a value as such, never as nobody of those it rests on", () => {
    const text = told(
      [figure("score", { value: null }), figure("gone", { value: null })],
      [figure("score", {}), figure("late", { value: null })],
    );
    expect(text).toContain("no value -> 0.5 of 21");
    expect(text.match(/(appeared|vanished) .*: no value$/gm)).toHaveLength(2);
    expect(text).not.toContain("none");
  });

  it("a hidden figure as hidden, whatever else it says", () => {
    const text = told([], [figure("score", { value: null, conf_status: "A" })]);
    expect(text).toMatch(/appeared .*: hidden$/m);
  });
});
