import { appendFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, filesUnder } from "../support/cli.ts";
import { postgresPrograms, type Server, startPostgres } from "../support/postgres.ts";
import { smallProject } from "../support/small-project.ts";

const PIPELINE = "pipelines/sib-evaluation.yaml";
const programs = postgresPrograms();

let project = "";
let server: Server | undefined;
beforeAll(async () => {
  if (programs !== undefined) server = await startPostgres(programs);
  project = smallProject();
});
afterAll(async () => {
  rmSync(project, { recursive: true, force: true });
  await server?.stop();
});

const run = (out: string, env: Readonly<Record<string, string>> = {}) =>
  cli(["run", PIPELINE, "--out", out, "--lang", "en"], { cwd: project, env });
const edition = (out: string) => {
  const pipeline = join(project, out, "sib-evaluation");
  const name = readlinkSync(join(pipeline, "latest"));
  return [join(pipeline, name), join(pipeline, "restricted", name)].map((folder) => [...filesUnder(folder)]);
};

describe.skipIf(programs === undefined)("a pipeline whose engine is PostgreSQL", () => {
  it("publishes the very edition that DuckDB publishes", () => {
    expect(run("duckdb").status).toBe(0);
    appendFileSync(join(project, PIPELINE), "\nengine: {kind: postgres, url: env:TEST_DATABASE}\n");
    const there = run("postgres", { TEST_DATABASE: server?.url() ?? "" });
    expect(there.stderr).toContain("hand over to the database");
    expect(there.status).toBe(0);
    expect(edition("postgres")).toEqual(edition("duckdb"));
    expect(edition("duckdb").map((files) => files.length > 5)).toEqual([true, true]);
  });

  it("is refused in words without the address, and where nobody answers", () => {
    const without = run("refused", { TEST_DATABASE: "" });
    expect([without.status, without.stderr]).toEqual([
      1,
      expect.stringContaining("the environment has no TEST_DATABASE"),
    ]);
    const nobody = run("refused", { TEST_DATABASE: "postgres://someone:secret@127.0.0.1:1/none" });
    expect([nobody.status, nobody.stderr]).toEqual([
      1,
      expect.stringContaining("TEST_DATABASE: PostgreSQL can't be reached"),
    ]);
    expect(nobody.stderr).not.toContain("secret");
  });
});
