import type { Stop } from "../run.ts";
import { Stopped } from "../user-error.ts";
import { STOPPED } from "./exit-code.ts";

/**
 * Runs `fn` so that Ctrl-C (or SIGTERM) ends it cleanly: by `interrupt` where a query runs, else between two files or
 * steps. Once the edition is being put in its place it is too late to ask, and that is said. A second request ends the
 * process at once, which leaves the old edition or the new one whole and a lock that the next run takes over.
 */
export async function interruptible<T>(
  fn: (stop: Stop) => Promise<T>,
  interrupt: () => void,
  say: (text: string) => void,
): Promise<T> {
  let asked = 0;
  let isSettled = false;
  const onSignal = (): void => {
    asked += 1;
    if (asked > 1) process.exit(STOPPED);
    if (isSettled) say("too late to stop: the edition has just been put in its place");
    else {
      say("stopping; Ctrl-C again stops at once");
      interrupt();
    }
  };
  const check = (): void => {
    if (asked > 0) throw interrupted();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    return await fn({
      async goOn() {
        await new Promise((resolve) => setImmediate(resolve));
        check();
      },
      settle() {
        check();
        isSettled = true;
      },
    });
  } catch (error) {
    throw asked > 0 && !isSettled ? interrupted(error) : error;
  } finally {
    process.removeListener("SIGINT", onSignal);
    process.removeListener("SIGTERM", onSignal);
  }
}

const interrupted = (cause?: unknown): Stopped =>
  new Stopped(
    "interrupted; nothing was published, the edition that stood stands; steps that had ended are kept for the next run",
    { cause },
  );
