/** The answers to one question, one a respondent; null where it wasn't answered. */
export type Answers = readonly (number | null)[];

/** Mean and standard deviation (n - 1) of the answers given; null where fewer than one, or two, were. */
export function summaryOf(answers: Answers): { readonly mean: number | null; readonly sd: number | null } {
  const given = answers.filter((answer) => answer !== null);
  const variance = covariance(answers, answers);
  return {
    mean: given.length > 0 ? given.reduce((sum, answer) => sum + answer, 0) / given.length : null,
    sd: variance === null ? null : Math.sqrt(variance),
  };
}

/** Covariances (n - 1) of each two questions over the respondents who answered both; null where fewer than two did. */
export function covariances(items: readonly Answers[]): number[][] | null {
  const matrix = items.map((one) => items.map((other) => covariance(one, other)));
  return matrix.every((row): row is number[] => row.every((value) => value !== null)) ? (matrix as number[][]) : null;
}

function covariance(one: Answers, other: Answers): number | null {
  const pairs: [number, number][] = [];
  for (const [i, x] of one.entries()) {
    const y = other[i] ?? null;
    if (x !== null && y !== null) pairs.push([x, y]);
  }
  if (pairs.length < 2) return null;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length;
  return pairs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / (pairs.length - 1);
}
