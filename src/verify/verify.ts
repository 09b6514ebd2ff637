import { UserError } from "../user-error.ts";
import { type Check, type Outcome, unequalText, type VerifyOptions } from "./check.ts";
import { CHECKS } from "./checks.ts";
import type { Pack } from "./pack.ts";

/** What one check found in a pack. */
interface Checked extends Outcome {
  readonly check: string;
  readonly title: string;
}

interface Verification {
  readonly pack: Pick<Pack, "folder" | "kind"> & Pick<Pack["manifest"], "pipeline" | "runId" | "version">;
  readonly checks: readonly Checked[];
  /** Checks for which the pack has nothing. */
  readonly without: readonly string[];
  readonly isEqual: boolean;
}

/** Every check that the pack has something for; nothing is believed that can be computed. */
export async function verify(
  pack: Pack,
  options: VerifyOptions = {},
  checks: readonly Check[] = CHECKS,
): Promise<Verification> {
  const { folder, kind, manifest } = pack;
  if (options.edition !== undefined && kind !== "evaluator")
    throw new UserError([
      `--edition: ${folder} is no evaluator's pack, and holds no tables to compute an edition's numbers from; name a folder such as out/NAME/restricted/2016.1`,
    ]);
  const asked = checks.filter((check) => check.applies(pack));
  const done: Checked[] = [];
  for (const check of asked) done.push({ check: check.name, title: check.title, ...(await check.run(pack, options)) });
  return {
    pack: { folder, kind, pipeline: manifest.pipeline, runId: manifest.runId, version: manifest.version },
    checks: done,
    without: checks.filter((check) => !asked.includes(check)).map(({ name }) => name),
    isEqual: done.every(({ unequal }) => unequal.length === 0),
  };
}

/** Of one check, so many are shown; `--json` has all. */
const MOST = 20;

/** What was found, for the terminal. */
export function verificationText({ pack, checks, isEqual }: Verification): string {
  const lines = checks.flatMap(({ check, title, compared, unequal, note }) => [
    `  ${unequal.length === 0 ? "equal  " : "UNEQUAL"}  ${check}: ${title} (${compared} compared${unequal.length === 0 ? "" : `, ${unequal.length} not equal`})`,
    ...(note === undefined ? [] : [`           ${note}`]),
    ...unequal.slice(0, MOST).map((one) => `           ${unequalText(one)}`),
    ...(unequal.length > MOST ? [`           and ${unequal.length - MOST} more (--json lists all)`] : []),
  ]);
  const end = isEqual ? "all equal" : "not equal: see above";
  return `${pack.folder}: ${pack.kind} of ${pack.pipeline}, run ${pack.runId}\n${lines.join("\n")}\n${end}\n`;
}
