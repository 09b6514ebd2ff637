import { isNear } from "../verify/lookup.ts";
import { FIGURE_NUMBERS, type Figure, keyOfFigure } from "../verify/metric-rows.ts";

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
  const old = new Map(before.map((figure) => [keyOfFigure(figure), figure]));
  const now = new Set(after.map(keyOfFigure));
  return [
    ...after.flatMap((figure) => changeOf(old.get(keyOfFigure(figure)) ?? null, figure)),
    ...before.filter((figure) => !now.has(keyOfFigure(figure))).flatMap((figure) => changeOf(figure, null)),
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
  return FIGURE_NUMBERS.every((name) => isSame(before[name], after[name])) ? null : "changed";
}

/** To nine digits: what is computed on another machine may differ in the last ones. */
const isSame = (a: number | null, b: number | null): boolean => a === b || (a !== null && b !== null && isNear(a, b));
