import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { builtScript } from "../package-root.ts";
import type { Published } from "../pipeline.ts";
import { END_OF_TEXT } from "./end-of-text.ts";
import { STOPPED } from "./exit-code.ts";
import type { PipelineAsked, PipelineEnded, ThreadsTold } from "./pipeline.worker.ts";
import type { RunOptions } from "./run-options.ts";

interface SideBySide {
  /** In the order of the files; those that failed are left out. */
  readonly published: readonly Published[];
  /** The highest of the runs' exit codes; 130 for one that was not begun. */
  readonly exitCode: number;
}

/**
 * Runs pipelines in as many processes as there are processors: what a pipeline computes between queries uses one. A process
 * that is free takes the next pipeline, which finds the program loaded and warmed up. Their engines share the memory, and
 * the processors too, since an engine's threads on one processor hinder each other. Documents are rendered on processors
 * that no other pipeline has: a thread that shares one has to load and warm up for nothing. Pipelines that still run are
 * told when one is free. What they write comes out in the order of the files, the first one's as it is written.
 * Once somebody has asked to stop, by Ctrl-C or SIGTERM, none is begun any more.
 */
export async function runSideBySide(
  files: readonly string[],
  options: RunOptions,
  write: (text: string) => void,
): Promise<SideBySide> {
  const turns = takingTurns(files.length, write);
  const ended: PipelineEnded[] = [];
  const processors = availableParallelism();
  const beside = Math.min(processors, files.length);
  const sharing = { ...options, engineShare: 1 / Math.max(1, beside) };
  const busy = new Set<PipelineProcess>();
  let threads = processors - beside + 1;
  const stop = stopAsked();
  let next = 0;
  const runner = async (): Promise<void> => {
    let own: PipelineProcess | undefined;
    for (let i = next++; i < files.length; i = next++) {
      const file = files[i] ?? "";
      const say = (text: string): void => turns.write(i, text);
      if (stop.isAsked()) ended[i] = notBegun(file, say);
      else {
        if (!own?.isAlive()) own = startProcess();
        busy.add(own);
        ended[i] = await own.run({ file, options: sharing, threads }, say);
        busy.delete(own);
        await stop.heard();
      }
      turns.end(i);
    }
    threads += 1;
    for (const other of busy) other.mayUse(threads);
    await own?.end();
  };
  await Promise.all(Array.from({ length: beside }, runner));
  stop.forget();
  return {
    published: ended.flatMap(({ published }) => (published === undefined ? [] : [published])),
    exitCode: Math.max(0, ...ended.map(({ exitCode }) => exitCode)),
  };
}

/** Whether somebody has asked to stop: the processes that run hear of it by themselves. */
function stopAsked() {
  let isAsked = false;
  const ask = (): void => {
    isAsked = true;
  };
  process.on("SIGINT", ask).on("SIGTERM", ask);
  return {
    isAsked: () => isAsked,
    /** A signal of before now is heard: what a process that it ended says may be read first. */
    async heard(): Promise<void> {
      for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    forget: () => process.removeListener("SIGINT", ask).removeListener("SIGTERM", ask),
  };
}

function notBegun(file: string, write: (text: string) => void): PipelineEnded {
  write(`${file}: interrupted before it began; run again for it\n`);
  return { exitCode: STOPPED };
}

const KILLED: Readonly<Record<string, string>> = {
  SIGKILL: "; the machine may have run out of memory: give engine.memoryLimit a smaller figure",
};

const STOPS: ReadonlyArray<NodeJS.Signals | null> = ["SIGINT", "SIGTERM"];

/** Runs one pipeline in a process of its own; what it writes comes as it is written. */
export async function runInProcess(asked: PipelineAsked, write: (text: string) => void): Promise<PipelineEnded> {
  const own = startProcess();
  const ended = await own.run(asked, write);
  await own.end();
  return ended;
}

/** A process that runs one pipeline after the other. */
interface PipelineProcess {
  /** A process that ends meanwhile ends the pipeline with its exit code. */
  run(asked: PipelineAsked, write: (text: string) => void): Promise<PipelineEnded>;
  /** Tells the pipeline that runs how many threads may compute at a time. */
  mayUse(threads: number): void;
  isAlive(): boolean;
  end(): Promise<void>;
}

function startProcess(): PipelineProcess {
  const script = builtScript("src/commands/pipeline.worker.ts");
  const child = fork(script, { stdio: ["ignore", "inherit", "pipe", "ipc"] });
  child.stderr?.setEncoding("utf8");
  // Ctrl-C reaches every process of the terminal: this one stays until those that publish have ended
  const stay = (): void => undefined;
  const pass = (): boolean => child.kill("SIGTERM");
  process.on("SIGINT", stay).on("SIGTERM", pass);
  // not its `close`, which doesn't come where this side ends the conversation
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve())).then(() => {
    process.removeListener("SIGINT", stay).removeListener("SIGTERM", pass);
  });
  return {
    run: (asked, write) => askedOf(child, asked, write),
    mayUse(threads) {
      const told: ThreadsTold = { threads };
      // one that ended meanwhile needs none
      if (child.connected) child.send(told, () => undefined);
    },
    isAlive: () => child.connected,
    async end() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** One pipeline of a process: it has ended where its answer and the end of what it wrote are there. */
function askedOf(child: ChildProcess, asked: PipelineAsked, write: (text: string) => void): Promise<PipelineEnded> {
  return new Promise((resolve, reject) => {
    let isToldAll = false;
    let answer: PipelineEnded | undefined;
    const settle = (ended: PipelineEnded): void => {
      child.stderr?.off("data", wrote);
      child.off("message", answered).off("close", closed).off("error", reject);
      resolve(ended);
    };
    const wrote = (text: string): void => {
      isToldAll ||= text.includes(END_OF_TEXT);
      write(text.replace(END_OF_TEXT, ""));
      if (isToldAll && answer !== undefined) settle(answer);
    };
    const answered = (ended: PipelineEnded): void => {
      answer = ended;
      if (isToldAll) settle(ended);
    };
    const closed = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (signal !== null)
        write(`${asked.file}: its process was ended from outside (${signal})${KILLED[signal] ?? ""}\n`);
      // a signal that it doesn't wait for yet or any more ends it as one that it hears
      settle(answer ?? { exitCode: code ?? (STOPS.includes(signal) ? STOPPED : 2) });
    };
    child.stderr?.on("data", wrote);
    child.on("message", answered).once("close", closed).once("error", reject);
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
