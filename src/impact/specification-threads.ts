import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../package-root.ts";
import type {
  MatchedSpecification,
  SpecificationAnswer,
  SpecificationOutcomes,
  SpecificationTask,
} from "./specification.ts";
import type { ToWorker } from "./specification.worker.ts";

/** Where one specification is matched and, once its outcomes are read, concluded. */
export interface SpecificationThread {
  match(task: SpecificationTask): Promise<MatchedSpecification>;
  conclude(found: SpecificationOutcomes): Promise<SpecificationAnswer>;
}

/** Threads that take turns; which of them serves never shows in a result. */
export interface SpecificationThreads {
  /** Lends a thread for one specification, waiting until one is free. */
  use<T>(work: (thread: SpecificationThread) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Starts worker threads from the built program: the engine stays on the main thread, they get typed arrays. */
export function startThreads(count: number): SpecificationThreads {
  const script = join(packageRoot(), "dist", "src", "impact", "specification.worker.js");
  const workers = Array.from({ length: count }, () => new Worker(script));
  return takingTurns(workers.map(threadOf), async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  });
}

/** Hands threads out one by one, to those who wait longest first. */
export function takingTurns(
  threads: readonly SpecificationThread[],
  close: () => Promise<void> = async () => {},
): SpecificationThreads {
  const idle = [...threads];
  const waiting: ((thread: SpecificationThread) => void)[] = [];
  const lend = (): Promise<SpecificationThread> => {
    const free = idle.shift();
    return free === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(free);
  };
  const giveBack = (thread: SpecificationThread): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(thread);
    else next(thread);
  };
  return {
    async use(work) {
      const thread = await lend();
      try {
        return await work(thread);
      } finally {
        giveBack(thread);
      }
    },
    close,
  };
}

const threadOf = (worker: Worker): SpecificationThread => ({
  match: (task) => ask<MatchedSpecification>(worker, { kind: "match", task }),
  conclude: (found) => ask<SpecificationAnswer>(worker, { kind: "conclude", found }),
});

/** One question, one answer; a thread that throws rejects the question. Arrays are copied: specifications share them. */
function ask<T>(worker: Worker, message: ToWorker): Promise<T> {
  return new Promise((resolve, reject) => {
    const answered = (answer: T): void => {
      worker.off("error", failed);
      resolve(answer);
    };
    const failed = (error: unknown): void => {
      worker.off("message", answered);
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.once("message", answered);
    worker.once("error", failed);
    worker.postMessage(message);
  });
}
