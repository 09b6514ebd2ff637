import type { Released } from "./finding.ts";

/** A value at the place of a released one that follows from released ones alone. */
export const derivedFrom = (
  source: Released,
  own: Pick<Released, "metric" | "unit"> & { readonly value: number },
): Released => ({ ...source, ...own, lower: null, upper: null });
