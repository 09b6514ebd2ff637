import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { packageRoot } from "../../src/package-root.ts";
import type { Measurement } from "./bench.ts";

/** Cold start of the command line, and the main job after the build; the floor is Node with nothing to do. */
export async function benchStart(): Promise<readonly Measurement[]> {
  const out = mkdtempSync(join(tmpdir(), "duo-impact-bench-"));
  const program = join(packageRoot(), "dist", "src", "cli.js");
  try {
    const floor = seconds(["-e", ""]);
    return [
      { name: "duo-impact --help", seconds: seconds([program, "--help"]), floor, megabytes: 0 },
      { name: "duo-impact start", seconds: seconds([program, "start", "--out", out]), floor: null, megabytes: 0 },
    ];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function seconds(args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: packageRoot(), encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}\n${stderr}`);
  return (performance.now() - begin) / 1000;
}
