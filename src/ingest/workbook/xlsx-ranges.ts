/** Rows and columns of a range of cells, from 1, both ends in it. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** 1 for A1, 27 for AA5. */
export function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** A range such as B1:D2, undefined when it is none. */
export function rangeOf(reference: string | undefined): CellRange | undefined {
  const [, from, top, to, bottom] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference ?? "") ?? [];
  const [left, right] = [columnOf(from), columnOf(to)];
  return left === undefined || right === undefined || right > 16_384
    ? undefined
    : { top: Number(top), left, bottom: Number(bottom), right };
}

/** B1:D2. */
export function rangeText({ top, left, bottom, right }: CellRange): string {
  const letters = (column: number): string =>
    column <= 26
      ? String.fromCharCode(64 + column)
      : letters(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
  return `${letters(left)}${top}:${letters(right)}${bottom}`;
}

/** A row's cells with the text of each merged cell in every column it spans; downwards too, but for texts that span all of the row. */
export function unmerged(
  row: number,
  cells: readonly string[],
  merged: readonly CellRange[],
  textAt: (row: number, column: number) => string,
): readonly string[] {
  const filled = [...cells];
  for (const { top, left, bottom, right } of merged) {
    if (row < top || row > bottom) continue;
    const text = textAt(top, left);
    for (let column = left; column <= right; column++) {
      while (filled.length < column) filled.push("");
      filled[column - 1] = text;
    }
  }
  return filled;
}

/** The names of a header of one row or several: merged cells name every column they span; a name that spans rows comes once. */
export function headerNames(
  rows: ReadonlyArray<{ readonly row: number; readonly cells: readonly string[] }>,
  merged: readonly CellRange[],
): readonly string[] {
  const textAt = (row: number, column: number): string => rows.find((own) => own.row === row)?.cells[column - 1] ?? "";
  const whole = rows.map(({ row, cells }) => unmerged(row, cells, merged, textAt));
  const width = Math.max(0, ...whole.map((cells) => cells.length));
  return Array.from({ length: width }, (_, i) => {
    const texts = whole.map((cells) => (cells[i] ?? "").trim()).filter((text) => text !== "");
    return texts.filter((text, at) => text !== texts[at - 1]).join(" ");
  });
}
