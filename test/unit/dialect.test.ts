import { describe, expect, test } from "vitest";
import { numbered } from "../../src/engine/dialect.ts";

describe("named parameters as numbered ones", () => {
  test("each name has one number, cast to the type of its value", () => {
    const text = "select $seed || $seed, $months + $share, $on, $none, $all";
    expect(numbered(text, { months: 12, share: 0.5, seed: "s", on: true, none: null, all: 3n, unused: 1 })).toEqual({
      text: "select $1::text || $1::text, $2::integer + $3::double precision, $4::boolean, $5, $6::bigint",
      values: ["s", 12, 0.5, true, null, 3n],
    });
  });

  test("comments, texts and quoted names stay as they are", () => {
    const text = `-- of $seed\nselect '$seed''$seed', "$seed", $seed -- and $seed`;
    expect(numbered(text, { seed: "s" }).text).toBe(
      `-- of $seed\nselect '$seed''$seed', "$seed", $1::text -- and $seed`,
    );
  });

  test("a name without a value is refused", () => {
    expect(() => numbered("select $seed", {})).toThrow("no value for $seed");
  });
});
