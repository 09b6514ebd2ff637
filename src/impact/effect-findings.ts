import type { Cell, Finding } from "../disclose/finding.ts";
import type { Estimate } from "../evaluate/effect.ts";
import type { PlacedEffect } from "./analysis.ts";
import { type FindingContext, findingOf } from "./finding-of.ts";

/** Rates of both arms, contrasts and p-values of one effect, each with the cell of the persons it rests on. */
export function effectFindings(result: PlacedEffect, context: FindingContext): readonly Finding[] {
  const { effect, participants, controls, period, dimension, level, adjustedFrom } = result;
  const place = { period, dimension, level };
  const both = participants.persons + controls.persons;
  const cellOf = ({ placed, persons, effective }: typeof participants): Omit<Cell, "persons"> => ({
    kind: "rate",
    numerator: placed,
    base: persons,
    ...(effective === undefined ? {} : { effective }),
  });
  const rate = (arm: "participants" | "controls", value: Estimate, persons: typeof participants): Finding =>
    findingOf(result, context, {
      ...place,
      metric: "placement_rate",
      arm,
      unit: "proportion",
      value,
      n: persons.persons,
      cell: cellOf(persons),
    });
  const contrast = (
    metric: string,
    unit: Finding["unit"],
    value: Estimate | number | null,
    more: Pick<Cell, "alongside"> = {},
  ): Finding =>
    findingOf(result, context, {
      ...place,
      metric,
      unit,
      value,
      n: both,
      cell: { kind: "effect", numerator: null, base: both, ...more },
    });
  const optional = (
    ...asked: [string, Finding["unit"], number | null, Pick<Cell, "alongside">?]
  ): readonly Finding[] => (asked[2] === null ? [] : [contrast(...asked)]);
  return [
    rate("participants", effect.rates.treated, participants),
    rate("controls", effect.rates.control, controls),
    findingOf(result, context, {
      ...place,
      metric: "placements",
      arm: "participants",
      unit: "persons",
      value: effect.difference.estimate === null ? null : participants.placed,
      n: participants.persons,
      cell: cellOf(participants),
    }),
    contrast("effect_difference", "proportion", effect.difference),
    contrast("effect_relative", "proportion", effect.relative),
    contrast("effect_risk_ratio", "ratio", effect.riskRatio),
    contrast("effect_odds_ratio", "ratio", effect.oddsRatio),
    contrast("effect_standard_error", "proportion", effect.difference.se),
    contrast("effect_p_value", "probability", effect.difference.p),
    ...optional("minimum_detectable_difference", "proportion", result.detectable),
    ...optional("effect_p_value_holm", "probability", result.adjusted, { alongside: [{ ...adjustedFrom }] }),
  ];
}
