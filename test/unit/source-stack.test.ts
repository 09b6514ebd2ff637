import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sourceStack } from "../../src/commands/source-stack.ts";
import { builtScript, packageRoot } from "../../src/package-root.ts";

const CLI = builtScript("src/cli.ts");

it("a place in a bundled file is told as the line of its source, with or without the mark of a URL", () => {
  const lines = readFileSync(CLI, "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes('new Command("duo-impact")'));
  const column = (lines[at] ?? "").indexOf("new Command") + 1;
  const stack = `Error: x\n    at run (file://${CLI}:${at + 1}:${column})\n    at ${CLI}:${at + 1}:${column}`;
  const source = readFileSync(join(packageRoot(), "src", "cli.ts"), "utf8").split("\n");
  const line = source.findIndex((one) => one.includes('new Command("duo-impact")')) + 1;
  const place = `src/cli.ts:${line}:${(source[line - 1] ?? "").indexOf("new Command") + 1}`;
  expect(sourceStack(stack)).toBe(`Error: x\n    at run (${place})\n    at ${place}`);
});

it("a place without a map stays as it was", () => {
  const stack = "Error: x\n    at readFileSync (node:fs:448:20)\n    at run (file:///nowhere/a.js:1:1)";
  expect(existsSync("/nowhere/a.js.map")).toBe(false);
  expect(sourceStack(stack)).toBe(stack);
});
