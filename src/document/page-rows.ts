import type { TableRow } from "./document.ts";

/** The rows that belong on a page: the name of a group goes to the first row that is left of it. */
export function pageRows(rows: readonly TableRow[]): readonly TableRow[] {
  let opened: string | undefined;
  return rows.flatMap((row) => {
    opened = row.group ?? opened;
    if (row.where === "sheet") return [];
    const shown = opened === undefined ? row : { ...row, group: opened };
    opened = undefined;
    return [shown];
  });
}
