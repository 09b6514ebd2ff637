import { expect, it } from "vitest";
import { KINDS, shapeOf, strikeRuns } from "../support/faults/fault-harness.ts";

/* Every operation is struck; by every kind of fault where it is the first of its kind, else by one of them in turn. */
it("O4 at every operation of publishing a fault leaves editions whole, and a run afterwards succeeds", async () => {
  const { operations, struck, ended } = await strikeRuns((all) => {
    const shapes = all.map(shapeOf);
    return all.flatMap((_, i) => {
      const kinds = shapes.indexOf(shapes[i] ?? "") === i ? KINDS : KINDS.filter((_, k) => k === i % KINDS.length);
      return kinds.map((kind) => ({ kind, at: i + 1 }));
    });
  });
  process.stdout.write(`${operations.join("\n")}\nstruck ${struck.length}: ${JSON.stringify(ended)}\n`);
  expect(struck.filter(({ problems }) => problems.length > 0)).toEqual([]);
}, 3_600_000);
