/** The first two lines; the second is empty where there is one only. */
export const firstLines = (text: string): readonly string[] =>
  /^([^\r\n]*)(?:\r\n|\n|\r)?([^\r\n]*)/.exec(text)?.slice(1) ?? [];

/** The first line. */
export const firstLine = (text: string): string => /^[^\r\n]*/.exec(text)?.[0] ?? "";

/** A text's lines, and between them what ends them. */
export const inPieces = (text: string): string[] => text.split(/(\r\n|\n|\r)/);

/** Of such pieces the lines. */
export const linesOf = (pieces: readonly string[]): readonly string[] => pieces.filter((_, i) => i % 2 === 0);

/** The text in pieces, with `other` where its lines end with `sign`; undefined where one doesn't, or there aren't several. */
export function withLineEndings(text: string, sign: string, other: string): readonly string[] | undefined {
  const pieces = inPieces(text);
  const lines = linesOf(pieces).filter((line) => line.trim() !== "");
  if (lines.length < 2 || !lines.every((line) => line.endsWith(sign))) return undefined;
  return pieces.map((piece, i) => (i % 2 === 0 && piece.endsWith(sign) ? piece.slice(0, -sign.length) + other : piece));
}
