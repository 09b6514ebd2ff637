import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import type { Notify } from "../protocol/schedule.ts";
import type { Notified, RunRecord } from "../publish/runs.ts";

/** What the command reads: the run's record, where the edition stands, and its manifest. */
interface Notice extends RunRecord {
  readonly folder: string | null;
  readonly manifest: unknown;
}

/** Whether the settings want this run told. */
export const isTold = ({ on }: Notify, { exitCode }: RunRecord): boolean =>
  on.includes(exitCode === 0 ? "success" : "failure");

/**
 * Starts the command with the notice on its input and waits until it ends or its time is up, when it is ended with all that
 * it started. What it writes goes to stderr. Never throws: what became of it is the answer.
 */
export async function notified(
  { command: [program = "", ...given], timeout }: Notify,
  cwd: string,
  notice: Notice,
): Promise<Notified> {
  const begin = performance.now();
  const told = (facts: Omit<Notified, "command" | "seconds">): Notified => ({
    command: program,
    ...facts,
    seconds: Number(((performance.now() - begin) / 1000).toFixed(3)),
  });
  const environment = { ...process.env, DUO_IMPACT_OUTCOME: notice.outcome, DUO_IMPACT_PIPELINE: notice.pipeline };
  return new Promise((resolve) => {
    const child = spawn(program, given, { cwd, env: withoutKeys(environment), stdio: ["pipe", 2, 2], detached: true });
    const timer = setTimeout(() => endGroup(child.pid), timeout * 1000);
    const end = (facts: Omit<Notified, "command" | "seconds">): void => {
      clearTimeout(timer);
      resolve(told(facts));
    };
    child.once("error", ({ message }) => end({ exitCode: null, problem: message }));
    child.once("exit", (exitCode, signal) => {
      if (exitCode === 0) return end({ exitCode, problem: null });
      const late = performance.now() - begin >= timeout * 1000;
      const how = signal === null ? `it ended with ${exitCode}` : `it was ended by ${signal}`;
      end({ exitCode, problem: late ? `it was ended after ${timeout} s` : how });
    });
    child.stdin?.once("error", () => undefined); // it needn't read
    child.stdin?.end(`${JSON.stringify(notice)}\n`);
  });
}

/** The command is somebody else's program: it is handed no key. */
const withoutKeys = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^DUO_IMPACT_.*KEY/.test(name)));

/** Ends the command and whatever it has started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has just ended
  }
}
