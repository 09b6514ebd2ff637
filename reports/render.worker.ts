import { parentPort, workerData } from "node:worker_threads";
import { type RenderedJob, renderNext, type SharedJobs } from "./render-job.ts";

/** What a thread says: the number of a job and what it made of it. */
export type FromWorker = readonly [number, RenderedJob];

if (parentPort === null) throw new Error("a renderer's worker is started as a thread");
const port = parentPort;

await renderNext(workerData as SharedJobs, (...made: FromWorker) => port.postMessage(made));
