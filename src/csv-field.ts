/** One cell of a CSV as RFC 4180 writes it: quoted where it holds a comma, a quote or a line end; no value is empty. */
export function csvField(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows of cells as RFC 4180 writes them, each line ended. */
export const csvText = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
