import { Worker } from "node:worker_threads";
import { builtScript } from "../src/package-root.ts";
import type { FromWorker } from "./render.worker.ts";
import { type RenderedJob, type RenderInput, type RenderJob, renderNext, type SharedJobs } from "./render-job.ts";

/** More threads than this would take memory for fonts and templates without an end. */
const MOST_THREADS = 8;

/** A thread takes about as long to start as to make this many documents. */
const WORTH_A_THREAD = 4;

/**
 * Every job on as many threads as are given, each free thread taking the next; results stand in the jobs' order. The
 * caller's thread is one of them: what it has loaded and warmed up serves the documents that follow, and one thread less
 * has to start. The first that fails ends all.
 * @param threads how many at most, asked before each job of the caller's thread: more may start on the way
 * @param before asked before each job of the caller's thread: throws where no more are wanted
 * @param after told how many are done
 */
export async function renderOnThreads(
  input: RenderInput,
  jobs: readonly RenderJob[],
  threads: () => number,
  before: () => Promise<void>,
  after: (done: number) => void,
): Promise<readonly RenderedJob[]> {
  const shared: SharedJobs = { input, jobs, next: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
  const rendered: RenderedJob[] = [];
  let done = 0;
  const keep = (i: number, one: RenderedJob): void => {
    rendered[i] = one;
    after(++done);
  };
  const script = builtScript("reports/render.worker.ts");
  const workers: Worker[] = [];
  const useful = (): number => {
    const left = jobs.length - Atomics.load(shared.next, 0);
    return Math.min(threads(), Math.floor(left / WORTH_A_THREAD), MOST_THREADS);
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const others: Promise<void>[] = [];
      const helped = async (): Promise<void> => {
        await before();
        while (workers.length < useful() - 1) {
          const worker = new Worker(script, { workerData: shared });
          workers.push(worker);
          const other = ended(worker, keep);
          other.catch(reject);
          others.push(other);
        }
      };
      const own = renderNext(shared, keep, helped);
      own.then(() => Promise.all(others)).then(() => resolve(), reject);
    });
    return rendered;
  } finally {
    Atomics.store(shared.next, 0, jobs.length);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Keeps what a thread renders until no job is left for it; one that fails rejects. */
function ended(worker: Worker, keep: (i: number, one: RenderedJob) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("message", ([i, one]: FromWorker) => keep(i, one));
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a renderer's thread ended with code ${code}`));
    });
  });
}
