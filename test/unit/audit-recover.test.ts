import { describe, expect, it } from "vitest";
import { recover } from "../../src/audit/recover.ts";
import type { Line } from "../../src/audit/suspicions.ts";
import { highsSolver } from "../../src/disclose/solver.ts";

const solver = await highsSolver();
const hidden = ["a", "b", "c"].map((name) => ({ name, least: 1, most: 100, isTarget: true }));
const sum = (names: readonly string[], total: number): Line => ({
  terms: names.map((name) => [name, 1] as const),
  lower: total,
  upper: total,
});

describe("recover", () => {
  it("tells a group in which what was believed can't be, instead of failing", () => {
    const lines = [sum(["a", "b", "c"], 20), sum(["a", "b"], 9), sum(["b", "c"], 9), sum(["a", "c"], 9)];
    expect(recover(hidden, lines, 5, solver)).toEqual({ recovered: [], contradictions: ["a"] });
  });

  it("gives the ends of a number that must lie below the threshold", () => {
    const { recovered } = recover(hidden, [sum(["a", "b", "c"], 20), sum(["b", "c"], 17)], 5, solver);
    expect(recovered).toEqual([{ what: "a", least: 3, most: 3 }]);
  });
});
