/** What stands before a number's fraction; the other of the two may then part thousands. */
export type DecimalSign = "." | ",";

/** The decimal sign that a table's cells prove: a number with it that can't be thousands. Null where none does, or both do. */
export function decimalSign(rows: ReadonlyArray<readonly string[]>): DecimalSign | null {
  let points = 0;
  let commas = 0;
  for (const row of rows)
    for (const cell of row) {
      if (cell.length > 30) continue;
      const [, whole, sign, fraction] = /^\s*[+-]?(\d+(?:[ .,']\d{3})*)([.,])(\d+)\s*$/.exec(cell) ?? [];
      if (sign === undefined || (fraction?.length === 3 && (whole?.length ?? 0) <= 3 && !/^0/.test(whole ?? "")))
        continue;
      if (sign === ".") points++;
      else commas++;
    }
  if (points > 0 === commas > 0) return null;
  return points > 0 ? "." : ",";
}
