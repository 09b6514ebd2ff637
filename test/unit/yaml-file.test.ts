import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { parseYaml, yamlText } from "../../src/protocol/yaml-file.ts";
import { UserError } from "../../src/user-error.ts";
import { newFolder } from "../support/evaluate-command.ts";

const problemsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
};

it("a file in another encoding is refused with its line, so that no accent is lost in a title", () => {
  const path = join(newFolder(), "year.yaml");
  const text = "pipeline: year\ntitle: \u00c9valuation\n";
  const shown = (bytes: Buffer): readonly string[] => {
    writeFileSync(path, bytes);
    return problemsOf(() => yamlText(path, "pipelines/year.yaml"));
  };
  expect(shown(Buffer.from(text, "latin1"))).toEqual([
    "pipelines/year.yaml:2 is not text in UTF-8; save it with that encoding",
  ]);
  expect(shown(Buffer.from(text, "utf16le"))).toEqual([
    "pipelines/year.yaml is not text in UTF-8; save it with that encoding",
  ]);
  writeFileSync(path, text);
  expect(yamlText(path)).toBe(text);
});

it("an indent that doesn't fit is told once, not again for every line below it", () => {
  const text = `evaluation:\n  seed: x\n\toutcome: y\n${"  after: 0\n".repeat(9)}`;
  const problems = problemsOf(() => parseYaml("year.yaml", text, z.unknown()));
  expect(problems[0]).toMatch(/^year\.yaml:3: Tabs are not allowed as indentation: 'outcome: y'$/);
  expect(problems.filter((problem) => problem.includes("same column"))).toEqual([]);
});
