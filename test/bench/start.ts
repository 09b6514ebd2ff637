import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtScript, packageRoot } from "../../src/package-root.ts";
import type { Measurement } from "./bench.ts";
import { middle, type Timed } from "./child.ts";

const COLD_STARTS = 5;

/**
 * Cold start of the command line, the one in the middle of five, and the main job after the build, with the processor time
 * of all their processes; the floor is Node with nothing to do.
 */
export async function benchStart(): Promise<readonly Measurement[]> {
  const out = mkdtempSync(join(tmpdir(), "duo-impact-bench-"));
  const program = builtScript("src/cli.ts");
  try {
    const cold = (args: readonly string[]): Timed => middle(Array.from({ length: COLD_STARTS }, () => timed(args)));
    const [floor, help] = [cold(["-e", ""]), cold([program, "--help"])];
    return [
      { name: "duo-impact --help", ...help, floor: floor.seconds },
      { name: "duo-impact start", ...timed([program, "start", "--out", out]), floor: null },
    ];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** A shell that waits for it knows the processor time of a process and of those that it started. */
const TIMED = 'TIMEFORMAT="%R %U %S"; time "$@"';

function timed(args: readonly string[]): Timed {
  const { status, stderr } = spawnSync("bash", ["-c", TIMED, "bash", process.execPath, ...args], {
    cwd: packageRoot(),
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}\n${stderr}`);
  const [seconds = 0, user = 0, system = 0] = stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { seconds, cpu: user + system, megabytes: 0 };
}
