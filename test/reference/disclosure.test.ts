import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { intervals } from "../../src/disclose/suppression/attack.ts";
import { highsSolver } from "../../src/disclose/solver.ts";

/* Known attacks on published tables; cases.json names the source of each. */

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly lowerBound: number;
  readonly equations: ReadonlyArray<{ readonly terms: Readonly<Record<string, number>>; readonly equals: number }>;
  readonly expect: Readonly<Record<string, readonly [number, number]>>;
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL("disclosure/cases.json", import.meta.url), "utf8"),
);
const solver = await highsSolver();

describe("D1: the interval of each hidden count, as the handbooks give it", () => {
  it.each(cases.filter(({ kind }) => kind === "interval").map((item) => [item.id, item] as const))("%s", (_, item) => {
    const names = Object.keys(item.expect);
    const at = (name: string) => names.indexOf(name);
    const found = intervals(
      {
        lower: names.map(() => item.lowerBound),
        upper: names.map(() => Number.POSITIVE_INFINITY),
        rows: item.equations.map(({ terms, equals }) => ({
          terms: Object.entries(terms).map(([name, coefficient]) => [at(name), coefficient] as const),
          lower: equals,
          upper: equals,
        })),
      },
      names.map(at),
      solver,
    );
    const expected = names.map((name) => (item.expect[name] ?? []).map((bound) => bound + 0));
    expect(found.map((interval) => [...interval])).toEqual(expected);
  });
});
