import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { CliResult, cli } from "./cli.ts";

/**
 * The built program for a test file that runs it often: as `cli`, in one process that has its modules loaded already.
 * What tells of the process itself (its end, its signals, how it starts) is `cli`'s to show. The process ends with the file.
 */
export function warmProgram(): (...given: Parameters<typeof cli>) => Promise<CliResult> {
  let started: Promise<ChildProcess> | undefined;
  afterAll(async () => {
    const child = await started;
    if (child === undefined) return;
    child.disconnect();
    await once(child, "exit");
  });
  return async (args, { cwd = process.cwd(), env = {} } = {}) => {
    started ??= start();
    const child = await started;
    const ended = new AbortController();
    const gone = once(child, "exit", { signal: ended.signal }).then(([code]) => {
      throw new Error(`the program's process ended with ${code} in ${args.join(" ")}`);
    });
    child.send({ args, cwd, env });
    const [result] = await Promise.race([once(child, "message"), gone]);
    ended.abort();
    return result;
  };
}

async function start(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "warm-program.mjs"));
  await once(child, "message");
  return child;
}
