import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { readPublished } from "../../src/audit/published.ts";
import { regionProblem } from "../../src/cohort/branch-regions.ts";
import { listEditions } from "../../src/editions/list.ts";
import { matchingSchema } from "../../src/protocol/matching.ts";
import { loadProject } from "../../src/protocol/project.ts";
import { parseYaml } from "../../src/protocol/yaml-file.ts";
import { readPack } from "../../src/verify/pack.ts";

const folder = mkdtempSync(join(tmpdir(), "duo-impact-remedies-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("what isn't YAML is told at its line, with what stands there", () => {
  const parse = (text: string) => () => parseYaml("p.yaml", text, z.object({}));
  expect(parse("a: 1\na: 2\n")).toThrow("p.yaml:2: Map keys must be unique: 'a: 2'");
  expect(parse("\t- x: [")).toThrow("p.yaml:1: Tabs are not allowed as indentation: '- x: ['");
});

it("a pipeline's name stands for its file, and a folder of editions for the latest of them", () => {
  const here = process.cwd();
  const edition = join(folder, "out", "p", "2024.1");
  mkdirSync(edition, { recursive: true });
  mkdirSync(join(folder, "out", "p", "latest"));
  for (const at of [edition, join(folder, "out", "p", "latest")]) writeFileSync(join(at, "manifest.json"), "{}");
  expect(() => readPack(join(folder, "out", "p"))).toThrow(`did you mean ${join(folder, "out", "p", "latest")}?`);
  expect(() => readPublished(join(folder, "out", "p"))).toThrow(`did you mean ${join(folder, "out", "p", "latest")}?`);
  expect(() => readPack(folder)).toThrow(/does not exist$/);
  expect(() => readPublished(folder)).toThrow(/does not exist$/);
  expect(() => listEditions(join(folder, "out"), "q")).toThrow("q: no edition stands there (there are of p)");
  mkdirSync(join(folder, "pipelines"));
  writeFileSync(join(folder, "pipelines", "p.yaml"), "");
  process.chdir(folder);
  try {
    expect(() => loadProject("p")).toThrow(`p: no such file; did you mean ${join("pipelines", "p.yaml")}?`);
    expect(() => loadProject("q.yaml")).toThrow("q.yaml: no such file; pipelines are YAML files");
  } finally {
    process.chdir(here);
  }
});

it("a region that no branch has is told with those that branches have", async () => {
  const branches = { rows: async () => [{ region: "Brussel" }, { region: "Vlaanderen" }] };
  expect(await regionProblem(branches, "Vlaanderen")).toBeUndefined();
  expect(await regionProblem(branches, "vlaanderen")).toContain(
    "did you mean 'Vlaanderen'? There are Brussel, Vlaanderen",
  );
  expect(await regionProblem({ rows: async () => [] }, "vlaanderen")).toBeUndefined();
});

it("a method of matching that isn't one is told what may have been meant", () => {
  const told = (matching: object): readonly string[] =>
    (matchingSchema.safeParse(matching).error?.issues ?? []).map(({ message }) => message);
  expect(told({ method: "exat", on: ["gender"] })[0]).toContain(
    "'exat' is no method of matching; did you mean 'exact'?",
  );
  expect(told({ method: 3 })).toEqual(["choose a method: exact, cem, nearest, optimal, odds, entropy"]);
});
