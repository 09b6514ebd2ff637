import type { Evaluation } from "../evaluate/evaluation.ts";
import { aligned, type Cells, fixed, ofAnySize } from "./text-cells.ts";

/** How a measure of the registry (balance.ts) is headed. */
const MEASURES = [
  { measure: "smd", head: "SMD" },
  { measure: "difference", head: "difference" },
  { measure: "varianceRatio", head: "var. ratio" },
  { measure: "ecdfMean", head: "eCDF mean" },
  { measure: "ecdfMax", head: "eCDF max" },
] as const;

/** Levels of one covariate shown before the others are folded into one line. */
const MOST_LEVELS = 12;

/** Every measure before and after the match, a line a covariate or level. */
export function balanceText({ balance }: Evaluation): string {
  if (balance.length === 0) return "";
  const covariates = [...new Set(balance.map(({ covariate }) => covariate))];
  const rows: readonly Cells[] = [
    ["balance", ...MEASURES.flatMap(({ head }) => [head, ""])],
    ["", ...MEASURES.flatMap(() => ["before", "after"])],
    ...covariates.flatMap((name) => covariateRows(balance.filter(({ covariate }) => covariate === name))),
  ];
  return `${aligned(rows)}\n${NOTE}`;
}

const NOTE =
  "SMD: the difference of means in standard deviations of all participants before matching; where these do not vary, the difference itself. eCDF: distance between the arms' cumulative shares.";

type Entries = Evaluation["balance"];

/** A row a level; of many levels, the farthest apart and a line for the rest. */
function covariateRows(entries: Entries): readonly Cells[] {
  const smds = entries.filter(({ measure }) => measure === "smd");
  const folds = smds.length > MOST_LEVELS;
  const far = [...smds].sort((a, b) => size(b.after) - size(a.after) || size(b.before) - size(a.before));
  const shownRows = folds ? far.slice(0, MOST_LEVELS / 2) : smds;
  const cells = shownRows.map(({ covariate, level }) => [
    level === null ? covariate : `${covariate} ${level}`,
    ...MEASURES.flatMap(({ measure }) => sides(entries, level, measure)),
  ]);
  if (!folds) return cells;
  const rest = far.slice(shownRows.length);
  const most = (side: "before" | "after") =>
    rest.some((row) => row[side] !== null)
      ? `<= ${fixed(
          rest.reduce((top, row) => Math.max(top, size(row[side])), 0),
          3,
        )}`
      : "-";
  const blanks = MEASURES.slice(1).flatMap(() => ["", ""]);
  return [...cells, [`${rest[0]?.covariate} (${rest.length} more levels)`, most("before"), most("after"), ...blanks]];
}

function sides(entries: Entries, level: string | null, measure: string): Cells {
  const found = entries.find((entry) => entry.level === level && entry.measure === measure);
  return [ofAnySize(found?.before ?? null, 3), ofAnySize(found?.after ?? null, 3)];
}

const size = (value: number | null): number => Math.abs(value ?? 0);
