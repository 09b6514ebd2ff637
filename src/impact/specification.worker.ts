import { parentPort } from "node:worker_threads";
import {
  type OpenSpecification,
  openSpecification,
  type SpecificationOutcomes,
  type SpecificationTask,
} from "./specification.ts";

/** What the main thread says: a task, then the outcomes of what was matched. */
export type ToWorker =
  | { readonly kind: "match"; readonly task: SpecificationTask }
  | { readonly kind: "conclude"; readonly found: SpecificationOutcomes };

if (parentPort === null) throw new Error("a specification's worker is started as a thread");
const port = parentPort;
let open: OpenSpecification | null = null;

port.on("message", (message: ToWorker) => {
  if (message.kind === "match") {
    open = openSpecification(message.task);
    port.postMessage(open.matched);
  } else {
    if (open === null) throw new Error("outcomes came before a task");
    port.postMessage(open.conclude(message.found));
    open = null;
  }
});
