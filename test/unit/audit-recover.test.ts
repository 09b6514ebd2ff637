import { describe, expect, it } from "vitest";
import { recover } from "../../src/audit/recover.ts";
import type { Line } from "../../src/audit/sheet.ts";
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
    expect(recover(hidden, lines, 5, solver)).toEqual({ recovered: [], contradictions: ["a"], nobody: 0 });
  });

  it("gives the ends of a number that must lie below the threshold", () => {
    const { recovered } = recover(hidden, [sum(["a", "b", "c"], 20), sum(["b", "c"], 17)], 5, solver);
    expect(recovered).toEqual([{ what: "a", least: 3, most: 3 }]);
  });

  it("counts those who must be nobody, which is a find where it tells of all others only", () => {
    const nobody = [{ name: "a", least: 0, most: 100, isTarget: true }, ...hidden.slice(1)];
    const lines = [sum(["a", "b", "c"], 20), sum(["b", "c"], 20)];
    expect(recover(nobody, lines, 5, solver)).toEqual({ recovered: [], contradictions: [], nobody: 1 });
    const half = nobody.map((unknown) => ({ ...unknown, isNobodyAFind: unknown.name === "a" }));
    expect(recover(half, lines, 5, solver)).toMatchObject({ recovered: [{ what: "a", least: 0, most: 0 }], nobody: 0 });
  });

  it("takes a small multiple for found only where less is open than it leaves", () => {
    const told = [
      { name: "a", least: 0, most: 4, isTarget: true, isRounded: true },
      { name: "b", least: 6, most: 14, isTarget: true, isRounded: true },
    ];
    expect(recover(told, [sum(["a", "b"], 12)], 5, solver).recovered).toEqual([]);
    expect(recover(told, [sum(["a", "b"], 8)], 5, solver).recovered).toEqual([{ what: "a", least: 0, most: 2 }]);
  });
});
