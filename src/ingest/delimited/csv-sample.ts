/** So much of a text tells of separators as well as all of it. */
export const FEW_SIGNS = 1 << 13;

/** The beginning of a text, in whole lines where it has any. */
export function wholeLines(text: string, signs: number): string {
  if (text.length <= signs) return text;
  const end = Math.max(text.lastIndexOf("\n", signs), text.lastIndexOf("\r", signs));
  return text.slice(0, end > 0 ? end + 1 : signs);
}
