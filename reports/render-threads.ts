import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../src/package-root.ts";
import type { FromWorker } from "./render.worker.ts";
import type { RenderedJob, RenderInput, RenderJob } from "./render-job.ts";

/** More threads than this would take memory for fonts and templates without an end. */
const MOST_THREADS = 8;

/**
 * Every job on as many threads of the built program as are given, each free thread taking the next; results stand in the
 * jobs' order. The first that fails ends all.
 * @param before asked before each job is begun
 * @param after told how many are done
 */
export async function renderOnThreads(
  input: RenderInput,
  jobs: readonly RenderJob[],
  threads: number,
  before: () => Promise<void>,
  after: (done: number) => void,
): Promise<readonly RenderedJob[]> {
  const script = join(packageRoot(), "dist", "reports", "render.worker.js");
  const count = Math.min(threads, jobs.length, MOST_THREADS);
  const workers = Array.from({ length: count }, () => new Worker(script, { workerData: input }));
  const rendered: RenderedJob[] = [];
  let [next, done] = [0, 0];
  const work = async (worker: Worker): Promise<void> => {
    for (let i = next++; i < jobs.length; i = next++) {
      await before();
      rendered[i] = await ask(worker, jobs[i]);
      after(++done);
    }
  };
  try {
    await Promise.all(workers.map(work));
    return rendered;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** One question, one answer; a thread that ends or fails rejects it. */
function ask(worker: Worker, job: RenderJob | undefined): Promise<RenderedJob> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void => settle(() => reject(error));
    const ended = (code: number): void => failed(new Error(`a renderer's thread ended with code ${code}`));
    const answered = (answer: FromWorker): void =>
      settle(() => ("error" in answer ? reject(answer.error) : resolve(answer.rendered)));
    const settle = (then: () => void): void => {
      worker.off("message", answered).off("error", failed).off("exit", ended);
      then();
    };
    worker.once("message", answered).once("error", failed).once("exit", ended);
    worker.postMessage(job);
  });
}
