import { expect, it } from "vitest";
import { KINDS, shapeOf, strikeRuns } from "../support/faults/fault-harness.ts";

const SAMPLE = 12;

/*
 * Every operation with every kind of fault is the slow suite's; here operations of a kind of their own (staging writes one
 * file as it writes another) are struck in turn by one kind of fault each.
 */
it("O4 a failing or full disk or a kill in the midst of publishing leaves editions whole, and a run afterwards succeeds", async () => {
  const { operations, struck, ended } = await strikeRuns((all, scenario) => {
    const shapes = new Map(all.map((one, i) => [shapeOf(one), i + 1]));
    const places = [...shapes.values()].sort((a, b) => a - b);
    const wanted = scenario === 0 ? SAMPLE - 8 : 4;
    return Array.from({ length: wanted }, (_, i) => ({
      kind: KINDS[(i + scenario) % KINDS.length] ?? "kill",
      at: places[Math.floor(((i + 0.5) * places.length) / wanted)] ?? 1,
    }));
  });
  process.stdout.write(`${operations.join("\n")}\nstruck ${struck.length}: ${JSON.stringify(ended)}\n`);
  expect(struck).toHaveLength(SAMPLE);
  expect(struck.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect(Object.keys(ended).sort()).toEqual(["exit code 0", "exit code 1", "exit code 130", "killed"]);
});
