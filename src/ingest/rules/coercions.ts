import { quoteText, type SqlEngine } from "../../engine/engine.ts";
import { type RawTable, rawColumn } from "../files/raw-table.ts";
import { isDirect, mappableColumns, type SettledMapping } from "../mapping/mapping.ts";
import { headerOf, textOf } from "./incoming.ts";

/** Cells of a column whose value isn't written as the cell is, though nothing was wrong with it. */
export interface Coercion {
  readonly field: string;
  /** Blanks taken off a text, groups of thousands joined, `12.0` taken for 12, a time of day left out. */
  readonly how: "trimmed" | "ungrouped" | "whole_number" | "time_dropped";
  readonly cells: number;
}

/** Counts what reading a file changed without a problem, a column and kind each; columns without any are left out. */
export async function coercionsOf(
  engine: SqlEngine,
  mapping: SettledMapping,
  raw: RawTable,
): Promise<readonly Coercion[]> {
  const asked = Object.entries(mapping.columns).flatMap(([field, given]) => {
    if (!isDirect(given)) return [];
    const cell = rawColumn(raw.headers.indexOf(headerOf(given)));
    const text = textOf(given, mapping, raw);
    const type = mappableColumns(mapping.table)[field] ?? "";
    const signs = mapping.numbers?.[field] ?? mapping.csv;
    return conditions(type, cell, text, raw.typed ? {} : signs).map(([how, condition]) => ({ field, how, condition }));
  });
  if (asked.length === 0) return [];
  const sums = asked.map(({ condition }, i) => `count(*) filter (where ${condition}) as n${i}`);
  const [counted] = await engine.rows({ name: raw.sqlName, text: `select ${sums.join(", ")} from ${raw.sqlName}` });
  return asked
    .map(({ field, how }, i) => ({ field, how, cells: Number(counted?.[`n${i}`]) }))
    .filter(({ cells }) => cells > 0);
}

function conditions(
  type: string,
  cell: string,
  text: string,
  signs: { readonly decimal?: string; readonly thousands?: string | undefined },
): ReadonlyArray<readonly [Coercion["how"], string]> {
  const matches = (pattern: string): string => `regexp_full_match(${text}, ${quoteText(pattern)})`;
  const trimmed = ["trimmed", `${text} is not null and length(${cell}) > length(trim(${cell}))`] as const;
  const time = [
    "time_dropped",
    `${matches(".*[T ][0-9]{1,2}:[0-9]{2}.*")} and not ${matches(".*[T ]00:00(:00)?")}`,
  ] as const;
  const grouped = [
    "ungrouped",
    matches(".*[0-9][., '\u00a0\u202f\u2009][0-9]{3}([., '\u00a0\u202f\u2009].*)?"),
  ] as const;
  const whole = ["whole_number", matches(`.*[${signs.decimal ?? "."}]0+`)] as const;
  if (type === "DATE") return [time];
  if (type !== "INTEGER" && type !== "DOUBLE") return [trimmed];
  return [...(signs.thousands === undefined ? [] : [grouped]), ...(type === "INTEGER" ? [whole] : [])];
}
