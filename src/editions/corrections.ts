import { csvText } from "../csv-field.ts";
import type { Released } from "../disclose/finding.ts";
import type { Manifest } from "../publish/manifest.ts";
import { METRIC_KEY } from "../publish/metrics.ts";
import { FIGURE_NUMBERS, type Figure } from "../verify/metric-rows.ts";
import { countsOf } from "./diff.ts";
import { type FigureChange, figureChanges } from "./figure-changes.ts";
import { type Reasons, reasonsFor } from "./reasons.ts";

/** What an edition changes of one that was published before for the same year. */
export interface Corrections {
  /** Name of the edition before: `2016.1`. */
  readonly against: string;
  readonly changes: readonly FigureChange[];
  readonly reasons: Reasons;
}

/** An edition as a later one of the same year compares itself with it. */
interface PreviousEdition {
  readonly name: string;
  readonly figures: readonly Figure[];
  readonly manifest: Pick<Manifest, "inputs" | "protocol" | "version">;
}

/** Figures that differ from the edition before, and why; undefined where none is declared. */
export function correctionsOf(
  previous: PreviousEdition | undefined,
  released: readonly Released[],
  made: PreviousEdition["manifest"],
): Corrections | undefined {
  if (previous === undefined) return undefined;
  return {
    against: previous.name,
    changes: figureChanges(previous.figures, released),
    reasons: reasonsFor(previous.manifest, made),
  };
}

/** What the manifest says of them; the list itself is a file of the edition. */
export const correctionsNote = ({ against, changes, reasons }: Corrections): NonNullable<Manifest["corrections"]> => ({
  against,
  file: CORRECTIONS_FILE,
  ...countsOf(changes),
  data: reasons.data.map(({ before, after }) => (after ?? before)?.file ?? ""),
  protocol: reasons.protocol.map(({ setting }) => setting),
  version: reasons.version !== null,
});

const CORRECTIONS_FILE = "corrections.csv";

const PLACE = [...METRIC_KEY, "unit"] as const;

/**
 * Every figure that differs, one a line: what became of it, where it stands, its numbers before and after. A figure that
 * is no longer shown, or no longer told, has no numbers at all.
 */
export function correctionsCsv({ changes }: Corrections): string {
  const head = [
    "change",
    ...PLACE,
    ...FIGURE_NUMBERS.map((name) => `${name}_before`),
    ...FIGURE_NUMBERS.map((name) => `${name}_after`),
  ];
  const rows = changes.map(({ kind, before, after }) => {
    const figure = after ?? before;
    const isGone = kind === "hidden" || kind === "vanished";
    const numbersOf = (own: Figure | null) => FIGURE_NUMBERS.map((name) => (isGone ? null : (own?.[name] ?? null)));
    return [kind, ...PLACE.map((name) => figure?.[name] ?? ""), ...numbersOf(before), ...numbersOf(after)];
  });
  return csvText([head, ...rows]);
}
