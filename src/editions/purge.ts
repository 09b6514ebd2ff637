import { renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { latestOf } from "../publish/edition.ts";
import { compareEditions, isEdition, yearOf } from "../publish/edition-names.ts";
import { sha256 } from "../publish/hash.ts";
import { manifestIn } from "../publish/manifest.ts";
import { type PurgedEdition, recordPurge } from "../publish/purge-records.ts";
import { bytesIfThere, namesIn } from "../publish/read-if-there.ts";
import { UserError } from "../user-error.ts";
import { publishedAt } from "./list.ts";
import { neededBy } from "./needed.ts";

/** Which editions are no longer kept; at least one of the two. */
interface Retention {
  /** So many of each year stay, the newest. */
  readonly keep?: number;
  /** Published before this day (ISO). */
  readonly before?: string;
}

/** An edition that stays although the rule would have it go, and why. */
interface Spared {
  readonly edition: string;
  readonly why: string;
}

interface Purge {
  readonly removed: readonly PurgedEdition[];
  readonly spared: readonly Spared[];
  /** Where it is recorded; null where nothing was removed. */
  readonly record: string | null;
}

/**
 * What a rule would remove of a pipeline's editions, oldest first: never `latest`, and no edition that one which stays
 * (or one of another pipeline beside it) declares as earlier, or may declare where its manifest is damaged, since
 * disclosure control reads it.
 * @param out the pipeline's output folder
 */
export function planPurge(out: string, rule: Retention): Pick<Purge, "removed" | "spared"> {
  const editions = namesIn(out).filter(isEdition).sort(compareEditions);
  const latest = latestOf(out);
  const times = publishedAt(out);
  const dayOf = (edition: string): string => times.get(edition) ?? modified(join(out, edition));
  const isOld = (edition: string): boolean => {
    const ofYear = editions.filter((other) => yearOf(other) === yearOf(edition));
    const isBeyond = rule.keep !== undefined && ofYear.length - ofYear.indexOf(edition) > rule.keep;
    return isBeyond || (rule.before !== undefined && dayOf(edition) < rule.before);
  };
  const old = editions.filter(isOld);
  const leaving = new Set(old.filter((edition) => edition !== latest));
  const needed = neededBy(out, editions, leaving);
  const spared = old.flatMap((edition): readonly Spared[] => {
    if (edition === latest) return [{ edition, why: "it is the latest" }];
    const why = needed.get(edition);
    return why === undefined ? [] : [{ edition, why }];
  });
  const removed = old.filter((edition) => leaving.has(edition) && !needed.has(edition));
  return { removed: removed.map((edition) => purged(out, edition, dayOf(edition))), spared };
}

/**
 * Removes what the rule says, with its restricted files. The record is written first: an edition that was to go and
 * still stands is found again by the next purge, one that went without a record would be lost.
 */
export function purgeEditions(out: string, pipeline: string, rule: Retention, purgedAt: string): Purge {
  const { removed, spared } = planPurge(out, rule);
  if (removed.length === 0) return { removed, spared, record: null };
  const record = recordPurge(out, { pipeline, purgedAt, rule: ruleText(rule), editions: removed });
  clearLeft(out);
  // restricted files go first: an edition that still stands is found again
  for (const { edition } of removed)
    for (const folder of [join(out, "restricted"), out]) {
      if (!namesIn(folder).includes(edition)) continue;
      renameSync(join(folder, edition), join(out, `${LEAVING}${edition}`));
      clearLeft(out);
    }
  return { removed, spared, record };
}

/** What is being removed bears a name that the next run, too, removes. */
const LEAVING = ".staging-purged-";

function clearLeft(out: string): void {
  for (const name of namesIn(out))
    if (name.startsWith(LEAVING)) rmSync(join(out, name), { recursive: true, force: true });
}

/** `--keep 2 --before 2020-01-01`. @throws UserError where the rule says nothing, or what can't be */
export function retentionOf(raw: { readonly keep?: string; readonly before?: string }): Retention {
  const problems = [
    ...(raw.keep === undefined && raw.before === undefined
      ? ["editions purge: say which: --keep N (so many of each year), --before YYYY-MM-DD, or both"]
      : []),
    ...(raw.keep === undefined || /^[1-9]\d*$/.test(raw.keep) ? [] : [`--keep: '${raw.keep}' is no number from 1`]),
    ...(raw.before === undefined || isDay(raw.before)
      ? []
      : [`--before: '${raw.before}' is no day (expected e.g. 2024-01-31)`]),
  ];
  if (problems.length > 0) throw new UserError(problems);
  return {
    ...(raw.keep === undefined ? {} : { keep: Number(raw.keep) }),
    ...(raw.before === undefined ? {} : { before: raw.before }),
  };
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

const ruleText = ({ keep, before }: Retention): string =>
  [...(keep === undefined ? [] : [`--keep ${keep}`]), ...(before === undefined ? [] : [`--before ${before}`])].join(
    " ",
  );

const modified = (folder: string): string => statSync(folder).mtime.toISOString();

function purged(out: string, edition: string, publishedOn: string): PurgedEdition {
  const manifest = manifestIn(join(out, edition)); // damaged: it may still be removed
  const bytes = bytesIfThere(join(out, edition, "manifest.json"));
  return {
    edition,
    runId: manifest?.runId ?? null,
    protocolHash: manifest?.protocolHash ?? null,
    version: manifest?.version ?? null,
    publishedAt: publishedOn,
    manifest: bytes === undefined ? null : sha256(bytes),
    files: manifest?.outputs.length ?? 0,
    bytes: (manifest?.outputs ?? []).reduce((sum, output) => sum + output.bytes, 0),
    restrictedFiles: filesIn(join(out, "restricted", edition)),
  };
}

function filesIn(folder: string): number {
  return namesIn(folder).reduce((sum, name) => {
    const path = join(folder, name);
    return sum + (statSync(path).isDirectory() ? filesIn(path) : 1);
  }, 0);
}

/** What went or would go, for the terminal. */
export function purgeText({ removed, spared, record }: Purge, isDry: boolean): string {
  const verb = isDry ? "would remove" : "removed";
  const lines = [
    ...removed.map(
      ({ edition, runId, files, bytes, restrictedFiles }) =>
        `${verb} ${edition} (run ${runId ?? "unknown"}, ${files} files, ${bytes} bytes, ${restrictedFiles} restricted files)`,
    ),
    ...spared.map(({ edition, why }) => `keeps ${edition}: ${why}`),
    ...(removed.length === 0 ? ["nothing to remove"] : []),
    ...(record === null ? [] : [`recorded in ${record}`]),
  ];
  return `${lines.join("\n")}\n`;
}
