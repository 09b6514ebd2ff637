import { expect, it } from "vitest";
import { KINDS, strikeRuns } from "../support/faults/fault-harness.ts";

it("O4 at every operation of publishing, each kind of fault leaves editions whole, and a run afterwards succeeds", async () => {
  const { operations, struck, ended } = await strikeRuns((all) =>
    KINDS.flatMap((kind) => all.map((_, i) => ({ kind, at: i + 1 }))),
  );
  process.stdout.write(`${operations.join("\n")}\nstruck ${struck.length}: ${JSON.stringify(ended)}\n`);
  expect(struck.filter(({ problems }) => problems.length > 0)).toEqual([]);
});
