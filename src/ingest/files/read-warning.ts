/** Something guessed, repaired or doubtful in a file that was read: `row` is the line of the file (or the sheet's row), `column` counts from 1. */
export interface ReadWarning {
  readonly code: string;
  readonly row: number | null;
  readonly column: number | null;
  readonly message: string;
}

/** Adds any number of items: a call takes some hundred thousand arguments at most. */
export function addAll<T>(items: T[], more: readonly T[]): void {
  for (const item of more) items.push(item);
}

/** A warning about a row (null: about the file), and a column that counts from 1 (null: about the row). */
export const warning = (
  code: string,
  row: number | null,
  message: string,
  column: number | null = null,
): ReadWarning => ({
  code,
  row,
  column,
  message,
});

/** A piece of a row for a message: 80 signs at most, line ends and control signs made visible. */
export const excerpt = (text: string): string => {
  const shown = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/[\u0085\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return shown.length > 80 ? `${shown.slice(0, 77)}...` : shown;
};
