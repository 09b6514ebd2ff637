import type { PollutedFile } from "./polluted-table.ts";

/** Precision and recall of header, rows and cells of what was read, each a share of 0-1. */
export interface Loaded {
  readonly header: Score;
  readonly rows: Score;
  readonly cells: Score;
}

export interface Score {
  readonly precision: number;
  readonly recall: number;
}

/** Holds what was read against what is in the file; order counts within a row only. */
export function loaded(truth: PollutedFile, read: Pick<PollutedFile, "columns" | "rows">): Loaded {
  return {
    header: score(truth.columns, read.columns),
    rows: score(
      truth.rows.map((row) => JSON.stringify(row)),
      read.rows.map((row) => JSON.stringify(row)),
    ),
    cells: score(truth.rows.flat(), read.rows.flat()),
  };
}

function score(truth: readonly string[], read: readonly string[]): Score {
  const left = new Map<string, number>();
  for (const item of truth) left.set(item, (left.get(item) ?? 0) + 1);
  let found = 0;
  for (const item of read) {
    const count = left.get(item) ?? 0;
    if (count === 0) continue;
    left.set(item, count - 1);
    found++;
  }
  const share = (total: number): number => (total === 0 ? 1 : found / total);
  return { precision: share(read.length), recall: share(truth.length) };
}
