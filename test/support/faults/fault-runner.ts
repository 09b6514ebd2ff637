import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Fault {
  readonly kind: "ENOSPC" | "EIO" | "EACCES" | "full" | "read-only" | "kill" | "stop";
  /** The operation that it strikes, from 1; 0 strikes none. */
  readonly at: number;
}

export interface FaultyRun {
  readonly file: string;
  readonly out: string;
  readonly cache: string;
  readonly fault?: Fault;
  /** Where the fault strikes; the output folder by default. */
  readonly root?: string;
  /** Computes every step. */
  readonly force?: boolean;
  /** Milliseconds by which the clock is wrong. */
  readonly clock?: number;
}

export interface Ended {
  /** Null where the process was killed. */
  readonly exitCode: number | null;
  readonly stderr: string;
  /** What was done under the output folder. */
  readonly operations: readonly string[];
}

export interface FaultRunner {
  run(asked: FaultyRun): Promise<Ended>;
  /** The process that runs them, once one does. */
  pid(): number;
  /** Ends the process, as a command ends: what it holds then belongs to nobody. */
  end(): void;
}

/** A process that runs pipelines; another takes its place once it was killed. */
export function faultRunner(): FaultRunner {
  let child: ChildProcess | undefined;
  const started = async (): Promise<ChildProcess> => {
    if (child !== undefined) return child;
    const [script = "", faults = ""] = ["fault-runner.mjs", "file-faults.mjs"].map((name) =>
      join(import.meta.dirname, name),
    );
    child = fork(script, { execArgv: ["--import", faults], stdio: ["ignore", "inherit", "inherit", "ipc"] });
    await once(child, "message");
    return child;
  };
  return {
    pid: () => child?.pid ?? 0,
    async run({ fault = { kind: "EIO", at: 0 }, clock = 0, ...asked }) {
      const own = await started();
      const ended = new Promise<Ended>((resolve) => {
        const gone = (): void => {
          child = undefined;
          resolve({ exitCode: null, stderr: "", operations: [] });
        };
        own.once("exit", gone);
        own.once("message", (message: Ended) => {
          own.removeListener("exit", gone);
          resolve(message);
        });
      });
      own.send({ ...asked, clock, fault: { ...fault, root: asked.root ?? asked.out } });
      return ended;
    },
    end() {
      child?.kill("SIGKILL");
      child = undefined;
    },
  };
}
