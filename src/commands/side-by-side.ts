import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import type { Published } from "../pipeline.ts";
import type { PipelineAsked } from "./pipeline.worker.ts";
import type { RunOptions } from "./run-options.ts";

export interface SideBySide {
  /** In the order of the files; those that failed are left out. */
  readonly published: readonly Published[];
  /** The highest of the runs' exit codes. */
  readonly exitCode: number;
}

interface Ended {
  readonly published?: Published;
  readonly exitCode: number;
}

/**
 * Runs pipelines in processes of their own, as many at a time as there are processors: what a pipeline computes between
 * queries uses one. Their engines share the memory, and the processors too, since an engine's threads on one processor hinder
 * each other. Renderers are as many as if each pipeline ran alone, and the system divides the processors among them, so that
 * the last pipeline has them all. What they write comes out in the order of the files, the first one's as it is written.
 */
export async function runSideBySide(
  files: readonly string[],
  options: RunOptions,
  write: (text: string) => void,
): Promise<SideBySide> {
  const turns = takingTurns(files.length, write);
  const ended: Ended[] = [];
  const beside = Math.min(availableParallelism(), files.length);
  const sharing = { ...options, engineShare: 1 / Math.max(1, beside) };
  let next = 0;
  const runner = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      const file = files[i] ?? "";
      ended[i] = await runInProcess({ file, options: sharing }, (text) => turns.write(i, text));
      turns.end(i);
    }
  };
  await Promise.all(Array.from({ length: beside }, runner));
  return {
    published: ended.flatMap(({ published }) => (published === undefined ? [] : [published])),
    exitCode: Math.max(0, ...ended.map(({ exitCode }) => exitCode)),
  };
}

const KILLED: Readonly<Record<string, string>> = {
  SIGKILL: "; the machine may have run out of memory: give engine.memoryLimit a smaller figure",
};

/** Runs one pipeline in a process of its own; what it writes comes as it is written. */
export function runInProcess(asked: PipelineAsked, write: (text: string) => void): Promise<Ended> {
  const script = join(packageRoot(), "dist", "src", "commands", "pipeline.worker.js");
  return new Promise((resolve, reject) => {
    const child = fork(script, { stdio: ["ignore", "inherit", "pipe", "ipc"] });
    let published: Published | undefined;
    // Ctrl-C reaches every process of the terminal: this one stays until those that publish have ended
    const stay = (): void => undefined;
    const pass = (): boolean => child.kill("SIGTERM");
    process.on("SIGINT", stay).on("SIGTERM", pass);
    child.stderr?.setEncoding("utf8").on("data", write);
    child.once("error", reject);
    child.on("message", (message: Published) => {
      published = message;
    });
    child.once("close", (code, signal) => {
      process.removeListener("SIGINT", stay).removeListener("SIGTERM", pass);
      if (signal !== null)
        write(`${asked.file}: its process was ended from outside (${signal})${KILLED[signal] ?? ""}\n`);
      resolve({ exitCode: code ?? 2, ...(published === undefined ? {} : { published }) });
    });
    child.send(asked);
  });
}

interface Turns {
  write(i: number, text: string): void;
  end(i: number): void;
}

/** Passes on what the first that hasn't ended writes, and keeps what the others write until it is their turn. */
export function takingTurns(count: number, write: (text: string) => void): Turns {
  const kept = Array.from({ length: count }, () => "");
  const ended = new Set<number>();
  let turn = 0;
  return {
    write(i, text) {
      if (i === turn) write(text);
      else kept[i] += text;
    },
    end(i) {
      ended.add(i);
      while (ended.has(turn)) {
        turn += 1;
        if (turn < count) write(kept[turn] ?? "");
      }
    },
  };
}
