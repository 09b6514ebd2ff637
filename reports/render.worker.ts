import { parentPort, workerData } from "node:worker_threads";
import { type RenderedJob, type RenderInput, type RenderJob, renderJob } from "./render-job.ts";

/** What a thread says to a job. */
export type FromWorker = { readonly rendered: RenderedJob } | { readonly error: unknown };

if (parentPort === null) throw new Error("a renderer's worker is started as a thread");
const port = parentPort;
const input = workerData as RenderInput;

const say = (answer: FromWorker): void => port.postMessage(answer);

port.on("message", async (job: RenderJob) => {
  try {
    say({ rendered: await renderJob(input, job) });
  } catch (error) {
    say({ error });
  }
});
