import type { Audit } from "../audit/audit.ts";
import { startAudit } from "../audit/audit-thread.ts";
import { readPublished } from "../audit/published.ts";
import { UserError } from "../user-error.ts";
import { unequalText } from "./check.ts";
import { CHECKS } from "./checks.ts";
import { readPack } from "./pack.ts";
import { traceCheck } from "./trace.ts";
import { verify } from "./verify.ts";

interface StagedOptions {
  /** Attacks what is about to be published, each earlier edition beside it in turn. */
  readonly audit: boolean;
  /** Traces every number that a reader sees. */
  readonly tracing: boolean;
  /** Folders of the earlier editions that readers hold. */
  readonly earlier: readonly string[];
  /** How many threads may compute: of two or more the audit takes one; one by default. */
  readonly threads?: (() => number) | undefined;
}

/**
 * Verifies an edition before it is put in its place, and gives a note of what was done.
 * @throws UserError naming what a reader could work out; an error for what isn't equal, which is never the data's fault
 */
export async function verifyStaged(folder: string, options: StagedOptions): Promise<string> {
  if (!options.audit) return `${await verified(folder, options)} numbers verified, not audited`;
  const { earlier, threads = () => 1 } = options;
  const held = { edition: readPublished(folder), earlier: earlier.map(readPublished) };
  const audit = startAudit(held, threads() > 1);
  try {
    const numbers = await verified(folder, options);
    return `${numbers} numbers verified, ${attacked(await audit.found())}`;
  } finally {
    await audit.end();
  }
}

/** How many numbers were recomputed or traced, all of them equal. */
async function verified(folder: string, options: StagedOptions): Promise<number> {
  const asked = CHECKS.filter(({ name }) => options.tracing || name !== traceCheck.name);
  const { checks } = await verify(readPack(folder), {}, asked);
  const unequal = checks.flatMap(({ check, unequal: own }) => own.map((one) => `${check}: ${unequalText(one)}`));
  const untraced = checks.every(({ check, unequal: own }) => own.length === 0 || check === traceCheck.name);
  if (unequal.length > 0)
    throw new Error(
      `the staged edition contradicts itself in ${unequal.length} places; nothing was published:\n${unequal.slice(0, MOST).join("\n")}${untraced ? WAY_OUT : ""}`,
    );
  return checks.reduce((sum, { compared }) => sum + compared, 0);
}

const WAY_OUT =
  "\nOnce you have found each of them right, publish with `verify: {tracing: false}` in the pipeline's file.";

/** So many are told. */
const MOST = 20;

function attacked(found: readonly Audit[]): string {
  const problems = found.flatMap(({ recovered, disagreements }) => [
    ...recovered.map(
      ({ what, least, most }) =>
        `${what}: ${least === most ? least : `between ${least} and ${most}`} could be worked out`,
    ),
    ...disagreements,
  ]);
  if (problems.length > 0)
    throw new UserError(
      [...new Set(problems)]
        .slice(0, MOST)
        .map(
          (what) =>
            `disclosure audit: ${what}; nothing was published: tell fewer levels, periods or metrics (another disclosure.threshold may hide less well)`,
        ),
    );
  const targets = Math.max(...found.map((one) => one.targets));
  const left = found.flatMap(({ contradictions }) => contradictions).length;
  return `${targets} hidden numbers attacked, none recovered${left === 0 ? "" : `; ${left} groups could not be attacked`}`;
}
