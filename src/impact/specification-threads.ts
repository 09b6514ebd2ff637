import { Worker } from "node:worker_threads";
import { builtScript } from "../package-root.ts";
import type {
  MatchedSpecification,
  SpecificationAnswer,
  SpecificationOutcomes,
  SpecificationTask,
} from "./specification.ts";
import type { FromWorker, ToWorker } from "./specification.worker.ts";

/** A specification that was matched on a thread and waits there for its outcomes. */
export interface MatchedOnThread {
  readonly matched: MatchedSpecification;
  conclude(found: SpecificationOutcomes): Promise<SpecificationAnswer>;
}

/** Where specifications are matched and, once their outcomes are read, concluded. */
export interface SpecificationThread {
  match(tasks: readonly SpecificationTask[]): Promise<readonly MatchedOnThread[]>;
}

/** Threads that take turns; which of them serves never shows in a result. */
export interface SpecificationThreads {
  /** Matches these on the first thread that is free, one after the other: what they share is worked out once. */
  match(tasks: readonly SpecificationTask[]): Promise<readonly MatchedOnThread[]>;
  close(): Promise<void>;
}

/** Starts worker threads from the built program: the engine stays on the main thread, they get typed arrays. */
export function startThreads(count: number): SpecificationThreads {
  const script = builtScript("src/impact/specification.worker.ts");
  const workers = Array.from({ length: count }, () => new Worker(script));
  return takingTurns(workers.map(threadOf), async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  });
}

/** Hands matches to threads one by one, those asked for first before the others. */
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
    async match(tasks) {
      const thread = await lend();
      try {
        return await thread.match(tasks);
      } finally {
        giveBack(thread);
      }
    },
    close,
  };
}

/** A worker that is asked one thing after the other; it answers in the order of the questions. */
function threadOf(worker: Worker): SpecificationThread {
  let next = 0;
  return {
    async match(tasks) {
      const first = next;
      next += tasks.length;
      const all = await ask<readonly MatchedSpecification[]>(worker, { kind: "match", specification: first, tasks });
      return all.map((matched, k) => ({
        matched,
        conclude: (found) => ask<SpecificationAnswer>(worker, { kind: "conclude", specification: first + k, found }),
      }));
    },
  };
}

/** The answer to a question, by the specification that it is about; a thread that throws rejects all its questions. */
function ask<T>(worker: Worker, message: ToWorker): Promise<T> {
  return new Promise((resolve, reject) => {
    const answered = ({ kind, specification, answer }: FromWorker): void => {
      if (kind !== message.kind || specification !== message.specification) return;
      forget();
      resolve(answer as T);
    };
    const failed = (error: unknown): void => {
      forget();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const forget = (): void => {
      worker.off("message", answered).off("error", failed);
    };
    worker.on("message", answered).on("error", failed);
    worker.postMessage(message);
  });
}
