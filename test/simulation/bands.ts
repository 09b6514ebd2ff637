/** Nominal: as often as the interval says. Conservative: at least as often. Fails: less often. */
export type Expectation = "nominal" | "conservative" | "fails";

/** 99.9 % of a normal: the binomial's own quantile differs by less than a case in a thousand here. */
const Z999 = 3.2905267314919255;

export const LEVEL = 0.95;

/** Half the width of the 99.9 % band around 95 % for so many replicates. */
export const band = (replicates: number): number => Z999 * Math.sqrt((LEVEL * (1 - LEVEL)) / replicates);

/** What a share of covered truths shows: below the band it fails, above it the interval is wider than it need be. */
export function shown(covered: number, replicates: number): Expectation {
  const away = covered / replicates - LEVEL;
  if (Math.abs(away) <= band(replicates)) return "nominal";
  return away > 0 ? "conservative" : "fails";
}

/**
 * Whether what is shown is what was expected. A conservative error may look nominal where replicates are few, and never
 * fails; the other two must show themselves.
 */
export function fits(expected: Expectation, covered: number, replicates: number): boolean {
  const found = shown(covered, replicates);
  return expected === found || (expected === "conservative" && found === "nominal");
}
