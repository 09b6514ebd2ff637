import { expect, it } from "vitest";
import { KINDS, shapeOf, strikeRuns } from "../support/faults/fault-harness.ts";

/*
 * Every operation of the run that makes a new edition is struck: by every kind of fault where it is the first of its kind,
 * else by one of them in turn. Of the other runs, the first of each kind is.
 */
it("O4 at every operation of publishing a fault leaves editions whole, and a run afterwards succeeds", async () => {
  const { operations, struck, ended } = await strikeRuns((all, scenario) => {
    const shapes = all.map(shapeOf);
    return all.flatMap((_, i) => {
      const isFirst = shapes.indexOf(shapes[i] ?? "") === i;
      if (scenario > 0 && !isFirst) return [];
      const kinds = scenario === 0 && isFirst ? KINDS : KINDS.filter((_, k) => k === i % KINDS.length);
      return kinds.map((kind) => ({ kind, at: i + 1 }));
    });
  });
  process.stdout.write(`${operations.join("\n")}\nstruck ${struck.length}: ${JSON.stringify(ended)}\n`);
  expect(struck.filter(({ problems }) => problems.length > 0)).toEqual([]);
}, 7_200_000);
