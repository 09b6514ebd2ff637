import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/commands/exit-code.ts";
import { UserError } from "../../src/user-error.ts";

function told(...problems: readonly string[]): string {
  let text = "";
  expect(exitCodeOf(new UserError(problems), (more) => (text += more))).toBe(1);
  return text;
}

describe("a refusal", () => {
  it("counts its problems, not their examples nor the file to open", () => {
    expect(told("a: 1 row rejected; the first are:", "  a.csv row 2", "  to repair: report.html")).toBe(
      "Refused: a: 1 row rejected; the first are:\n  a.csv row 2\n  to repair: report.html\n",
    );
    expect(told("a: 1 row rejected; the first are:", "  a.csv row 2", "b is empty")).toBe(
      "Refused, 2 problems:\n  - a: 1 row rejected; the first are:\n    a.csv row 2\n  - b is empty\n",
    );
  });
});
