/** The first line. */
export const firstLine = (text: string): string => /^[^\r\n]*/.exec(text)?.[0] ?? "";

/** A text's lines, and between them what ends them. */
export const inPieces = (text: string): string[] => text.split(/(\r\n|\n|\r)/);

/** The same pieces, of which those that only end inside a cell in quotes are one with what follows them. */
export function inRows(text: string): string[] {
  const pieces = inPieces(text);
  if (!text.includes('"')) return pieces;
  const rows: string[] = [];
  let from = 0;
  let isOpen = false;
  for (let i = 0; i < pieces.length; i += 2) {
    if ((pieces[i] ?? "").split('"').length % 2 === 0) isOpen = !isOpen;
    if (isOpen) continue;
    rows.push(pieces.slice(from, i + 1).join(""), pieces[i + 1] ?? "");
    from = i + 2;
  }
  return isOpen ? pieces : rows;
}

/** Of such pieces the lines. */
export const linesOf = (pieces: readonly string[]): readonly string[] => pieces.filter((_, i) => i % 2 === 0);

/** The text in pieces, with `other` where its lines end with `sign`; undefined where one doesn't, or there aren't several. */
export function withLineEndings(text: string, sign: string, other: string): readonly string[] | undefined {
  const pieces = inRows(text);
  const lines = linesOf(pieces).filter((line) => line.trim() !== "");
  if (lines.length < 2 || !lines.every((line) => line.endsWith(sign))) return undefined;
  return pieces.map((piece, i) => (i % 2 === 0 && piece.endsWith(sign) ? piece.slice(0, -sign.length) + other : piece));
}
