import type { Manifest } from "../publish/manifest.ts";
import { UserError } from "../user-error.ts";
import { type Figure, nameOfFigure } from "../verify/metric-rows.ts";
import { readPack } from "../verify/pack.ts";
import { type ChangeKind, type FigureChange, figureChanges } from "./figure-changes.ts";
import { type Reasons, reasonsFor } from "./reasons.ts";

interface EditionDiff {
  readonly before: { readonly folder: string; readonly runId: string };
  readonly after: { readonly folder: string; readonly runId: string };
  readonly figures: { readonly before: number; readonly after: number; readonly same: number };
  readonly counts: Readonly<Record<ChangeKind, number>>;
  readonly changes: readonly FigureChange[];
  readonly reasons: Reasons;
}

/**
 * What differs between two editions of a pipeline, and what went into them that does.
 * @throws UserError where a folder is no edition, or they are of two pipelines
 */
export function diffEditions(before: string, after: string): EditionDiff {
  const [old, now] = [readPack(before), readPack(after)];
  const strangers = [old, now].filter(({ kind }) => kind !== "edition");
  if (strangers.length > 0) throw new UserError(strangers.map(({ folder }) => `${folder} is a pack, not an edition`));
  if (old.manifest.pipeline !== now.manifest.pipeline)
    throw new UserError(
      `${before} is of '${old.manifest.pipeline}', ${after} of '${now.manifest.pipeline}': editions of one pipeline are compared`,
    );
  const changes = figureChanges(old.rows, now.rows);
  const changed = changes.filter((change) => change.after !== null).length;
  return {
    before: { folder: before, runId: old.manifest.runId },
    after: { folder: after, runId: now.manifest.runId },
    figures: { before: old.rows.length, after: now.rows.length, same: now.rows.length - changed },
    counts: countsOf(changes),
    changes,
    reasons: reasonsFor(old.manifest as Manifest, now.manifest as Manifest),
  };
}

const NONE: Readonly<Record<ChangeKind, number>> = { changed: 0, appeared: 0, vanished: 0, shown: 0, hidden: 0 };

/** How many figures changed in each way. */
export function countsOf(changes: readonly FigureChange[]): Readonly<Record<ChangeKind, number>> {
  const counts = { ...NONE };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

/** So many figures are told on the terminal. */
const MOST = 40;

/** The comparison for the terminal: figures first, then why. */
export function diffText({ before, after, figures, counts, changes, reasons }: EditionDiff, all = false): string {
  const shown = all ? changes : changes.slice(0, MOST);
  const { changed, appeared, vanished, shown: opened, hidden } = counts;
  return [
    `${before.folder} (run ${before.runId}) and ${after.folder} (run ${after.runId})`,
    `  ${figures.same} figures are the same, ${changed} changed, ${appeared} appeared, ${vanished} vanished, ${opened} are shown that were hidden, ${hidden} are hidden that were shown`,
    ...shown.map((change) => `    ${changeText(change)}`),
    ...(shown.length < changes.length ? [`    and ${changes.length - shown.length} more (--all)`] : []),
    ...reasonLines(reasons).map((line) => `  ${line}`),
    "",
  ].join("\n");
}

function changeText({ kind, before, after }: FigureChange): string {
  const figure = after ?? before;
  const name = figure === null ? "" : nameOfFigure(figure);
  if (kind === "changed" && before !== null && after !== null)
    return `changed   ${name}: ${numbers(before)} -> ${numbers(after)}`;
  if (kind === "appeared" || kind === "shown")
    return `${kind.padEnd(9)} ${name}: ${after === null ? "" : numbers(after)}`;
  return `${kind.padEnd(9)} ${name}: ${before === null ? "" : numbers(before)}`;
}

const numbers = ({ value, lower, upper, n, conf_status: status }: Figure): string => {
  if (status !== "F") return "hidden";
  if (value === null) return "no value";
  const interval = lower === null && upper === null ? "" : ` [${short(lower)}, ${short(upper)}]`;
  return `${short(value)}${interval}${n === null || n === value ? "" : ` of ${n}`}`;
};

const short = (value: number | null): string => (value === null ? "none" : String(Number(value.toPrecision(6))));

/** Why, one line a difference; says so where nothing differs. */
function reasonLines({ data, protocol, version }: Reasons): readonly string[] {
  const lines = [
    ...data.map(({ source, table, before, after }) => {
      const file = (after ?? before)?.file ?? "";
      if (before === null) return `data: ${source} (${table}) reads ${file}, which the other did not`;
      if (after === null) return `data: ${source} (${table}) read ${file}, which the other does not`;
      return `data: ${file} (${table}) was changed, ${before.accepted} rows accepted -> ${after.accepted}`;
    }),
    ...protocol.map(
      ({ setting, before, after }) => `protocol: ${setting}: ${before || "not set"} -> ${after || "not set"}`,
    ),
    ...(version === null ? [] : [`version: ${version.before} -> ${version.after}`]),
  ];
  return lines.length === 0 ? ["inputs, protocol and version are the same"] : lines;
}
