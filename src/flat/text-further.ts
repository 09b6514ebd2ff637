import { largest } from "../evaluate/balance.ts";
import type { MantelHaenszel } from "../evaluate/mantel-haenszel.ts";
import type { PlainTable } from "../evaluate/plain-table.ts";
import type { HiddenBias } from "./hidden-bias.ts";
import type { PropensityModel } from "./propensity-model.ts";
import type { Subgroups } from "./subgroups.ts";
import { aligned, type Cells, fixed, interval, ofAnySize, pIs, pValue, shown } from "./text-cells.ts";

const points = shown(true, "");
const ratio = (value: number | null): string => ofAnySize(value, 3);

/** The 2 x 2 table's intervals, and whether its difference is the effect's. */
export function plainText({ participants, controls, equalWeights, ...found }: PlainTable): string {
  const counts = `${participants.events} of ${participants.size} participants, ${controls.events} of ${controls.size} controls`;
  const head = equalWeights
    ? `Matched persons as plain counts (${counts}): the difference above, with intervals for small arms`
    : `Matched persons as plain counts, without weights (${counts}): not the effect above, which weighs controls`;
  const row = (name: string, { lower, upper }: { lower: number | null; upper: number | null }): Cells => [
    name,
    `${points(found.difference)} points`,
    interval(points, lower, upper),
  ];
  const rows = [
    ["", "difference", "95 % interval"],
    row("Newcombe", found.newcombe),
    row("Miettinen-Nurminen", found.miettinenNurminen),
    row("Agresti-Caffo", found.agrestiCaffo),
  ];
  return `${head}\n${aligned(rows)}`;
}

/** Mantel-Haenszel's contrasts and its tests. */
export function mantelHaenszelText(found: MantelHaenszel): string {
  const { difference, riskRatio, oddsRatio, association, associationCorrected, homogeneity } = found;
  const rows: readonly Cells[] = [
    ["", "estimate", "95 % interval"],
    ["difference", `${points(difference.estimate)} points`, interval(points, difference.lower, difference.upper)],
    ["risk ratio", ratio(riskRatio.estimate), interval(ratio, riskRatio.lower, riskRatio.upper)],
    ["odds ratio", ratio(oddsRatio.estimate), interval(ratio, oddsRatio.lower, oddsRatio.upper)],
  ];
  const test = ({ statistic, p }: { statistic: number | null; p: number | null }) =>
    statistic === null ? "no answer" : `${ratio(statistic)}, ${pIs(p)}`;
  const { breslowDay, tarone, woolf } = homogeneity;
  return [
    `Mantel-Haenszel over ${found.strata} strata with both arms, plain counts: another average of the strata than the effect on participants`,
    aligned(rows),
    `association (CMH, 1 df): ${test(association)}; with continuity correction ${test(associationCorrected)}`,
    breslowDay.reason === "too-few"
      ? "one odds ratio for all strata? They are too few or too small for a test"
      : `one odds ratio for all strata? Breslow-Day (${breslowDay.degreesOfFreedom} df): ${test(breslowDay)}; Tarone: ${test(tarone)}; Woolf (${woolf.degreesOfFreedom} df): ${test(woolf)}`,
  ].join("\n");
}

/** The regression's coefficients, on the logit. */
export function propensityText({ coefficients, rows, deviance, separatedBy }: PropensityModel): string {
  if (separatedBy !== null)
    return `propensity score: ${separatedBy.join(", ")} tells the arms apart, so its coefficients have no finite estimate`;
  const told = (value: number | null) => (value === null ? "left out" : String(Number(value.toPrecision(4))));
  const table = coefficients.map(
    ({ column, estimate, se }): Cells => [column, told(estimate), se === null ? "" : told(se)],
  );
  return `propensity score, a logistic regression on ${rows} rows (deviance ${fixed(deviance, 1)})\n${aligned([["", "coefficient", "error"], ...table])}`;
}

/** A line a level, and whether levels differ. */
export function subgroupText({ column, levels, heterogeneity }: Subgroups, proportion: boolean): string {
  const value = shown(proportion);
  const bare = shown(proportion, "");
  const rows: readonly Cells[] = [
    [
      `by ${column}`,
      "matched",
      "participants",
      "controls",
      "difference",
      "95 % interval",
      "p",
      "p by Holm",
      "largest SMD",
      "",
    ],
    ...levels.map(({ level, n, rates, difference, pHolm, balance, verdicts }) => [
      level,
      `${fixed(n.matchedTreated, 0)} of ${fixed(n.treated, 0)}`,
      value(rates.treated),
      value(rates.control),
      bare(difference.estimate),
      interval(bare, difference.lower, difference.upper),
      pValue(difference.p),
      pValue(pHolm),
      fixed(largest(balance, "smd"), 3),
      verdicts
        .filter(({ passed }) => !passed)
        .map(({ name }) => `${name} FAILED`)
        .join(", "),
    ]),
  ];
  const { q, freedom, p, pHolm } = heterogeneity;
  const test =
    q === null
      ? "fewer than two levels have an effect with an error: whether effects differ has no answer"
      : `do effects differ? Q = ${ratio(q)} (${freedom} df), ${pIs(p)}, by Holm ${pIs(pHolm)}`;
  return `${aligned(rows)}\n${test}`;
}

/** How strong something unmeasured would have to be. */
export function biasText({ eValue = null, rosenbaum }: Partial<HiddenBias>): string {
  const limit = eValue?.limit == null ? "" : `, ${fixed(eValue.limit, 2)} for the interval`;
  const lines = eValue === null ? [] : [`E-value ${fixed(eValue.point, 2)}${limit}`];
  if (rosenbaum === undefined) return lines.join("\n");
  const { participantOnly, controlOnly, gamma } = rosenbaum;
  const reach =
    gamma === null
      ? "not significant without hidden bias"
      : `significant up to a hidden bias of gamma ${fixed(gamma, 2)} (one-sided 2.5 %)`;
  return [
    ...lines,
    `Rosenbaum: ${participantOnly} pairs favour the participant, ${controlOnly} the control; ${reach}`,
  ].join("\n");
}
