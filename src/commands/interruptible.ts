import { UserError } from "../user-error.ts";

/** The person at the keyboard, or the machine going down, asked the run to stop. */
export class Interrupted extends UserError {}

/**
 * Runs `fn` so that Ctrl-C (or SIGTERM) ends it cleanly by `interrupt`; a second one ends the process at once, which
 * leaves the old edition or the new one whole and a lock that clears by itself.
 */
export async function interruptible<T>(fn: () => Promise<T>, interrupt: () => void): Promise<T> {
  let asked = 0;
  const onSignal = (): void => {
    asked += 1;
    if (asked > 1) process.exit(130);
    process.stderr.write("\nstopping; Ctrl-C again stops at once\n");
    interrupt();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    const value = await fn();
    return value;
  } catch (error) {
    if (asked === 0) throw error;
    throw new Interrupted(
      [
        "interrupted; nothing was published, the edition that stood stands; steps that had ended are kept for the next run",
      ],
      { cause: error },
    );
  } finally {
    process.removeListener("SIGINT", onSignal);
    process.removeListener("SIGTERM", onSignal);
  }
}
