import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { builtScript } from "../../src/package-root.ts";
import { cli, temporaryFolder } from "../support/cli.ts";
import { sampleEdition } from "../support/sample-edition.ts";

describe("duo-impact serve", () => {
  it("shows the latest edition to this machine until it is interrupted", async () => {
    const { out } = sampleEdition();
    const program = builtScript("src/cli.ts");
    const server = spawn(process.execPath, [program, "serve", "pipelines/sib-evaluation.yaml", "--port", "0", "--out", out]);
    const [said] = await once(server.stdout, "data");
    const [, address = ""] = /(http:\/\/127\.0\.0\.1:\d+\/)/.exec(String(said)) ?? [];
    const list = await (await fetch(address)).text();
    expect(list).toContain('href="sib-evaluation/latest/"');
    const index = await fetch(`${address}sib-evaluation/latest/`);
    expect(index.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const report = await fetch(`${address}sib-evaluation/latest/reports/investor-brussels-en.pdf`);
    expect(Buffer.from(await report.arrayBuffer()).toString("latin1", 0, 5)).toBe("%PDF-");
    expect((await fetch(`${address}sib-evaluation/restricted/2016.1/participants.csv`)).status).toBe(404);
    server.kill("SIGINT");
    expect(await once(server, "exit")).toEqual([0, null]);
  });

  it("says in a sentence what keeps it from serving", async () => {
    const empty = cli(["serve", "--out", temporaryFolder("empty"), "--port", "0"]);
    expect(empty).toMatchObject({ status: 1, stderr: expect.stringContaining("publish one with `duo-impact run`") });
    expect(cli(["serve", "--port", "http"])).toMatchObject({ status: 1, stderr: expect.stringContaining("'http' is not a port") });
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const busy = cli(["serve", "--out", sampleEdition().out, "--port", String(port)]);
    other.close();
    expect(busy).toMatchObject({ status: 1, stderr: expect.stringContaining("choose another, or 0 for any that is free") });
  });
});
