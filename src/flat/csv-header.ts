const SEPARATORS = [",", ";", "\t", "|"] as const;

/** How a CSV begins: its separator, and the cells of the line that names the columns. */
export interface CsvHeader {
  readonly separator: string;
  readonly quote: '"' | "'";
  readonly names: readonly string[];
  /** Lines above the header. */
  readonly skipped: number;
}

/**
 * Reads the first line as a header with each separator in turn.
 * @param head the beginning of the file, decoded
 * @returns the first reading that names every wanted column; undefined where none does
 */
export function headerWith(head: string, wanted: readonly string[]): CsvHeader | undefined {
  for (const separator of SEPARATORS) {
    const names = headerCells(head, separator, '"', 0);
    if (wanted.every((name) => names.includes(name))) return { separator, quote: '"', names, skipped: 0 };
  }
  return undefined;
}

/** Cells of the record that starts after `skipped` lines, without their quotes; a byte order mark falls away. */
export function headerCells(head: string, separator: string, quote: string, skipped: number): readonly string[] {
  let text = head.replace(/^\uFEFF/, "");
  for (let i = 0; i < skipped; i++) text = text.slice(text.search(/\r\n|\n|\r|$/)).replace(/^(\r\n|\n|\r)/, "");
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? "";
    if (quoted && character === quote && text[i + 1] === quote) {
      cell += quote;
      i++;
    } else if (character === quote && (quoted || cell === "")) quoted = !quoted;
    else if (!quoted && character === separator) {
      cells.push(cell);
      cell = "";
    } else if (!quoted && (character === "\n" || character === "\r")) break;
    else cell += character;
  }
  return [...cells, cell];
}
