import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isEdition } from "../publish/edition-names.ts";
import { manifestIn } from "../publish/manifest.ts";
import { namesIn } from "../publish/read-if-there.ts";

/**
 * Editions that were to leave and can't, with the reason: those that one which stays declares as earlier, and those that
 * these need in turn.
 * @param out the pipeline's output folder, with all its `editions`
 */
export function neededBy(
  out: string,
  editions: readonly string[],
  leaving: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const needed = neededElsewhere(out, leaving);
  const queue = [...editions.filter((edition) => !leaving.has(edition)), ...needed.keys()];
  for (const edition of queue)
    for (const [earlier, why] of declaredBy(join(out, edition), edition, leaving))
      if (!needed.has(earlier)) {
        needed.set(earlier, why);
        queue.push(earlier);
      }
  return needed;
}

/** The same for editions of other pipelines beside this one, which are taken to stay. */
function neededElsewhere(out: string, leaving: ReadonlySet<string>): Map<string, string> {
  const needed = new Map<string, string>();
  for (const pipeline of namesIn(dirname(out))) {
    const folder = join(dirname(out), pipeline);
    if (pipeline === basename(out) || !statSync(folder).isDirectory()) continue;
    for (const edition of namesIn(folder).filter(isEdition))
      for (const [earlier, why] of declaredBy(
        join(folder, edition),
        `${pipeline}/${edition}`,
        leaving,
        `${basename(out)}/`,
      ))
        if (!needed.has(earlier)) needed.set(earlier, why);
  }
  return needed;
}

/**
 * Which of those that would leave an edition declares as earlier, each with the reason to tell: all, where its manifest is
 * damaged and what it declares can't be known.
 * @param prefix what this pipeline's editions are called there
 */
function declaredBy(
  folder: string,
  name: string,
  leaving: ReadonlySet<string>,
  prefix = "",
): ReadonlyArray<readonly [string, string]> {
  const manifest = manifestIn(folder);
  const protocol = manifest?.protocol as
    | { readonly disclosure?: { readonly earlierEditions?: readonly string[] } }
    | undefined;
  const declared = new Set(protocol?.disclosure?.earlierEditions ?? []);
  const why =
    manifest === undefined
      ? `${name}, which stays, may declare it as an earlier edition: its manifest is damaged`
      : `${name} declares it as an earlier edition`;
  return [...leaving]
    .filter((edition) => manifest === undefined || declared.has(`${prefix}${edition}`))
    .map((edition) => [edition, why]);
}
