import { parentPort } from "node:worker_threads";
import {
  type MatchedSpecification,
  type OpenSpecification,
  openSpecification,
  type SpecificationAnswer,
  type SpecificationOutcomes,
  type SpecificationTask,
} from "./specification.ts";

/** What the main thread says: tasks, numbered from the one given, then the outcomes of what was matched. */
export type ToWorker =
  | { readonly kind: "match"; readonly specification: number; readonly tasks: readonly SpecificationTask[] }
  | { readonly kind: "conclude"; readonly specification: number; readonly found: SpecificationOutcomes };

/** The answer to a question of the same kind about the same specification. */
export type FromWorker = Pick<ToWorker, "kind" | "specification"> & {
  readonly answer: readonly MatchedSpecification[] | SpecificationAnswer;
};

if (parentPort === null) throw new Error("a specification's worker is started as a thread");
const port = parentPort;
const open = new Map<number, OpenSpecification>();

port.on("message", (message: ToWorker) => {
  const { kind, specification } = message;
  const answer: FromWorker = { kind, specification, answer: answered(message) };
  port.postMessage(answer);
});

function answered(message: ToWorker): FromWorker["answer"] {
  const { specification } = message;
  if (message.kind === "match")
    return message.tasks.map((task, k) => {
      const one = openSpecification(task);
      open.set(specification + k, one);
      return one.matched;
    });
  const one = open.get(specification);
  if (one === undefined) throw new Error("outcomes came before a task");
  open.delete(specification);
  return one.conclude(message.found);
}
