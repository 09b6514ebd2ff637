import { Worker } from "node:worker_threads";
import { highsSolver } from "../disclose/solver.ts";
import { builtScript } from "../package-root.ts";
import { auditedAnew } from "./anew.ts";
import type { Audit } from "./audit.ts";
import type { Held } from "./audit.worker.ts";

/** An audit that runs; whoever no longer wants its finds ends it. */
export interface RunningAudit {
  found(): Promise<readonly Audit[]>;
  end(): Promise<void>;
}

/**
 * Attacks an edition by itself and with each earlier one (`auditedAnew`): on a thread of its own beside the caller, or,
 * where only one may compute, on the caller's once its finds are asked for. The finds are the same.
 */
export function startAudit(held: Held, onThread: boolean): RunningAudit {
  if (!onThread)
    return {
      found: async () => auditedAnew(held.edition, held.earlier, await highsSolver()),
      end: async () => undefined,
    };
  const worker = new Worker(builtScript("src/audit/audit.worker.ts"), { workerData: held });
  const found = new Promise<readonly Audit[]>((resolve, reject) => {
    worker.once("message", resolve).once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the audit's thread ended with code ${code} and found nothing`)));
  });
  // asked for later, or never where something else is wrong
  found.catch(() => undefined);
  return {
    found: () => found,
    end: async () => {
      await worker.terminate();
    },
  };
}
