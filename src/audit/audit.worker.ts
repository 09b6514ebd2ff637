import { parentPort, workerData } from "node:worker_threads";
import { highsSolver } from "../disclose/solver.ts";
import { auditedAnew } from "./anew.ts";
import type { PublishedEdition } from "./published.ts";

/** What an audit is given: the edition, and the earlier ones that readers hold. */
export interface Held {
  readonly edition: PublishedEdition;
  readonly earlier: readonly PublishedEdition[];
}

if (parentPort === null) throw new Error("an audit's worker is started as a thread");

const { edition, earlier } = workerData as Held;
parentPort.postMessage(auditedAnew(edition, earlier, await highsSolver()));
