export type Cells = readonly string[];

/** Digits after the point, "-" where there is no value, never "-0.0". */
export function fixed(value: number | null, digits: number): string {
  if (value === null) return "-";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A mean in the outcome's own unit: about seven digits, wherever the point is. */
function measured(value: number | null): string {
  if (value === null) return "-";
  const magnitude = Math.abs(value);
  if (magnitude >= 1e9 || (magnitude > 0 && magnitude < 1e-3)) return value.toExponential(4);
  return fixed(value, magnitude >= 1e5 ? 0 : magnitude >= 100 ? 1 : 3);
}

/** Up to `digits` digits after the point, fewer where the number is large. */
export const ofAnySize = (value: number | null, digits: number): string =>
  value !== null && Math.abs(value) < 100 ? fixed(value, digits) : measured(value);

/** A p-value with three significant digits, below 0.0001 as that; `-` where there is none. */
export const pValue = (p: number | null): string => (p === null ? "-" : p < 1e-4 ? "< 0.0001" : p.toPrecision(3));

/** A p-value within a sentence. */
export const pIs = (p: number | null): string =>
  p === null ? "p -" : p < 1e-4 ? "p < 0.0001" : `p = ${p.toPrecision(3)}`;

/** Shares as percentages, means in their own unit. */
export const shown =
  (proportion: boolean, unit = " %") =>
  (value: number | null): string => {
    if (value === null) return "-";
    return proportion ? `${fixed(100 * value, 1)}${unit}` : measured(value);
  };

/** `3.9 to 15.1`; a limit that is none is `unbounded`, and `-` stands where both are. */
export function interval(value: (x: number | null) => string, lower: number | null, upper: number | null): string {
  if (lower === null && upper === null) return "-";
  return `${lower === null ? "unbounded" : value(lower)} to ${upper === null ? "unbounded" : value(upper)}`;
}

/** Columns as wide as their widest cell: the first to the left, numbers to the right. */
export function aligned(rows: readonly Cells[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
