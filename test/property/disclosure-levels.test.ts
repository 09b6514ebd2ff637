import { describe, expect, it } from "vitest";
import { attackedLevels, foundIn, given } from "../support/regrouped-editions.ts";
import { regroupedLevels } from "../support/regrouped-levels.ts";

const PAIRS = Array.from({ length: 16 }, (_, seed) => seed);
/** A pair of which figures and names tell the levels less well than a declaration does. */
const MISREAD = 5;

const pairOf = (seed: number) => regroupedLevels(seed, "declared_job");

describe("two editions between which levels were merged, split or renamed", () => {
  it("D6: give nothing away together, by a guess or as declared", { timeout: 300_000 }, async () => {
    const guessed = await attackedLevels(
      pairOf,
      PAIRS.filter((seed) => seed !== MISREAD),
      "figures",
    );
    const declared = await attackedLevels(pairOf, [MISREAD, ...PAIRS.slice(0, 4)], "levels");
    const pairs = [...guessed, ...declared];
    expect(given(pairs)).toEqual([]);
    expect(foundIn(pairs)).toEqual([]);
    expect(pairs.flatMap(({ byAudit }) => byAudit.contradictions)).toEqual([]);
  });

  it("D6: give much away where one doesn't declare the other, as the audit finds too", {
    timeout: 300_000,
  }, async () => {
    const pairs = await attackedLevels(pairOf, PAIRS, "nothing");
    const leaks = given(pairs);
    const found = foundIn(pairs);
    expect(leaks.length).toBeGreaterThan(PAIRS.length / 2);
    expect(leaks.filter((seed) => found.includes(seed)).length).toBeGreaterThan((3 * leaks.length) / 4);
    expect(found.filter((seed) => !leaks.includes(seed))).toEqual([]);
  });
});
