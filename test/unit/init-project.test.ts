import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { initProject } from "../../src/commands/init-project.ts";
import { shellWord } from "../../src/commands/shell-word.ts";
import { UserError } from "../../src/user-error.ts";

const folder = mkdtempSync(join(tmpdir(), "duo-impact-init-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a project of one's own has the schema that the first line of its files names, and is never written over", () => {
  initProject(folder);
  const pipelines = join(folder, "pipelines");
  const named = readdirSync(pipelines, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    const file = join(pipelines, name);
    const schema = name.endsWith(".yaml") ? /\$schema=(\S+)/.exec(readFileSync(file, "utf8"))?.[1] : undefined;
    return schema === undefined ? [] : [join(dirname(file), schema)];
  });
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((schema) => !existsSync(schema))).toEqual([]);
  expect(() => initProject(folder)).toThrow(UserError);
});

it("a folder with blanks or accents is named so that a shell takes it whole", () => {
  const spaced = join(folder, "données d'été");
  expect(initProject(spaced)).toContain(`Try it: cd '${folder}/données d'\\''été' && node `);
  expect(shellWord("/home/été/projet")).toBe("/home/été/projet");
});
