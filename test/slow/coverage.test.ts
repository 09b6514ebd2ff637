import { beforeAll, describe, expect, it } from "vitest";
import { COLUMNS, linesOf, methodsOf, replicatesOf } from "../simulation/coverage.ts";
import { EXPECTATIONS } from "../simulation/expectations.ts";
import { simulate } from "../simulation/replicate.ts";
import { committed, contradictions, type Line, readLines } from "../simulation/table.ts";
import { WORLDS, type WorldName, worldOf } from "../simulation/worlds.ts";

const REPLICATES = 4000;

describe.each(Object.keys(WORLDS) as WorldName[])("95 %% intervals in the world `%s`", (name) => {
  let lines: Line[] = [];
  beforeAll(() => {
    const replicates = replicatesOf(name, REPLICATES);
    const simulated = simulate(worldOf(name), replicates, methodsOf(name));
    lines = readLines([COLUMNS, ...linesOf(name, replicates, simulated)].join("\n"));
  });

  it("hold the truths as often as expected of each method and error", () => {
    const here = EXPECTATIONS.filter(({ worlds }) => worlds.includes(name)).map((e) => ({ ...e, worlds: [name] }));
    expect(contradictions(lines, here)).toEqual([]);
  });

  it("are those of the committed table", () => {
    expect(lines).toEqual(committed().filter(({ world }) => world === name));
  });
});
