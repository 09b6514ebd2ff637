/** A published value, as metrics files and earlier editions have it. */
export interface Figure {
  readonly metric: string;
  readonly region: string;
  readonly period: string;
  readonly dimension: string;
  readonly level: string;
  readonly arm: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number | null;
  readonly unit: string;
  readonly conf_status: string;
  readonly definition: string;
  readonly window: string;
}

/**
 * What became of a figure: another number, told for the first time or no longer told at all, shown where it was hidden, or
 * hidden where it was shown.
 */
export type ChangeKind = "changed" | "appeared" | "vanished" | "shown" | "hidden";

/** One figure that differs between two editions; `before` or `after` is null where the edition doesn't tell of it. */
export interface FigureChange {
  readonly kind: ChangeKind;
  readonly before: Figure | null;
  readonly after: Figure | null;
}

/** Every figure that differs, in the order of the later edition, then those that it no longer tells. */
export function figureChanges(before: readonly Figure[], after: readonly Figure[]): readonly FigureChange[] {
  const old = new Map(before.map((figure) => [placeOf(figure), figure]));
  const now = new Set(after.map(placeOf));
  return [
    ...after.flatMap((figure) => changeOf(old.get(placeOf(figure)) ?? null, figure)),
    ...before.filter((figure) => !now.has(placeOf(figure))).flatMap((figure) => changeOf(figure, null)),
  ];
}

function changeOf(before: Figure | null, after: Figure | null): readonly FigureChange[] {
  const kind = kindOf(before, after);
  return kind === null ? [] : [{ kind, before, after }];
}

function kindOf(before: Figure | null, after: Figure | null): ChangeKind | null {
  if (before === null) return "appeared";
  if (after === null) return "vanished";
  const [wasHidden, isHidden] = [before, after].map(({ conf_status: status }) => status !== "F");
  if (wasHidden && isHidden) return null;
  if (wasHidden) return "shown";
  if (isHidden) return "hidden";
  return NUMBERS.every((name) => isSame(before[name], after[name])) ? null : "changed";
}

const NUMBERS = ["value", "lower", "upper", "n"] as const;

/** To nine digits: what is computed on another machine may differ in the last ones. */
const isSame = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + 1e-15);

const placeOf = ({ metric, region, period, dimension, level, arm, definition, window }: Figure): string =>
  [metric, region, period, dimension, level, arm, definition, window].join("\u0000");

/** Where a figure stands, in words: `placement_rate, brussels, 2014, qualification high, participants, days90`. */
export const figureName = ({ metric, region, period, dimension, level, arm, definition }: Figure): string =>
  [metric, region, period, ...(dimension === "total" ? [] : [`${dimension} ${level}`]), arm, definition]
    .filter((part) => part !== "")
    .join(", ");
