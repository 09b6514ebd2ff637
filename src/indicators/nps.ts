/** Answers to "would you recommend", 0 to 10, in three groups. */
interface Recommendations {
  /** Answered 9 or 10. */
  readonly promoters: number;
  /** Answered 7 or 8. */
  readonly passives: number;
  /** Answered 0 to 6. */
  readonly detractors: number;
}

/** A net promoter score from -100 to 100, with its standard error and 95 % interval in the same unit. */
interface NetPromoterScore {
  readonly score: number;
  readonly se: number;
  /** Kept within -100 to 100. */
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
}

const Z95 = 1.959963984540054;

/**
 * Share of promoters minus share of detractors, times 100; its variance is (p + d - (p - d)^2) / n, that of a mean of
 * 1, 0 and -1. With p = 0.5, d = 0.2 and n = 100: 30 and 7.81. Null where nobody answered.
 */
export function netPromoterScore({ promoters, passives, detractors }: Recommendations): NetPromoterScore | null {
  const n = promoters + passives + detractors;
  if (!(n > 0)) return null;
  const net = (promoters - detractors) / n;
  const variance = Math.max(0, (promoters + detractors) / n - net ** 2) / n;
  const [score, se] = [100 * net, 100 * Math.sqrt(variance)];
  return { score, se, lower: Math.max(-100, score - Z95 * se), upper: Math.min(100, score + Z95 * se), n };
}

/** The three groups of answers from 0 to 10; answers outside, and missing ones, are left out. */
export function recommendationsOf(answers: Iterable<number | null>): Recommendations {
  const groups = { promoters: 0, passives: 0, detractors: 0 };
  for (const answer of answers) {
    if (answer === null || !(answer >= 0 && answer <= 10)) continue;
    groups[answer >= 9 ? "promoters" : answer >= 7 ? "passives" : "detractors"]++;
  }
  return groups;
}
