import { describe, expect, it } from "vitest";
import { fileOf } from "../support/evaluate-command.ts";
import { EDGE_TABLES, MATCHES, wrongAnswers, wrongWith } from "../support/evaluate-edge-tables.ts";

/* Every third table, and errors take turns from table to table; the slow suite asks for all of them of every table. */
const TABLES = Object.entries(EDGE_TABLES)
  .map(([name, text], turn) => ({ name, text, turn }))
  .filter(({ turn }) => turn % 3 === 0);

describe("every method and error has a plain answer for", () => {
  it.each(TABLES)(
    "$name",
    async ({ text, turn }) => {
      const wrong = await wrongAnswers(text, (types, match) => types.slice((turn + match) % types.length).slice(0, 1));
      expect(wrong).toEqual([]);
    },
    120_000,
  );

  it("a hundred thousand identical rows", async () => {
    const text = `treated,placed,group\n${"1,1,a\n0,0,a\n".repeat(50_000)}`;
    for (const match of MATCHES.slice(0, 1))
      expect(await wrongWith(fileOf(text), { ...match, covariates: [] })).toBeNull();
  });
});
