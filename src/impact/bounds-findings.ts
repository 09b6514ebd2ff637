import type { Finding } from "../disclose/finding.ts";
import { eValue } from "../evaluate/sensitivity-bounds.ts";
import type { PlacedEffect } from "./analysis.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";

/** E-values of the pooled risk ratio and of its limit nearer to 1, for each outcome. */
export function boundsFindings(effects: readonly PlacedEffect[], context: FindingContext): readonly Finding[] {
  return effects
    .filter(({ dimension, period }) => dimension === "total" && period === context.pooled)
    .flatMap((result) => {
      const { riskRatio } = result.effect;
      const bound = eValue(riskRatio.estimate, riskRatio);
      if (bound === null) return [];
      const base = result.participants.persons + result.controls.persons;
      const finding = (metric: string, value: number | null): Finding =>
        findingOf(result, context, {
          metric,
          unit: "ratio",
          value,
          n: base,
          cell: { kind: "effect", numerator: null, base },
        });
      return [finding("e_value", bound.point), finding("e_value_limit", bound.limit)];
    });
}
