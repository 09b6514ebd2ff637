import { Listr } from "listr2";
import { type OpenProgress, stepLine } from "./progress.ts";

/** How a step ended, told to the task that stands for it. */
interface Waiting {
  readonly ended: Promise<void>;
  end(error?: Error): void;
  title?: string;
  skipped?: string;
}

/** A list of tasks on the terminal, one a step, in the order of the plan. */
export function progressList(steps: readonly string[]): OpenProgress {
  const waiting = new Map(steps.map((step) => [step, wait()]));
  const advances = new Map<string, (text: string) => void>();
  const list = new Listr(
    steps.map((step) => ({
      title: step,
      task: async (_: unknown, task) => {
        advances.set(step, (text) => {
          task.output = text;
        });
        const own = waiting.get(step);
        await own?.ended;
        if (own?.title !== undefined) task.title = own.title;
        if (own?.skipped !== undefined) task.skip(own.skipped);
      },
    })),
    {
      exitOnError: true,
      registerSignalListeners: false,
      rendererOptions: { collapseSkips: true, showErrorMessage: false },
    },
  );
  const running = list.run().then(
    () => undefined,
    () => undefined, // the command tells the error itself
  );
  return {
    progress: {
      started() {},
      advanced: (step, done, all) => advances.get(step)?.(`${done} of ${all}`),
      finished(step, facts) {
        const own = waiting.get(step);
        if (own === undefined) return;
        if (facts.isUnchanged) own.skipped = stepLine(step, facts);
        else own.title = stepLine(step, facts);
        own.end();
      },
      failed: (step) => waiting.get(step)?.end(new Error(step)),
      warned: (step, what) => process.stderr.write(`\n${step}: ${what}\n`),
    },
    say: (text) => process.stderr.write(`\n${text}\n`),
    async close() {
      for (const own of waiting.values()) own.end(new Error("not reached"));
      await running;
    },
  };
}

function wait(): Waiting {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const ended = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // steps after one that failed are never waited for
  ended.catch(() => undefined);
  return { ended, end: (error) => (error === undefined ? resolve() : reject(error)) };
}
