import { expect, test } from "vitest";
import { takingTurns } from "../../src/commands/side-by-side.ts";

test("what runs write comes out in their order, the first one's as it is written", () => {
  const out: string[] = [];
  const turns = takingTurns(4, (text) => out.push(text));
  turns.write(1, "b1 ");
  turns.write(0, "a1 ");
  expect(out.join("")).toBe("a1 ");
  turns.write(2, "c1 ");
  turns.end(2);
  turns.write(1, "b2 ");
  turns.write(0, "a2 ");
  turns.end(0);
  expect(out.join("")).toBe("a1 a2 b1 b2 ");
  turns.write(1, "b3 ");
  turns.end(1);
  turns.write(3, "d1");
  turns.end(3);
  expect(out.join("")).toBe("a1 a2 b1 b2 b3 c1 d1");
});
