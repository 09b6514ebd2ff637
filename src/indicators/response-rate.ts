/** How the persons invited to a questionnaire ended up (AAPOR Standard Definitions, 10th edition). */
interface Dispositions {
  readonly complete: number;
  readonly partial: number;
  readonly refusal: number;
  readonly nonContact: number;
  readonly other: number;
  /** Whether they could be reached, or were eligible, is not known. */
  readonly unknown: number;
}

/**
 * AAPOR response rate 1, a proportion: complete answers over everybody who was or may have been eligible, partial
 * answers not counted as answers. 650 of 650 + 50 + 150 + 100 + 30 + 20 is 0.65. Null where nobody was invited.
 */
export function responseRate1(counts: Dispositions): number | null {
  const invited = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return invited > 0 ? counts.complete / invited : null;
}
