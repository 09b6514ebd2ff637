import { spawnSync } from "node:child_process";
import { availableParallelism, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

/** What one child process reports: seconds of its work, by name where it does several things, and its peak memory. */
export interface Timed {
  readonly seconds: number;
  /** Processor seconds of all threads. */
  readonly cpu: number;
  readonly megabytes: number;
}

/** Runs a program in a process of its own and reads the JSON that it prints. */
export function inChild<T extends Timed>(program: URL, ...args: readonly string[]): T {
  const path = fileURLToPath(program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, path, ...args], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${path} ${args.join(" ")} ended with ${status}\n${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The run whose time lies in the middle. */
export function middle<T extends Timed>(runs: readonly T[]): T {
  const sorted = runs.toSorted((a, b) => a.seconds - b.seconds);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new Error("nothing was run");
  return found;
}

/** What was measured on. */
export function machine(): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${availableParallelism()} processors, ${memory}, Node ${process.versions.node}`;
}
