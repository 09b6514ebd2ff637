import type { DataQuality, QualityChange } from "../../catalogue/data-quality.ts";
import { groupBy } from "../../group-by.ts";
import type { QualityFacts } from "./quality-facts.ts";

/** From when a difference between two editions is flagged, as shares. */
export const CHANGES = {
  /** Rows fewer than before: registers and programme tables grow. */
  fewerRows: 0.05,
  /** More rows rejected, of those received. */
  rejectedShare: 0.01,
  /** Completeness of a column, or a code's share of its column, either way. */
  share: 0.05,
} as const;

type Compared = Pick<DataQuality, "files" | "completeness" | "codes">;
type Figures = ReadonlyMap<string, QualityChange & { readonly now: number }>;

/** Every figure that two editions share or that only one of them has, in the order of its place. */
export function changesBetween(before: Compared, now: QualityFacts): readonly QualityChange[] {
  const [old, own] = [figuresOf(before), figuresOf(now)];
  const keys = [...new Set([...old.keys(), ...own.keys()])].sort();
  return keys.flatMap((key) => {
    const figure = own.get(key) ?? old.get(key);
    if (figure === undefined) return [];
    const change = { ...figure, before: old.get(key)?.now ?? null, now: own.get(key)?.now ?? null };
    return [{ ...change, flagged: isFlagged(change) }];
  });
}

function isFlagged({ what, before, now }: QualityChange): boolean {
  if (what === "rows") return before === null || now === null || now < (1 - CHANGES.fewerRows) * before;
  if (before === null || now === null) return what === "code";
  if (what === "rejected") return now - before > CHANGES.rejectedShare;
  return Math.abs(now - before) > CHANGES.share;
}

/** Rows and rejected share by source and table, completeness by column, codes as shares of their column. */
function figuresOf(quality: Compared): Figures {
  const figures = new Map<string, QualityChange & { readonly now: number }>();
  const add = (what: QualityChange["what"], place: readonly string[], now: number): void => {
    const [source = "", table = "", column = "", code = ""] = place;
    const rounded = what === "rows" ? now : Number(now.toFixed(6));
    figures.set([what, ...place].join("\0"), {
      ...{ what, source, table, column, code, before: null, flagged: false },
      now: rounded,
    });
  };
  for (const [, files] of groupBy(quality.files, ({ source, table }) => `${source}\0${table}`)) {
    const place = [files[0]?.source ?? "", files[0]?.table ?? ""];
    const received = files.reduce((sum, file) => sum + file.received, 0);
    const rejected = files.reduce((sum, file) => sum + file.rejected, 0);
    add("rows", place, received);
    if (received > 0) add("rejected", place, rejected / received);
  }
  for (const { table, column, region, rows, filled } of quality.completeness)
    if (region === "" && rows > 0) add("completeness", ["", table, column], filled / rows);
  for (const [, codes] of groupBy(quality.codes, ({ source, table, column }) => `${source}\0${table}\0${column}`)) {
    const total = codes.reduce((sum, { rows }) => sum + rows, 0);
    for (const { source, table, column, ours, theirs, rows } of codes)
      if (total > 0) add("code", [source, table, column, ours ?? theirs.join(", ")], rows / total);
  }
  return figures;
}
