import { expect, it } from "vitest";
import { EDGE_TABLES, wrongAnswers } from "../support/evaluate-edge-tables.ts";

it.each(Object.entries(EDGE_TABLES))(
  "every method has a plain answer with each of its errors for %s",
  async (_, text) => {
    expect(await wrongAnswers(text, (types) => types)).toEqual([]);
  },
);
